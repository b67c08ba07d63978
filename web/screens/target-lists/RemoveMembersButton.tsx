/** Takes the chosen members out of the list. A few can be put back at once; many go in the background. */
import { Button } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import * as api from '../../../src/audience/contract.ts'
import { call, useRefresh } from '../../api/client.ts'
import { followIfTask } from '../../api/task.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, undo } from '../../ui/notice.tsx'
import { type Selection, chosenCount, nothing } from '../../ui/selection.ts'
import { counted } from '../../ui/words.ts'

type RemoveMembersButtonProps = { listId: string; body: api.Selection; total: number; selection: Selection; onSelection: (selection: Selection) => void }

export function RemoveMembersButton({ listId, body, total, selection, onSelection }: RemoveMembersButtonProps) {
  const removal = useMemberRemoval(listId)
  const remove = async () => {
    const count = chosenCount(selection, total)
    // Those named by id can be put back; "all results" cannot be told apart any more once they are out.
    const sure = !selection.all || await confirm({ title: `Take ${counted(count, 'member')} out of the list?`, body: 'The records themselves stay. This cannot be undone.', confirm: 'Take out', danger: true })
    if (!sure) return
    removal.remove(body)
    onSelection(nothing)
  }
  return <Button size="compact-sm" variant="default" leftSection={<IconUserMinus size={15} aria-hidden />} onClick={() => { void remove() }}>Take out of the list</Button>
}

/** Removes and, for members named by id, offers to put them back. Bar and menu are gone by the time the answer comes; the notice is not theirs. */
export function useMemberRemoval(listId: string) {
  const refresh = useRefresh()
  const params = { id: listId }
  const readAgain = () => refresh(api.getTargetList, api.listMembers, api.listTargetLists)
  const putBack = (body: api.Selection) => call(api.addMembers, { params, body }).then(readAgain, failed)
  const remove = async (body: api.Selection) => {
    const answer = await call(api.removeMembers, { params, body })
    await readAgain()
    if (followIfTask(answer) || !body.ids) return
    undo(`${counted(body.ids.length, 'member')} taken out of the list.`, () => { void putBack(body) })
  }
  return { remove: (body: api.Selection) => { remove(body).catch(failed) } }
}
