/** First run: creates the administrator in the browser. Closed for good as soon as one exists. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { useAction } from '../../api/client.ts'
import { sessionRead } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { faultsOfPassword, shortest } from '../invitations/new-password.tsx'
import { Door } from './Door.tsx'

const empty = { emailAddress: '', password: '', again: '' }
type Values = typeof empty

export function SetUpScreen() {
  const session = useQuery(sessionRead)
  const form = useForm({ initialValues: empty, validate: { password: faultsOfPassword.newPassword, again: faultOfAgain } })
  const create = useAction(api.setUp, { done: () => location.assign(paths.firstRun()) })
  if (session.data && !session.data.setupNeeded) return <Navigate to={paths.home()} replace />
  return (
    <Door title="Welcome to Tidings" about="Create the administrator of this installation. You can add more people afterwards.">
      <form onSubmit={form.onSubmit((values) => create.mutate({ body: { emailAddress: values.emailAddress, password: values.password } }, { onError: (error) => form.setErrors(error.byField) }))}>
        <Stack>
          <ErrorNote error={create.error} />
          <TextInput label="Email address" description="You sign in with it." type="email" autoComplete="username" autoFocus required {...form.getInputProps('emailAddress')} />
          <PasswordInput label="Password" description={`At least ${shortest} characters.`} autoComplete="new-password" required {...form.getInputProps('password')} />
          <PasswordInput label="Password again" autoComplete="new-password" required {...form.getInputProps('again')} />
          <Button type="submit" loading={create.isPending} fullWidth mt="xs">Create administrator</Button>
        </Stack>
      </form>
    </Door>
  )
}

const faultOfAgain = (again: string, { password }: Values) => (again === password ? null : 'The two passwords differ.')
