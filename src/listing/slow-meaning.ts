/** What the filter language means, spelled out row by row in memory: slow, plain, and only there for tests to compare with. */
import { addDays, dayIn, monthOf, yearOf } from './days.ts'

export type Row = Record<string, unknown>
/** One entry of the campaign log, as far as a filter asks for it. A row that has any keeps them under `did`, its target lists under `lists`. */
export type Deed = { activity: string; campaignId: string; massEmailId: string; trackingUrlId: string | null; at: Date; counts: boolean }
type Tree = { [key: string]: any }
/** `campaigns`: those that have sent, the last one first. */
type Context = { now: Date; timeZone: string; campaigns?: readonly string[] }

export function means(tree: Tree, row: Row, context: Context): boolean {
  if ('and' in tree) return tree.and.every((each: Tree) => means(each, row, context))
  if ('or' in tree) return tree.or.some((each: Tree) => means(each, row, context))
  if ('not' in tree) return !means(tree.not, row, context)
  if ('activity' in tree) return ((row.did ?? []) as Deed[]).some((deed) => deedMeans(tree, deed, context))
  if (!('field' in tree)) return (tree.op === 'memberOf') === tree.value.some((id: string) => ((row.lists ?? []) as string[]).includes(id))
  const [end, key] = String(tree.field).split('.')
  const many = row[end!]
  if (key !== undefined && Array.isArray(many)) return manyRowsMean(tree.op, many.map((each: Row) => each[key]), tree.value, context)
  return leafMeans(tree.op, row[tree.field], tree.value, context)
}

function deedMeans(tree: Tree, deed: Deed, { now, campaigns = [] }: Context): boolean {
  const same = (key: 'campaignId' | 'massEmailId' | 'trackingUrlId') => tree[key] === undefined || tree[key] === deed[key]
  const recent = tree.withinDays === undefined || deed.at.getTime() >= now.getTime() - tree.withinDays * 86_400_000
  const named = tree.campaignIds === undefined || tree.campaignIds.includes(deed.campaignId)
  const last = tree.lastCampaigns === undefined || campaigns.slice(0, tree.lastCampaigns).includes(deed.campaignId)
  return deed.counts && deed.activity === tree.activity && named && last && same('campaignId') && same('massEmailId') && same('trackingUrlId') && recent
}

/** Of several records: one of them is so; with a negative operator, none is. */
function manyRowsMean(op: string, values: unknown[], value: any, context: Context): boolean {
  const negative = op === 'isEmpty' || (op in negatives && op !== 'isNotEmpty')
  const positive = op === 'isEmpty' ? 'isNotEmpty' : negative ? negatives[op]! : op
  return values.some((own) => leafMeans(positive, own, value, context)) !== negative
}

const negatives: Record<string, string> = {
  notEquals: 'equals', notIn: 'in', notContains: 'contains', hasNone: 'hasAny', isFalse: 'isTrue', isNotEmpty: 'isEmpty',
}

function leafMeans(op: string, own: unknown, value: any, context: Context): boolean {
  if (op in negatives) return !leafMeans(negatives[op]!, own, value, context)
  if (op === 'isEmpty') return isEmpty(own)
  if (op === 'in') return value.some((each: unknown) => leafMeans('equals', own, each, context))
  if (Array.isArray(own) || op.startsWith('has')) return manyMeans(op, (own ?? []) as string[], value)
  if (op === 'equals' && value === '') return isEmpty(own)
  if (isEmpty(own)) return false
  if (own instanceof Date || isDayText(own)) return timeMeans(op, own as Date | string, value, context)
  return typeof own === 'string' ? textMeans(op, own.toLowerCase(), String(value).toLowerCase()) : plainMeans(op, own as number | boolean, value)
}

const isEmpty = (own: unknown) => own === null || own === '' || (Array.isArray(own) && own.length === 0)
const isDayText = (own: unknown) => typeof own === 'string' && /^\d{4}-\d\d-\d\d$/.test(own)

function textMeans(op: string, own: string, value: string): boolean {
  const meanings: Record<string, () => boolean> = {
    equals: () => own === value, contains: () => own.includes(value),
    startsWith: () => own.startsWith(value), endsWith: () => own.endsWith(value),
  }
  return meanings[op]!()
}

function plainMeans(op: string, own: number | boolean, value: any): boolean {
  const meanings: Record<string, () => boolean> = {
    isTrue: () => own === true, equals: () => own === value,
    greaterThan: () => own > value, greaterThanOrEquals: () => own >= value, lessThan: () => own < value, lessThanOrEquals: () => own <= value,
    between: () => own >= value[0] && own <= value[1],
  }
  return meanings[op]!()
}

function manyMeans(op: string, own: string[], value: string[]): boolean {
  const has = (each: string) => own.some((mine) => mine.toLowerCase() === each.toLowerCase())
  return op === 'hasAny' ? value.some(has) : value.every(has)
}

/** A day stands for all its instants in the time zone; an instant only for itself. */
function timeMeans(op: string, own: Date | string, value: any, { now, timeZone }: Context): boolean {
  const day = own instanceof Date ? dayIn(timeZone, own) : own
  const today = dayIn(timeZone, now)
  const compare = (wanted: string) => (isDayText(wanted) ? order(day, wanted) : (own as Date).getTime() - new Date(wanted).getTime())
  const meanings: Record<string, () => boolean> = {
    on: () => compare(value) === 0, equals: () => compare(value) === 0,
    before: () => compare(value) < 0, lessThan: () => compare(value) < 0, lessThanOrEquals: () => compare(value) <= 0,
    after: () => compare(value) > 0, greaterThan: () => compare(value) > 0, greaterThanOrEquals: () => compare(value) >= 0,
    between: () => compare(value[0]) >= 0 && compare(value[1]) <= 0,
    today: () => day === today,
    lastDays: () => day >= addDays(today, -value) && day <= today,
    nextDays: () => day >= today && day <= addDays(today, value),
    olderThanDays: () => day < addDays(today, -value),
    thisMonth: () => inRange(day, monthOf(today)), lastMonth: () => inRange(day, monthOf(today, -1)),
    thisYear: () => inRange(day, yearOf(today)),
  }
  return meanings[op]!()
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const inRange = (day: string, { from, until }: { from: string; until: string }) => day >= from && day < until
