/** Chooses members of one entity type: some, or all results of a filter. */
import * as api from '../../../src/audience/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { followIfTask } from '../../api/task.ts'
import type { Filter } from '../../ui/filter.ts'
import { succeeded } from '../../ui/notice.tsx'
import type { Selection } from '../../ui/selection.ts'
import { counted } from '../../ui/words.ts'
import { SelectRecordsDialog } from '../records/SelectRecordsDialog.tsx'

type SelectMembersDialogProps = { listId: string; type: EntityType; onClose: () => void }

export function SelectMembersDialog({ listId, type, onClose }: SelectMembersDialogProps) {
  const add = useAddMembers(onClose)
  return (
    <SelectRecordsDialog type={type} verb="Add to the list" all busy={add.isPending} error={add.error} onClose={onClose}
      onChosen={(selection, { filter, q }) => add.mutate({ params: { id: listId }, body: bodyOf(type, selection, filter, q) })} />
  )
}

function useAddMembers(done: () => void) {
  return useAction(api.addMembers, {
    refreshes: [api.getTargetList, api.listMembers, api.listTargetLists],
    done: (answer) => {
      done()
      if (followIfTask(answer)) return
      const { added, alreadyThere } = answer as { added: number; alreadyThere: number }
      succeeded(`${counted(added, 'member')} added${alreadyThere > 0 ? `, ${alreadyThere.toLocaleString()} were in it already` : ''}.`)
    },
  })
}

/** Without any filter, "all results" are all records of the type. */
const bodyOf = (type: EntityType, selection: Selection, filter: Filter | undefined, q: string): api.Selection =>
  selection.all ? { entityType: type.name, filter: filter ?? { and: [] }, ...(q && { q }) } : { entityType: type.name, ids: [...selection.ids] }
