/** Runs what is being built by itself: a moment after the last change, and the run before it is given up. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReportRun, previewReport } from '../../../src/reports/contract.ts'
import { call } from '../../api/client.ts'
import type { ApiError } from '../../api/problem.ts'
import type { Shape } from '../../api/reports.ts'
import { type Draft, shapeOf } from './draft.ts'

const rowsShown = 20

export type PreviewState = { run: ReportRun | undefined; error: ApiError | null; waiting: boolean; again: () => void }

export function usePreview(draft: Draft, ready: boolean): PreviewState {
  // Null while it cannot be run: what was missing a moment ago is not asked for.
  const now = ready ? JSON.stringify(shapeOf(draft)) : null
  const [settled] = useDebouncedValue(now, 400)
  const answer = useQuery<ReportRun, ApiError>({
    queryKey: [previewReport.path, settled], enabled: settled !== null, placeholderData: keepPreviousData, retry: false, staleTime: 15_000,
    queryFn: ({ signal }) => {
      const { chart: _, ...shape } = JSON.parse(settled!) as Shape
      return call(previewReport, { body: { ...shape, ...(shape.kind === 'list' && { limit: rowsShown }) } }, signal)
    },
  })
  const kind = draft.kind
  // What was asked before may be of the other kind.
  const run = ready && answer.data?.kind === kind && !answer.error ? answer.data : undefined
  return { run, error: ready && settled === now ? answer.error : null, waiting: ready && (settled !== now || answer.isFetching), again: () => { void answer.refetch() } }
}
