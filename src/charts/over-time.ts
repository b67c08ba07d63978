/** Figures by the hour as points of a chart: every hour (or day) between the first and the last, also those in which nothing happened. Pure. */
export type HourFigures = { hour: string | Date; counts: Record<string, number> }
export type TimeUnit = 'hour' | 'day'
type Point = { label: string; values: Record<string, number> }
type Reader = { timeZone?: string | undefined; locale?: string | undefined }

const hourMs = 3_600_000
/** More hours than this are told by days where nobody chooses, and not more than the first so many of them where somebody chooses hours: there most happens. */
const mostColumns = 48
const mostHours = 240
const daysOfYear = 365

/** Days and words are the reader's where nothing else is said. */
export function pointsOverTime(hours: readonly HourFigures[], unit: TimeUnit | 'auto' = 'auto', reader: Reader = {}): Point[] {
  if (hours.length === 0) return []
  return unitFor(hours, unit) === 'hour' ? byHour(hours, reader) : byDay(hours, reader)
}

/** What is told where nobody chooses. */
export function unitFor(hours: readonly HourFigures[], unit: TimeUnit | 'auto'): TimeUnit {
  if (unit !== 'auto' || hours.length === 0) return unit === 'auto' ? 'hour' : unit
  const { first, last } = spanOf(hours)
  return (last - first) / hourMs < mostColumns ? 'hour' : 'day'
}

function byHour(hours: readonly HourFigures[], { timeZone, locale }: Reader): Point[] {
  const { first, last } = spanOf(hours)
  const end = Math.min(last, first + (mostHours - 1) * hourMs)
  const many = end - first >= 24 * hourMs
  const label = (at: number) => new Date(at).toLocaleString(locale, { timeZone, ...(many && { weekday: 'short' }), hour: 'numeric', minute: '2-digit' })
  return [...sums(hours, end, (at) => at)].map(([at, values]) => ({ label: label(at), values }))
}

/** Days are told apart by their date, the year included; what they are called comes last. */
function byDay(hours: readonly HourFigures[], { timeZone, locale }: Reader): Point[] {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const days = sums(hours, spanOf(hours).last, (at) => date.format(at))
  const label = (day: string) =>
    new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', ...(days.size > daysOfYear && { year: 'numeric' }) })
  return [...days].map(([day, values]) => ({ label: label(day), values }))
}

/** Up to `end`, in the order of time, by what an hour counts for. */
function sums<Key>(hours: readonly HourFigures[], end: number, keyOf: (at: number) => Key): Map<Key, Record<string, number>> {
  const { first } = spanOf(hours)
  const found = new Map<Key, Record<string, number>>()
  for (let at = first; at <= end; at += hourMs) {
    const key = keyOf(at)
    if (!found.has(key)) found.set(key, {})
  }
  for (const row of hours) {
    const into = found.get(keyOf(timeOf(row)))
    if (into) for (const [metric, count] of Object.entries(row.counts)) into[metric] = (into[metric] ?? 0) + count
  }
  return found
}

const timeOf = ({ hour }: HourFigures) => new Date(hour).getTime()

function spanOf(hours: readonly HourFigures[]): { first: number; last: number } {
  const times = hours.map(timeOf)
  return { first: times.reduce((a, b) => Math.min(a, b)), last: times.reduce((a, b) => Math.max(a, b)) }
}
