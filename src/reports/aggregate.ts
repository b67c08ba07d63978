/** Counting and adding up, in parts that can be added up again: of values to groups, of groups to totals. */
import { type RawBuilder, sql } from 'kysely'
import { isTime } from '../listing/field-kinds.ts'
import type { ListColumn } from '../listing/listable.ts'
import { operatorsOf } from '../listing/operators.ts'
import { AppError } from '../platform/errors.ts'
import type { Aggregate } from './contract.ts'
import { aggregateKey } from './shape.ts'
import { labelOf, type Source } from './source.ts'

type Sql = RawBuilder<unknown>
/** `inner` over rows; `again` brings several of them together. */
export type Part = { name: string; inner: Sql; again: 'sum' | 'min' | 'max' }
export type Row = Record<string, unknown>

const columnIn = ({ listable }: Source, field: string): ListColumn => listable.columns[field]!

/** The parts of an aggregate; their names begin with `prefix`. */
export function partsOf(aggregate: Aggregate, source: Source, prefix: string): Part[] {
  const { function: name, field } = aggregate
  if (field === undefined) return [{ name: `${prefix}n`, inner: sql`count(*)`, again: 'sum' }]
  const column = columnIn(source, field)
  const value = column.sql
  if (name === 'count') return [{ name: `${prefix}n`, inner: sql`count(*) filter (where ${isFilled(column)})`, again: 'sum' }]
  const currencies = currencyParts(aggregate, source, prefix)
  if (name === 'min' || name === 'max') return [{ name: `${prefix}v`, inner: sql`${sql.raw(name)}(${value})`, again: name }, ...currencies]
  const sum: Part = { name: `${prefix}s`, inner: sql`sum(${value})`, again: 'sum' }
  return name === 'sum' ? [sum, ...currencies] : [sum, { name: `${prefix}n`, inner: sql`count(${value})`, again: 'sum' }, ...currencies]
}

/** As the filter language says it: an empty text is empty. */
const isFilled = (column: ListColumn) => operatorsOf[column.type].isNotEmpty!(undefined, column, { now: new Date(0), timeZone: 'UTC' })

/** The first and the last currency of the amounts: others than one cannot be added up. */
function currencyParts({ field }: Aggregate, source: Source, prefix: string): Part[] {
  const { type, sql: amount } = columnIn(source, field!)
  const currency = source.listable.columns[`${field}Currency`]
  if (type !== 'currency' || !currency) return []
  return (['min', 'max'] as const).map((again) =>
    ({ name: `${prefix}${again === 'min' ? 'lo' : 'hi'}`, inner: sql`${sql.raw(again)}(${currency.sql}) filter (where ${amount} is not null)`, again }))
}

/** The value of an aggregate from its parts; `at` says where a part stands. */
export function valueOf({ function: name, field }: Aggregate, source: Source, prefix: string, at: (part: string) => Sql): Sql {
  if (name === 'count') return sql`coalesce(${at(`${prefix}n`)}, 0)::float8`
  if (name === 'sum') return sql`${at(`${prefix}s`)}::float8`
  if (name === 'avg') return sql`(${at(`${prefix}s`)} / nullif(${at(`${prefix}n`)}, 0))::float8`
  return isTime(columnIn(source, field!).type) ? at(`${prefix}v`) : sql`${at(`${prefix}v`)}::float8`
}

export const answered = (value: unknown): number | string | null => (value instanceof Date ? value.toISOString() : (value as number | string | null) ?? null)

const isMixed = (row: Row, prefix: string) => row[`${prefix}lo`] !== row[`${prefix}hi`]

/** Throws 409 where a row adds up amounts of several currencies. `prefix` is that of the aggregate at an index. */
export function expectOneCurrency(rows: readonly Row[], aggregates: readonly Aggregate[], source: Source, prefix: (index: number) => string): void {
  const mixed = aggregates.find((_, index) => rows.some((row) => isMixed(row, prefix(index))))
  if (!mixed) return
  throw new AppError('conflict', 'mixedCurrencies',
    `Amounts in several currencies cannot be added up (${aggregateKey(mixed)}). Group by "${labelOf(source, `${mixed.field}Currency`)}", or filter by it.`)
}

/** Over all rows there may be several: then there is no total. */
export const totalFrom = (row: Row, prefix: string, value: unknown) => (isMixed(row, prefix) ? null : answered(value))
