/** What a grid report means, spelled out row by row in memory: slow, plain, and only there for tests to compare with. */
import { dayIn } from '../listing/days.ts'
import { means, type Row } from '../listing/slow-meaning.ts'

type Tree = Record<string, unknown>
type Context = { now: Date; timeZone: string }
export type SlowAggregate = { function: 'count' | 'sum' | 'avg' | 'min' | 'max'; field?: string | undefined }
export type SlowGrid = { filter: Tree; groupBy: { field: string; unit?: string | undefined }[]; aggregates: SlowAggregate[]; having: Tree | null }
type Value = string | number | boolean | Date | null
export type SlowGroup = { group: Value[]; values: Record<string, Value> }

/** The groups that are kept, in no order, and the values over all of their rows. */
export function slowGrid(rows: readonly Row[], { filter, groupBy, aggregates, having }: SlowGrid, context: Context): { groups: SlowGroup[]; totals: Record<string, Value> } {
  const groups = new Map<string, { group: Value[]; rows: Row[] }>()
  if (groupBy.length === 0) groups.set('[]', { group: [], rows: [] })
  for (const row of rows.filter((each) => means(filter, each, context))) {
    const group = groupBy.map(({ field, unit }) => keyOf(row[field], unit, context))
    const known = groups.get(JSON.stringify(group)) ?? { group, rows: [] }
    known.rows.push(row)
    groups.set(JSON.stringify(group), known)
  }
  const valued = [...groups.values()].map((each) => ({ ...each, values: valuesOf(each.rows, aggregates) }))
  const kept = valued.filter(({ values }) => having === null || means(having, values as Row, context))
  return { groups: kept.map(({ group, values }) => ({ group, values })), totals: valuesOf(kept.flatMap((each) => each.rows), aggregates) }
}

function keyOf(value: unknown, unit: string | undefined, { timeZone }: Context): Value {
  if (value === null || value === '') return null
  if (unit !== undefined) return firstOf(value instanceof Date ? dayIn(timeZone, value) : String(value), unit)
  return typeof value === 'string' ? value.toLowerCase() : (value as Value)
}

/** The first day of the week (Monday), month, quarter or year. */
function firstOf(day: string, unit: string): string {
  const date = new Date(`${day}T12:00:00Z`)
  if (unit === 'week') while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1)
  if (unit === 'month' || unit === 'quarter' || unit === 'year') date.setUTCDate(1)
  if (unit === 'quarter') while (![0, 3, 6, 9].includes(date.getUTCMonth())) date.setUTCMonth(date.getUTCMonth() - 1)
  if (unit === 'year') date.setUTCMonth(0)
  return date.toISOString().slice(0, 10)
}

const valuesOf = (rows: readonly Row[], aggregates: readonly SlowAggregate[]): Record<string, Value> => Object.fromEntries(aggregates.map((aggregate) =>
  [aggregate.field === undefined ? aggregate.function : `${aggregate.function}:${aggregate.field}`, valueOf(rows, aggregate)]))

function valueOf(rows: readonly Row[], { function: name, field }: SlowAggregate): Value {
  if (field === undefined) return rows.length
  const values = rows.map((row) => row[field] as Value).filter((value) => value !== null && value !== '')
  if (name === 'count') return values.length
  if (values.length === 0) return null
  const sum = values.reduce<number>((total, value) => total + Number(value), 0)
  if (name === 'sum') return sum
  if (name === 'avg') return sum / values.length
  const inOrder = [...values].sort((a, b) => (a! < b! ? -1 : a! > b! ? 1 : 0))
  return name === 'min' ? inOrder[0]! : inOrder.at(-1)!
}
