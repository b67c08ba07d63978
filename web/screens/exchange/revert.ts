/** Takes an import back: deletes the records it created, but for those that were changed since. What it updated stays. */
import * as api from '../../../src/exchange/contract.ts'
import { listRecords } from '../../../src/records/contract.ts'
import { useAction } from '../../api/client.ts'
import { followIfTask } from '../../api/task.ts'
import { confirm } from '../../ui/confirm.tsx'
import { failed, succeeded } from '../../ui/notice.tsx'
import { counted } from '../../ui/words.ts'

export function useRevert() {
  const revert = useAction(api.revertImport, {
    refreshes: [api.readImport, api.listImports, api.listImportRows, listRecords],
    done: (answer) => { if (!followIfTask(answer)) succeeded('kept' in answer && answer.kept > 0 ? `Reverted. ${counted(answer.kept, 'record')} changed since then ${answer.kept === 1 ? 'was' : 'were'} kept.` : 'Reverted.') },
  })
  return async ({ id, created, updated }: api.Import) => {
    const kept = updated > 0 ? ` The ${counted(updated, 'record')} it updated stay as they are.` : ''
    const agreed = await confirm({ title: `Delete the ${counted(created, 'record')} this import created?`, body: `They leave all target lists, too. For 30 days the bin brings them back as they were. Those that were changed since the import are kept.${kept}`, confirm: 'Revert', danger: true })
    if (agreed) revert.mutate({ params: { id } }, { onError: failed })
  }
}
