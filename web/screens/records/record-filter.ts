/** What a filter over an entity type may use: its fields, target list membership, names behind ids, and the live count. */
import { useCallback, useMemo } from 'react'
import * as api from '../../../src/records/contract.ts'
import { call } from '../../api/client.ts'
import { type EntityType, byName, useEntityTypes } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import { finder, nameOfOne } from '../../api/find.ts'
import type { Filter, FilterField } from '../../ui/filter.ts'

const membership: FilterField = { name: 'targetList', label: 'Target list', type: 'targetList' }

export function useRecordFilter(type: EntityType) {
  const types = useEntityTypes()
  const { items } = useLayout(type.name, 'filters')
  const fields = useMemo(() => fieldsOf(type, items), [type, items])
  const resourceOf = useCallback(
    (field: FilterField) => (field.type === 'targetList' ? 'target-lists' : byName(types, linkTarget(type, field))?.slug ?? 'users'), [types, type])
  return useMemo(() => ({
    fields,
    find: async (field: FilterField, text: string) => (await finder(resourceOf(field))(text)).map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (field: FilterField, id: string) => nameOfOne(resourceOf(field), id),
    count: (filter: Filter | undefined) => call(api.countRecords, { params: { slug: type.slug }, query: { filter } }),
  }), [fields, resourceOf, type.slug])
}

/** In the order of the layout. */
function fieldsOf(type: EntityType, names: string[]): FilterField[] {
  const fields = type.fields.map(({ name, label, type, options }) => ({ name, label, type, ...(options?.length ? { options } : {}) }))
  return names.map((name) => [...fields, membership].find((field) => field.name === name)).filter((field) => field !== undefined)
}

const linkTarget = (type: EntityType, { name }: FilterField) => type.fields.find((field) => field.name === name)?.entityType ?? ''
