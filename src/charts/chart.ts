/** A chart as data: what is drawn, for browser and mail alike. What the numbers mean is said by whoever makes it. */

export const chartTypes = ['bar', 'groupedBar', 'stackedBar', 'line', 'area', 'pie', 'funnel', 'heatMap'] as const
export type ChartType = (typeof chartTypes)[number]

/** A row of numbers with one value for each category; null where there is none. */
export type ChartSeries = { key: string; label: string; values: readonly (number | null)[]; color?: string | undefined }

export type Chart = {
  type: ChartType
  title: string
  /** Along the axis, in their order. */
  categories: readonly string[]
  series: readonly ChartSeries[]
  /** Of the categories, where each has its own: for steps, slices, and bars of one series. */
  colors?: readonly string[]
  /** The categories follow each other in time: their labels may be thinned out, and the last ones are kept when there are too many. */
  ordered?: boolean
  /** False for averages, lowest and highest values: what finds no room is then left out and said, never added up as "Others". */
  summable?: boolean
}
