/** Deletes one record and offers to take it back; users, who are deleted for good, after asking. */
import * as api from '../../../src/records/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded, undo } from '../../ui/notice.tsx'
import { useTakeBack } from '../bin/take-back.tsx'
import { canBeUndone } from './mass-action.ts'

export function useRemoveRecord(type: EntityType, done?: () => void) {
  const remove = useAction(api.deleteRecord, { refreshes: [api.listRecords], done: () => done?.() })
  const { restoreRecord } = useTakeBack()
  return async (record: RecordRow) => {
    const forGood = !canBeUndone(type, 'delete')
    if (forGood && !await confirm({ title: `Delete ${nameOf(record)}?`, confirm: 'Delete', danger: true, body: 'Users leave all target lists and are deleted for good. This cannot be undone; setting the user inactive can.' })) return
    remove.mutate({ params: { slug: type.slug, id: record.id } }, {
      onError: failed,
      onSuccess: () => (forGood ? succeeded('Deleted.') : undo(`${nameOf(record)} deleted.`, () => restoreRecord(record.id))),
    })
  }
}
