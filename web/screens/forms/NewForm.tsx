/** A new subscription form: its name and a list is all it needs; the rest has good defaults and is changed on its own page. */
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { useNavigate } from 'react-router'
import * as api from '../../../src/forms/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { TargetListsInput } from '../target-lists/TargetListsInput.tsx'
import { faultsByInput } from './form-values.ts'

export function NewForm() {
  const navigate = useNavigate()
  const form = useForm<{ name: string; targetListIds: string[] }>({ initialValues: { name: '', targetListIds: [] } })
  const create = useAction(api.createSubscriptionForm, {
    refreshes: [api.listSubscriptionForms], done: ({ id }) => { modals.closeAll(); void navigate(paths.subscriptionForm(id)) },
  })
  const submit = form.onSubmit((values) => create.mutate({ body: { ...values, fields: [{ name: 'firstName' }, { name: 'lastName' }] } }, { onError: (error) => form.setErrors(faultsByInput(error.byField)) }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label="Name" description="Visitors see it as the title, unless you choose another one." placeholder="Newsletter" required data-autofocus {...form.getInputProps('name')} />
        <TargetListsInput label="Target lists" description="Whoever confirms joins them." {...form.getInputProps('targetListIds')} />
        <ErrorNote error={create.error && create.error.errors.length === 0 ? create.error : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>Cancel</Button>
          <Button type="submit" loading={create.isPending}>Create</Button>
        </Group>
      </Stack>
    </form>
  )
}
