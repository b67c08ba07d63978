/** Behind the link of a mail: sets a new password. */
import { Button, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link } from 'react-router'
import * as api from '../../../src/invitations/contract.ts'
import { useAction, useLook } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Door } from '../access/Door.tsx'
import { DeadLink } from './DeadLink.tsx'
import { useLinkToken } from './link-token.ts'
import { NewPasswordInputs, faultsOfPassword, noPassword } from './new-password.tsx'

export function ResetPasswordScreen() {
  const token = useLinkToken()
  const form = useForm({ initialValues: noPassword, validate: faultsOfPassword })
  const look = useLook(api.lookAtReset, { body: { token } })
  const reset = useAction(api.resetPassword)
  if (reset.isSuccess) {
    return (
      <Door title="Your new password is set" about="Every browser in which you were signed in is signed out.">
        <Button component={Link} to={paths.signIn()} fullWidth>Sign in</Button>
      </Door>
    )
  }
  if (look.error) return <DeadLink error={look.error} about="Each opens once, within an hour." to={paths.forgotPassword()} button="Ask for a new link" />
  if (!look.data) return <Door title="Set a new password" about="One moment."><Waiting /></Door>
  return (
    <Door title="Set a new password" about={<>For <b>{look.data.userName}</b>.</>}>
      <form onSubmit={form.onSubmit(({ newPassword }) => reset.mutate({ body: { token, newPassword } }, { onError: (error) => form.setErrors(error.byField) }))}>
        <Stack>
          <ErrorNote error={reset.error} />
          <NewPasswordInputs propsOf={form.getInputProps} />
          <Text size="sm" c="dimmed">A second factor stays as it is.</Text>
          <Button type="submit" loading={reset.isPending} fullWidth mt="xs">Set password</Button>
        </Stack>
      </form>
    </Door>
  )
}
