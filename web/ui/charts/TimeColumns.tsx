/** Counts over time as columns side by side. */
import type { Chart } from '../../../src/charts/chart.ts'
import { ChartView } from './ChartView.tsx'

export type Series = { key: string; label: string; color: string }
export type TimePoint = { label: string; values: Record<string, number> }
type TimeColumnsProps = { points: TimePoint[]; series: Series[]; label: string; height?: number }

export function TimeColumns({ points, series, label, height = 220 }: TimeColumnsProps) {
  return <ChartView chart={chartOf(points, series, label)} height={height} />
}

const chartOf = (points: TimePoint[], series: Series[], title: string): Chart => ({
  type: 'groupedBar', title, ordered: true, categories: points.map(({ label }) => label),
  series: series.map(({ key, label, color }) => ({ key, label, color, values: points.map(({ values }) => values[key] ?? 0) })),
})
