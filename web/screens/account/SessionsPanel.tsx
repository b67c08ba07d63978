/** Where you are signed in: one browser ended, or all the others. */
import * as api from '../../../src/access/contract.ts'
import { useAction, useLook, useRead } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { ReasonButton } from '../../ui/ReasonButton.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'
import { SessionsTable } from './SessionsTable.tsx'

export function SessionsPanel() {
  return (
    <Panel title="Signed in" about="The browsers in which you are signed in. If you do not know one, sign it out and change your password." action={<EndOthers />} flush>
      <Sessions />
    </Panel>
  )
}

function Sessions() {
  const { items } = useRead(api.listOwnSessions)
  const end = useAction(api.endOwnSession, { refreshes: [api.listOwnSessions] })
  const onEnd = ({ id, current }: api.SignedInSession) => end.mutate({ params: { id } }, {
    onError: failed, onSuccess: () => { if (current) location.assign(paths.signIn()); else succeeded('That browser is signed out.') },
  })
  return <SessionsTable sessions={items} onEnd={onEnd} />
}

function EndOthers() {
  const sessions = useLook(api.listOwnSessions).data?.items ?? []
  const end = useAction(api.endOtherOwnSessions, { refreshes: [api.listOwnSessions], done: ({ ended }) => succeeded(`${counted(ended, 'browser')} signed out.`) })
  return (
    <ReasonButton variant="default" loading={end.isPending} onClick={() => end.mutate({}, { onError: failed })}
      reason={sessions.some(({ current }) => !current) ? undefined : 'You are signed in nowhere else.'}>Sign out all others</ReasonButton>
  )
}
