/** Administration > Outbound accounts: the ways out for mail, whether each works, and how much it carries. */
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core'
import { IconTruckDelivery } from '@tabler/icons-react'
import { Link } from 'react-router'
import { type OutboundAccount, listOutboundAccounts } from '../../../src/outbound/contract.ts'
import { usePages } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/TimeAgo.tsx'
import { kindWords, limitWords, warmUpWords } from './account-words.ts'

const columnsAt = (now: Date): Column<OutboundAccount>[] => [
  { key: 'name', title: 'Account', sort: 'name', cell: (account) => <Name {...account} /> },
  { key: 'state', title: 'State', cell: ({ state }) => <StatusBadge status={state} /> },
  { key: 'server', title: 'Server', cell: ({ host, port }) => (host ? `${host}:${port}` : '–'), width: 240 },
  { key: 'limits', title: 'At most', cell: limitWords },
  { key: 'warmUp', title: 'Warm-up', cell: ({ warmUp }) => warmUpWords(warmUp, now) },
  { key: 'weight', title: 'Weight', align: 'right', cell: ({ weight }) => weight, sort: 'weight' },
]

export function OutboundAccountsScreen() {
  const pages = usePages(listOutboundAccounts, { query: { limit: 100 } }, { every: 15_000 })
  const now = useNow(60_000)
  const rows = pages.rows as OutboundAccount[]
  return (
    <Page title="Outbound accounts" back={{ to: paths.administration(), title: 'Administration' }}
      about={<>The ways out for mail. The server of the system account is set in <Anchor component={Link} inherit underline="always" to={paths.outboundEmails()}>Outbound Emails</Anchor>.</>}>
      <Stack>
        <Panel title="Accounts" flush hideTitle>
          <DataTable label="Outbound accounts" {...pages} rows={rows} columns={columnsAt(now)} linkTo={({ id }) => paths.outboundAccount(id)} keys
            empty={<Empty icon={IconTruckDelivery} title="No way out yet">The part of the program that sends brings the Sandbox when it starts.</Empty>} />
        </Panel>
        <Text size="sm" c="dimmed">Accounts that share one mass email do so by weight: one of weight 2 carries twice as much as one of weight 1.</Text>
      </Stack>
    </Page>
  )
}

function Name({ name, kind, isDefault }: OutboundAccount) {
  return (
    <Group gap={6} wrap="wrap">
      <b>{name}</b>
      {name !== kindWords[kind] && <Text span size="sm" c="dimmed">{kindWords[kind]}</Text>}
      {isDefault && <Badge color="tide" size="sm">Default</Badge>}
    </Group>
  )
}
