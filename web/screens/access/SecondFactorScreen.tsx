/** Where somebody is led who must set up a second factor before anything else; afterwards where he wanted to go. */
import { Anchor, Center } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import type { Session } from '../../../src/access/contract.ts'
import { leave, sessionRead } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { Waiting } from '../../ui/Boundary.tsx'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import { displayAddress } from '../../ui/address.ts'
import { failed } from '../../ui/notice.tsx'
import { SetUpSecondFactor } from '../account/set-up-second-factor.tsx'
import { Door } from './Door.tsx'
import { localPath } from './local-path.ts'

const title = 'Set up a second factor'

export function SecondFactorScreen() {
  const { data, error, refetch } = useQuery(sessionRead)
  const to = localPath(useSearchParams()[0].get('to'))
  if (error) return <Door title={title} about="Something is in the way."><ErrorNote error={error} again={() => { void refetch() }} /></Door>
  if (!data) return <Door title={title} about="One moment."><Waiting /></Door>
  return data.user ? <Required user={data.user} required={data.secondFactorRequired} to={to} /> : <Navigate to={paths.signIn(to)} replace />
}

function Required({ user, required, to }: { user: NonNullable<Session['user']>; required: boolean; to: string }) {
  // As it was when the page opened: once it is set up the recovery codes are still to be read.
  const [led] = useState(required)
  if (!led) return <Navigate to={to} replace />
  return (
    <Door title={title} about={<>A second factor is required here. You are signed in as <b>{displayAddress(user.userName)}</b>; once it is set up you go on.</>}>
      {/* A full load: what was refused before is read anew. */}
      <SetUpSecondFactor onDone={() => location.assign(to)} />
      <Center mt="md"><Anchor component="button" type="button" size="sm" onClick={() => { leave().catch(failed) }}>Sign out</Anchor></Center>
    </Door>
  )
}
