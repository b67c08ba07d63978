/** A filter over an entity type as the builder needs it: its fields, possible values, names behind ids, suggestions and the live count. */
import { useMemo } from 'react'
import { listRelationships } from '../../../src/entity-manager/contract.ts'
import * as api from '../../../src/records/contract.ts'
import { call, useLook } from '../../api/client.ts'
import { type EntityType, byName, useEntityTypes } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import { finder, nameOfOne } from '../../api/find.ts'
import type { Choice, ValueChoices } from '../../ui/FilterBuilder.tsx'
import type { Filter, FilterField } from '../../ui/filter.ts'
import { type ManyEnd, filterFieldsOf, linkTarget, manyEnds } from './filter-fields.ts'

export function useRecordFilter(type: EntityType, text: string) {
  const types = useEntityTypes()
  const { items } = useLayout(type.name, 'filters')
  const relationships = useLook(listRelationships).data?.items
  return useMemo(() => {
    const ends = manyEnds(type, types, relationships ?? [])
    return { fields: filterFieldsOf(type, types, items, ends), ...choicesOf(type, types, ends), count: countOf(type, text) }
  }, [type, types, items, relationships, text])
}

const countOf = (type: EntityType, text: string) => (filter: Filter | undefined) => call(api.countRecords, { params: { slug: type.slug }, query: { filter, q: text } })

const resources: Record<string, string> = { targetList: 'target-lists', campaign: 'campaigns', massEmail: 'mass-emails', trackingUrl: 'tracking-urls' }

function choicesOf(type: EntityType, types: EntityType[], ends: ManyEnd[]): ValueChoices {
  const resourceOf = (field: FilterField) => {
    const target = linkTarget(type, types, ends, field)
    return resources[field.type] ?? byName(types, target ?? '')?.slug ?? (target === 'Team' ? 'teams' : target === 'Role' ? 'roles' : 'users')
  }
  return {
    find: async (field, text, campaignId): Promise<Choice[]> =>
      (await finder(resourceOf(field), campaignId ? { campaignId } : {})(text)).map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (field, id) => nameOfOne(resourceOf(field), id),
    suggest: async (field, text) => (await call(api.listValues, { params: { slug: type.slug }, query: { field: field.name, q: text } })).values,
  }
}
