/** One provider webhook: which provider, its key, and once it is there the URL to enter at the provider. */
import { Button, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import * as api from '../../../src/provider-webhooks/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { keyWords, providerTitles } from './provider-words.ts'
import { WebhookAddress } from './WebhookAddress.tsx'

type Provider = api.ProviderWebhook['provider']
type Values = { name: string; provider: Provider; key: string }

const providers = Object.entries(providerTitles).map(([value, label]) => ({ value, label }))

export function ProviderWebhookForm({ webhook }: { webhook: api.ProviderWebhook | undefined }) {
  const form = useForm<Values>({ initialValues: { name: webhook?.name ?? '', provider: webhook?.provider ?? 'amazonSes', key: '' } })
  const create = useAction(api.createProviderWebhook, { refreshes: [api.listProviderWebhooks] })
  const change = useAction(api.changeProviderWebhook, { refreshes: [api.listProviderWebhooks], done: () => modals.closeAll() })
  const { error, isPending } = webhook ? change : create
  const submit = form.onSubmit(({ name, provider, key }) => {
    const faults = { onError: (problem: { byField: Record<string, string> }) => form.setErrors(problem.byField) }
    if (webhook) change.mutate({ params: { id: webhook.id }, body: { name, ...(key && { key }) } }, faults)
    else create.mutate({ body: { name, provider, ...(key && { key }) } }, faults)
  })
  if (create.data) return <Made webhook={create.data} />
  const key = keyWords[form.values.provider]
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {webhook && <WebhookAddress webhook={webhook} />}
        <TextInput label="Name" placeholder="Bounces of the newsletter" required data-autofocus {...form.getInputProps('name')} />
        <Select label="Provider" data={providers} allowDeselect={false} disabled={webhook !== undefined} {...form.getInputProps('provider')} />
        <PasswordInput label={key.label} description={key.description} placeholder={webhook?.keySet ? 'Kept. Enter another one to replace it.' : key.placeholder} autoComplete="off" {...form.getInputProps('key')} />
        {error && error.errors.length === 0 && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
          <Button type="submit" loading={isPending}>{webhook ? 'Save' : 'Create'}</Button>
        </Group>
      </Stack>
    </form>
  )
}

function Made({ webhook }: { webhook: api.ProviderWebhook }) {
  return (
    <Stack>
      <WebhookAddress webhook={webhook} />
      <Group justify="flex-end"><Button data-autofocus onClick={() => modals.closeAll()}>Done</Button></Group>
    </Stack>
  )
}
