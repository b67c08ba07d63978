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
    done: (answer) => { if (!followIfTask(answer) && 'kept' in answer) succeeded(words(answer)) },
  })
  return async ({ id, created, updated }: api.Import) => {
    const kept = updated > 0 ? ` The ${counted(updated, 'record')} it updated stay as they are.` : ''
    const agreed = await confirm({ title: `Delete the ${counted(created, 'record')} this import created?`, body: `They leave all target lists, too. For 30 days the bin brings them back as they were. Those that were changed since the import are kept. What it made for names of links goes, too, where nothing else uses it.${kept}`, confirm: 'Revert', danger: true })
    if (agreed) revert.mutate({ params: { id } }, { onError: failed })
  }
}

type Answer = { kept: number; linked?: { reverted: number; used: number; changed: number; notAllowed: number } | undefined }

/** What stays, and why. */
function words({ kept, linked }: Answer): string {
  const { used = 0, changed = 0, notAllowed = 0 } = linked ?? {}
  const whys: [number, string][] = [[used, 'used by others'], [changed, 'changed since then'], [notAllowed, 'not yours to delete']]
  const stay = whys.filter(([count]) => count > 0).map(([count, why]) => `${counted(count, 'related record')} ${why}`)
  const of = kept > 0 ? [`${counted(kept, 'record')} changed since then or not yours to delete`, ...stay] : stay
  return of.length === 0 ? 'Reverted.' : `Reverted. Kept: ${of.join(', ')}.`
}
