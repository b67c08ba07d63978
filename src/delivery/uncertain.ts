/**
 * Uncertain deliveries: the mark was set, the answer never came. The policy sends them again after a while with the same Message-ID, or
 * (setting *Never twice*, or tried for as long as anything is) holds them for a person, who sends again or counts as sent.
 */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { lockMassEmail, takeStep } from '../campaign/steps.ts'
import { recipientsOf } from '../log/entry.ts'
import { recordEvents } from '../log/record-events.ts'
import { moveStatus } from '../log/status.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'
import { parseDeliveryKey } from './delivery-key.ts'
import type { Delivery } from './ledger.ts'
import { type InLane, requeue, type Requeued } from './requeue.ts'

export type UncertainPolicy = Pick<OutboundEmailSettings, 'neverTwice' | 'retryForHours' | 'retryUncertainAfterSeconds'>

/** Tried for so long that one more time would be a nuisance: from here on it is a person's decision. */
const heldBefore = ({ retryForHours }: Pick<UncertainPolicy, 'retryForHours'>, now: Date) => new Date(now.getTime() - retryForHours * 3_600_000)

/** Deliveries `d` that the policy will send again by itself. */
export const isToBeSentAgain = (policy: Pick<UncertainPolicy, 'neverTwice' | 'retryForHours'>, now: Date) =>
  sql<boolean>`(d.status = 'uncertain' and ${!policy.neverTwice} and coalesce(d.first_tried_at, d.settled_at) > ${heldBefore(policy, now)})`

/** Of those, deliveries that have been Uncertain for long enough. */
export const isDueAgain = (policy: UncertainPolicy, now: Date) =>
  sql<boolean>`(${isToBeSentAgain(policy, now)} and d.settled_at <= ${new Date(now.getTime() - policy.retryUncertainAfterSeconds * 1000)})`

/** Those that were Uncertain for long enough wait again. Answers how many. */
export async function requeueUncertain(db: Db, policy: UncertainPolicy, now: Date): Promise<number> {
  if (policy.neverTwice) return 0
  const isDue = isDueAgain(policy, now)
  const { rows: lanes } = await sql<Requeued & { lane: number }>`
    select distinct d.lane, d.mass_email_id, m.campaign_id, m.template_version_id from delivery d join mass_email m on m.id = d.mass_email_id
     where d.status = 'uncertain' and not d.test and m.status in ('inProcess', 'paused') and ${isDue}`.execute(db)
  let requeued = 0
  for (const { lane, ...of } of lanes) requeued += await db.transaction().execute((tx) => requeue(tx, of, 'uncertain', [[lane, isDue]], now))
  return requeued
}

export type UncertainAction = 'sendAgain' | 'countAsSent'
export type UncertainChoice = { action: UncertainAction; deliveryIds?: readonly string[] | undefined }

/** A person decides, for some or for all. Answers how many; those that are not Uncertain any more are left as they are. */
export const settleUncertain = (db: Db, id: string, { action, deliveryIds }: UncertainChoice, { actor, now }: { actor: Actor; now: Date }): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const { status, campaignId, name, templateVersionId } = await lockMassEmail(tx, id)
    // What is over goes on with them; what is paused stays so.
    if (action === 'sendAgain' && status !== 'inProcess' && status !== 'paused') await takeStep(tx, id, 'sendAgain', now)
    const of = { massEmailId: id, campaignId, templateVersionId }
    const chosen = await chosenByLane(tx, id, deliveryIds)
    const deliveries = action === 'sendAgain' ? await requeue(tx, of, 'uncertain', chosen, now) : await countAsSent(tx, of, chosen, now)
    if (deliveries === 0) throw new AppError('conflict', 'nothingUncertain', 'None of these deliveries is unknown any more: the list was older than they are.')
    await audit(tx, actor, action === 'sendAgain' ? 'uncertainSentAgain' : 'uncertainCountedAsSent', { type: 'MassEmail', id, name, detail: { deliveries } })
    return deliveries
  })

async function chosenByLane(tx: Tx, massEmailId: string, deliveryIds: readonly string[] | undefined): Promise<InLane[]> {
  if (deliveryIds) {
    const keys = deliveryIds.map((key, index) => parseDeliveryKey(key, `deliveryIds.${index}`))
    const lanes = [...new Set(keys.map(({ lane }) => lane))].sort((a, b) => a - b)
    return lanes.map((lane) => [lane, sql<boolean>`d.id = any(${keys.filter((key) => key.lane === lane).map(({ id }) => id)}::bigint[])`])
  }
  const { rows } = await sql<{ lane: number }>`
    select distinct lane from delivery where mass_email_id = ${massEmailId} and status = 'uncertain' and not test order by lane`.execute(tx)
  return rows.map(({ lane }) => [lane, sql<boolean>`true`])
}

async function countAsSent(tx: Tx, of: Requeued, chosen: readonly InLane[], now: Date): Promise<number> {
  let count = 0
  for (const inLane of chosen) count += await countAsSentInLane(tx, of, inLane, now)
  return count
}

async function countAsSentInLane(tx: Tx, { massEmailId, campaignId }: Requeued, [lane, which]: InLane, now: Date): Promise<number> {
  const { rows } = await sql<Pick<Delivery, 'id' | 'entityType' | 'recordId' | 'emailAddress'>>`
    update delivery d set status = 'sent', sent_at = coalesce(d.wire_at, ${now}), settled_at = ${now}, sender_id = null, reason_code = null, reason = null
     where d.lane = ${lane} and d.mass_email_id = ${massEmailId} and d.status = 'uncertain' and not d.test and ${which}
    returning d.id, d.entity_type, d.record_id, d.email_address`.execute(tx)
  await moveStatus(tx, lane, rows.map((row) => ({ massEmailId, campaignId, from: 'uncertain', to: 'sent', of: recipientsOf(row), count: 1 })))
  await recordEvents(tx, lane, rows.map(({ id: deliveryId, ...of }) => ({ deliveryId, massEmailId, campaignId, ...of, action: 'sent', at: now, detail: { reason: 'countedAsSent' } })))
  return rows.length
}
