/** The figures by the hour as points of a chart: every hour (or day) between the first and the last. Pure. */
import type { TimePoint } from '../../ui/charts/TimeColumns.tsx'

type HourFigures = { hour: string; counts: Record<string, number> }
export type TimeUnit = 'hour' | 'day'
const hour = 3_600_000
/** More hours than this are told by days where nobody chooses, and the last so many of them where somebody chooses hours. */
const mostColumns = 48
const mostHours = 240

/** Hours without events are filled in, so that time runs evenly. Days are those of the reader. */
export function pointsOverTime(hours: HourFigures[], unit: TimeUnit | 'auto' = 'auto'): TimePoint[] {
  if (hours.length === 0) return []
  const times = hours.map((row) => Date.parse(row.hour)).toSorted((a, b) => a - b)
  const first = times[0]!
  const last = times.at(-1)!
  return unitFor(hours, unit) === 'hour' ? byHour(hours, first, Math.min(last, first + (mostHours - 1) * hour)) : byDay(hours, first, last)
}

/** What is told where nobody chooses. */
export function unitFor(hours: HourFigures[], unit: TimeUnit | 'auto'): TimeUnit {
  if (unit !== 'auto' || hours.length === 0) return unit === 'auto' ? 'hour' : unit
  const times = hours.map((row) => Date.parse(row.hour))
  return (Math.max(...times) - Math.min(...times)) / hour < mostColumns ? 'hour' : 'day'
}

function byHour(hours: HourFigures[], first: number, last: number): TimePoint[] {
  const counts = new Map(hours.map((row) => [Date.parse(row.hour), row.counts]))
  const many = last - first >= 24 * hour
  const label = (at: Date) => at.toLocaleString(undefined, { ...(many && { weekday: 'short' }), hour: 'numeric', minute: '2-digit' })
  return steps(first, last, hour).map((at) => ({ label: label(new Date(at)), values: counts.get(at) ?? {} }))
}

function byDay(hours: HourFigures[], first: number, last: number): TimePoint[] {
  const days = new Map<string, Record<string, number>>()
  const name = (at: number) => new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
  for (const at of steps(first, last, hour)) if (!days.has(name(at))) days.set(name(at), {})
  for (const row of hours) add(days.get(name(Date.parse(row.hour)))!, row.counts)
  return [...days].map(([label, values]) => ({ label, values }))
}

function add(sums: Record<string, number>, counts: Record<string, number>) {
  for (const [metric, count] of Object.entries(counts)) sums[metric] = (sums[metric] ?? 0) + count
}

const steps = (first: number, last: number, size: number) => Array.from({ length: Math.floor((last - first) / size) + 1 }, (_, index) => first + index * size)
