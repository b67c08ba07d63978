/** Which kinds of chart fit a report, and of the others why not. */
import type { ChartType } from '../../../src/charts/chart.ts'
import type { Aggregate, Grouping } from '../../../src/reports/contract.ts'

export const chartWords: Record<ChartType, string> = {
  bar: 'Bars', groupedBar: 'Grouped bars', stackedBar: 'Stacked bars', line: 'Line', area: 'Area', pie: 'Pie', funnel: 'Funnel', heatMap: 'Heat map',
}

type Grouped = { groupBy: readonly Grouping[]; drawn: Aggregate | undefined; isTime: (group: Grouping) => boolean }

/** Undefined where it fits. */
export function whyNot(type: ChartType, { groupBy, drawn, isTime }: Grouped): string | undefined {
  const [first, second] = groupBy
  if (!first) return 'Choose what to group by first.'
  const adds = !drawn || drawn.function === 'count' || drawn.function === 'sum'
  switch (type) {
    case 'bar': return second ? 'Plain bars show one group-by. Grouped or stacked bars show two.' : undefined
    case 'groupedBar': return second ? undefined : 'Needs a second group-by: its values stand beside each other.'
    case 'stackedBar': return !second ? 'Needs a second group-by: its values stand on each other.' : adds ? undefined : 'Only numbers and sums can stand on each other.'
    case 'line': return isTime(first) ? undefined : 'A line runs along time: group by a date first.'
    case 'area': return !isTime(first) ? 'An area runs along time: group by a date first.' : adds ? undefined : 'Only numbers and sums fill an area.'
    case 'pie': return second ? 'A pie shows the parts of one whole: use one group-by.' : adds ? undefined : 'Only numbers and sums are parts of a whole.'
    case 'funnel': return second ? 'A funnel shows one group-by.' : adds ? undefined : 'Only numbers and sums make a funnel.'
    case 'heatMap': return second ? undefined : 'Needs two group-bys: one along each side.'
  }
}
