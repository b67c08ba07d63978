/** Sign in with user name and password; afterwards where the person wanted to go. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useSearchParams } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { useAction } from '../../api/client.ts'
import { sessionRead } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ByProvider } from './ByProvider.tsx'
import { Door } from './Door.tsx'
import { localPath } from './local-path.ts'

export function SignInScreen() {
  const session = useQuery(sessionRead)
  const [search] = useSearchParams()
  const form = useForm({ initialValues: { userName: '', password: '' } })
  // A full load: nothing of whoever was here before is kept.
  const signIn = useAction(api.signIn, { done: () => location.assign(localPath(search.get('to'))) })
  if (session.data?.setupNeeded) return <Navigate to={paths.setUp()} replace />
  return (
    <Door title="Sign in" about="Use the account of this installation.">
      <ByProvider />
      <form onSubmit={form.onSubmit((body) => signIn.mutate({ body }))}>
        <Stack>
          <ErrorNote error={signIn.error} />
          <TextInput label="User name or email address" autoComplete="username" autoFocus required {...form.getInputProps('userName')} />
          <PasswordInput label="Password" autoComplete="current-password" required {...form.getInputProps('password')} />
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">Sign in</Button>
        </Stack>
      </form>
    </Door>
  )
}
