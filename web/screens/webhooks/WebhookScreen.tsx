/** One webhook: what was posted to it, and what it answered. */
import { Button, Stack, Text } from '@mantine/core'
import { IconPencil, IconSend } from '@tabler/icons-react'
import { useParams } from 'react-router'
import * as api from '../../../src/webhooks/contract.ts'
import { useAction, usePages, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { openWebhookForm } from './WebhookForm.tsx'

type Post = api.WebhookDelivery

const columns: Column<Post>[] = [
  { key: 'createdAt', title: 'When', cell: ({ createdAt }) => <TimeAgo at={createdAt} /> },
  { key: 'event', title: 'Event', width: 240, cell: ({ event }) => (event === 'test' ? 'Test' : api.webhookEventTitles[event]) },
  { key: 'status', title: 'Outcome', cell: ({ status }) => <StatusBadge status={status} size="sm" /> },
  { key: 'attempts', title: 'Tries', align: 'right', cell: ({ attempts }) => attempts.toLocaleString() },
  { key: 'answer', title: 'Answer', cell: (post) => <Answer post={post} /> },
]

export function WebhookScreen() {
  const id = useParams()['id']!
  const webhook = useRead(api.getWebhook, { params: { id } }, { every: 10_000 })
  const test = useAction(api.testWebhook, { refreshes: [api.listWebhookDeliveries, api.getWebhook], done: () => succeeded('The test is on its way; the log below says what came of it.') })
  return (
    <Page title={webhook.name} mark={<StatusBadge status={webhook.active ? 'active' : 'inactive'}>{webhook.active ? 'On' : 'Off'}</StatusBadge>} back={{ to: paths.webhooks(), title: 'Webhooks' }} about={<span style={{ overflowWrap: 'anywhere' }}>{aboutWords(webhook)}</span>}
      action={<>
        <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={test.isPending} onClick={() => test.mutate({ params: { id } }, { onError: failed })}>Send a test</Button>
        <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => openWebhookForm(webhook)}>Edit</Button>
      </>}>
      <Panel title="Log" flush about="What was posted in the last 30 days, newest first."><Posts id={id} /></Panel>
    </Page>
  )
}

const aboutWords = ({ url, events, secretSet }: api.Webhook) =>
  `${url} · ${events.length === 0 ? 'no events' : events.map((event) => api.webhookEventTitles[event]).join(' · ')} · ${secretSet ? 'signed' : 'not signed'}`

function Posts({ id }: { id: string }) {
  const pages = usePages(api.listWebhookDeliveries, { params: { id } }, { every: 3_000 })
  return <DataTable label="Posts" {...pages} rows={pages.rows as Post[]} columns={columns} empty={<Empty icon={IconSend} title="Nothing was posted yet">Send a test to see whether it arrives.</Empty>} />
}

function Answer({ post: { httpStatus, answer, nextTryAt, attempts, status } }: { post: Post }) {
  const words = [httpStatus, answer].filter((part) => part !== null && part !== '').join(' ')
  return (
    <Stack gap={2}>
      <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} lineClamp={4}>{words || (attempts === 0 ? 'Not posted yet' : '–')}</Text>
      {status === 'queued' && attempts > 0 && nextTryAt && <Text size="xs" c="dimmed">Tried again <TimeAgo at={nextTryAt} /></Text>}
    </Stack>
  )
}
