/** A chart of the comparison: one colour a campaign, the same in all of them. */
import type { Chart } from '../../../src/charts/chart.ts'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'

const colors = ['tide.6', 'lamp.5', 'red.6', 'grape.6', 'green.7', 'blue.6', 'orange.6', 'gray.6', 'pink.6', 'indigo.6'].map((name) => `var(--mantine-color-${name.replace('.', '-')})`)

export const ComparisonChart = ({ chart: { title, categories, series } }: { chart: Chart }) => (
  <TimeColumns label={title} height={240}
    series={series.map(({ key, label }, index) => ({ key, label, color: colors[index % colors.length]! }))}
    points={categories.map((label, index) => ({ label, values: Object.fromEntries(series.map(({ key, values }) => [key, values[index] ?? 0])) }))} />
)
