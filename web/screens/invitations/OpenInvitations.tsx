/** Administration > Users: invitations that nobody has accepted yet, each to be sent again or withdrawn. Shows nothing where there is none. */
import { Badge, Menu, Text, Tooltip } from '@mantine/core'
import { IconMailForward, IconX } from '@tabler/icons-react'
import * as api from '../../../src/invitations/contract.ts'
import { listRecords } from '../../../src/records/contract.ts'
import { useAction, usePages } from '../../api/client.ts'
import { finder } from '../../api/find.ts'
import { displayAddress } from '../../ui/address.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { LinkNames } from '../../ui/LinksInput.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TimeAgo, useNow } from '../../ui/TimeAgo.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { useInviteUser } from './use-invite-user.tsx'

type Row = Required<api.Invitation>

const columns: Column<Row>[] = [
  { key: 'emailAddress', title: 'Address', cell: ({ emailAddress }) => <b>{displayAddress(emailAddress)}</b>, width: 300 },
  { key: 'roles', title: 'Roles', cell: ({ roleIds }) => (roleIds.length > 0 ? <LinkNames kind="Role" ids={roleIds} find={() => finder('roles')('')} /> : <Badge color="gray" variant="outline">No role</Badge>) },
  { key: 'sentAt', title: 'Invited', cell: ({ sentAt, invitedByName }) => <span><TimeAgo at={sentAt} />{invitedByName && ` by ${invitedByName}`}</span> },
  { key: 'mail', title: 'Mail', cell: (row) => <MailState {...row} /> },
]

/** The link of an invitation that is over opens nothing; that counts more than what became of its mail. */
function MailState({ mailStatus, mailReply, expiresAt }: Row) {
  const now = useNow(60_000)
  if (new Date(expiresAt) <= now) return <Badge color="gray">Link expired</Badge>
  if (mailStatus === 'sent') return <Text span inherit>Sent, link ends <TimeAgo at={expiresAt} /></Text>
  const [color, words] = mailStatus === 'queued' ? ['blue', 'On its way'] : mailStatus === 'failed' ? ['red', 'Not delivered'] : ['lamp', 'May have arrived']
  return <Tooltip label={mailReply || 'It has not been tried yet.'} multiline maw={400}><Badge color={color} tabIndex={0}>{words}</Badge></Tooltip>
}

export function OpenInvitations() {
  const pages = usePages(api.listInvitations, {}, { every: 15_000 })
  const { again, withdraw } = useDeeds()
  if (pages.total === 0) return null
  const menu = (row: Row) => (
    <>
      <Menu.Item leftSection={<IconMailForward size={16} aria-hidden />} onClick={() => again.mutate({ params: { id: row.id } }, { onError: failed })}>Send again</Menu.Item>
      <Menu.Item leftSection={<IconX size={16} aria-hidden />} color="red" onClick={() => { void withdraw(row) }}>Withdraw</Menu.Item>
    </>
  )
  return (
    <Panel title="Open invitations" about="People who have not accepted yet. They cannot sign in before they do." flush>
      <DataTable label="Open invitations" {...pages} rows={pages.rows as Row[]} columns={columns} menu={menu} />
    </Panel>
  )
}

function useDeeds() {
  const refreshes = [api.listInvitations, listRecords]
  const again = useInviteUser()
  const remove = useAction(api.withdrawInvitation, { refreshes, done: () => succeeded('The invitation is withdrawn.') })
  const withdraw = async ({ id, emailAddress }: Row) => {
    const body = 'The link opens nothing any more. A user who was made for it and never came in is deleted.'
    if (await confirm({ title: `Withdraw the invitation of ${displayAddress(emailAddress)}?`, body, confirm: 'Withdraw', danger: true })) remove.mutate({ params: { id } }, { onError: failed })
  }
  return { again, withdraw }
}
