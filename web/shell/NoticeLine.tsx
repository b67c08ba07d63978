/** One notice: what happened, why, when; pressing it is reading it, and leads to what it is about. */
import { Text, UnstyledButton } from '@mantine/core'
import { type Icon, IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import { type Notice, addressOf, listNotices, readNotice } from '../../src/notices/contract.ts'
import { useAction } from '../api/client.ts'
import { TimeAgo } from '../ui/TimeAgo.tsx'
import classes from './NoticesBell.module.css'

const looks: Record<Notice['level'], { icon: Icon; color: string; word: string }> = {
  info: { icon: IconInfoCircle, color: 'var(--tidings-quiet)', word: 'For your information' },
  success: { icon: IconCircleCheck, color: 'var(--tidings-good)', word: 'Good' },
  warning: { icon: IconAlertTriangle, color: 'var(--tidings-warning)', word: 'Look at it' },
  error: { icon: IconCircleX, color: 'var(--tidings-bad)', word: 'Trouble' },
}

export function NoticeLine({ notice, onLeave }: { notice: Notice; onLeave: () => void }) {
  const { id, level, title, text, about, createdAt, readAt, overAt } = notice
  const navigate = useNavigate()
  const read = useAction(readNotice, { refreshes: [listNotices] })
  const look = looks[level]
  const open = () => {
    if (!readAt) read.mutate({ params: { id } })
    const to = addressOf(about)
    if (to) { onLeave(); void navigate(to) }
  }
  return (
    <UnstyledButton className={classes['line']} data-unread={readAt === null || undefined} onClick={open}>
      <look.icon size={20} color={look.color} style={{ flex: 'none' }} aria-label={look.word} />
      <span style={{ minWidth: 0 }}>
        <Text span display="block" size="sm" fw={600}>{title}</Text>
        {text && <Text span display="block" size="sm" style={{ overflowWrap: 'anywhere' }}>{text}</Text>}
        <Text span display="block" size="xs" c="dimmed"><TimeAgo at={createdAt} />{overAt && <> · over <TimeAgo at={overAt} /></>}{readAt === null && ' · unread'}</Text>
      </span>
    </UnstyledButton>
  )
}
