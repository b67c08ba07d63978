/** Takes the chosen members out of the list. A few can be put back at once; many go in the background. */
import { Button } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import * as api from '../../../src/audience/contract.ts'
import { call, useAction, useRefresh } from '../../api/client.ts'
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
  return <Button size="compact-sm" variant="default" leftSection={<IconUserMinus size={15} aria-hidden />} loading={removal.busy} onClick={() => { void remove() }}>Take out of the list</Button>
}

/** Removes and, for members named by id, offers to put them back. */
export function useMemberRemoval(listId: string) {
  const refresh = useRefresh()
  const changed = [api.getTargetList, api.listMembers, api.listTargetLists]
  const removal = useAction(api.removeMembers, { refreshes: changed })
  const putBack = (body: api.Selection) => call(api.addMembers, { params: { id: listId }, body }).then(() => refresh(...changed), failed)
  const remove = (body: api.Selection) => removal.mutate({ params: { id: listId }, body }, {
    onError: failed,
    onSuccess: (answer) => {
      if (followIfTask(answer) || !body.ids) return
      undo(`${counted(body.ids.length, 'member')} taken out of the list.`, () => { void putBack(body) })
    },
  })
  return { remove, busy: removal.isPending }
}
