/** Administration > Webhooks: where other programs are told what happens here, and whether they took it. */
import { Button, Menu, Text } from '@mantine/core'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus, IconTrash, IconWebhook } from '@tabler/icons-react'
import * as api from '../../../src/webhooks/contract.ts'
import { call, useAction, usePages, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { openWebhookForm } from './WebhookForm.tsx'

type Webhook = api.Webhook

const columns: Column<Webhook>[] = [
  { key: 'name', title: 'Name', cell: ({ name }) => name },
  { key: 'url', title: 'URL', width: 230, cell: ({ url }) => url },
  { key: 'events', title: 'Events', width: 220, cell: ({ events }) => (events.length === 0 ? 'None' : events.map((event) => api.webhookEventTitles[event]).join(' · ')) },
  { key: 'active', title: 'State', cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} size="sm">{active ? 'On' : 'Off'}</StatusBadge> },
  { key: 'last', title: 'Last post', cell: (webhook) => <LastPost webhook={webhook} /> },
]

export function WebhooksScreen() {
  const pages = usePages(api.listWebhooks, {}, { every: 10_000 })
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openWebhookForm()}>New webhook</Button>
  return (
    <Page title="Webhooks" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="Other programs are told what happens here: each event is posted, signed, and tried again for a day where it is not taken.">
      <Panel title="Webhooks" flush hideTitle>
        <DataTable label="Webhooks" {...pages} rows={pages.rows as Webhook[]} columns={columns} linkTo={({ id }) => paths.webhook(id)} menu={(webhook) => <WebhookMenu webhook={webhook} />}
          empty={<Empty icon={IconWebhook} title="No webhooks yet" action={add}>Add one to hear of alarms in a chat or in a monitoring system.</Empty>} />
      </Panel>
    </Page>
  )
}

function LastPost({ webhook: { lastStatus, lastAt } }: { webhook: Webhook }) {
  if (!lastStatus) return <Text size="sm" c="dimmed">None yet</Text>
  return <><StatusBadge status={lastStatus} size="sm" /> <TimeAgo at={lastAt} /></>
}

function WebhookMenu({ webhook }: { webhook: Webhook }) {
  const refresh = useRefresh()
  const change = useAction(api.changeWebhook, { refreshes: [api.listWebhooks] })
  const { id, name, active } = webhook
  const remove = async () => {
    const sure = await confirm({ title: `Delete “${name}”?`, body: 'Nothing is posted there any more, and its log goes.', confirm: 'Delete', danger: true })
    if (!sure) return
    await call(api.removeWebhook, { params: { id } })
    await refresh(api.listWebhooks)
    succeeded('The webhook is deleted.')
  }
  const Icon = active ? IconPlayerPause : IconPlayerPlay
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => openWebhookForm(webhook)}>Edit</Menu.Item>
      <Menu.Item leftSection={<Icon size={16} aria-hidden />} onClick={() => change.mutate({ params: { id }, body: { active: !active } }, { onError: failed })}>{active ? 'Switch off' : 'Switch on'}</Menu.Item>
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => { remove().catch(failed) }}>Delete</Menu.Item>
    </>
  )
}
