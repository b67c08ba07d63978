/** Behind the link of an invitation: name and password, then in; with the offer of a second factor. */
import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import * as api from '../../../src/invitations/contract.ts'
import { type Result, useAction, useLook } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { Door } from '../access/Door.tsx'
import { DeadLink } from './DeadLink.tsx'
import { useLinkToken } from './link-token.ts'
import { NewPasswordInputs, faultsOfPassword, noPassword } from './new-password.tsx'

export function InvitationScreen() {
  const token = useLinkToken()
  const look = useLook(api.lookAtInvitation, { body: { token } })
  const accept = useAction(api.acceptInvitation)
  if (accept.data) return <Welcome secondFactorRequired={accept.data.secondFactorRequired} />
  if (look.error) return <DeadLink error={look.error} about="Ask whoever invited you to send the invitation again. If you have accepted it, sign in." to={paths.signIn()} button="Sign in" />
  if (!look.data) return <Door title="Welcome to Tidings" about="One moment."><Waiting /></Door>
  return <Accept token={token} invited={look.data} accept={accept} />
}

type AcceptProps = { token: string; invited: Result<typeof api.lookAtInvitation>; accept: ReturnType<typeof useAction<typeof api.acceptInvitation>> }

function Accept({ token, invited: { userName, ...known }, accept }: AcceptProps) {
  const form = useForm({ initialValues: { ...known, ...noPassword }, validate: faultsOfPassword })
  const submit = form.onSubmit(({ firstName, lastName, newPassword }) => accept.mutate({ body: { token, firstName, lastName, newPassword } }, { onError: (error) => form.setErrors(error.byField) }))
  return (
    <Door title="Welcome to Tidings" about={<>You are invited as <b>{userName}</b>: you sign in with that.</>}>
      <form onSubmit={submit}>
        <Stack>
          <ErrorNote error={accept.error} />
          <SimpleGrid cols={2}>
            <TextInput label="First name" autoComplete="given-name" autoFocus {...form.getInputProps('firstName')} />
            <TextInput label="Last name" autoComplete="family-name" {...form.getInputProps('lastName')} />
          </SimpleGrid>
          <NewPasswordInputs propsOf={form.getInputProps} />
          <Button type="submit" loading={accept.isPending} fullWidth mt="xs">Come in</Button>
        </Stack>
      </form>
    </Door>
  )
}

/** Full loads: nothing of whoever was here before is kept. */
function Welcome({ secondFactorRequired }: { secondFactorRequired: boolean }) {
  if (secondFactorRequired) {
    return <Door title="You are in" about="A second factor is required here: set one up, then you go on."><Button component="a" href={paths.secondFactor()} fullWidth>Set up a second factor</Button></Door>
  }
  return (
    <Door title="You are in" about="Set up a second factor now? Whoever learns your password then still stays outside. You can do it later under My account.">
      <Stack>
        <Button component="a" href={paths.account()} fullWidth>Set up a second factor</Button>
        <Button component="a" href={paths.home()} variant="default" fullWidth>Later</Button>
      </Stack>
    </Door>
  )
}
