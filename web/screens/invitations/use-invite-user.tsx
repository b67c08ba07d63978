/** Invites one user, for the first time or again; while no mail leaves, shows the link. */
import { Stack } from '@mantine/core'
import { modals } from '@mantine/modals'
import * as api from '../../../src/invitations/contract.ts'
import { listRecords } from '../../../src/records/contract.ts'
import { useAction } from '../../api/client.ts'
import { succeeded } from '../../ui/notice.tsx'
import { InvitationLinks } from './InvitationLinks.tsx'

export const useInviteUser = () => useAction(api.inviteUser, { refreshes: [api.listInvitations, listRecords], done: (sent) => {
  if (sent.url === null) succeeded('The invitation is on its way. An earlier link opens nothing any more.')
  else modals.open({ title: 'Send the link yourself', size: 'lg', closeOnClickOutside: false, children: <Stack><InvitationLinks sent={[sent]} /></Stack> })
} })
