/** One webhook: where it posts, of what, and the secret that signs it. */
import { Button, Checkbox, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import * as api from '../../../src/webhooks/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { succeeded } from '../../ui/notice.tsx'

type Values = { name: string; url: string; events: string[]; secret: string }
type Event = api.Webhook['events'][number]

export const openWebhookForm = (webhook?: api.Webhook) =>
  modals.open({ title: webhook ? webhook.name : 'New webhook', children: <WebhookForm webhook={webhook} /> })

function WebhookForm({ webhook }: { webhook: api.Webhook | undefined }) {
  const form = useForm<Values>({ initialValues: { name: webhook?.name ?? '', url: webhook?.url ?? '', events: webhook?.events ?? Object.keys(api.webhookEventTitles), secret: '' } })
  const refreshes = [api.listWebhooks, api.getWebhook]
  const done = () => { modals.closeAll(); succeeded('Saved.') }
  const create = useAction(api.createWebhook, { refreshes, done })
  const change = useAction(api.changeWebhook, { refreshes, done })
  const { error, isPending } = webhook ? change : create
  const submit = form.onSubmit(({ secret, events, ...values }) => {
    const body = { ...values, events: events as Event[], ...(secret && { secret }) }
    const faults = { onError: (problem: { byField: Record<string, string> }) => form.setErrors(problem.byField) }
    if (webhook) change.mutate({ params: { id: webhook.id }, body }, faults)
    else create.mutate({ body }, faults)
  })
  const moved = webhook?.secretSet && form.values.url.trim() !== webhook.url
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label="Name" placeholder="Chat of the operators" required data-autofocus {...form.getInputProps('name')} />
        <TextInput label="URL" description="Each event is posted here as JSON. Chat programs show its “text”." placeholder="https://…" required inputMode="url" {...form.getInputProps('url')} />
        <Checkbox.Group label="Events" {...form.getInputProps('events')}>
          <Stack gap={6} mt={6}>{Object.entries(api.webhookEventTitles).map(([event, title]) => <Checkbox key={event} value={event} label={title} />)}</Stack>
        </Checkbox.Group>
        <Secret value={form.values.secret} onValue={(secret) => form.setFieldValue('secret', secret)} error={form.errors['secret']}
          placeholder={moved ? 'Another URL: enter its secret' : webhook?.secretSet ? 'Kept. Enter another one to replace it.' : 'None: posts are not signed'} />
        {error && error.errors.length === 0 && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
          <Button type="submit" loading={isPending}>{webhook ? 'Save' : 'Create'}</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A made one is shown by the eye until it is saved; afterwards nobody sees it again. */
function Secret({ value, onValue, ...props }: { value: string; onValue: (secret: string) => void; placeholder: string; error: React.ReactNode }) {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <PasswordInput label="Secret" description="Signs each post (HMAC-SHA256, header webhook-signature), so that the receiver knows that it is yours." autoComplete="off" style={{ flex: 1 }} value={value} onChange={(event) => onValue(event.currentTarget.value)} {...props} />
      <Button variant="default" onClick={() => onValue(madeSecret())}>Make one</Button>
    </Group>
  )
}

function madeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}
