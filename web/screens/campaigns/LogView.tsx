/** The campaign log: what happened to whom, with filters that live in the address. */
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core'
import { IconListDetails } from '@tabler/icons-react'
import { Link } from 'react-router'
import { type LogEntry, listLog } from '../../../src/log/contract.ts'
import { usePages } from '../../api/client.ts'
import { byName, useEntityTypes } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { entryDetail } from './entry-detail.ts'
import { logActions } from './log-actions.ts'
import { LogChips } from './LogChips.tsx'
import { LogFilters, type Named } from './LogFilters.tsx'
import { logQuery, useLogFilter } from './use-log-filter.ts'

type LogViewProps = { campaignId: string; massEmails: Named[]; links: Named[]; every: number | false; rows: number }

export function LogView({ campaignId, massEmails, links, every, rows }: LogViewProps) {
  const { filter, set } = useLogFilter()
  const query = logQuery(filter)
  const entries = usePages(listLog, { params: { id: campaignId }, query: { ...query, limit: rows } }, { every })
  const filtered = Object.keys(filter).length > 0
  return (
    <Stack gap="sm">
      <Stack gap="sm" px={18}>
        <LogChips campaignId={campaignId} query={query} value={filter.action} onChange={(action) => set({ action })} every={every} />
        <LogFilters filter={filter} onChange={set} massEmails={massEmails} links={links} />
      </Stack>
      <DataTable label="Campaign log" {...entries} rows={entries.rows as LogEntry[]} columns={useColumns()} empty={(
        <Empty icon={IconListDetails}>{filtered ? 'Nothing in the log matches these filters.' : 'What becomes of each mail appears here once something is sent.'}</Empty>
      )} />
    </Stack>
  )
}

function useColumns(): Column<LogEntry>[] {
  const types = useEntityTypes()
  return [
    { key: 'action', title: 'Action', cell: ({ action, machine, test }) => (
      <Group gap={6} wrap="nowrap">
        <StatusBadge status={action}>{logActions[action].name}</StatusBadge>
        {machine && <Badge color="gray" variant="outline" size="sm">machine</Badge>}
        {test && <Badge color="gray" variant="outline" size="sm">test</Badge>}
      </Group>
    ) },
    { key: 'record', title: 'Who', width: 320, cell: ({ record, emailAddress }) => {
      const slug = byName(types, record.entityType)?.slug
      const name = record.name || emailAddress
      return (
        <div>
          {slug ? <Anchor component={Link} to={paths.record(slug, record.id)} size="sm" fw={600}>{name}</Anchor> : <Text size="sm" fw={600}>{name}</Text>}
          {name !== emailAddress && <Text size="xs" c="dimmed">{displayAddress(emailAddress)}</Text>}
        </div>
      )
    } },
    { key: 'detail', title: 'Detail', width: 380, cell: (entry) => (
      <>{entryDetail(entry) || '–'}{entry.detail.mailboxMessageId && <Anchor component={Link} to={paths.mailboxMessage(entry.detail.mailboxMessageId)} size="xs" display="block">Raw message</Anchor>}</>
    ) },
    { key: 'massEmail', title: 'Mass email', width: 220, cell: ({ massEmail }) => massEmail.name },
    { key: 'at', title: 'Time', cell: ({ at }) => <TimeAgo at={at} /> },
  ]
}
