/** Reports as screens read them: what they can be about, and runs page after page (a run is asked for by POST, its cursor travels in the body). */
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import * as api from '../../src/reports/contract.ts'
import { call, useRead } from './client.ts'
import type { ApiError } from './problem.ts'

export type Shape = z.input<typeof api.previewReport.body>
export type Run = Pick<z.input<typeof api.runReport.body>, 'answers' | 'sort'>

export const useReportSources = (): api.ReportSource[] => useRead(api.listReportSources).items

type Page = api.ListRun & { filter?: unknown }

/** The rows of a list, page after page; `key` names what is asked for. */
function useRunPages(key: readonly unknown[], page: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>) {
  const pages = useInfiniteQuery<Page, ApiError, { pages: Page[] }, readonly unknown[], string | undefined>({
    queryKey: key, initialPageParam: undefined, placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  return {
    first: pages.data?.pages[0], rows: pages.data?.pages.flatMap(({ items }) => items) ?? [],
    loading: pages.isPending, stale: pages.isPlaceholderData, error: pages.error,
    more: pages.hasNextPage ? () => { void pages.fetchNextPage() } : undefined, loadingMore: pages.isFetchingNextPage, again: () => { void pages.refetch() },
  }
}

const withCursor = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })

export const useListRun = (id: string, run: Run) =>
  useRunPages([api.runReport.path, id, run], async (cursor, signal) => await call(api.runReport, { params: { id }, body: { ...run, ...withCursor(cursor) } }, signal) as Page)

export const useRowsBehind = (id: string, run: Run & { group: (string | number | boolean | null)[] }) =>
  useRunPages([api.listReportRows.path, id, run], (cursor, signal) => call(api.listReportRows, { params: { id }, body: { ...run, ...withCursor(cursor) } }, signal))

/** How many rows a filter finds: deliveries and the log are counted as the list that they would be. */
export async function countRows(shape: Pick<Shape, 'entityType' | 'filter' | 'questions'>) {
  const run = await call(api.previewReport, { body: { ...shape, kind: 'list', limit: 1 } })
  return run.kind === 'list' ? run : { total: 0, totalIsEstimate: false }
}
