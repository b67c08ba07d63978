/** A chart as data: what is drawn, for browser and mail alike. What the numbers mean is said by whoever makes it. */

export const chartTypes = ['bar', 'groupedBar', 'stackedBar', 'line', 'area', 'pie', 'funnel', 'heatMap'] as const
export type ChartType = (typeof chartTypes)[number]

/** A row of numbers with one value for each category; null where there is none. */
export type ChartSeries = { key: string; label: string; values: readonly (number | null)[]; color?: string }

export type Chart = {
  type: ChartType
  title: string
  /** Along the axis, in their order. */
  categories: readonly string[]
  series: readonly ChartSeries[]
}
