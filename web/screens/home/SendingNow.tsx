/** Home: the mass emails under way, with progress, rate, time left and the sentence why one stands still. */
import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/campaign/contract.ts'
import { getWhy } from '../../../src/health/contract.ts'
import { useLook, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { duration } from '../../ui/time.ts'
import { secondsLeft } from '../mass-emails/pace.ts'
import { settledOf } from './settled.ts'
import { useRate } from './use-rate.ts'

export const SendingNow = () => <Panel title="Being sent now"><UnderWay /></Panel>

function UnderWay() {
  const filter = { field: 'status', op: 'in', value: ['inProcess', 'paused'] }
  const { items } = useRead(api.listMassEmails, { query: { filter, sort: '-createdAt', limit: 5 } }, { every: 2_000 })
  if (items.length === 0) return <Empty>Nothing is going out right now.</Empty>
  return <Stack gap="lg">{items.map((massEmail) => <Running key={massEmail.id} massEmail={massEmail as api.MassEmail} />)}</Stack>
}

function Running({ massEmail }: { massEmail: api.MassEmail }) {
  const { id, name, status, figures } = massEmail
  const settled = settledOf(figures)
  const rate = useRate(settled)
  const left = secondsLeft(figures.people - settled, rate)
  const hint = rate && left ? `${Math.round(rate).toLocaleString()} a minute · ${duration(left)} left` : undefined
  return (
    <div>
      <Group justify="space-between" mb={6} gap="xs">
        <Group gap="xs"><Anchor component={Link} to={paths.massEmail(id)} fw={600}>{name}</Anchor><StatusBadge status={status} size="sm" /></Group>
      </Group>
      <ProgressBar done={settled} total={figures.people} label={`${name}: settled`} moving={status === 'inProcess'} hint={hint} />
      <WhyStill id={id} />
    </div>
  )
}

function WhyStill({ id }: { id: string }) {
  const why = useLook(getWhy, { params: { id } }, { every: 5_000 })
  const reason = why.data?.reasons[0]
  return reason ? <Text size="sm" c="dimmed" mt={4}>{reason.message}</Text> : null
}
