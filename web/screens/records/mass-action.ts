/** Sends a mass action for a selection; short ones say what they did, long ones go to the tray. */
import * as api from '../../../src/records/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { followTask } from '../../api/task.ts'
import { failed, succeeded, undo } from '../../ui/notice.tsx'
import { type Selection, nothing } from '../../ui/selection.ts'
import { useTakeBack } from '../bin/take-back.tsx'

export function useMassAction(type: EntityType, selection: Selection, query: { filter?: unknown; q?: string }, onSelection: (selection: Selection) => void) {
  const { mutate } = useAction(api.massAction, { refreshes: [api.listRecords, api.readRecord] })
  const { undoAction } = useTakeBack()
  return (action: api.MassActionName, doneWords: string, data: Record<string, unknown> = {}) => {
    mutate({ params: { slug: type.slug }, body: { selection: selectionOf(selection, query), action, data } }, {
      onError: failed,
      onSuccess: ({ task }) => {
        onSelection(nothing)
        if (task.status !== 'done') followTask(task)
        else if (canBeUndone(type, action)) undo(doneWords, () => undoAction(task.id))
        else succeeded(doneWords)
      },
    })
  }
}

/** Users are deleted for good. */
export const canBeUndone = (type: EntityType, action: api.MassActionName): boolean =>
  action === 'update' || (action === 'delete' && type.name !== 'User')

/** "All results" is sent as the filter itself, so that it also means rows nobody has scrolled to. */
export function selectionOf(selection: Selection, { filter, q }: { filter?: unknown; q?: string }): api.Selection {
  if (!selection.all) return { ids: [...selection.ids] }
  return { filter: filter ?? { and: [] }, ...(q && { q }) }
}
