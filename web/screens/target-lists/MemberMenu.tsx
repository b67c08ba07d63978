/** What can be done with one member: look at it, opt out, lift an opt-out, take out of the list. */
import { Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconEye, IconMailCheck, IconMailOff, IconUserMinus } from '@tabler/icons-react'
import { Link } from 'react-router'
import type { Member } from '../../../src/audience/contract.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { paths } from '../../paths.ts'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { CancelOptOutForm } from './CancelOptOutForm.tsx'
import { OptOutForm } from './OptOutForm.tsx'
import { useMemberRemoval } from './RemoveMembersButton.tsx'

type MemberMenuProps = { listId: string; type: EntityType; member: Member }

export function MemberMenu({ listId, type, member }: MemberMenuProps) {
  const { remove } = useMemberRemoval(listId)
  const { id, emailAddress, state } = member
  const noAddress = emailAddress ? undefined : 'There is no address to opt out.'
  const optedOut = state === 'optedOut'
  return (
    <>
      <Menu.Item leftSection={<IconEye size={16} aria-hidden />} component={Link} to={paths.record(type.slug, id)}>View</Menu.Item>
      {optedOut
        ? <ReasonMenuItem icon={IconMailCheck} onClick={() => modals.open({ title: 'Cancel the opt-out', children: <CancelOptOutForm listId={listId} emailAddress={emailAddress} /> })}>Cancel opt-out</ReasonMenuItem>
        : <ReasonMenuItem icon={IconMailOff} reason={noAddress} onClick={() => modals.open({ title: 'Opt out of this list', children: <OptOutForm listId={listId} emailAddress={emailAddress} /> })}>Opt out</ReasonMenuItem>}
      <Menu.Divider />
      <ReasonMenuItem icon={IconUserMinus} onClick={() => remove({ entityType: type.name, ids: [id] })}>Take out of the list</ReasonMenuItem>
    </>
  )
}
