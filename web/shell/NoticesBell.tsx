/** The bell in the top bar: what this person should know, how much of it is unread, and where each leads. */
import { ActionIcon, Button, Group, Indicator, Popover, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell } from '@tabler/icons-react'
import { listNotices, readAllNotices } from '../../src/notices/contract.ts'
import { useAction, useLook, usePages } from '../api/client.ts'
import { Waiting } from '../ui/Boundary.tsx'
import { Empty } from '../ui/Empty.tsx'
import { ErrorNote } from '../ui/ErrorNote.tsx'
import { NoticeLine } from './NoticeLine.tsx'
import classes from './NoticesBell.module.css'

const lookAgainMilliseconds = 15_000
const mostShown = 99

export function NoticesBell() {
  const [opened, { toggle, close }] = useDisclosure(false)
  const unread = useLook(listNotices, { query: { limit: 1 } }, { every: lookAgainMilliseconds }).data?.unread ?? 0
  return (
    <Popover opened={opened} onChange={(open) => { if (!open) close() }} position="bottom-end" width="min(400px, calc(100vw - 24px))" trapFocus returnFocus shadow="md">
      <Indicator label={unread > mostShown ? `${mostShown}+` : unread} disabled={unread === 0} size={17} offset={5} color="red" classNames={{ indicator: classes['count']! }}>
        <Popover.Target>
          <ActionIcon size={36} variant="subtle" color="gray" onClick={toggle} aria-label={unread > 0 ? `Notices, ${unread.toLocaleString()} unread` : 'Notices'}><IconBell size={20} /></ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label="Notices"><Notices unread={unread} onLeave={close} /></Popover.Dropdown>
    </Popover>
  )
}

function Notices({ unread, onLeave }: { unread: number; onLeave: () => void }) {
  const readAll = useAction(readAllNotices, { refreshes: [listNotices] })
  return (
    <>
      <Group justify="space-between" px="md" py="sm" wrap="nowrap">
        <Title order={2} fz="md">Notices</Title>
        {unread > 0 && <Button size="compact-sm" variant="subtle" loading={readAll.isPending} onClick={() => readAll.mutate({})}>Mark all as read</Button>}
      </Group>
      <List onLeave={onLeave} />
    </>
  )
}

function List({ onLeave }: { onLeave: () => void }) {
  const { rows, loading, error, again, more, loadingMore } = usePages(listNotices, { query: { limit: 20 } }, { every: lookAgainMilliseconds })
  if (error) return <ErrorNote error={error} again={again} />
  if (loading) return <Waiting />
  if (rows.length === 0) return <Empty icon={IconBell}>Nothing to tell. What breaks, stops or is complete without you appears here.</Empty>
  return (
    <div className={classes['list']} tabIndex={0} role="region" aria-label="All notices">
      <ul className={classes['lines']}>{rows.map((notice) => <li key={notice.id}><NoticeLine notice={notice} onLeave={onLeave} /></li>)}</ul>
      {more && <Group justify="center" p="sm"><Button size="compact-sm" variant="default" onClick={more} loading={loadingMore}>Show earlier</Button></Group>}
      {!more && <Text size="xs" c="dimmed" ta="center" p="xs">That is all.</Text>}
    </div>
  )
}
