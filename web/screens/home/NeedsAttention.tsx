/** Home, for administrators: what is not in order, worst first; a green light when everything is. */
import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/health/contract.ts'
import { useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { checkTitle, levelLooks } from '../health/levels.ts'

export const NeedsAttention = () => (
  <Panel title="Needs attention" action={<Anchor component={Link} to={paths.deliveryHealth()} size="sm">Delivery Health</Anchor>}><Troubles /></Panel>
)

function Troubles() {
  const { checks } = useRead(api.getDeliveryHealth, {}, { every: 30_000 })
  const troubles = [...checks.filter(({ level }) => level === 'error'), ...checks.filter(({ level }) => level === 'warning')]
  const good = levelLooks.ok
  if (troubles.length === 0) return <Group gap="xs"><good.icon size={20} color="var(--tidings-good)" aria-hidden /><Text size="sm">Everything is in order.</Text></Group>
  return <Stack gap="sm">{troubles.slice(0, 5).map((trouble) => <Trouble key={trouble.code} {...trouble} />)}</Stack>
}

function Trouble({ code, level, message }: api.DeliveryHealth['checks'][number]) {
  const look = levelLooks[level]
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <look.icon size={20} color={`var(--tidings-${level === 'error' ? 'bad' : 'warning'})`} aria-label={look.word} style={{ flex: 'none' }} />
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}><Anchor component={Link} to={`${paths.deliveryHealth()}#${code}`} inherit fw={600}>{checkTitle(code)}</Anchor>: {message}</Text>
    </Group>
  )
}
