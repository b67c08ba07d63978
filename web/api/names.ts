/** The names of things that are known by their ids, for example from an address. */
import { useQueries } from '@tanstack/react-query'
import { nameOfOne } from './find.ts'

/** In the order of the ids; `…` until one is known. */
export function useNamed(resource: string, ids: readonly string[]): { id: string; name: string }[] {
  const names = useQueries({ queries: ids.map((id) => ({ queryKey: ['name', resource, id], queryFn: () => nameOfOne(resource, id), staleTime: 60_000 })) })
  return ids.map((id, index) => ({ id, name: names[index]?.data ?? '…' }))
}
