/** Home: the scheduled mass emails, the nearest first, each with its pre-flight light. */
import { Anchor, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { Link } from 'react-router'
import * as api from '../../../src/campaign/contract.ts'
import { useLook, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { counted } from '../../ui/words.ts'
import { WhyLine } from '../mass-emails/WhyLine.tsx'

export const NextUp = () => <Panel title="Next up"><Scheduled /></Panel>

function Scheduled() {
  const { items } = useRead(api.listMassEmails, { query: { status: 'pending', sort: 'dateStart', limit: 5 } }, { every: 10_000 })
  if (items.length === 0) return <Text size="sm" c="dimmed">Nothing is scheduled. A mass email appears here once it is set to go.</Text>
  return <Stack gap="sm">{items.map((massEmail) => <Waiting key={massEmail.id} massEmail={massEmail as api.MassEmail} />)}</Stack>
}

function Waiting({ massEmail }: { massEmail: api.MassEmail }) {
  const { id, name, dateStart } = massEmail
  const audience = useLook(api.getAudience, { params: { id } })
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Anchor component={Link} to={paths.massEmail(id)} fw={600} size="sm">{name}</Anchor>
        <Text size="sm" c="dimmed"><TimeAgo at={dateStart} empty="As soon as possible" />{audience.data && <> · {counted(audience.data.included, 'person', 'people')}</>}</Text>
        <WhyLine massEmail={massEmail} patient={false} />
      </div>
      <PreflightLight id={id} />
    </Group>
  )
}

function PreflightLight({ id }: { id: string }) {
  const preflight = useLook(api.getPreflight, { params: { id } })
  if (!preflight.data) return null
  const faults = preflight.data.checks.filter(({ level }) => level === 'error' || level === 'warning')
  const label = faults.length === 0 ? 'Pre-flight: all clear' : faults.map(({ message }) => message).join(' ')
  const Icon = faults.length === 0 ? IconCircleCheck : IconAlertTriangle
  return (
    <Tooltip label={label} multiline maw={320}>
      <span role="img" aria-label={label}><Icon size={20} color={faults.length === 0 ? 'var(--tidings-good)' : 'var(--tidings-warning)'} aria-hidden /></span>
    </Tooltip>
  )
}
