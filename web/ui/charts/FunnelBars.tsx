/** Steps that each keep a part of the one before, as bars with number and share of the first; each leads to what it counts. */
import type { Chart } from '../../../src/charts/chart.ts'
import { ChartView } from './ChartView.tsx'

export type FunnelBar = { key: string; label: string; value: number; color: string; to?: string }

export function FunnelBars({ bars, label }: { bars: FunnelBar[]; label: string }) {
  return <ChartView chart={chartOf(bars, label)} height={bars.length * 34} linkOf={({ categoryIndex }) => bars[categoryIndex]?.to} />
}

const chartOf = (bars: FunnelBar[], title: string): Chart => ({
  type: 'funnel', title, categories: bars.map(({ label }) => label), colors: bars.map(({ color }) => color), series: [{ key: 'value', label: 'Number', values: bars.map(({ value }) => value) }],
})
