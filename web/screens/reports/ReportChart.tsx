/** The chart of a summary; each mark opens the rows that it counts. */
import { chartOfGrid } from '../../../src/charts/of-grid.ts'
import type { GridRun, Report } from '../../../src/reports/contract.ts'
import { ChartView } from '../../ui/charts/ChartView.tsx'
import type { GroupValue } from './groups.ts'

type ReportChartProps = {
  title: string
  run: GridRun
  choice: NonNullable<Report['chart']>
  height?: number
  onGroup?: ((group: GroupValue[]) => void) | undefined
}

export function ReportChart({ title, run, choice, height = 320, onGroup }: ReportChartProps) {
  const { chart, groupOf } = chartOfGrid(run, choice, title)
  return <ChartView chart={chart} height={height} onPick={onGroup && ((picked) => onGroup(groupOf(picked)))} />
}
