/**
 * The operators of the filter language as tables, one for each kind of field: value in, SQL condition out.
 * A condition may be NULL where the field is empty; the filter takes that for false. Values are only ever bound parameters.
 */
import { domainToASCII } from 'node:url'
import { type RawBuilder, sql } from 'kysely'
import { isId } from '../platform/id.ts'
import { addDays, type Day, dayIn, type DayRange, monthOf, yearOf } from './days.ts'
import type { FieldType, ListColumn, ListContext } from './listable.ts'
import * as read from './values.ts'

type Condition = RawBuilder<boolean>
export type Operator = (value: unknown, column: ListColumn, context: ListContext) => Condition
type Operators = Record<string, Operator>

/** Two-valued: where the condition cannot be told because the field is empty, the negation holds. */
export const negation = (condition: Condition): Condition => sql<boolean>`(${condition}) is not true`
const not = (operator: Operator): Operator => (value, column, context) => negation(operator(value, column, context))

const folded = (column: ListColumn) => column.folded ?? sql`lower(${column.sql})`
const emptyText: Operator = (_value, column) => sql<boolean>`coalesce((${column.sql})::text, '') = ''`
const filledText: Operator = (_value, column) => sql<boolean>`(${column.sql})::text <> ''`
const empty: Operator = (_value, column) => sql<boolean>`(${column.sql}) is null`
const filled: Operator = (_value, column) => sql<boolean>`(${column.sql}) is not null`

/** Addresses are stored with the domain as A-label (RFC 5890), so whoever asks for the readable one finds them too. */
function spelled(value: string, column: ListColumn): string {
  const at = value.lastIndexOf('@')
  if (column.type !== 'email' || at < 0) return value
  return value.slice(0, at + 1) + (domainToASCII(value.slice(at + 1)) || value.slice(at + 1))
}

const textEquals: Operator = (value, column, context) => {
  const wanted = spelled(read.text(value), column)
  return wanted === '' ? emptyText(value, column, context) : sql<boolean>`${folded(column)} = lower(${wanted}::text)`
}
const textIn: Operator = (value, column, context) => {
  const wanted = read.listOf(read.text)(value).map((each) => spelled(each, column))
  // As one value, so that PostgreSQL can estimate it; `lower` leaves the quotes of a list alone.
  const matches = sql<boolean>`${folded(column)} = any(lower((${wanted}::text[])::text)::text[])`
  return wanted.includes('') ? sql<boolean>`(${matches} or ${emptyText(value, column, context)})` : matches
}
const like = (before: string, after: string): Operator => (value, column) => {
  const literal = spelled(read.textPart(value), column).replace(/[\\%_]/g, '\\$&')
  return sql<boolean>`${folded(column)} like lower(${before + literal + after}::text)`
}

const textOperators: Operators = {
  equals: textEquals,
  notEquals: not(textEquals),
  in: textIn,
  notIn: not(textIn),
  contains: like('%', '%'),
  notContains: not(like('%', '%')),
  startsWith: like('', '%'),
  endsWith: like('%', ''),
  isEmpty: emptyText,
  isNotEmpty: filledText,
}

/** A single value is compared as such: only then does an index that goes on with the order give the rows in that order. */
const oneOf = (column: ListColumn, wanted: string[], type: RawBuilder<unknown>): Condition =>
  wanted.length === 1 ? sql<boolean>`(${column.sql}) = ${wanted[0]}::${type}` : sql<boolean>`(${column.sql}) = any(${wanted}::${type}[])`

const enumEquals: Operator = (value, column, context) => enumIn([value], column, context)
const enumIn: Operator = (value, column, context) => {
  const wanted = read.listOf(read.option(column))(value)
  const matches = oneOf(column, wanted.filter((each) => each !== ''), sql`text`)
  return wanted.includes('') ? sql<boolean>`(${matches} or ${emptyText(value, column, context)})` : matches
}

const enumOperators: Operators = {
  equals: enumEquals, notEquals: not(enumEquals), in: enumIn, notIn: not(enumIn), isEmpty: emptyText, isNotEmpty: filledText,
}

const numberBound = (value: number) => (Number.isSafeInteger(value) ? sql`${value}::bigint` : sql`${String(value)}::numeric`)
const compareNumber = (operator: '=' | '>' | '>=' | '<' | '<='): Operator => (value, column) =>
  sql<boolean>`(${column.sql}) ${sql.raw(operator)} ${numberBound(read.number(value))}`
const numberIn: Operator = (value, column) => sql<boolean>`(${column.sql}) = any(${read.listOf(read.number)(value).map(String)}::numeric[])`
const numberBetween: Operator = (value, column) => {
  const [from, to] = read.pairOf(read.number)(value)
  return sql<boolean>`(${column.sql}) between ${numberBound(from)} and ${numberBound(to)}`
}

const numberOperators: Operators = {
  equals: compareNumber('='), notEquals: not(compareNumber('=')), in: numberIn, notIn: not(numberIn),
  greaterThan: compareNumber('>'), greaterThanOrEquals: compareNumber('>='),
  lessThan: compareNumber('<'), lessThanOrEquals: compareNumber('<='), between: numberBetween,
  isEmpty: empty, isNotEmpty: filled,
}

const isTrue: Operator = (_value, column) => sql<boolean>`(${column.sql})`
const booleanEquals: Operator = (value, column) => sql<boolean>`(${column.sql}) = ${read.boolean(value)}::boolean`

const booleanOperators: Operators = {
  isTrue, isFalse: not(isTrue), equals: booleanEquals, notEquals: not(booleanEquals), isEmpty: empty, isNotEmpty: filled,
}

/** Half-open bounds of time; a side left out is open. For dates these are days, for times the instants at which those days begin. */
type Bounds = { from?: RawBuilder<unknown>; until?: RawBuilder<unknown>; to?: RawBuilder<unknown>; after?: RawBuilder<unknown> }

function within(column: ListColumn, { from, after, until, to }: Bounds): Condition {
  const parts = [
    from && sql<boolean>`(${column.sql}) >= ${from}`, after && sql<boolean>`(${column.sql}) > ${after}`,
    until && sql<boolean>`(${column.sql}) < ${until}`, to && sql<boolean>`(${column.sql}) <= ${to}`,
  ].filter((part) => part !== undefined)
  return sql<boolean>`(${sql.join(parts, sql` and `)})`
}

/**
 * Where a day begins, in the terms of the column: the day itself, or its midnight in the instance's time zone. Where clocks go back over midnight
 * (Havana, Beirut) it strikes twice; PostgreSQL takes the second one, but the day begins with the first.
 */
function dayStart(day: Day, column: ListColumn, { timeZone }: ListContext): RawBuilder<unknown> {
  if (column.type === 'date') return sql`${day}::date`
  const midnight = sql`((${day}::date)::timestamp at time zone ${timeZone}::text)`
  const hourBefore = sql`((${midnight} at time zone 'UTC' - interval '1 hour') at time zone 'UTC')`
  return sql`(case when ${hourBefore} at time zone ${timeZone}::text >= (${day}::date)::timestamp then ${hourBefore} else ${midnight} end)`
}

const inDays = (rangeOf: (today: Day, value: unknown) => Partial<DayRange>): Operator => (value, column, context) => {
  const range = rangeOf(dayIn(context.timeZone, context.now), value)
  return within(column, {
    from: range.from === undefined ? undefined : dayStart(range.from, column, context),
    until: range.until === undefined ? undefined : dayStart(range.until, column, context),
  })
}

type Side = 'on' | 'before' | 'after' | 'from' | 'to'

/** Which bounds "before", "after" and so on set: whole days for a day, the exact instant for an instant. */
function boundsOf(side: Side, value: unknown, column: ListColumn, context: ListContext): Bounds {
  const moment = column.type === 'date' ? { day: read.day(value) } : read.moment(value)
  if ('instant' in moment) {
    const at = sql`${moment.instant}::timestamptz`
    return { on: { from: at, to: at }, before: { until: at }, after: { after: at }, from: { from: at }, to: { to: at } }[side]
  }
  const start = dayStart(moment.day, column, context)
  const end = dayStart(addDays(moment.day, 1), column, context)
  return { on: { from: start, until: end }, before: { until: start }, after: { from: end }, from: { from: start }, to: { until: end } }[side]
}

const relativeTo = (side: Side): Operator => (value, column, context) => within(column, boundsOf(side, value, column, context))
const timeBetween: Operator = (value, column, context) => {
  const [from, to] = read.pairOf((each) => each)(value)
  return within(column, { ...boundsOf('from', from, column, context), ...boundsOf('to', to, column, context) })
}

const timeOperators: Operators = {
  on: relativeTo('on'), equals: relativeTo('on'), notEquals: not(relativeTo('on')),
  before: relativeTo('before'), lessThan: relativeTo('before'), lessThanOrEquals: relativeTo('to'),
  after: relativeTo('after'), greaterThan: relativeTo('after'), greaterThanOrEquals: relativeTo('from'), between: timeBetween,
  today: inDays((today) => ({ from: today, until: addDays(today, 1) })),
  lastDays: inDays((today, value) => ({ from: addDays(today, -read.dayCount(value)), until: addDays(today, 1) })),
  nextDays: inDays((today, value) => ({ from: today, until: addDays(today, read.dayCount(value) + 1) })),
  olderThanDays: inDays((today, value) => ({ until: addDays(today, -read.dayCount(value)) })),
  thisMonth: inDays((today) => monthOf(today)),
  lastMonth: inDays((today) => monthOf(today, -1)),
  thisYear: inDays((today) => yearOf(today)),
  isEmpty: empty, isNotEmpty: filled,
}

const linkIn: Operator = (value, column) => oneOf(column, read.ids(value), sql`uuid`)
const linkEquals: Operator = (value, column, context) => linkIn([value], column, context)

const linkOperators: Operators = {
  equals: linkEquals, notEquals: not(linkEquals), in: linkIn, notIn: not(linkIn), isEmpty: empty, isNotEmpty: filled,
}

/** The values asked for and the column's own, both as lists of one type; words in lower case (`lower` leaves the quotes of a list alone). */
function lists(value: unknown, column: ListColumn): { own: RawBuilder<unknown>; wanted: RawBuilder<unknown> } {
  if (column.type === 'linkMultiple') return { own: sql`(${column.sql})`, wanted: sql`${read.listOf(read.text)(value).map(asId)}::uuid[]` }
  const words = read.listOf(read.option(column))(value)
  return { own: sql`lower((${column.sql})::text)::text[]`, wanted: sql`lower((${words}::text[])::text)::text[]` }
}
const nobody = '00000000-0000-0000-0000-000000000000'
const asId = (value: string) => (isId(value) ? value : nobody)

const hasAny: Operator = (value, column) => {
  const { own, wanted } = lists(value, column)
  return sql<boolean>`${own} && ${wanted}`
}
const hasAll: Operator = (value, column) => {
  const { own, wanted } = lists(value, column)
  return sql<boolean>`coalesce(${own}, '{}') @> ${wanted}`
}
const emptyList: Operator = (_value, column) => sql<boolean>`coalesce(cardinality(${column.sql}), 0) = 0`

const multipleOperators: Operators = { hasAny, hasAll, hasNone: not(hasAny), isEmpty: emptyList, isNotEmpty: not(emptyList) }

export const operatorsOf: Record<FieldType, Operators> = {
  text: textOperators, longText: textOperators, email: textOperators, phone: textOperators, url: textOperators,
  integer: numberOperators, decimal: numberOperators, currency: numberOperators,
  boolean: booleanOperators, date: timeOperators, dateTime: timeOperators,
  enum: enumOperators, multiEnum: multipleOperators, link: linkOperators, linkMultiple: multipleOperators,
}

export const allOperators: ReadonlySet<string> =
  new Set([...Object.values(operatorsOf).flatMap((operators) => Object.keys(operators)), 'memberOf', 'notMemberOf'])

/** Of many records a negative operator says that none of them is so: "no contact in Berlin", "nowhere a phone number". */
export const oppositeOf: Readonly<Record<string, string>> = {
  notEquals: 'equals', notIn: 'in', notContains: 'contains', hasNone: 'hasAny', isFalse: 'isTrue', isEmpty: 'isNotEmpty',
}
