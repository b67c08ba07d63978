/** The definitions of all entity types, read once: what records there are, their fields, and where they live. */
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type EntityType as Defined, type Field as DefinedField, listEntityTypes } from '../../src/records/contract.ts'
import { inWords } from '../ui/words.ts'
import { call } from './client.ts'
import { sessionRead } from './session.ts'

/** A field under its name on the wire (`accountId`), `definedAs` in the definition (`account`); for links, `entityType` says where they lead. */
export type Field = Omit<DefinedField, 'key' | 'linksTo' | 'type'> & { type: string; entityType: string | null; definedAs?: string }
export type EntityType = Omit<Defined, 'fields'> & { fields: Field[] }

export const entityTypesRead = queryOptions({
  queryKey: [listEntityTypes.path],
  queryFn: async () => understood((await call(listEntityTypes)).items),
  staleTime: 5 * 60_000,
})

/** Links to entity types that this installation does not have are left out. */
function understood(types: Defined[]): EntityType[] {
  // Teams and roles are no entity types, but fields lead to them.
  const names = new Set([...types.map(({ name }) => name), 'Team', 'Role'])
  return types.map((type) => ({
    ...type,
    fields: type.fields
      .filter(({ linksTo }) => linksTo === null || names.has(linksTo))
      .map(({ key, linksTo, ...field }) => ({ ...field, name: key, definedAs: field.name, entityType: linksTo })),
  }))
}

export const useEntityTypes = (): EntityType[] => useSuspenseQuery(entityTypesRead).data
export const useMailableTypes = (): EntityType[] => useEntityTypes().filter(({ mailable }) => mailable)

/** For the frame, which must not wait for definitions: empty until they are here. */
export function useKnownEntityTypes(): EntityType[] {
  const session = useQuery(sessionRead)
  return useQuery({ ...entityTypesRead, enabled: Boolean(session.data?.user) }).data ?? []
}

/** One record of a type in a sentence: `service contract`. */
export const oneOf = ({ name }: Pick<EntityType, 'name'>): string => inWords(name).toLowerCase()

export const bySlug = (types: EntityType[], slug: string) => types.find((type) => type.slug === slug)
export const byName = (types: EntityType[], name: string) => types.find((type) => type.name === name)
