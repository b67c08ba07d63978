/** What a record was sent and did with it, newest first, as a time line. */
import { Anchor, Button, Text, Timeline } from '@mantine/core'
import { Link } from 'react-router'
import * as api from '../../../src/log/contract.ts'
import { usePages } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import type { RecordRow } from '../../api/records.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { statusColor } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { eventIcons } from './event-icons.ts'
import { eventHeading, eventWords } from './event-words.ts'

export function MailHistory({ type, record }: { type: EntityType; record: RecordRow }) {
  const { rows, loading, error, again, more, loadingMore } = usePages(api.listHistory, { params: { slug: type.slug, id: record.id }, query: { limit: 20 } })
  if (error) return <ErrorNote error={error} again={again} />
  if (loading) return <Waiting />
  if (rows.length === 0) return <Empty>No mail yet. What is sent to this record, and what comes back, appears here.</Empty>
  return (
    <>
      <Timeline active={rows.length} bulletSize={26} lineWidth={2}>
        {rows.map((entry) => {
          const Icon = eventIcons[entry.action]
          const title = <Text size="sm" fw={600} span style={{ overflowWrap: 'anywhere' }}>{eventHeading(entry)}</Text>
          return <Timeline.Item key={entry.id} bullet={<Icon size={14} aria-hidden />} color={statusColor(entry.action)} title={title}><Event entry={entry} /></Timeline.Item>
        })}
      </Timeline>
      {more && <Button variant="default" size="compact-sm" mt="md" onClick={more} loading={loadingMore}>Show earlier</Button>}
    </>
  )
}

function Event({ entry }: { entry: api.LogEntry }) {
  const { action, at, detail, lastAt, repeats } = entry
  const words = eventWords(entry)
  return (
    <>
      {words && <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{words}</Text>}
      <Text size="sm" c="dimmed"><Whence entry={entry} /></Text>
      {detail.mailboxMessageId && <Anchor component={Link} to={paths.mailboxMessage(detail.mailboxMessageId)} size="sm">{action === 'replied' ? 'Show the whole reply' : 'Show the raw message'}</Anchor>}
      <Text size="xs" c="dimmed"><TimeAgo at={at} />{repeats > 1 && lastAt !== at && <>, last <TimeAgo at={lastAt} /></>}</Text>
    </>
  )
}

function Whence({ entry: { massEmail, stored, deliveryId } }: { entry: api.LogEntry }) {
  return (
    <>
      <Anchor component={Link} to={paths.massEmail(massEmail.id)} inherit>{massEmail.name}</Anchor>
      {stored && <> · <Anchor component={Link} to={paths.storedMail(massEmail.id, deliveryId)} inherit>Show the mail</Anchor></>}
    </>
  )
}
