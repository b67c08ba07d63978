/** A tracking URL: where it leads, or what it shows. */
import { Alert, Button, Group, SegmentedControl, Stack, TextInput, Textarea } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import * as api from '../../../src/campaign/contract.ts'
import { useAction } from '../../api/client.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

type TrackingUrlFormProps = { campaignId: string; link?: api.TrackingUrl }
type Values = Pick<api.TrackingUrl, 'name' | 'action' | 'url' | 'message'>

export function TrackingUrlForm({ campaignId, link }: TrackingUrlFormProps) {
  const form = useForm<Values>({ initialValues: { name: link?.name ?? '', action: link?.action ?? 'redirect', url: link?.url ?? '', message: link?.message ?? '' } })
  const then = { refreshes: [api.listTrackingUrls], done: () => modals.closeAll() }
  const create = useAction(api.createTrackingUrl, then)
  const change = useAction(api.changeTrackingUrl, then)
  const { error, isPending } = link ? change : create
  const { setErrors } = form
  useEffect(() => { if (error) setErrors(error.byField) }, [error, setErrors])
  const submit = ({ name, action, url, message }: Values) => {
    const body = { name, action, ...(action === 'redirect' ? { url } : { message }) }
    if (link) change.mutate({ params: { id: link.id }, body })
    else create.mutate({ body: { campaignId, ...body } })
  }
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack>
        <TextInput label="Name" placeholder="Shop" data-autofocus {...form.getInputProps('name')} />
        <SegmentedControl aria-label="What a click does" data={[{ value: 'redirect', label: 'Leads to an address' }, { value: 'showMessage', label: 'Shows a message' }]} {...form.getInputProps('action')} />
        {form.values.action === 'redirect'
          ? <TextInput label="Address" required type="url" placeholder="https://…" {...form.getInputProps('url')} />
          : <Textarea label="Message" required {...form.getInputProps('message')} />}
        {link && <Alert color="tide" variant="light">A change holds at once, also for mail that was sent already.</Alert>}
        <ErrorNote error={error} />
        <Group justify="flex-end"><Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button><Button type="submit" loading={isPending}>{link ? 'Save' : 'Create'}</Button></Group>
      </Stack>
    </form>
  )
}
