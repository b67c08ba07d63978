/** Figures by the hour as points of a chart: every hour, or every day when there are many, between the first and the last. Pure. */
import type { ChartSeries } from '../charts/chart.ts'

export type HourCounts = { hour: Date; counts: Record<string, number> }

const hourMs = 3_600_000
const mostHours = 48

/** Days are those of the time zone; what did not happen is 0. */
export function overTime(hours: readonly HourCounts[], metrics: readonly { key: string; label: string }[], timeZone: string): { categories: string[]; series: ChartSeries[] } {
  const times = hours.map(({ hour }) => hour.getTime())
  const [first, last] = [Math.min(...times), Math.max(...times)]
  if (hours.length === 0) return { categories: [], series: [] }
  const byDay = (last - first) / hourMs >= mostHours
  const label = (at: number) => new Date(at).toLocaleString('en-GB', byDay ? { timeZone, day: 'numeric', month: 'short', year: 'numeric' } : { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
  const sums = new Map<string, Record<string, number>>()
  for (let at = first; at <= last; at += hourMs) if (!sums.has(label(at))) sums.set(label(at), {})
  for (const { hour, counts } of hours) {
    const sum = sums.get(label(hour.getTime()))!
    for (const [metric, count] of Object.entries(counts)) sum[metric] = (sum[metric] ?? 0) + count
  }
  const short = (text: string) => (byDay ? text.replace(/ \d{4}$/, '') : text)
  return { categories: [...sums.keys()].map(short), series: metrics.map(({ key, label: name }) => ({ key, label: name, values: [...sums.values()].map((sum) => sum[key] ?? 0) })) }
}
