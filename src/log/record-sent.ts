/** The commonest thing that happens, *Sent*, written from the ledger itself: thousands a second, and nothing of it travels twice. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { prepareInside, Slot } from '../platform/prepared.ts'
import { addCounts } from './counters.ts'
import { loggedMetric } from './entry.ts'
import { lockLane } from './lane-lock.ts'
import { recordEvents } from './record-events.ts'

/** Logs that these deliveries of one lane (no tests) were sent. As with `recordEvents`, their present status is moved by the caller. */
export async function recordSent(tx: Tx, ofLane: number, deliveryIds: readonly number[], sentAt: Date): Promise<void> {
  if (deliveryIds.length === 0) return
  await lockLane(tx, ofLane)
  const before = new Set(await knownBefore(tx, ofLane, deliveryIds))
  await insertSent(tx, ofLane, deliveryIds.filter((id) => !before.has(id)), sentAt)
  await recordAgain(tx, ofLane, [...before], sentAt)
}

const [lane, ids, at] = [new Slot('lane'), new Slot('ids'), new Slot('at')]

const known = prepareInside<{ deliveryId: number }>(sql`
    select distinct delivery_id from log_entry
     where lane = ${lane}::smallint and delivery_id = any(${ids}::bigint[]) and action in ('sent', 'bounced')`)

/** Sent once before, or bounced before it was known to be sent: what that means for the figures is not to be guessed here. */
const knownBefore = async (tx: Tx, ofLane: number, deliveryIds: readonly number[]): Promise<number[]> =>
  (await known(tx, { lane: ofLane, ids: arrayOf(deliveryIds) })).map(({ deliveryId }) => deliveryId)

const insert = prepareInside<{ massEmailId: string; campaignId: string; count: number }>(sql`
    with written as (
      insert into log_entry (lane, delivery_id, campaign_id, mass_email_id, action, at, last_at, entity_type, record_id, email_address)
      select d.lane, d.id, m.campaign_id, d.mass_email_id, 'sent', ${at}::timestamptz, ${at}::timestamptz, d.entity_type, d.record_id, d.email_address
        from delivery d join mass_email m on m.id = d.mass_email_id where d.lane = ${lane}::smallint and d.id = any(${ids}::bigint[])
      returning mass_email_id, campaign_id)
    select mass_email_id, campaign_id, count(*) as count from written group by 1, 2`)

async function insertSent(tx: Tx, ofLane: number, deliveryIds: readonly number[], sentAt: Date): Promise<void> {
  const rows = await insert(tx, { lane: ofLane, ids: arrayOf(deliveryIds), at: sentAt })
  const hour = new Date(Math.floor(sentAt.getTime() / 3_600_000) * 3_600_000)
  await addCounts(tx, ofLane, {
    figures: rows.map((row) => ({ ...row, metric: loggedMetric('sent') })), hours: rows.map((row) => ({ ...row, metric: 'sent', machine: false, hour })),
  })
}

async function recordAgain(tx: Tx, ofLane: number, deliveryIds: readonly number[], sentAt: Date): Promise<void> {
  if (deliveryIds.length === 0) return
  const { rows } = await sql<{ deliveryId: number; massEmailId: string; campaignId: string; entityType: string; recordId: string; emailAddress: string }>`
    select d.id as delivery_id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address
      from delivery d join mass_email m on m.id = d.mass_email_id where d.lane = ${ofLane} and d.id = any(${arrayOf(deliveryIds)}::bigint[])`.execute(tx)
  await recordEvents(tx, ofLane, rows.map((row) => ({ ...row, action: 'sent', at: sentAt })))
}

const arrayOf = (ids: readonly number[]) => `{${ids.join(',')}}`
