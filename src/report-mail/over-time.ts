/** Figures by the hour as the lines of a mail's chart. Pure. */
import type { ChartSeries } from '../charts/chart.ts'
import { type HourFigures, pointsOverTime } from '../charts/over-time.ts'

/** Days are those of the time zone; what did not happen is 0. */
export function overTime(hours: readonly HourFigures[], metrics: readonly { key: string; label: string }[], timeZone: string): { categories: string[]; series: ChartSeries[] } {
  const points = pointsOverTime(hours, 'auto', { timeZone, locale: 'en-GB' })
  return { categories: points.map(({ label }) => label), series: metrics.map(({ key, label }) => ({ key, label, values: points.map(({ values }) => values[key] ?? 0) })) }
}
