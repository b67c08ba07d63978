/** The figures by the hour as points of a chart: every hour (or day, when there are many) between the first and the last. Pure. */
import type { TimePoint } from '../../ui/charts/TimeColumns.tsx'

type HourFigures = { hour: string; counts: Record<string, number> }
const hour = 3_600_000
const mostColumns = 48

/** Hours without events are filled in, so that time runs evenly. Days are those of the reader. */
export function pointsOverTime(hours: HourFigures[]): TimePoint[] {
  if (hours.length === 0) return []
  const times = hours.map((row) => Date.parse(row.hour)).toSorted((a, b) => a - b)
  const first = times[0]!
  const last = times.at(-1)!
  return (last - first) / hour < mostColumns ? byHour(hours, first, last) : byDay(hours, first, last)
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
