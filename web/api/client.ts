/** Calls endpoints by their contract, and keeps what was read. Screens use the hooks; scripts of one click use `call`. */
import {
  type QueryKey, keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, useSuspenseQuery,
} from '@tanstack/react-query'
import type { z } from 'zod'
import type { ApiError } from './problem.ts'
import { type Query } from './query-text.ts'
import { request } from './request.ts'

export type AnyEndpoint = { method: string; path: string }
type InputOf<E, Part extends string> = E extends { [Key in Part]: infer Schema } ? (Schema extends z.ZodType ? z.input<Schema> : undefined) : undefined
export type Result<E> = E extends { result: infer Schema } ? (Schema extends z.ZodType ? z.output<Schema> : void) : void
export type Input<E> = {
  params?: InputOf<E, 'params'>
  query?: Query
  body?: InputOf<E, 'body'> | FormData
  idempotencyKey?: string
}

const filledIn = (path: string, params: unknown) =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])))

export function call<E extends AnyEndpoint>(endpoint: E, input: Input<E> = {}, signal?: AbortSignal): Promise<Result<E>> {
  const { params, query, body, idempotencyKey } = input
  return request(endpoint.method, filledIn(endpoint.path, params), { query, body, idempotencyKey, signal })
}

const keyOf = (endpoint: AnyEndpoint, input: unknown = {}): QueryKey => [endpoint.path, endpoint.method, input]

const query = <E extends AnyEndpoint>(endpoint: E, input: Input<E>) => ({
  queryKey: keyOf(endpoint, input),
  queryFn: ({ signal }: { signal: AbortSignal }) => call(endpoint, input, signal),
})

/** How often to read again, in milliseconds; a function of what was read last may stop it with `false`. */
type Every<E> = { every?: number | false | ((last: Result<E> | undefined) => number | false) }
const intervalOf = <E>(every: Every<E>['every']) =>
  typeof every === 'function' ? ({ state }: { state: { data?: unknown } }) => every(state.data as Result<E> | undefined) : every

/** Reads, and answers the data itself: while it loads or when it fails, the nearest `Boundary` (every Page and Panel has one) shows. */
export function useRead<E extends AnyEndpoint>(endpoint: E, input: Input<E> = {}, { every }: Every<E> = {}): Result<E> {
  const options = { ...query(endpoint, input), ...(every !== undefined && { refetchInterval: intervalOf<E>(every) as never }) }
  return useSuspenseQuery(options).data as Result<E>
}

/** Reads without suspending: for what may be absent, is asked for later (`enabled`), or keeps its last answer while the next loads. */
export function useLook<E extends AnyEndpoint>(endpoint: E, input: Input<E> = {}, { every, enabled = true }: Every<E> & { enabled?: boolean } = {}) {
  return useQuery<Result<E>, ApiError>({
    ...query(endpoint, input), enabled, placeholderData: keepPreviousData as never,
    ...(every !== undefined && { refetchInterval: intervalOf<E>(every) as never }),
  })
}

type PageOf<Item> = { items: Item[]; next: string | null; total: number; totalIsEstimate: boolean }
/** Whole items: contracts call their fields optional because `fields=` may leave some out, which the web never asks for here. */
type ItemOf<E> = Result<E> extends { items: (infer Item)[] } ? Required<Item> : never

/** A keyset list, page after page. Rows already shown stay while a changed filter or sort loads. */
export function usePages<E extends AnyEndpoint>(endpoint: E, input: Input<E> = {}, { every }: { every?: number | false } = {}) {
  const pages = useInfiniteQuery<PageOf<ItemOf<E>>, ApiError, { pages: PageOf<ItemOf<E>>[] }, QueryKey, string | null>({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      call(endpoint, { ...input, query: { ...input.query, cursor: pageParam } }, signal) as Promise<unknown> as Promise<PageOf<ItemOf<E>>>,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    ...(every !== undefined && { refetchInterval: every }),
  })
  const first = pages.data?.pages[0]
  return {
    rows: pages.data?.pages.flatMap(({ items }) => items) ?? [],
    total: first?.total ?? 0,
    totalIsEstimate: first?.totalIsEstimate ?? false,
    loading: pages.isPending,
    stale: pages.isPlaceholderData,
    error: pages.error,
    more: pages.hasNextPage ? () => { void pages.fetchNextPage() } : undefined,
    loadingMore: pages.isFetchingNextPage,
    again: () => { void pages.refetch() },
  }
}

/** A write. When it succeeds, everything read from the endpoints in `refreshes` (whatever their input) is read again. */
export function useAction<E extends AnyEndpoint>(
  endpoint: E,
  { refreshes = [], done }: { refreshes?: AnyEndpoint[]; done?: (result: Result<E>, input: Input<E>) => void } = {},
) {
  const refresh = useRefresh()
  return useMutation<Result<E>, ApiError, Input<E>>({
    mutationFn: (input) => call(endpoint, input),
    onSuccess: async (result, input) => { await refresh(...refreshes); done?.(result, input) },
  })
}

/** Reads again what is shown of these endpoints; what is not shown is read when somebody looks. */
export function useRefresh() {
  const client = useQueryClient()
  return (...endpoints: AnyEndpoint[]) => Promise.all(endpoints.map(({ path }) => client.invalidateQueries({ queryKey: [path] })))
}
