/** What a report asks, apart from its name and owner, in the terms that running it needs. Pure. */
import { isNumber, isTime } from '../listing/field-kinds.ts'
import type { FieldType, Listable } from '../listing/listable.ts'
import { sql } from 'kysely'
import type { Aggregate, Grouping, Question, Report } from './contract.ts'
import { isRanged, labelOf, type Source } from './source.ts'

export type Shape = Pick<Report, 'entityType' | 'kind'> & {
  filter?: unknown
  questions?: Question[] | undefined
  columns?: string[] | undefined
  sort?: string | undefined
  groupBy?: Grouping[] | undefined
  aggregates?: Aggregate[] | undefined
  having?: unknown
  chart?: { type: string; aggregate?: string | undefined } | null | undefined
}

/** As it is named in `having`, `sort` and answers. */
export const aggregateKey = ({ function: name, field }: Aggregate): string => (field === undefined ? name : `${name}:${field}`)
export const groupingKey = ({ field, unit }: Grouping): string => (unit === undefined ? field : `${field}:${unit}`)

/** Each once; of a grid at least the count. */
export function aggregatesOf({ kind, aggregates = [] }: Shape): Aggregate[] {
  const named = new Map(aggregates.map((aggregate) => [aggregateKey(aggregate), aggregate]))
  return named.size === 0 && kind === 'grid' ? [{ function: 'count', field: undefined }] : [...named.values()]
}

/** What a value of the aggregate is; undefined where the function does not fit the field. */
export function aggregateType({ function: name }: Aggregate, field: FieldType | undefined): FieldType | undefined {
  if (name === 'count') return 'integer'
  if (field === undefined) return undefined
  if (name === 'sum' || name === 'avg') return isNumber(field) ? 'decimal' : undefined
  if (!isRanged(field)) return undefined
  return field === 'currency' ? 'decimal' : field
}

const functionWords = { count: 'Filled', sum: 'Sum', avg: 'Average', min: 'Smallest', max: 'Largest' }
const timeWords = { ...functionWords, min: 'Earliest', max: 'Latest' }

/** `Sum of Amount`. */
export function aggregateLabel(aggregate: Aggregate, source: Source): string {
  const { function: name, field } = aggregate
  if (field === undefined) return 'Count'
  const type = source.listable.columns[field]?.type
  const words = type && isTime(type) ? timeWords : functionWords
  return `${words[name]}: ${labelOf(source, field)}`
}

/** The aggregates as a list of their own, for `having`. `at`: where an aggregate's value stands. */
export const aggregatesAsList = (aggregates: readonly Aggregate[], source: Source, at: (index: number) => string): Listable => ({
  from: sql``, id: sql`null`, search: [], defaultSort: '',
  columns: Object.fromEntries(aggregates.map((aggregate, index) => [aggregateKey(aggregate), {
    type: aggregateType(aggregate, aggregate.field === undefined ? undefined : source.listable.columns[aggregate.field]?.type) ?? 'decimal', sql: sql.ref(at(index)),
  }])),
})
