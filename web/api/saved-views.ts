/** Saved views and chosen columns, as the lists of records read and write them. */
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '../../src/views/contract.ts'
import { call, useLook } from './client.ts'

export type SavedView = api.SavedView

/** Own views and shared ones of an entity type, by name; empty until they are here. */
export function useSavedViews(entityType: string): SavedView[] {
  const page = useLook(api.listSavedViews, { query: { entityType, limit: 200 } })
  return (page.data?.items ?? []) as SavedView[]
}

const columnsRead = (entityType: string) => queryOptions({
  queryKey: [api.getListColumns.path, entityType], queryFn: () => call(api.getListColumns, { params: { entityType } }), staleTime: 5 * 60_000,
})

/** The columns that the person signed in chose, or null. Shown at once, kept in the background. */
export function useChosenColumns(entityType: string) {
  const client = useQueryClient()
  const { columns } = useSuspenseQuery(columnsRead(entityType)).data
  const { mutate } = useMutation({
    mutationFn: (chosen: string[] | null) => call(api.setListColumns, { params: { entityType }, body: { columns: chosen } }),
    onMutate: (chosen) => { client.setQueryData(columnsRead(entityType).queryKey, { columns: chosen }) },
    onError: () => client.invalidateQueries({ queryKey: columnsRead(entityType).queryKey }),
  })
  return [columns, mutate] as const
}
