/** What lists, forms, panels and filters show of an entity type: read once, with the definitions' defaults. The one way to ask which fields to show. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { type Layout, type LayoutGroup, type LayoutKind, listLayouts } from '../../src/layouts/contract.ts'
import { call } from './client.ts'
import type { EntityType, Field } from './entity-types.ts'

export const layoutsRead = (entityType: string) => queryOptions({
  queryKey: [listLayouts.path, entityType],
  queryFn: async () => (await call(listLayouts, { params: { entityType } })).items,
  staleTime: 5 * 60_000,
})

/** `entityType`: the name of one, or `TargetList`, which has bottom panels only. */
export const useLayout = (entityType: string, kind: LayoutKind): Layout => useSuspenseQuery(layoutsRead(entityType)).data.find((layout) => layout.kind === kind)!

/** The fields that a list shows or the filter builder offers, in order. */
export const useLayoutFields = (type: EntityType, kind: 'list' | 'filters'): Field[] => fieldsNamed(type, useLayout(type.name, kind).items)

export type FieldGroup = { title: string; fields: Field[] }

/** The fields of the form and of the page of a record, under their headings. */
export const useFieldGroups = (type: EntityType): FieldGroup[] => groupsOf(type, useLayout(type.name, 'detail').groups ?? [])

const groupsOf = (type: EntityType, groups: LayoutGroup[]): FieldGroup[] =>
  groups.map(({ title, items }) => ({ title, fields: fieldsNamed(type, items).map((field) => ({ ...field, label: withoutHeading(field.label, title) })) }))
    .filter(({ fields }) => fields.length > 0)

/** What a layout names and this type does not have is left out: another screen may have changed one of them meanwhile. */
const fieldsNamed = (type: EntityType, names: string[]): Field[] => names.map((name) => type.fields.find((field) => field.name === name)).filter((field) => field !== undefined)

/** Under the heading Address, `Address City` is the city. */
function withoutHeading(label: string, heading: string): string {
  const short = heading === 'Address' ? label.replace(/^(Billing )?(Address )?/, '') : label
  return short.charAt(0).toUpperCase() + short.slice(1)
}
