/** The rows behind a cell of a grid: what makes the group, in the operators of the filter language, so that a cell counts what its rows are. */
import { type RawBuilder, sql } from 'kysely'
import type { ListContext } from '../listing/listable.ts'
import { isDay } from '../listing/days.ts'
import { isNumber } from '../listing/field-kinds.ts'
import { operatorsOf } from '../listing/operators.ts'
import { Fault } from '../listing/values.ts'
import { type Fault as InputFault, invalid } from '../platform/errors.ts'
import type { Group, GroupValue } from './grouping.ts'
import { unitOf } from './units.ts'

export type Leaf = { field: string; op: string; value?: unknown }

/** The leaf that finds the same in a list of records. */
export function leafOf({ grouping: { field }, type, unit }: Group, value: GroupValue): Leaf {
  if (value === null) return { field, op: 'isEmpty' }
  if (unit !== undefined) {
    const { from, to } = unitOf(String(value), unit)
    return { field, op: 'between', value: [from, to] }
  }
  // A number of more digits than JSON can hold was answered as text.
  return { field, op: 'equals', value: isNumber(type) && typeof value === 'string' ? Number(value) : value }
}

/** Of all groups given, a fault for each that cannot be one. Throws 400. */
export function conditionsOf(groups: readonly Group[], values: readonly GroupValue[], context: ListContext): RawBuilder<boolean>[] {
  const faults: InputFault[] = []
  if (values.length > groups.length) faults.push({ path: 'group', message: `has more values than the ${groups.length} that the report groups by` })
  const conditions = values.slice(0, groups.length).map((value, index) => {
    try {
      return conditionOf(groups[index]!, value, context)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push({ path: `group.${index}`, message: error.message })
      return sql<boolean>`false`
    }
  })
  if (faults.length > 0) throw invalid(faults)
  return conditions
}

function conditionOf(group: Group, value: GroupValue, context: ListContext): RawBuilder<boolean> {
  const { type, column, unit } = group
  if (unit !== undefined && value !== null && !(typeof value === 'string' && isDay(value))) throw new Fault('must be a date like 2026-03-31')
  if (isNumber(type) && typeof value === 'string') return exactly(column.sql, value)
  const { op, value: wanted } = leafOf(group, value)
  // A value may be there whose option was taken away since.
  const { options: _, ...free } = column
  return operatorsOf[type][op]!(wanted, free, context)
}

function exactly(column: RawBuilder<unknown>, value: string): RawBuilder<boolean> {
  if (!/^-?\d{1,60}(\.\d{1,30})?$/.test(value)) throw new Fault('must be a number')
  return sql<boolean>`(${column}) = ${value}::numeric`
}

/** False where the leaf would say a little less than the group: a number with more digits than a filter can have. */
export const saysTheSame = ({ type }: Group, value: GroupValue): boolean => !(isNumber(type) && typeof value === 'string')
