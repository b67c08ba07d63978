/** One row of a file against the plan: the values it gives, and what is wrong with it. No database. */
import { addressKey } from '../platform/email-address.ts'
import { columnOf } from '../records/definition.ts'
import { readField, type Stored, ValueFault } from '../records/field-value.ts'
import type { LinkUse } from '../records/record-values.ts'
import { valueOf } from './cell.ts'
import type { FileRow } from './file-row.ts'
import { restored } from './formula.ts'
import type { ImportPlan, PlannedColumn } from './plan.ts'

export type ReadRow = FileRow & {
  /** Only what the file says: an empty cell leaves an existing record's value alone. */
  stored: Stored
  links: LinkUse[]
  faults: string[]
  warning: string | null
  /** How the row finds its record, and its address as addresses compare; '' when it has none. */
  key: string
  address: string
}

export function readRow(plan: ImportPlan, { line, cells, unreadable }: FileRow, timeZone: string): ReadRow {
  const row: ReadRow = { line, cells, stored: {}, links: [], faults: [], warning: null, key: '', address: '' }
  if (unreadable !== undefined) row.faults.push(unreadable)
  else if (cells.every((cell) => cell.trim() === '')) row.faults.push('The row is empty.')
  else if (!fitsHeader(plan, cells)) row.faults.push(`The row has ${cells.length} cells, the header has ${plan.header.length}.`)
  else readCells(plan, row, timeZone)
  return row
}

/** A delimiter too many at the end of a row, with nothing behind it, moves no cell. */
const fitsHeader = ({ header }: ImportPlan, cells: string[]) =>
  cells.length >= header.length && cells.slice(header.length).every((cell) => cell === '')

function readCells(plan: ImportPlan, row: ReadRow, timeZone: string) {
  for (const column of plan.columns) {
    const cell = restored(row.cells[column.index]!)
    if (cell !== '') readCell(column, cell, row, timeZone)
  }
  row.address = addressKey(row.stored.email_address ?? '')
  row.key = keyOf(plan, row)
}

function readCell({ field, name }: PlannedColumn, cell: string, row: ReadRow, timeZone: string) {
  try {
    const value = valueOf(field, cell, timeZone)
    const stored = readField(field, value)
    Object.assign(row.stored, stored)
    if (stored.email_malformed === 'true') row.warning = `${name}: "${cell.slice(0, 200)}" is malformed and cannot be mailed.`
    if (field.linksTo && stored[columnOf(field)]) row.links.push({ path: name, linksTo: field.linksTo, ids: [value].flat() as string[] })
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error
    row.faults.push(`${name} ${error.message}.`)
  }
}

function keyOf({ updateBy, idIndex }: ImportPlan, row: ReadRow): string {
  if (updateBy === null) return ''
  if (updateBy === 'id') return row.cells[idIndex]!.trim().toLowerCase()
  return (row.stored[columnOf(updateBy)] ?? '').toLowerCase()
}
