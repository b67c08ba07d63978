/** One value of one field: from JSON to what its columns hold, checked by the field's type. No database. */
import { isDay } from '../listing/days.ts'
import type { FieldType } from '../listing/listable.ts'
import { parseAddress } from '../platform/email-address.ts'
import { columnOf, type Field } from './definition.ts'

/** Columns and their values as PostgreSQL reads them from text; null is SQL's NULL. One form for one record and for many. */
export type Stored = Record<string, string | null>

/** What is wrong with a value, as the end of a sentence that begins with the field's name. */
export class ValueFault extends Error {}

export type StoredColumn = { name: string; type: string }

const columnTypes: Record<FieldType, string> = {
  text: 'text', longText: 'text', email: 'text', phone: 'text', url: 'text', enum: 'text',
  integer: 'bigint', decimal: 'numeric', currency: 'numeric', boolean: 'boolean', date: 'date', dateTime: 'timestamptz',
  multiEnum: 'text[]', link: 'uuid', linkMultiple: 'uuid[]',
}

/** A field's columns: one, but for money (amount and currency) and a record's own address (and whether it is malformed). */
export function columnsOf(field: Field): StoredColumn[] {
  const columns = [{ name: columnOf(field), type: columnTypes[field.type] }]
  if (field.type === 'currency') columns.push({ name: `${columnOf(field)}_currency`, type: 'text' })
  if (isOwnAddress(field)) columns.push({ name: 'email_malformed', type: 'boolean' })
  return columns
}

/** The address that a record is mailed at; the table keeps beside it whether it is malformed. */
export const isOwnAddress = (field: Field): boolean => field.type === 'email' && field.name === 'emailAddress'

/** Throws ValueFault. `null` empties. */
export function readField(field: Field, value: unknown): Stored {
  const column = columnOf(field)
  if (field.type === 'currency') return readCurrency(column, value, field)
  const stored = readers[field.type](value ?? empty[field.type], field)
  if (field.required && (stored === null || stored === '' || stored === '{}')) throw new ValueFault('is required')
  if (isOwnAddress(field)) return { [column]: stored, email_malformed: String(isMalformed(stored)) }
  return { [column]: stored }
}

export const isMalformed = (address: string | null): boolean => address !== null && !parseAddress(address).wellFormed

const empty: Record<FieldType, unknown> = {
  text: '', longText: '', email: '', phone: '', url: '', enum: '', boolean: false, multiEnum: [], linkMultiple: [],
  integer: null, decimal: null, currency: null, date: null, dateTime: null, link: null,
}

type Reader = (value: unknown, field: Field) => string | null

function text(value: unknown, { maxLength }: Field): string {
  if (typeof value !== 'string') throw new ValueFault('must be a text')
  // PostgreSQL holds no NUL in a text.
  if (value.includes('\0')) throw new ValueFault('must not contain a NUL character')
  if (maxLength !== undefined && value.length > maxLength) throw new ValueFault(`must not be longer than ${maxLength} characters`)
  return value
}

/** With another scheme than http a link could run code in the browser of whoever clicks it. */
function url(value: unknown, field: Field): string {
  const given = text(value, field)
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(given)?.[1]?.toLowerCase() ?? 'http'
  const isPort = /^[^/]*:\d/.test(given)
  if (scheme !== 'http' && scheme !== 'https' && !isPort) throw new ValueFault('must begin with http:// or https://')
  return given
}

function email(value: unknown, field: Field): string {
  return parseAddress(text(value, field)).address
}

function integer(value: unknown): string | null {
  if (value === null || value === '') return null
  if (!Number.isSafeInteger(value)) throw new ValueFault('must be a whole number')
  return String(value)
}

const decimalForm = /^-?\d{1,30}(\.\d{1,20})?$/

function decimal(value: unknown): string | null {
  if (value === null || value === '') return null
  const given = typeof value === 'number' ? String(value) : value
  if (typeof given !== 'string' || !decimalForm.test(given)) throw new ValueFault('must be a number like 12.5')
  return given
}

function boolean(value: unknown): string {
  if (typeof value !== 'boolean') throw new ValueFault('must be true or false')
  return String(value)
}

function date(value: unknown): string | null {
  if (value === null || value === '') return null
  if (typeof value !== 'string' || !isDay(value)) throw new ValueFault('must be a date like 2026-03-31')
  return value
}

const timeForm = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

function dateTime(value: unknown): string | null {
  if (value === null || value === '') return null
  const found = typeof value === 'string' ? timeForm.exec(value) : null
  const time = new Date(found ? (value as string) : Number.NaN)
  if (!found || !isDay(found[1]!) || Number.isNaN(time.getTime())) throw new ValueFault('must be a time like 2026-03-31T09:30:00Z')
  return time.toISOString()
}

function option(value: unknown, field: Field): string {
  const given = text(value, field)
  if (given !== '' && field.options && !field.options.includes(given)) throw new ValueFault(`must be one of ${field.options.join(', ')}`)
  return given
}

const multiEnum: Reader = (value, field) => arrayText(listOf(value).map((each) => option(each, field)))
const linkMultiple: Reader = (value, field) => arrayText(listOf(value).map((each) => text(each, field)))
const link: Reader = (value, field) => (value === null || value === '' ? null : text(value, field))

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new ValueFault('must be a list')
  return [...new Set(value)]
}

/** As PostgreSQL reads an array of texts: its manual, 8.15.6. */
const arrayText = (values: string[]) => `{${values.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(',')}}`

const readers: Record<Exclude<FieldType, 'currency'>, Reader> = {
  text, longText: text, phone: text, url, email, integer, decimal, boolean, date, dateTime, enum: option, multiEnum, link, linkMultiple,
}

function readCurrency(column: string, value: unknown, { required }: Field): Stored {
  if (value === null || value === undefined || value === '') {
    if (required) throw new ValueFault('is required')
    return { [column]: null, [`${column}_currency`]: '' }
  }
  const { amount, currency, ...rest } = typeof value === 'object' ? (value as Record<string, unknown>) : {}
  const fits = Object.keys(rest).length === 0 && typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)
  if (!fits) throw new ValueFault('must be like {"amount":"12.50","currency":"EUR"}')
  return { [column]: decimal(amount), [`${column}_currency`]: currency }
}
