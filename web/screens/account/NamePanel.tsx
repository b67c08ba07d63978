/** Your name, as others see it beside what you do. */
import { Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import * as api from '../../../src/access/contract.ts'
import { useAction } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { succeeded } from '../../ui/notice.tsx'

export function NamePanel() {
  const { firstName, lastName } = useMe()
  const form = useForm({ initialValues: { firstName, lastName } })
  const save = useAction(api.changeName, { refreshes: [api.getSession], done: (_, { body }) => { form.resetDirty(body as { firstName: string; lastName: string }); succeeded('Saved.') } })
  return (
    <Panel title="Name" about="Others see it beside what you do. You sign in by your user name or address; an administrator changes those.">
      <form onSubmit={form.onSubmit((body) => save.mutate({ body }, { onError: (error) => form.setErrors(error.byField) }))}>
        <Stack>
          {save.error?.errors.length === 0 && <ErrorNote error={save.error} />}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label="First name" autoComplete="given-name" {...form.getInputProps('firstName')} />
            <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('lastName')} />
          </SimpleGrid>
          <Group justify="flex-end"><Button type="submit" variant={form.isDirty() ? 'filled' : 'default'} loading={save.isPending}>Save name</Button></Group>
        </Stack>
      </form>
    </Panel>
  )
}
