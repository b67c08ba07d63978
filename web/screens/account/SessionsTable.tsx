/** Browsers in which somebody is signed in, each with its way out. */
import { Badge, Group, Menu, Text } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import type { SignedInSession } from '../../../src/access/contract.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'

const columns: Column<SignedInSession>[] = [
  { key: 'device', title: 'Browser', cell: ({ device, current }) => <Group gap="xs"><b>{device}</b>{current && <Badge color="green">This one</Badge>}</Group> },
  { key: 'seenAt', title: 'Last seen', cell: ({ seenAt }) => <TimeAgo at={seenAt} /> },
  { key: 'createdAt', title: 'Signed in', cell: ({ createdAt, cameBy }) => <span><TimeAgo at={createdAt} /> by {cameBy === 'password' ? 'password' : 'single sign-on'}</span> },
  { key: 'ip', title: 'From', cell: ({ ip }) => ip || '–' },
]

export function SessionsTable({ sessions, onEnd }: { sessions: SignedInSession[]; onEnd: (session: SignedInSession) => void }) {
  return (
    <DataTable label="Browsers" rows={sessions} columns={columns} empty={<Text size="sm" px={18} py="md" c="dimmed">Signed in nowhere.</Text>}
      menu={(session) => <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => onEnd(session)}>Sign out</Menu.Item>} />
  )
}
