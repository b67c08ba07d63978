/** What a filter over an entity type may use: own fields, those of linked records, campaign activity, target lists; names behind ids, suggestions and the live count. */
import { useMemo } from 'react'
import { type Relationship, listRelationships } from '../../../src/entity-manager/contract.ts'
import * as api from '../../../src/records/contract.ts'
import { call, useLook } from '../../api/client.ts'
import { type EntityType, type Field, byName, useEntityTypes } from '../../api/entity-types.ts'
import { useLayout } from '../../api/layouts.ts'
import { finder, nameOfOne } from '../../api/find.ts'
import type { Choice, ValueChoices } from '../../ui/FilterBuilder.tsx'
import { type Filter, type FilterField, activityField, membership } from '../../ui/filter.ts'

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

/** Where a relationship leads to many: under what name, and to which type. */
type ManyEnd = { name: string; label: string; target: EntityType }

function manyEnds(type: EntityType, types: EntityType[], relationships: Relationship[]): ManyEnd[] {
  const end = (name: string, label: string, to: string): ManyEnd[] => { const target = byName(types, to); return target ? [{ name, label, target }] : [] }
  return relationships.flatMap(({ kind, left, right, leftName, rightName, leftLabel, rightLabel }) => [
    ...(left === type.name && kind !== 'manyToOne' ? end(leftName, leftLabel, right) : []),
    ...(right === type.name && kind !== 'oneToMany' ? end(rightName, rightLabel, left) : []),
  ])
}

/** As the builder offers them: own fields in the order of the layout (what it leaves out is still understood), what people did, their lists, linked records. */
export function filterFieldsOf(type: EntityType, types: EntityType[], layout: string[], ends: ManyEnd[]): FilterField[] {
  const place = ({ name }: FilterField) => (layout.includes(name) ? layout.indexOf(name) : layout.length)
  const fromLayout = [...ownFields(type), ...(type.mailable ? [targetList] : [])].toSorted((a, b) => place(a) - place(b)).map((field) => ({ ...field, hidden: !layout.includes(field.name) }))
  return [...fromLayout, ...(type.mailable ? activities : []), ...linkedFields(type, types), ...relatedFields(ends)]
}

const targetList: FilterField = { name: membership, label: 'Target list', type: 'targetList', group: 'Target lists' }
const activities: FilterField[] = [
  ['sent', 'Was sent a mail'], ['opened', 'Opened a mail'], ['clicked', 'Clicked a link'], ['optedOut', 'Opted out'], ['bounced', 'Bounced'], ['replied', 'Replied'],
].map(([name, label]) => ({ name: activityField(name!), label: label!, type: 'activity', group: 'Campaign activity' }))

const ownFields = (type: EntityType): FilterField[] => filterable(type).map((field) => ({ ...asFilterField(field), group: type.name }))

/** One link deep. People of this installation are asked for as such, not by what is written about them. */
function linkedFields(type: EntityType, types: EntityType[]): FilterField[] {
  return type.fields.flatMap((link) => {
    const target = link.type === 'link' && link.entityType !== 'User' ? byName(types, link.entityType ?? '') : undefined
    return target ? filterable(target).map((field) => ({ ...asFilterField(field), name: `${linkName(link)}.${field.name}`, label: `${link.label} · ${field.label}`, group: `${link.label} (linked)` })) : []
  })
}

/** Some of them are so; asked with a "not", none of them is. */
const relatedFields = (ends: ManyEnd[]): FilterField[] => ends.flatMap(({ name, label, target }) =>
  filterable(target).map((field) => ({ ...asFilterField(field), name: `${name}.${field.name}`, label: `${label} · ${field.label}`, group: `${label} (any of them)` })))

/** A link is `accountId` on the wire, and `account` where one goes on through it. */
const linkName = ({ name }: Field) => name.replace(/Id$/, '')
const filterable = (type: EntityType) => type.fields.filter(({ type }) => type !== 'longText')
const asFilterField = ({ name, label, type, options }: Field): FilterField => ({ name, label, type, ...(options?.length ? { options } : {}) })

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

function linkTarget(type: EntityType, types: EntityType[], ends: ManyEnd[], { name }: FilterField): string | null | undefined {
  const [first, second] = name.split('.')
  if (second === undefined) return type.fields.find((field) => field.name === first)?.entityType
  const link = type.fields.find((field) => linkName(field) === first)
  const target = link ? byName(types, link.entityType ?? '') : ends.find((end) => end.name === first)?.target
  return target?.fields.find((field) => field.name === second)?.entityType
}
