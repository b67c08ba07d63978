/** Sign in with user name and password, and a code where there is a second factor; afterwards where the person wanted to go. */
import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useSearchParams } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import type { ApiError } from '../../api/problem.ts'
import { useAction } from '../../api/client.ts'
import { sessionRead } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { ByProvider } from './ByProvider.tsx'
import { Door } from './Door.tsx'
import { localPath } from './local-path.ts'

export function SignInScreen() {
  const session = useQuery(sessionRead)
  const { form, signIn, submit, askForCode } = useSignIn()
  if (session.data?.setupNeeded) return <Navigate to={paths.setUp()} replace />
  if (form.values.asked) {
    return (
      <Door title="Enter your code" about="Your account has a second factor: take the six digits that your authenticator app shows now.">
        <form onSubmit={submit}>
          <Stack>
            <ErrorNote error={isOfCode(signIn.error) ? null : signIn.error} />
            <TextInput label="Code" description="No app at hand? Enter one of your recovery codes." autoComplete="one-time-code" autoFocus required {...form.getInputProps('code')} />
            <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">Sign in</Button>
            <Anchor component="button" type="button" size="sm" ta="center" onClick={() => askForCode(false)}>Use another account</Anchor>
          </Stack>
        </form>
      </Door>
    )
  }
  return (
    <Door title="Sign in" about="Use the account of this installation.">
      <ByProvider />
      <form onSubmit={submit}>
        <Stack>
          <ErrorNote error={signIn.error} />
          <TextInput label="User name or email address" autoComplete="username" autoFocus required {...form.getInputProps('userName')} />
          <PasswordInput label="Password" autoComplete="current-password" required {...form.getInputProps('password')} />
          <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">Sign in</Button>
          <Anchor component={Link} to={paths.forgotPassword()} size="sm" ta="center">Forgot your password?</Anchor>
        </Stack>
      </form>
    </Door>
  )
}

/** `asked`: the password was right, and the code is what is missing. */
function useSignIn() {
  const [search] = useSearchParams()
  const form = useForm({ initialValues: { userName: '', password: '', code: '', asked: false } })
  // A full load: nothing of whoever was here before is kept.
  const signIn = useAction(api.signIn, { done: () => location.assign(localPath(search.get('to'))) })
  const askForCode = (asked: boolean) => {
    form.setValues({ asked, code: '', ...(!asked && { password: '' }) })
    signIn.reset()
  }
  const submit = form.onSubmit(({ userName, password, code, asked }) => signIn.mutate({ body: { userName, password, ...(asked && { code }) } }, {
    onError: (error) => { if (error.code === 'secondFactorNeeded') askForCode(true); else form.setErrors(error.byField) },
  }))
  return { form, signIn, submit, askForCode }
}

const isOfCode = (error: ApiError | null) => error?.code === 'secondFactorWrong'
