/** The scheduled job *Send Mass Emails*: freezes what is due and opens batches. The sending itself is the senders' work. */
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { freezeDue } from './freeze.ts'
import { openBatches } from './open-batches.ts'

export async function sendMassEmails({ db, clock }: { db: Db; clock: Clock }): Promise<{ frozen: number; opened: number }> {
  const frozen = await freezeDue(db, clock())
  const opened = await openBatches(db, clock, await readOutboundEmails(db))
  return { frozen, opened }
}
