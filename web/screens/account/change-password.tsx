/** Changes your own password; every other browser of yours is signed out. */
import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import * as api from '../../../src/access/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'

export const changePassword = () => { modals.open({ title: 'Change your password', children: <ChangePasswordForm /> }) }

function ChangePasswordForm() {
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '' } })
  // All sessions end with the old password, this one too.
  const change = useAction(api.changePassword, { done: () => location.assign(paths.signIn()) })
  return (
    <form onSubmit={form.onSubmit((body) => change.mutate({ body }, { onError: (error) => form.setErrors(error.byField) }))}>
      <Stack>
        {change.error?.errors.length === 0 && <ErrorNote error={change.error} />}
        <PasswordInput label="Current password" autoComplete="current-password" required data-autofocus {...form.getInputProps('currentPassword')} />
        <PasswordInput label="New password" description="At least 8 characters." autoComplete="new-password" required {...form.getInputProps('newPassword')} />
        <Text size="sm" c="dimmed">You are signed out everywhere and sign in again with the new one.</Text>
        <Group justify="flex-end"><Button type="submit" loading={change.isPending}>Change password</Button></Group>
      </Stack>
    </form>
  )
}
