/** What reports can be about: records of every entity type, deliveries, the campaign log. Each is a list like any other, with its fields in words. */
import { type Actor, expectSome } from '../access/actor.ts'
import { isNumber, isTime } from '../listing/field-kinds.ts'
import type { FieldType, Listable } from '../listing/listable.ts'
import { AppError } from '../platform/errors.ts'
import { definitionsStamp, entityTypes, findDefinition } from '../records/entity-types.ts'
import { expectMayList } from '../records/records.ts'
import { otherSources, type ReportField, type ReportSource } from './contract.ts'
import { deliverySource } from './delivery-source.ts'
import { logSource } from './log-source.ts'
import { recordSource } from './record-source.ts'

/** `linksTo`: what an id leads to, whose name is shown in its place. */
export type SourceField = {
  key: string
  label: string
  type: FieldType
  options?: readonly string[] | undefined
  through?: string | undefined
  linksTo?: string | undefined
  /** False for what is looked up row by row. */
  groupable?: false
}

export type Source = {
  name: string
  plural: string
  slug: string | null
  listable: Listable
  fields: readonly SourceField[]
  defaultColumns: readonly string[]
  /** Whom its rows stand for: themselves, those to whom the mail went, or nobody who could be in a target list. */
  people: 'records' | 'recipients' | 'nobody'
  /** Shown with every row, so that it leads to the record. */
  alwaysRead: readonly string[]
}

/** With the eyes of somebody; null for the product itself, and for judging whether a report asks for what there is: the same then until a definition changes. */
export function sourceOf(name: string, actor: Actor | null): Source | undefined {
  if (actor) return madeFor(name, actor)
  if (kept.stamp !== definitionsStamp()) kept = { stamp: definitionsStamp(), sources: new Map() }
  const source = kept.sources.get(name) ?? madeFor(name, null)
  if (source) kept.sources.set(name, source)
  return source
}

/** Of a list of reports each is judged by its source, which is hundreds of fields. */
let kept: { stamp: string | undefined; sources: Map<string, Source> } = { stamp: undefined, sources: new Map() }

function madeFor(name: string, actor: Actor | null): Source | undefined {
  if (name === 'Delivery') return deliverySource(actor)
  if (name === 'CampaignLog') return logSource(actor)
  const type = findDefinition(name)
  return type && recordSource(type, actor)
}

/** Throws 403 for who may read none of it. */
export function expectMayAsk(name: string, actor: Actor): void {
  const type = findDefinition(name)
  if (type) expectMayList(type, actor)
  else expectSome(actor, 'Campaign', 'read')
}

/** Those of which somebody may read at least some, in the order of the navigation. */
export function sourcesFor(actor: Actor): ReportSource[] {
  return [...entityTypes().map(({ name }) => name), ...otherSources].filter((name) => mayAsk(name, actor)).map((name) => presented(sourceOf(name, actor)!))
}

function mayAsk(name: string, actor: Actor): boolean {
  try {
    expectMayAsk(name, actor)
    return true
  } catch (error) {
    if (error instanceof AppError && error.kind === 'forbidden') return false
    throw error
  }
}

function presented({ name, plural, slug, people, fields, defaultColumns }: Source): ReportSource {
  return { name, plural, slug, fillsTargetLists: people !== 'nobody', fields: fields.map(presentField), defaultColumns: [...defaultColumns] }
}

const presentField = (field: SourceField): ReportField => ({
  key: field.key, label: field.label, type: field.type, options: field.options ? [...field.options] : null, through: field.through ?? null,
  groupable: isGroupable(field), sortable: !isMany(field.type), summable: isNumber(field.type), ranged: isRanged(field.type), linksTo: field.linksTo ?? null,
})

const isMany = (type: FieldType) => type === 'multiEnum' || type === 'linkMultiple'
/** What has a smallest and a largest. */
export const isRanged = (type: FieldType) => isNumber(type) || isTime(type)
/** A row is in one group only, so that the groups add up: a field with several values makes none. */
export const isGroupable = ({ type, groupable }: Pick<SourceField, 'type' | 'groupable'>) => groupable !== false && !isMany(type) && type !== 'longText'

/** The label with the link that it is reached by: `Account: Industry`. */
export function labelOf({ fields }: Source, key: string): string {
  const field = fields.find((each) => each.key === key)
  if (!field) return wordsOf(key)
  return field.through === undefined ? field.label : `${field.through}: ${field.label}`
}

/** `optedOut` → `Opted out`. */
export function wordsOf(code: string): string {
  const words = code.replace(/[.:_-]+/g, ' ').replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
