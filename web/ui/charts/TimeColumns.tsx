/** Counts over time as grouped columns. Readers of the screen's text get the same as a table. */
import { Group, Text, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { everyNth, ticksUpTo } from './scale.ts'
import classes from './TimeColumns.module.css'

export type Series = { key: string; label: string; color: string }
export type TimePoint = { label: string; values: Record<string, number> }
type TimeColumnsProps = { points: TimePoint[]; series: Series[]; label: string; height?: number }

const space = { left: 44, right: 8, top: 8, bottom: 24 }
const labelWidth = 76

export function TimeColumns({ points, series, label, height = 200 }: TimeColumnsProps) {
  const { ref, width } = useElementSize()
  return (
    <div>
      <Legend series={series} />
      <div ref={ref} aria-hidden style={{ minHeight: height }}>
        {/* Narrower than its own axis while the page is laid out. */}
        {width > space.left + space.right && <Drawing points={points} series={series} width={width} height={height} />}
      </div>
      <VisuallyHidden><PointsTable points={points} series={series} label={label} /></VisuallyHidden>
    </div>
  )
}

function Legend({ series }: { series: Series[] }) {
  return (
    <Group gap="md" mb={8} aria-hidden>
      {series.map(({ key, label, color }) => (
        <Group key={key} gap={6}><span className={classes['key']} style={{ background: color }} /><Text size="xs">{label}</Text></Group>
      ))}
    </Group>
  )
}

type DrawingProps = { points: TimePoint[]; series: Series[]; width: number; height: number }

function Drawing({ points, series, width, height }: DrawingProps) {
  const ticks = ticksUpTo(Math.max(0, ...points.flatMap(({ values }) => series.map(({ key }) => values[key] ?? 0))))
  const highest = ticks.at(-1)!
  const plotHeight = height - space.top - space.bottom
  const slot = (width - space.left - space.right) / points.length
  const y = (value: number) => space.top + plotHeight * (1 - value / highest)
  const nth = everyNth(points.length, (width - space.left) / labelWidth)
  return (
    <svg className={classes['chart']} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={classes['grid']} x1={space.left} x2={width - space.right} y1={y(tick)} y2={y(tick)} />
          <text className={classes['label']} x={space.left - 6} y={y(tick) + 4} textAnchor="end">{shortNumber(tick)}</text>
        </g>
      ))}
      {points.map((point, index) => (
        <g key={index} transform={`translate(${space.left + index * slot} 0)`}>
          <title>{titleOf(point, series)}</title>
          <rect className={classes['slot']} x={0} y={space.top} width={slot} height={plotHeight} />
          <Columns point={point} series={series} slot={slot} y={y} />
          {index % nth === 0 && <text className={classes['label']} x={slot / 2} y={height - 6} textAnchor="middle">{point.label}</text>}
        </g>
      ))}
    </svg>
  )
}

function Columns({ point, series, slot, y }: { point: TimePoint; series: Series[]; slot: number; y: (value: number) => number }) {
  const column = Math.min(18, (slot * 0.8) / series.length)
  const start = (slot - column * series.length) / 2
  return series.map(({ key, color }, index) => {
    const value = point.values[key] ?? 0
    // A single hit among thousands still shows as a line.
    const height = value > 0 ? Math.max(2, y(0) - y(value)) : 0
    return <rect key={key} x={start + index * column} y={y(0) - height} width={Math.max(1, column - 1)} height={height} rx={Math.min(2, column / 3)} fill={color} />
  })
}

function PointsTable({ points, series, label }: { points: TimePoint[]; series: Series[]; label: string }) {
  return (
    <table>
      <caption>{label}</caption>
      <thead><tr><th scope="col">Time</th>{series.map(({ key, label: name }) => <th key={key} scope="col">{name}</th>)}</tr></thead>
      <tbody>
        {points.map((point, index) => (
          <tr key={index}><th scope="row">{point.label}</th>{series.map(({ key }) => <td key={key}>{(point.values[key] ?? 0).toLocaleString()}</td>)}</tr>
        ))}
      </tbody>
    </table>
  )
}

const titleOf = (point: TimePoint, series: Series[]) =>
  [point.label, ...series.map(({ key, label }) => `${label}: ${(point.values[key] ?? 0).toLocaleString()}`)].join('\n')

const shortNumber = (value: number) => value.toLocaleString(undefined, { notation: 'compact' })
