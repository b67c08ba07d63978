/** Days and times as people and programs write them, as ISO 8601. Pure. Throws ValueFault for what is none, or could mean two. */
import { isDay } from '../listing/days.ts'
import { ValueFault } from '../records/field-value.ts'

export type DateOrder = 'dayFirst' | 'monthFirst' | undefined

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** ISO, the German form, months by their English name, and with `order` what else stands between slashes, dots or dashes. */
export function readDay(cell: string, order: DateOrder): string {
  const parts = isoParts(cell) ?? namedParts(cell) ?? orderedParts(cell, order)
  const day = parts && `${parts[0].padStart(4, '0')}-${parts[1].padStart(2, '0')}-${parts[2].padStart(2, '0')}`
  if (!day || !isDay(day)) throw new ValueFault(`must be a date like 2030-12-31, not "${cell.slice(0, 60)}"`)
  return day
}

/** Year, month, day. */
type Parts = [string, string, string]

function isoParts(cell: string): Parts | null {
  const found = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$|^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(cell)
  return found && [found[1] ?? found[4]!, found[2] ?? found[5]!, found[3] ?? found[6]!]
}

/** 31 Dec 2030, 31-Dec-30, December 31, 2030. */
function namedParts(cell: string): Parts | null {
  const found = /^(\d{1,2})[ .-]+([a-z]{3,9})\.?[ ,-]+(\d{4}|\d{2})$|^([a-z]{3,9})\.?[ .-]+(\d{1,2}),?[ -]+(\d{4})$/i.exec(cell)
  if (!found) return null
  const month = months.indexOf((found[2] ?? found[4]!).slice(0, 3).toLowerCase()) + 1
  return month === 0 ? null : [fullYear(found[3] ?? found[6]!), String(month), found[1] ?? found[5]!]
}

/** With dots the day comes first, as nobody writes it otherwise; 03/04/2030 is refused until somebody says which is the day. */
function orderedParts(cell: string, order: DateOrder): Parts | null {
  const found = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(cell)
  if (!found) return null
  const [, first, sign, second, year] = found as unknown as [string, string, string, string, string]
  const known = order ?? (sign === '.' ? 'dayFirst' : Number(first) > 12 ? 'dayFirst' : Number(second) > 12 ? 'monthFirst' : undefined)
  if (known === undefined) throw new ValueFault(`must be a date that means one day: say whether the day or the month comes first in "${cell}"`)
  return known === 'dayFirst' ? [fullYear(year), second, first] : [fullYear(year), first, second]
}

/** Two digits are of the century that is nearest: 00 to 68 of this one (POSIX strptime). */
const fullYear = (year: string) => (year.length === 4 ? year : `${Number(year) < 69 ? '20' : '19'}${year}`)

const withZone = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})$/i
const clockTime = /^(.*?)(?:[T,]? +|T)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?: ?([ap])\.?m\.?)?$/i

/** With a time zone it is that instant, without one the instance's time zone is meant; a day alone is its midnight. */
export function readTime(cell: string, timeZone: string, order: DateOrder): string {
  const zoned = withZone.exec(cell)
  if (zoned) return `${zoned[1]}T${zoned[2]}${zoned[3]!.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`
  const found = clockTime.exec(cell)
  const hour = Number(found?.[3] !== undefined ? found[2] : 0)
  const half = found?.[5]?.toLowerCase()
  if (half && (hour < 1 || hour > 12)) throw notATime(cell)
  const of24 = half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour
  const clock = found ? `${String(of24).padStart(2, '0')}:${found[3]}:${found[4] ?? '00'}` : '00:00:00'
  return instantIn(timeZone, `${readTimesDay(found ? found[1]! : cell, cell, order)}T${clock}`)
}

function readTimesDay(day: string, cell: string, order: DateOrder): string {
  if (/\d:|:\d/.test(day)) throw notATime(cell)
  return readDay(day.trim(), order)
}

const notATime = (cell: string) => new ValueFault(`must be a time like 2030-12-31 09:30, not "${cell.slice(0, 60)}"`)

/** The instant at which clocks in the time zone show that; in the hour that an autumn night has twice, the first. */
function instantIn(timeZone: string, local: string): string {
  const wanted = new Date(`${local}Z`).getTime()
  if (Number.isNaN(wanted)) throw notATime(local)
  const offset = (at: number) => new Date(`${new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`).getTime() - at
  return new Date(wanted - offset(wanted - offset(wanted))).toISOString()
}
