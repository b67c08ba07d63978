/** One row of a file against the plan: the values it gives, and what is wrong with it. No database. */
import { isId } from '../platform/id.ts'
import { columnOf } from '../records/definition.ts'
import { readField, type Stored, ValueFault } from '../records/field-value.ts'
import type { LinkUse } from '../records/record-values.ts'
import { many, readYes, valueOf, type Writing } from './cell.ts'
import type { FileRow } from './file-row.ts'
import { restored } from './formula.ts'
import { keyText } from './keys.ts'
import type { NamedLink } from './named-links.ts'
import type { ImportPlan, PlannedColumn } from './plan.ts'
import type { RefusalKey } from './refusals.ts'

export type ReadRow = FileRow & {
  /** Only what the file says: an empty cell leaves an existing record's value alone. */
  stored: Stored
  links: LinkUse[]
  /** Links by name, whose ids are not looked up yet. */
  names: NamedLink[]
  /** What the address is said to have refused, or be. */
  refusals: RefusalKey[]
  faults: string[]
  warning: string | null
  /** How the row finds its record, and what makes it a duplicate; '' when it has none. */
  key: string
  duplicateKey: string
}

export function readRow(plan: ImportPlan, { line, cells, unreadable }: FileRow, writing: Writing): ReadRow {
  const row: ReadRow = { line, cells, stored: {}, links: [], names: [], refusals: [], faults: [], warning: null, key: '', duplicateKey: '' }
  if (unreadable !== undefined) row.faults.push(unreadable)
  else if (cells.every((cell) => cell.trim() === '')) row.faults.push('The row is empty.')
  else if (!fitsHeader(plan, cells)) row.faults.push(`The row has ${cells.length} cells, the header has ${plan.header.length}.`)
  else readCells(plan, row, writing)
  return row
}

/** A delimiter too many at the end of a row, with nothing behind it, moves no cell. */
const fitsHeader = ({ header }: ImportPlan, cells: string[]) =>
  cells.length >= header.length && cells.slice(header.length).every((cell) => cell === '')

function readCells(plan: ImportPlan, row: ReadRow, writing: Writing) {
  for (const column of plan.columns) {
    const cell = restored(row.cells[column.index]!)
    if (cell !== '') readCell(column, cell, row, writing)
  }
  for (const { index, name, key } of plan.refusals) {
    const cell = row.cells[index]!
    if (cell.trim() !== '') naming(name, row, () => { if (readYes(cell)) row.refusals.push(key) })
  }
  row.key = keyOf(plan, row)
  if (plan.duplicatesBy) row.duplicateKey = keyText(plan.duplicatesBy, row.stored[columnOf(plan.duplicatesBy)])
}

function readCell({ field, name, byName }: PlannedColumn, cell: string, row: ReadRow, writing: Writing) {
  naming(name, row, () => {
    if (byName && !isId(cell.trim())) {
      const names = field.type === 'link' ? [cell.trim()].filter((each) => each !== '') : many(cell)
      return row.names.push({ field, column: name, names })
    }
    const value = valueOf(field, cell, writing)
    const stored = readField(field, value)
    Object.assign(row.stored, stored)
    if (stored.email_malformed === 'true') row.warning = `${name}: "${cell.slice(0, 200)}" is malformed and cannot be mailed.`
    if (field.linksTo && stored[columnOf(field)]) row.links.push({ path: name, linksTo: field.linksTo, ids: [value].flat() as string[] })
  })
}

/** What is wrong with a cell is told with the name of its column. */
function naming(column: string, row: ReadRow, read: () => void) {
  try {
    read()
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error
    row.faults.push(`${column} ${error.message}.`)
  }
}

function keyOf({ updateBy, idIndex }: ImportPlan, row: ReadRow): string {
  if (updateBy === null) return ''
  if (updateBy === 'id') return row.cells[idIndex]!.trim().toLowerCase()
  return keyText(updateBy, row.stored[columnOf(updateBy)])
}
