/** The moment an administrator names a real mail server: what was made for the Sandbox is paused, so that none of it ever leaves. */
import { takeStep } from '../campaign/steps.ts'
import { isSandboxDefault, saveSystemAccount } from '../outbound/accounts.ts'
import type { Tx } from '../platform/db.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'
import { tellAccountChanged } from './mass-email-notices.ts'

/** Called in the transaction that changes the settings. Only Sandbox → real pauses; the other way round nothing can go astray. */
export async function followAccountChange(tx: Tx, before: OutboundEmailSettings, after: OutboundEmailSettings, now: Date): Promise<{ pausedMassEmailIds: string[] }> {
  await saveSystemAccount(tx, after, now)
  if (!isSandboxDefault(before) || isSandboxDefault(after)) return { pausedMassEmailIds: [] }
  const live = await tx.selectFrom('massEmail').select('id').where('status', 'in', ['pending', 'inProcess']).where('deletedAt', 'is', null).orderBy('id').execute()
  for (const { id } of live) {
    await takeStep(tx, id, 'hold', now, { pausedReason: 'accountChanged' })
    await tellAccountChanged(tx, id, now)
  }
  return { pausedMassEmailIds: live.map(({ id }) => id) }
}
