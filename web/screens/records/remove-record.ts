/** Deletes one record after asking: records are really gone. */
import * as api from '../../../src/records/contract.ts'
import { useAction } from '../../api/client.ts'
import type { EntityType } from '../../api/entity-types.ts'
import { type RecordRow, nameOf } from '../../api/records.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'

export function useRemoveRecord(type: EntityType, done?: () => void) {
  const remove = useAction(api.deleteRecord, { refreshes: [api.listRecords], done: () => { succeeded('Deleted.'); done?.() } })
  return async (record: RecordRow) => {
    const agreed = await confirm({
      title: `Delete ${nameOf(record)}?`, confirm: 'Delete', danger: true,
      body: 'It leaves all target lists, too. Opt-outs stay with the address. This cannot be undone.',
    })
    if (agreed) remove.mutate({ params: { slug: type.slug, id: record.id } }, { onError: failed })
  }
}
