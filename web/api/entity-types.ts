/** The definitions of all entity types, read once: what records there are, their fields, and where they live. */
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { request } from './request.ts'
import { sessionRead } from './session.ts'

export type Field = {
  name: string
  label: string
  type: string
  required?: boolean
  readOnly?: boolean
  maxLength?: number | null
  options?: string[] | null
  entityType?: string | null
}
export type EntityType = { name: string; plural: string; slug: string; baseType: string; mailable: boolean; fields: Field[]; listColumns?: string[] }

export const entityTypesRead = queryOptions({
  queryKey: ['/api/v1/entity-types', 'GET', {}],
  queryFn: async () => (await request<{ items: EntityType[] }>('GET', '/api/v1/entity-types')).items,
  staleTime: 5 * 60_000,
})

export const useEntityTypes = (): EntityType[] => useSuspenseQuery(entityTypesRead).data
export const useMailableTypes = (): EntityType[] => useEntityTypes().filter(({ mailable }) => mailable)

/** For the frame, which must not wait for definitions: empty until they are here. */
export function useKnownEntityTypes(): EntityType[] {
  const session = useQuery(sessionRead)
  return useQuery({ ...entityTypesRead, enabled: Boolean(session.data?.user) }).data ?? []
}

export const bySlug = (types: EntityType[], slug: string) => types.find((type) => type.slug === slug)
export const byName = (types: EntityType[], name: string) => types.find((type) => type.name === name)
