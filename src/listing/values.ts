/** Values of filters as they come in, checked: each function answers the value or throws a Fault that says what is wrong. */
import { isId } from '../platform/id.ts'
import { isDay } from './days.ts'
import type { ListColumn } from './listable.ts'

/** What is wrong with one leaf; the filter collects them all and names the path. */
export class Fault extends Error {
  readonly at: string
  constructor(message: string, at = 'value') {
    super(message)
    this.at = at
  }
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new Fault('must be a text')
  // PostgreSQL holds no NUL in a text, so nothing could ever match.
  if (value.includes('\0')) throw new Fault('must not contain a NUL character')
  return value
}

export function textPart(value: unknown): string {
  const part = text(value)
  if (part === '') throw new Fault('must not be empty: every record would match')
  return part
}

export function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Fault('must be a number')
  return value
}

export function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Fault('must be true or false')
  return value
}

/** A count of days; a hundred years are enough for everybody and stay within what a date can be. */
export function dayCount(value: unknown): number {
  const days = Number.isInteger(value) ? (value as number) : -1
  if (days < 0 || days > 36_525) throw new Fault('must be a whole number of days from 0 to 36525')
  return days
}

export const wholeFrom = (least: number, most: number) => (value: unknown): number => {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) throw new Fault(`must be a whole number from ${least} to ${most}`)
  return value as number
}

export function listOf<T>(item: (value: unknown) => T): (value: unknown) => T[] {
  return (value) => {
    if (!Array.isArray(value)) throw new Fault('must be a list of values')
    if (value.length > 10_000) throw new Fault('must not have more than 10000 values')
    return value.map(item)
  }
}

export function pairOf<T>(item: (value: unknown) => T): (value: unknown) => [T, T] {
  return (value) => {
    if (!Array.isArray(value) || value.length !== 2) throw new Fault('must be a list of two values: from and to')
    return [item(value[0]), item(value[1])]
  }
}

export function day(value: unknown): string {
  if (typeof value !== 'string' || !isDay(value)) throw new Fault('must be a date like 2026-03-31')
  return value
}

/** A whole day, or an instant with its time zone. */
export type Moment = { day: string } | { instant: Date }

export function moment(value: unknown): Moment {
  if (typeof value === 'string' && isDay(value)) return { day: value }
  return { instant: instant(value) }
}

const instantForm = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/

export function instant(value: unknown): Date {
  const found = typeof value === 'string' ? instantForm.exec(value) : null
  const date = new Date(found ? (value as string) : Number.NaN)
  if (!found || !isDay(found[1]!) || Number.isNaN(date.getTime())) {
    throw new Fault('must be a date like 2026-03-31 or a time like 2026-03-31T09:30:00Z')
  }
  return date
}

/** One of the column's options in its own spelling; any text where there are none. */
export function option(column: ListColumn): (value: unknown) => string {
  return (value) => {
    const wanted = text(value)
    const { options } = column
    if (!options || wanted === '' || options.includes(wanted)) return wanted
    const known = options.find((each) => each.toLowerCase() === wanted.toLowerCase())
    if (known === undefined) throw new Fault(`must be one of ${options.join(', ')}`)
    return known
  }
}

/** Ids are opaque to outside programs: one that cannot exist matches nothing, it is not an error. */
export const ids = (value: unknown): string[] => listOf(text)(value).filter(isId)
