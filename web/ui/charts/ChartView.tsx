/** Shows a chart: drawn to the width it has, each value reached by pointer and arrow keys, and as a table for whoever wants or needs that. */
import { Button, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Chart } from '../../../src/charts/chart.ts'
import { drawChart } from '../../../src/charts/draw.ts'
import { webTheme } from '../../../src/charts/theme.ts'
import { ChartTable } from './ChartTable.tsx'
import classes from './ChartView.module.css'
import { type LeadsTo, SceneView } from './SceneView.tsx'

type ChartViewProps = LeadsTo & {
  chart: Chart
  /** Of the whole drawing, in pixels; rows of bars, steps and cells take what they need. */
  height?: number
}

export function ChartView({ chart, height = 260, onPick, linkOf }: ChartViewProps) {
  const { ref, width } = useWidth()
  const [asTable, setAsTable] = useState(false)
  const scene = useMemo(() => (width === 0 ? null : drawChart(chart, { width, height, theme: webTheme })), [chart, width, height])
  return (
    <figure className={classes['figure']}>
      {asTable
        ? <div className={classes['table']} tabIndex={0} role="group" aria-label={chart.title}><ChartTable chart={chart} /></div>
        : (
          <>
            <div ref={ref} className={classes['drawing']} style={{ minHeight: scene?.height ?? height }}>{scene && <SceneView scene={scene} onPick={onPick} linkOf={linkOf} />}</div>
            <VisuallyHidden><ChartTable chart={chart} /></VisuallyHidden>
          </>
        )}
      <div className={classes['foot']} data-no-print>
        <Button size="compact-xs" variant="subtle" color="gray" leftSection={asTable ? <IconChartBar size={14} /> : <IconTable size={14} />} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </div>
    </figure>
  )
}

const leastWidth = 120

/** The last width that can hold a chart: while a page is laid out, hidden or photographed it is 0, and a drawing that vanishes would make the page jump. */
function useWidth() {
  const { ref, width } = useElementSize()
  const [last, setLast] = useState(0)
  if (width >= leastWidth && width !== last) setLast(width)
  return { ref, width: width >= leastWidth ? width : last }
}
