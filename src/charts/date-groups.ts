/** Groups by day, week, month, quarter or year: their names in the words of a locale, the reader's where none is given, and the ones between in which nothing happened. */
export type DateUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** Groups are named by the first day of their unit, without a time: read as UTC so that no zone moves it. */
const dayOf = (value: string) => new Date(`${value.slice(0, 10)}T00:00:00Z`)

export function dateWords(value: string, unit: DateUnit, locale?: string): string {
  const day = dayOf(value)
  if (Number.isNaN(day.getTime())) return value
  if (unit === 'day') return said(day, 'whole', locale)
  if (unit === 'week') return `Week of ${said(day, 'whole', locale)}`
  if (unit === 'month') return said(day, 'month', locale)
  if (unit === 'quarter') return `Q${Math.floor(day.getUTCMonth() / 3) + 1} ${day.getUTCFullYear()}`
  return String(day.getUTCFullYear())
}

const parts = { whole: { dateStyle: 'medium' }, month: { month: 'short', year: 'numeric' } } as const
/** A file may have a hundred thousand groups, and making a format takes longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>()

function said(day: Date, part: keyof typeof parts, locale: string | undefined): string {
  const key = `${part} ${locale}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...parts[part], timeZone: 'UTC' })
  formats.set(key, format)
  return format.format(day)
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
