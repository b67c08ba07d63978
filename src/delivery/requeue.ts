/** Deliveries that failed, or of which nobody knows what became, wait again: under the version that is sent now, and counted as such. */
import { type RawBuilder, sql } from 'kysely'
import { recipientsOfDelivery } from '../log/domains.ts'
import type { Recipients } from '../log/entry.ts'
import { moveStatus, type StatusMove } from '../log/status.ts'
import type { Tx } from '../platform/db.ts'

type From = 'failed' | 'uncertain'
export type Requeued = { massEmailId: string; campaignId: string; templateVersionId: string | null }
/** Which deliveries `d` of a lane. */
export type InLane = readonly [lane: number, which: RawBuilder<boolean>]

/** Answers how many wait again. */
export async function requeue(tx: Tx, of: Requeued, from: From, chosen: readonly InLane[], now: Date): Promise<number> {
  const moves: [number, StatusMove[]][] = []
  for (const inLane of chosen) moves.push([inLane[0], await requeueInLane(tx, of, from, inLane, now)])
  // Last: counting holds up whoever settles or logs in the lane until this is committed.
  for (const [lane, ofLane] of moves) await moveStatus(tx, lane, ofLane)
  return moves.flatMap(([, ofLane]) => ofLane).reduce((sum, { count }) => sum + count, 0)
}

/** What failed has all its attempts again. What is uncertain keeps its reason: evidence still settles it until it is claimed. */
const anew: Record<From, RawBuilder<unknown>> = {
  failed: sql`attempts = 0, first_tried_at = null, reason_code = null, reason = null`,
  uncertain: sql`sender_id = null, wire_at = null`,
}

async function requeueInLane(tx: Tx, { massEmailId, campaignId, templateVersionId }: Requeued, from: From, [lane, which]: InLane, now: Date): Promise<StatusMove[]> {
  const { rows } = await sql<Recipients & { count: number }>`
    with requeued as (
      update delivery d set status = 'pending', settled_at = null, due_at = ${now}, template_version_id = ${templateVersionId}, ${anew[from]}
       where d.lane = ${lane} and d.mass_email_id = ${massEmailId} and d.status = ${sql.lit(from)} and not d.test and ${which}
      returning ${recipientsOfDelivery})
    select entity_type, domain, count(*) as count from requeued group by 1, 2`.execute(tx)
  return rows.map(({ count, ...recipients }) => ({ massEmailId, campaignId, from, to: 'pending', of: recipients, count }))
}
