/** The scheduled job *Send Mass Emails*: opens batches and freezes what is due. The sending itself is the senders' work. */
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { freezeDue } from './freeze.ts'
import { openBatches } from './open-batches.ts'

/** What is in process goes on first: freezing waits for the reports of target lists, which may be slow. */
export async function sendMassEmails({ db, clock }: { db: Db; clock: Clock }): Promise<{ frozen: number; opened: number }> {
  const opened = await openBatches(db, clock, await readOutboundEmails(db))
  const frozen = await freezeDue(db, clock)
  return { frozen: frozen.length, opened: opened + (await openBatches(db, clock, await readOutboundEmails(db), frozen)) }
}
