/** The table behind a chart: every number that was given, whatever of it is drawn. Pure. */
import type { Chart } from './chart.ts'
import { fullNumber, share } from './numbers.ts'
import { cleaned } from './text.ts'

export type ChartTable = { heads: string[]; rows: { name: string; cells: string[] }[]; left: number }

/** A browser with more rows than this stumbles; `left` says how many there are besides. */
const mostRows = 1000

export function tableOf(chart: Chart, locale?: string): ChartTable {
  const first = chart.series[0]?.values[0] ?? 0
  const whole = (chart.series[0]?.values ?? []).reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0)
  // A funnel tells shares of its first step, a pie of the whole.
  const of = chart.series.length !== 1 ? null : chart.type === 'funnel' ? first : chart.type === 'pie' ? whole : null
  const rows = chart.categories.slice(0, mostRows).map((label, index) => ({
    name: cleaned(label) || '(empty)',
    cells: chart.series.flatMap(({ values }) => [fullNumber(values[index] ?? null, locale), ...(of === null ? [] : [share(values[index] ?? 0, of, locale)])]),
  }))
  return { heads: [...chart.series.map(({ label }) => cleaned(label)), ...(of === null ? [] : ['Share'])], rows, left: Math.max(0, chart.categories.length - mostRows) }
}
