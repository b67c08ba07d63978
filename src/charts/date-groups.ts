/** Groups by day, week, month, quarter or year: their names in the reader's words, and the ones between in which nothing happened. */
export type DateUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** Groups are named by the first day of their unit, without a time: read as UTC so that no zone moves it. */
const dayOf = (value: string) => new Date(`${value.slice(0, 10)}T00:00:00Z`)
const said = (day: Date, how: Intl.DateTimeFormatOptions) => day.toLocaleDateString(undefined, { ...how, timeZone: 'UTC' })

export function dateWords(value: string, unit: DateUnit): string {
  const day = dayOf(value)
  if (Number.isNaN(day.getTime())) return value
  if (unit === 'day') return said(day, { dateStyle: 'medium' })
  if (unit === 'week') return `Week of ${said(day, { day: 'numeric', month: 'short', year: 'numeric' })}`
  if (unit === 'month') return said(day, { month: 'short', year: 'numeric' })
  if (unit === 'quarter') return `Q${Math.floor(day.getUTCMonth() / 3) + 1} ${day.getUTCFullYear()}`
  return String(day.getUTCFullYear())
}

function next(value: string, unit: DateUnit): string {
  const day = dayOf(value)
  if (unit === 'day') day.setUTCDate(day.getUTCDate() + 1)
  else if (unit === 'week') day.setUTCDate(day.getUTCDate() + 7)
  else if (unit === 'year') day.setUTCFullYear(day.getUTCFullYear() + 1)
  else day.setUTCMonth(day.getUTCMonth() + (unit === 'month' ? 1 : 3))
  return day.toISOString().slice(0, 10)
}

/** From the first to the last without a hole, in their order; more than a chart can show stay as they are. */
export function withoutHoles(values: readonly string[], unit: DateUnit, most = 400): string[] {
  const sorted = [...new Set(values.map((value) => value.slice(0, 10)))].toSorted()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return sorted
  const filled: string[] = []
  for (let at = first; at <= last; at = next(at, unit)) {
    filled.push(at)
    if (filled.length > most) return sorted
  }
  return sorted.every((value) => filled.includes(value)) ? filled : sorted
}
