/** Days of the calendar as text (`YYYY-MM-DD`) in a time zone. Pure: no clock, no database. */

export type Day = string
/** Two days, the first included, the second not. */
export type DayRange = { from: Day; until: Day }

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** The day that `now` is in that time zone. */
export function dayIn(timeZone: string, now: Date): Day {
  let format = dayFormats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    dayFormats.set(timeZone, format)
  }
  return format.format(now)
}

/** Behind the last day that has four digits for its year comes PostgreSQL's `infinity`. */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.getUTCFullYear() > 9999 ? 'infinity' : date.toISOString().slice(0, 10)
}

/** The month `offset` months after the one of this day. */
export function monthOf(day: Day, offset = 0): DayRange {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))]
  return { from: firstOf(year, month + offset), until: firstOf(year, month + offset + 1) }
}

export function yearOf(day: Day): DayRange {
  const year = Number(day.slice(0, 4))
  return { from: firstOf(year, 1), until: firstOf(year + 1, 1) }
}

/** True for a day that exists: the 30th of February does not. Years 1 to 9999. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const firstOf = (year: number, month: number): Day => new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10)
