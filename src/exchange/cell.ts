/** One cell of a file and the value of a field on the wire: each from the other, by the field's type. */
import { isDay } from '../listing/days.ts'
import type { FieldType } from '../listing/listable.ts'
import type { Field } from '../records/definition.ts'
import { ValueFault } from '../records/field-value.ts'

const yes = new Set(['true', 'yes', 'y', '1', 'on', 'x'])
const no = new Set(['false', 'no', 'n', '0', 'off'])

/** The value as the API would take it; what a file may write otherwise (`31.12.2030`, `yes`) is understood here. Throws ValueFault. */
export function valueOf(field: Field, cell: string, timeZone: string): unknown {
  return (readers[field.type] ?? asIs)(cell, field, timeZone)
}

type CellReader = (cell: string, field: Field, timeZone: string) => unknown

const asIs: CellReader = (cell) => cell

const readers: Partial<Record<FieldType, CellReader>> = {
  boolean(cell) {
    const word = cell.trim().toLowerCase()
    if (!yes.has(word) && !no.has(word)) throw new ValueFault(`must be yes or no, not "${short(cell)}"`)
    return yes.has(word)
  },
  integer: (cell) => wholeNumber(cell),
  decimal: (cell) => cell.trim(),
  date: (cell) => day(cell.trim()),
  dateTime: (cell, _field, timeZone) => time(cell.trim(), timeZone),
  enum: (cell, field) => option(cell, field),
  multiEnum: (cell, field) => many(cell).map((each) => option(each, field)),
  linkMultiple: (cell) => many(cell),
  link: (cell) => cell.trim(),
  currency: (cell) => money(cell.trim()),
}

function wholeNumber(cell: string): number {
  if (!/^[+-]?\d{1,15}$/.test(cell.trim())) throw new ValueFault(`must be a whole number, not "${short(cell)}"`)
  return Number(cell)
}

/** ISO 8601, or the German form, which cannot be mistaken; 03/04/2030 can. */
function day(cell: string): string {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell)
  const iso = german ? `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}` : cell.replaceAll('/', '-')
  if (!isDay(iso)) throw new ValueFault(`must be a date like 2030-12-31, not "${short(cell)}"`)
  return iso
}

/** With a time zone it is that instant, without one the instance's time zone is meant. */
function time(cell: string, timeZone: string): string {
  if (/[Zz]$|[+-]\d{2}:?\d{2}$/.test(cell) && cell.includes(':')) return cell.replace(' ', 'T')
  const [date = '', clock = '00:00'] = cell.split(/[T ]+/)
  if (!/^\d{1,2}:\d{2}(:\d{2})?$/.test(clock)) throw new ValueFault(`must be a time like 2030-12-31 09:30, not "${short(cell)}"`)
  return instantIn(timeZone, `${day(date)}T${clock.padStart(5, '0')}`)
}

/** The instant at which clocks in the time zone show that; in the hour that an autumn night has twice, the first. */
function instantIn(timeZone: string, local: string): string {
  const wanted = new Date(`${local}Z`).getTime()
  if (Number.isNaN(wanted)) throw new ValueFault(`must be a time like 2030-12-31 09:30, not "${short(local)}"`)
  const offset = (at: number) => new Date(`${new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`).getTime() - at
  return new Date(wanted - offset(wanted - offset(wanted))).toISOString()
}

/** In the option's own spelling, whatever the file's case. */
function option(cell: string, { options }: Field): string {
  const wanted = cell.trim().toLowerCase()
  const found = options ? options.find((each) => each.toLowerCase() === wanted) : cell
  if (found === undefined) throw new ValueFault(`must be one of ${options!.join(', ')}, not "${short(cell)}"`)
  return found
}

function many(cell: string): string[] {
  if (cell.startsWith('[')) {
    try {
      return (JSON.parse(cell) as unknown[]).map(String)
    } catch {
      throw new ValueFault(`must be a list like "a;b", not "${short(cell)}"`)
    }
  }
  return cell.split(';').map((each) => each.trim()).filter((each) => each !== '')
}

function money(cell: string): unknown {
  const found = /^(-?\d+(?:\.\d+)?)\s*([A-Z]{3})$/.exec(cell)
  if (!found) throw new ValueFault(`must be an amount and a currency like 12.50 EUR, not "${short(cell)}"`)
  return { amount: found[1], currency: found[2] }
}

/** The value as a cell, so that `valueOf` gives it back. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.some((each) => String(each).includes(';')) ? JSON.stringify(value) : value.join(';')
  if (typeof value === 'object' && 'amount' in value && 'currency' in value) return `${String(value.amount)} ${String(value.currency)}`
  return String(value)
}

const short = (text: string) => text.slice(0, 60)
