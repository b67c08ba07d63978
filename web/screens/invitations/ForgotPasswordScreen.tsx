/** Forgot the password: asks for a link by mail. Says the same for everybody, known or not. */
import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link } from 'react-router'
import * as api from '../../../src/invitations/contract.ts'
import { useAction } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Door } from '../access/Door.tsx'

export function ForgotPasswordScreen() {
  const form = useForm({ initialValues: { userName: '' } })
  const ask = useAction(api.askForReset)
  const back = <Anchor component={Link} to={paths.signIn()} size="sm" ta="center">Back to sign-in</Anchor>
  if (ask.isSuccess) {
    return (
      <Door title="Look into your mailbox" about={`If there is an account for “${form.values.userName}”, a mail with a link is on its way.`}>
        <Stack>
          <Text size="sm">The link works for an hour. Nothing came? Look for it among spam, or ask an administrator, who can set a new password for you. At most three mails go out in an hour.</Text>
          {back}
        </Stack>
      </Door>
    )
  }
  return (
    <Door title="Forgot your password?" about="You get a mail with a link by which you set a new one.">
      <form onSubmit={form.onSubmit((body) => ask.mutate({ body }))}>
        <Stack>
          <ErrorNote error={ask.error} />
          <TextInput label="User name or email address" autoComplete="username" autoFocus required {...form.getInputProps('userName')} />
          <Button type="submit" loading={ask.isPending} fullWidth mt="xs">Send the link</Button>
          {back}
        </Stack>
      </form>
    </Door>
  )
}
