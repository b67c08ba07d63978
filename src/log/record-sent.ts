/** The commonest thing that happens, *Sent*, written from the ledger itself: thousands a second, and nothing of it travels twice. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { addToHours } from './figures.ts'
import { lockLane, recordEvents } from './record-events.ts'

/** Logs that these deliveries of one lane (no tests) were sent. As with `recordEvents`, their present status is moved by the caller. */
export async function recordSent(tx: Tx, lane: number, deliveryIds: readonly number[], at: Date): Promise<void> {
  if (deliveryIds.length === 0) return
  await lockLane(tx, lane)
  const before = new Set(await knownBefore(tx, lane, deliveryIds))
  await insertSent(tx, lane, deliveryIds.filter((id) => !before.has(id)), at)
  await recordAgain(tx, lane, [...before], at)
}

/** Sent once before, or bounced before it was known to be sent: what that means for the figures is not to be guessed here. */
async function knownBefore(tx: Tx, lane: number, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ deliveryId: number }>`
    select distinct delivery_id from log_entry
     where lane = ${lane} and delivery_id = any(${arrayOf(ids)}::bigint[]) and action in ('sent', 'bounced')`.execute(tx)
  return rows.map(({ deliveryId }) => deliveryId)
}

async function insertSent(tx: Tx, lane: number, ids: readonly number[], at: Date): Promise<void> {
  const { rows } = await sql<{ massEmailId: string; campaignId: string; count: number }>`
    with written as (
      insert into log_entry (lane, delivery_id, campaign_id, mass_email_id, action, at, last_at, entity_type, record_id, email_address)
      select d.lane, d.id, m.campaign_id, d.mass_email_id, 'sent', ${at}, ${at}, d.entity_type, d.record_id, d.email_address
        from delivery d join mass_email m on m.id = d.mass_email_id where d.lane = ${lane} and d.id = any(${arrayOf(ids)}::bigint[])
      returning mass_email_id, campaign_id)
    select mass_email_id, campaign_id, count(*) as count from written group by 1, 2`.execute(tx)
  const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000)
  await addToHours(tx, lane, rows.map((row) => ({ ...row, metric: 'sent', machine: false, hour })))
}

async function recordAgain(tx: Tx, lane: number, ids: readonly number[], at: Date): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ deliveryId: number; massEmailId: string; campaignId: string; entityType: string; recordId: string; emailAddress: string }>`
    select d.id as delivery_id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address
      from delivery d join mass_email m on m.id = d.mass_email_id where d.lane = ${lane} and d.id = any(${arrayOf(ids)}::bigint[])`.execute(tx)
  await recordEvents(tx, lane, rows.map((row) => ({ ...row, action: 'sent', at })))
}

const arrayOf = (ids: readonly number[]) => `{${ids.join(',')}}`
