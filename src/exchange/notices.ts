/** Whoever started an import hears how it ended: once, with its four numbers. Not of a dry run, nor of what he canceled himself. */
import { notify } from '../notices/notices.ts'
import type { Tx } from '../platform/db.ts'
import type { Counts } from './batch.ts'

type Ended = Counts & { id: string; fileName: string; createdBy: string | null; status: string }

/** In the transaction that ends it. One that ends again after a crash is told already. */
export async function tellImportEnded(tx: Tx, { id, fileName, createdBy, status, ...counts }: Ended, fault: string | null, now: Date): Promise<void> {
  if (createdBy === null || (status !== 'done' && status !== 'failed')) return
  const told = await tx.selectFrom('notice').select('id').where('kind', '=', 'importDone').where('aboutId', '=', id).executeTakeFirst()
  if (told) return
  const failed = status === 'failed'
  await notify(tx, {
    kind: 'importDone', level: failed ? 'error' : counts.rejected > 0 ? 'warning' : 'success', to: { userIds: [createdBy] }, about: { type: 'Import', id, name: fileName },
    title: failed ? `The import of ${fileName} failed` : `${fileName} is imported`,
    text: failed ? `${fault ?? 'It ended too early.'} What is in stays: ${inWords(counts)}.` : `${inWords(counts)}.${counts.rejected > 0 ? ' The rejected rows can be downloaded with their reasons.' : ''}`,
  }, now)
}

const inWords = ({ created, updated, duplicates, rejected }: Counts) =>
  ([[created, 'created'], [updated, 'updated'], [duplicates, 'left alone as duplicates'], [rejected, 'rejected']] as const).map(([count, words]) => `${count.toLocaleString('en')} ${words}`).join(', ')
