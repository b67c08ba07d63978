/** Evidence that an Uncertain delivery arrived after all: somebody opened, clicked, answered. It is Sent then, and never sent again. */
import { sql } from 'kysely'
import { recipientsOf } from '../log/entry.ts'
import { moveStatus } from '../log/status.ts'
import { recordEvents } from '../log/record-events.ts'
import type { Tx } from '../platform/db.ts'
import type { Delivery } from './ledger.ts'

/**
 * Settles those of these deliveries of one lane that are Uncertain, or were and wait to be sent again, in the transaction of the evidence
 * and before it is logged.
 */
export async function settleByEvidence(tx: Tx, lane: number, ids: readonly number[], now: Date): Promise<void> {
  const { rows } = await sql<Delivery & { was: 'uncertain' | 'pending' }>`
    with unknown as (
      select id, status as was from delivery d
       where d.lane = ${lane} and d.id = any(${ids}::bigint[]) and not d.test
         and (d.status = 'uncertain' or d.status = 'pending' and exists (
           -- The log knows, whatever it waits for now.
           select from log_entry e where e.lane = d.lane and e.delivery_id = d.id and e.action = 'uncertain'))
         for update)
    update delivery d
       set status = 'sent', sent_at = coalesce(wire_at, ${now}), settled_at = ${now}, sender_id = null, reason_code = null, reason = null
      from mass_email m, unknown
     where d.lane = ${lane} and d.id = unknown.id and m.id = d.mass_email_id
    returning d.lane, d.id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address, unknown.was`.execute(tx)
  await moveStatus(tx, lane, rows.map(({ was, ...row }) => ({ massEmailId: row.massEmailId, campaignId: row.campaignId, from: was, to: 'sent', of: recipientsOf(row), count: 1 })))
  await recordEvents(tx, lane, rows.map(({ id: deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress }) =>
    ({ deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress, action: 'sent', at: now })))
}
