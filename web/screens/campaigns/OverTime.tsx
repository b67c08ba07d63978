/** What happened over time, by the hour or the day, of the figures that somebody chooses; the choice stays in the address. */
import { Chip, Group, SegmentedControl, Text } from '@mantine/core'
import { pointsOverTime, type TimeUnit, unitFor } from '../../../src/charts/over-time.ts'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'
import { useUrlText } from '../../ui/url-state.ts'
import { moreSeries, overTimeSeries } from './figure-colors.ts'

type OverTimeProps = { hours: { hour: string; counts: Record<string, number> }[]; height?: number }

const all = [...overTimeSeries, ...moreSeries]
const first = overTimeSeries.map(({ key }) => key).join('.')
const units = [{ value: 'hour', label: 'Hours' }, { value: 'day', label: 'Days' }]

export function OverTime({ hours, height }: OverTimeProps) {
  const [chosen, choose] = useUrlText('show', first)
  const [unit, setUnit] = useUrlText('by', 'auto')
  const keys = chosen.split('.')
  const series = all.filter(({ key }) => keys.includes(key))
  // Of what never happened there is nothing to choose.
  const offered = all.filter(({ key }) => keys.includes(key) || hours.some(({ counts }) => (counts[key] ?? 0) > 0))
  return (
    <>
      <Group justify="space-between" gap="xs" mb="xs">
        <Chip.Group multiple value={keys} onChange={(next) => choose(all.filter(({ key }) => next.includes(key)).map(({ key }) => key).join('.') || 'none')}>
          <Group gap={6} role="group" aria-label="Figures in the chart">{offered.map(({ key, label }) => <Chip key={key} value={key} size="xs" variant="outline">{label}</Chip>)}</Group>
        </Chip.Group>
        <SegmentedControl size="xs" aria-label="Told by" data={units} value={unitFor(hours, unit as TimeUnit | 'auto')} onChange={setUnit} />
      </Group>
      {series.length > 0 && hours.length > 0
        ? <TimeColumns label="Figures over time" points={pointsOverTime(hours, unit as TimeUnit | 'auto')} series={series} {...(height !== undefined && { height })} />
        : <Text size="sm" c="dimmed">{hours.length === 0 ? 'Nothing has happened yet.' : 'Choose what the chart shows.'}</Text>}
    </>
  )
}
