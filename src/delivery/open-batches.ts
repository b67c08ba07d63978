/** Opening: which deliveries the senders may take. A run of Send Mass Emails sets the mark, a used-up portion takes it away. */
import { sql } from 'kysely'
import { openThrough } from '../campaign/steps.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'
import { readPortion } from '../pace/portion.ts'
import { isWindowOpen } from '../pace/sending-window.ts'

/**
 * Opens at most `batchSize` waiting deliveries of each mass email in process, or of `only` these, if there is allowance and the window is open. Answers
 * how many wait in what is open.
 */
export async function openBatches(db: Db, clock: Clock, settings: OutboundEmailSettings, only?: readonly string[]): Promise<number> {
  if (only?.length === 0 || !isWindowOpen(settings.window, clock())) return 0
  const { freeAt } = await readPortion(db, clock, settings)
  if (freeAt !== null) return 0
  let opened = 0
  for (const id of await inProcess(db)) {
    if (only && !only.includes(id)) continue
    const { through, count } = await batchOf(db, id, settings.batchSize, clock())
    if (through === null) continue
    await openThrough(db, id, through)
    opened += count
  }
  return opened
}

/** The portion is used up or the window over: nothing goes on before the next run that finds both. */
export async function closeBatches(db: Db): Promise<void> {
  for (const id of await inProcess(db)) await openThrough(db, id, 0)
}

/** Mass emails that may send: an inactive campaign is a brake. */
async function inProcess(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('massEmail').innerJoin('campaign', 'campaign.id', 'massEmail.campaignId').select('massEmail.id')
    .where('massEmail.status', '=', 'inProcess').where('campaign.status', '=', 'active').orderBy('massEmail.frozenAt').orderBy('massEmail.id').execute()
  return rows.map(({ id }) => id)
}

/**
 * The waiting delivery up to which a batch goes: in the order of freezing, over all lanes. A bounded one counts those that are due:
 * whoever was put off until later must not keep the others waiting.
 */
async function batchOf(db: Db, massEmailId: string, batchSize: number | null, now: Date): Promise<{ through: number | null; count: number }> {
  const { rows } = await sql<{ through: number | null; count: number }>`
    select max(id) as through, count(*) as count from (
      select id from delivery where mass_email_id = ${massEmailId} and status = 'pending' and not test ${batchSize === null ? sql`` : sql`and due_at <= ${now}`}
       order by id limit ${batchSize}) batch`.execute(db)
  return rows[0]!
}
