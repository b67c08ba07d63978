/** Portion by portion: what went out in each hour, what is planned, and when the last one leaves. */
import { Text } from '@mantine/core'
import type { MassEmail } from '../../../src/campaign/contract.ts'
import { pointsOverTime } from '../../../src/charts/over-time.ts'
import { getForecast } from '../../../src/health/contract.ts'
import { useRead } from '../../api/client.ts'
import { TimeColumns } from '../../ui/charts/TimeColumns.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useNow } from '../../ui/TimeAgo.tsx'
import { finishWords } from './pace-words.ts'

/** What was sent, beside what will be if nothing changes. */
const series = [
  { key: 'sent', label: 'Sent', color: 'var(--mantine-color-tide-6)' },
  { key: 'planned', label: 'Planned', color: 'var(--mantine-color-gray-5)' },
]

type PortionsPanelProps = { massEmail: Pick<MassEmail, 'id' | 'status'>; every: number | false }

export const PortionsPanel = (props: PortionsPanelProps) => <Panel title="Portions" foldsAs="mass-email-portions"><Portions {...props} /></Panel>

function Portions({ massEmail: { id, status }, every }: PortionsPanelProps) {
  const now = useNow(30_000)
  const forecast = useRead(getForecast, { params: { id } }, { every })
  const points = pointsOverTime(forecast.portions.map(({ hour, sent, planned }) => ({ hour, counts: { sent, planned } })))
  return (
    <>
      <Text mb="sm">{status === 'paused' && 'If it went on now: '}{finishWords(forecast, now)}</Text>
      {points.length > 0 && <TimeColumns label="Portions by the hour" points={points} series={series} height={150} />}
    </>
  )
}
