/** Administration > Provider Webhooks: by which addresses providers tell of bounces and complaints, and whether they are believed. */
import { Button, Menu, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus, IconTrash, IconWebhook } from '@tabler/icons-react'
import * as api from '../../../src/provider-webhooks/contract.ts'
import { call, useAction, usePages, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { ProviderWebhookForm } from './ProviderWebhookForm.tsx'
import { providerTitles, stateOf } from './provider-words.ts'

type Webhook = api.ProviderWebhook

const columns: Column<Webhook>[] = [
  { key: 'name', title: 'Name', cell: ({ name }) => <b>{name}</b> },
  { key: 'provider', title: 'Provider', cell: ({ provider }) => providerTitles[provider] },
  { key: 'state', title: 'State', cell: (webhook) => <State webhook={webhook} />, width: 320 },
  { key: 'lastEventAt', title: 'Last event', cell: ({ lastEventAt }) => <TimeAgo at={lastEventAt} empty="None yet" /> },
  { key: 'url', title: 'URL', cell: ({ name, url }) => <CopyButton value={url} what={`URL of ${name}`} /> },
]

const openForm = (webhook?: Webhook) => modals.open({ title: webhook ? webhook.name : 'New provider webhook', children: <ProviderWebhookForm webhook={webhook} /> })

export function ProviderWebhooksScreen() {
  const pages = usePages(api.listProviderWebhooks, {}, { every: 10_000 })
  const add = <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openForm()}>New webhook</Button>
  return (
    <Page title="Provider Webhooks" back={{ to: paths.administration(), title: 'Administration' }} action={add}
      about="Amazon SES, SendGrid, Postmark and Mailgun tell here what became of your mail. Only what proves to be theirs is believed.">
      <Panel title="Webhooks" flush hideTitle>
        <DataTable label="Provider webhooks" {...pages} rows={pages.rows as Webhook[]} columns={columns} rowId={({ id }) => id} menu={(webhook) => <WebhookMenu webhook={webhook} />}
          empty={<Empty icon={IconWebhook} title="No webhooks yet" action={add}>Does a provider carry your mail? Add a webhook, and its bounces and complaints arrive within seconds, beside those that come back by mail.</Empty>} />
      </Panel>
    </Page>
  )
}

function State({ webhook }: { webhook: Webhook }) {
  const { status, words } = stateOf(webhook)
  return (
    <div>
      <StatusBadge status={status} size="sm">{words}</StatusBadge>
      {status === 'wrong' && <Text size="sm" c="red" style={{ whiteSpace: 'normal' }}>{webhook.lastRefusal}</Text>}
    </div>
  )
}

function WebhookMenu({ webhook }: { webhook: Webhook }) {
  const refresh = useRefresh()
  const change = useAction(api.changeProviderWebhook, { refreshes: [api.listProviderWebhooks] })
  const { id, name, active } = webhook
  const remove = async () => {
    const sure = await confirm({ title: `Delete “${name}”?`, body: 'Its URL is dead then: the provider’s bounces and complaints no longer arrive by it.', confirm: 'Delete', danger: true })
    if (!sure) return
    await call(api.removeProviderWebhook, { params: { id } })
    await refresh(api.listProviderWebhooks)
    succeeded('The webhook is deleted.')
  }
  const Icon = active ? IconPlayerPause : IconPlayerPlay
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => openForm(webhook)}>Edit</Menu.Item>
      <Menu.Item leftSection={<Icon size={16} aria-hidden />} onClick={() => change.mutate({ params: { id }, body: { active: !active } }, { onError: failed })}>{active ? 'Switch off' : 'Switch on'}</Menu.Item>
      <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} color="red" onClick={() => { remove().catch(failed) }}>Delete</Menu.Item>
    </>
  )
}
