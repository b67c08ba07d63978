/** Which fields a filter over an entity type may use: own ones, those of linked and related records, campaign activity, target lists. No reading here. */
import type { Relationship } from '../../../src/entity-manager/contract.ts'
import { type EntityType, type Field, byName } from '../../api/entity-types.ts'
import { type FilterField, activityField, membership } from '../../ui/filter.ts'

/** Where a relationship leads to many: under what name, and to which type. */
export type ManyEnd = { name: string; label: string; target: EntityType }

export function manyEnds(type: EntityType, types: EntityType[], relationships: Relationship[]): ManyEnd[] {
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
  return [...fromLayout, ...(type.mailable ? activities : []), ...linkedFields(type, types), ...relatedFields(ends), ...understoodFields(type, types, ends)]
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

/**
 * What other programs, links and views made elsewhere may ask for, and the builder does not offer: chosen records, long texts, links by
 * their short name and what is written about people of this installation. Shown and kept, never taken for a field that is gone.
 */
function understoodFields(type: EntityType, types: EntityType[], ends: ManyEnd[]): FilterField[] {
  const of = (prefix: string, label: string, target: EntityType | undefined, which: (field: Field) => boolean) =>
    (target?.fields ?? []).filter(which).map((field) => ({ ...asFilterField(field), name: `${prefix}${field.name}`, label: `${label}${field.label}` }))
  const isLong = (field: Field) => field.type === 'longText'
  const linked = type.fields.filter((link) => link.type === 'link').flatMap((link) => [
    { ...asFilterField(link), name: linkName(link) }, { name: `${linkName(link)}Name`, label: link.label, type: 'text' },
    ...of(`${linkName(link)}.`, `${link.label} · `, byName(types, link.entityType ?? ''), link.entityType === 'User' ? () => true : isLong),
  ])
  const lists = type.fields.filter((field) => field.type === 'linkMultiple').map((field) => ({ ...asFilterField(field), name: field.name.replace(/Ids$/, 's') }))
  const related = ends.flatMap(({ name, label, target }) => of(`${name}.`, `${label} · `, target, isLong))
  return [{ name: 'id', label: 'Record', type: 'id' }, { name: 'version', label: 'Version', type: 'integer' }, ...of('', '', type, isLong), ...linked, ...lists, ...related]
    .map((field) => ({ ...field, hidden: true }))
}

/** A link is `accountId` on the wire, and `account` where one goes on through it. */
const linkName = ({ name }: Field) => name.replace(/Id$/, '')
const filterable = (type: EntityType) => type.fields.filter(({ type }) => type !== 'longText')
const asFilterField = ({ name, label, type, options }: Field): FilterField => ({ name, label, type, ...(options?.length ? { options } : {}) })

/** The entity type that a link field leads to, also through another link. */
export function linkTarget(type: EntityType, types: EntityType[], ends: ManyEnd[], { name }: FilterField): string | null | undefined {
  const [first, second] = name.split('.')
  if (second === undefined) return type.fields.find((field) => field.name === first || linkName(field) === first)?.entityType
  const link = type.fields.find((field) => linkName(field) === first)
  const target = link ? byName(types, link.entityType ?? '') : ends.find((end) => end.name === first)?.target
  return target?.fields.find((field) => field.name === second)?.entityType
}
