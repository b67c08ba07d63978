/** What can be done with a whole target list: fill it from a report, duplicate, empty, delete. */
import { Menu } from '@mantine/core'
import { IconCopy, IconEraser, IconTrash, IconUsersMinus, IconUsersPlus } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import * as api from '../../../src/audience/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { ReasonMenuItem } from '../../ui/ReasonMenuItem.tsx'
import { counted } from '../../ui/words.ts'
import { openEmptyByReport, openFill } from './FillListDialog.tsx'

type TargetListMenuProps = { list: { id: string; name: string; members: number }; onDeleted?: () => void }

export function TargetListMenu({ list: { id, name, members }, onDeleted }: TargetListMenuProps) {
  const navigate = useNavigate()
  const refresh = useRefresh()
  const readAgain = () => refresh(api.listTargetLists, api.getTargetList, api.listMembers)

  const duplicate = async () => {
    const copy = await call(api.duplicateTargetList, { params: { id }, body: {} })
    await readAgain()
    succeeded(`“${copy.name}” has the same members and opt-outs.`)
    await navigate(paths.targetList(copy.id))
  }
  const empty = async () => {
    const sure = await confirm({
      title: `Take everybody out of “${name}”?`, body: `${counted(members, 'member')} will leave the list. The records themselves and all opt-outs stay.`, confirm: 'Empty the list', danger: true,
    })
    if (!sure) return
    const { removed } = await call(api.emptyTargetList, { params: { id } })
    await readAgain()
    succeeded(`${counted(removed, 'member')} taken out.`)
  }
  const remove = async () => {
    const sure = await confirm({
      title: `Delete “${name}”?`, body: 'Nobody will be mailed because of this list any more. The records stay; opt-outs are kept, and links in mail that was sent go on working.', confirm: 'Delete', danger: true,
    })
    if (!sure) return
    await call(api.removeTargetList, { params: { id } })
    onDeleted?.()
    await refresh(api.listTargetLists)
    succeeded(`“${name}” is deleted.`)
  }
  return (
    <>
      <ReasonMenuItem icon={IconUsersPlus} onClick={() => openFill({ id, name })}>Fill from a report…</ReasonMenuItem>
      <ReasonMenuItem icon={IconUsersMinus} reason={members === 0 ? 'Nobody is in it.' : undefined} onClick={() => openEmptyByReport({ id, name })}>Take a report out…</ReasonMenuItem>
      <ReasonMenuItem icon={IconCopy} onClick={() => { duplicate().catch(failed) }}>Duplicate</ReasonMenuItem>
      <ReasonMenuItem icon={IconEraser} reason={members === 0 ? 'Nobody is in it.' : undefined} onClick={() => { empty().catch(failed) }}>Take everybody out</ReasonMenuItem>
      <Menu.Divider />
      <ReasonMenuItem icon={IconTrash} danger onClick={() => { remove().catch(failed) }}>Delete</ReasonMenuItem>
    </>
  )
}
