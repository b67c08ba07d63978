/** One cell of a file and the value of a field on the wire: each from the other, by the field's type. */
import type { FieldType } from '../listing/listable.ts'
import type { Field } from '../records/definition.ts'
import { ValueFault } from '../records/field-value.ts'
import { type DateOrder, readDay, readTime } from './written-date.ts'
import { readDecimal, readMoney, readWhole } from './written-number.ts'

const yes = new Set(['true', 'yes', 'y', '1', 'on', 'x', 'ja', 'oui', 'si', 'sí'])
const no = new Set(['false', 'no', 'n', '0', 'off', 'nein', 'non'])

/** How the file writes what can be written in several ways. */
export type Writing = { timeZone: string; dateOrder?: DateOrder; decimal: '.' | ',' }

/** The value as the API would take it; what a file may write otherwise (`31.12.2030`, `yes`) is understood here. Throws ValueFault. */
export function valueOf(field: Field, cell: string, writing: Writing): unknown {
  return (readers[field.type] ?? asIs)(cell, field, writing)
}

/** `yes`, `no` and the like. Throws ValueFault. */
export function readYes(cell: string): boolean {
  const word = cell.trim().toLowerCase()
  if (!yes.has(word) && !no.has(word)) throw new ValueFault(`must be yes or no, not "${short(cell)}"`)
  return yes.has(word)
}

type CellReader = (cell: string, field: Field, writing: Writing) => unknown

const asIs: CellReader = (cell) => cell

const readers: Partial<Record<FieldType, CellReader>> = {
  boolean: (cell) => readYes(cell),
  integer: (cell, _field, { decimal }) => readWhole(cell, decimal),
  decimal: (cell, _field, { decimal }) => readDecimal(cell, decimal),
  // A sheet may show midnight behind a day.
  date: (cell, _field, { dateOrder }) => readDay(cell.trim().replace(/[T ]00:00(:00)?$/, ''), dateOrder),
  dateTime: (cell, _field, { timeZone, dateOrder }) => readTime(cell.trim(), timeZone, dateOrder),
  enum: (cell, field) => option(cell, field),
  multiEnum: (cell, field) => many(cell).map((each) => option(each, field)),
  linkMultiple: (cell) => many(cell),
  link: (cell) => cell.trim(),
  currency: (cell, _field, { decimal }) => readMoney(cell.trim(), decimal),
}

/** In the option's own spelling, whatever the file's case. */
function option(cell: string, { options }: Field): string {
  const wanted = cell.trim().toLowerCase()
  const found = options ? options.find((each) => each.toLowerCase() === wanted) : cell
  if (found === undefined) throw new ValueFault(`must be one of ${options!.join(', ')}, not "${short(cell)}"`)
  return found
}

export function many(cell: string): string[] {
  if (cell.startsWith('[')) {
    try {
      return (JSON.parse(cell) as unknown[]).map(String)
    } catch {
      throw new ValueFault(`must be a list like "a;b", not "${short(cell)}"`)
    }
  }
  return cell.split(';').map((each) => each.trim()).filter((each) => each !== '')
}

/** The value as a cell, so that `valueOf` gives it back. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.some((each) => String(each).includes(';')) ? JSON.stringify(value) : value.join(';')
  if (typeof value === 'object' && 'amount' in value && 'currency' in value) return `${String(value.amount)} ${String(value.currency)}`
  return String(value)
}

const short = (text: string) => text.slice(0, 60)
