/** Administration > Users > one of them: whether there is a password, the second factor, and the browsers in which this user is signed in. What the user is called and may do stands on the record. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useParams } from 'react-router'
import * as api from '../../../src/access/contract.ts'
import { readRecord } from '../../../src/records/contract.ts'
import { type Result, useAction, useRead } from '../../api/client.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import { useMe } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { TimeAgo } from '../../ui/TimeAgo.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { SessionsTable } from '../account/SessionsTable.tsx'
import { useInviteUser } from '../invitations/use-invite-user.tsx'

export function UserSignInScreen() {
  const { id = '' } = useParams()
  const user = useRead(readRecord, { params: { slug: 'users', id } }) as RecordRow
  return (
    <Page title={`Sign-in of ${nameOf(user)}`} width="narrow" about={`Signs in as ${String(user['userName'])}.`} back={{ to: paths.record('users', id), title: nameOf(user) }}>
      <Stack>
        <Panel title="Password" about="Kept as a hash: nobody can look it up."><Password user={user} /></Panel>
        <Panel title="Second factor" about="A code from an app, asked for after the password."><SecondFactor id={id} name={nameOf(user)} /></Panel>
        <Sessions id={id} />
      </Stack>
    </Page>
  )
}

function Password({ user }: { user: RecordRow }) {
  const { hasPassword } = useRead(api.readSecondFactorOfUser, { params: { id: user.id } })
  const invite = useInviteUser()
  if (hasPassword) return <Text size="sm"><Badge color="green" mr="xs">Set</Badge>Whoever forgot it asks for a link on the sign-in page, or you set another one with <i>Edit</i> on the record.</Text>
  const reason = user['type'] === 'api' ? 'A program signs in with an API key.' : !user['isActive'] ? 'This user is inactive. Activate him first.' : !user['emailAddress'] ? 'This user has no email address. Enter one first.' : undefined
  return (
    <Group justify="space-between">
      <Text size="sm"><Badge color="gray" mr="xs">None</Badge>Nobody signs in with a password as this user.</Text>
      <ReasonButton reason={reason} variant="default" loading={invite.isPending} onClick={() => invite.mutate({ params: { id: user.id } }, { onError: failed })}>Invite by mail</ReasonButton>
    </Group>
  )
}

function SecondFactor({ id, name }: { id: string; name: string }) {
  const factor = useRead(api.readSecondFactorOfUser, { params: { id } })
  const reset = useAction(api.resetSecondFactorOfUser, { refreshes: [api.readSecondFactorOfUser], done: () => succeeded('The second factor is taken away.') })
  const own = useMe().id === id
  const ask = async () => {
    const next = factor.required ? 'has to set up a new one before anything else' : 'can set up a new one under My account'
    const body = `${name} then signs in with the password alone, and ${next}. Make sure that it is really ${name} who asks you.`
    if (await confirm({ title: 'Reset the second factor?', body, confirm: 'Reset', danger: true })) reset.mutate({ params: { id } }, { onError: failed })
  }
  if (!factor.on) return <Text size="sm"><Badge color="gray" mr="xs">Off</Badge>{factor.required ? 'Required of this user: setting one up comes first after signing in by password.' : <>Everybody turns it on for himself, under <i>My account</i>.</>}</Text>
  return (
    <Group justify="space-between">
      <OnSince factor={factor} />
      <ReasonButton variant="default" color="red" loading={reset.isPending} reason={own ? 'See to your own under My account, with your password.' : undefined} onClick={() => { void ask() }}>Reset…</ReasonButton>
    </Group>
  )
}

const OnSince = ({ factor: { since, recoveryCodesLeft } }: { factor: Result<typeof api.readSecondFactorOfUser> }) => (
  <Group gap="xs"><Badge color="green">On</Badge><Text size="sm">since <TimeAgo at={since} />, {counted(recoveryCodesLeft, 'recovery code')} left.</Text></Group>
)

function Sessions({ id }: { id: string }) {
  const { items } = useRead(api.listSessionsOfUser, { params: { id } })
  const then = { refreshes: [api.listSessionsOfUser] }
  const end = useAction(api.endSessionOfUser, { ...then, done: () => succeeded('That browser is signed out.') })
  const endAll = useAction(api.endSessionsOfUser, { ...then, done: ({ ended }) => succeeded(`${counted(ended, 'browser')} signed out.`) })
  const action = items.length > 0 && <Button variant="default" loading={endAll.isPending} onClick={() => endAll.mutate({ params: { id } }, { onError: failed })}>Sign out everywhere</Button>
  return (
    <Panel title="Signed in" about="The browsers in which this user is signed in." action={action} flush>
      <SessionsTable sessions={items} onEnd={(session) => end.mutate({ params: { id, sessionId: session.id } }, { onError: failed })} />
    </Panel>
  )
}
