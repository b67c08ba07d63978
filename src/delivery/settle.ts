/**
 * Settlements: what became of deliveries of one lane is written with its log entries and figures in one transaction. A sender
 * settles only what it holds: its id is the fencing token.
 */
import { sql } from 'kysely'
import { type LogEvent, recipientsOf } from '../log/entry.ts'
import { moveStatus, type StatusMove } from '../log/status.ts'
import { recordEvents } from '../log/record-events.ts'
import { recordSent } from '../log/record-sent.ts'
import { columnsOf } from '../platform/columns.ts'
import type { Db, Tx } from '../platform/db.ts'
import { prepareInside, Slot } from '../platform/prepared.ts'
import { judgeDead } from './dead-addresses.ts'
import type { Delivery, DeliveryStatus } from './ledger.ts'

export type Settlement = {
  delivery: Delivery
  status: Exclude<DeliveryStatus, 'sending'>
  /** Counts as an attempt: the recipient, not the account, was judged. */
  tried: boolean
  reasonCode: string | null
  reason: string | null
  messageId: string | null
  /** For `pending`: when it is due again; null leaves it as it was. */
  dueAt: Date | null
  /** When the durable mark was set, for what may have left. */
  markedAt?: Date | null
  test?: boolean
}

/** Answers the settlements that were written: rows that meanwhile belong to another sender are left to it. */
export const settleLane = (db: Db, lane: number, senderId: number | null, settlements: readonly Settlement[], now: Date): Promise<Settlement[]> =>
  db.transaction().execute((tx) => settleIn(tx, lane, senderId, settlements, now))

export async function settleIn(tx: Tx, lane: number, senderId: number | null, answered: readonly Settlement[], now: Date): Promise<Settlement[]> {
  const settlements = await judgeDead(tx, answered, now)
  const was = await writeStatuses(tx, lane, senderId, settlements, now)
  const written = settlements.filter(({ delivery }) => was.has(delivery.id))
  await moveStatus(tx, lane, movesOf(written.filter(({ test }) => !test), was))
  await recordSent(tx, lane, written.filter(isPlainlySent).map(({ delivery }) => delivery.id), now)
  await recordEvents(tx, lane, written.filter((settlement) => !isPlainlySent(settlement)).flatMap((settlement) => eventOf(settlement, now)))
  if (senderId !== null) await forgetWires(tx, lane, senderId)
  return written
}

const isPlainlySent = ({ status, test }: Settlement) => status === 'sent' && !test

/** Marks and answers have done their duty once nothing of the lane is held any more; most of the time that is so after each batch. */
const forget = prepareInside(sql`
    delete from wire where lane = ${new Slot('lane')}::smallint and sender_id = ${new Slot('senderId')}::bigint
       and not exists (select from delivery d where d.lane = ${new Slot('lane')}::smallint and d.sender_id = ${new Slot('senderId')}::bigint and d.status = 'sending')`)
const forgetWires = (tx: Tx, lane: number, senderId: number) => forget(tx, { lane, senderId })

async function writeStatuses(tx: Tx, lane: number, senderId: number | null, settlements: readonly Settlement[], now: Date): Promise<Map<number, DeliveryStatus>> {
  const { select, from } = rowsOf(settlements)
  const { rows } = await sql<{ id: number; was: DeliveryStatus }>`
    with given as (select ${select} from ${from}),
    held as materialized (
      select d.id, d.status as was from delivery d
       where d.lane = ${lane} and d.id = any(${`{${settlements.map(({ delivery }) => delivery.id).join(',')}}`}::bigint[])
         -- A row that others found Uncertain after this sender's lease was over may still learn the answer. As text, so that no index
         -- of statuses fits: it is full of dead entries, and the primary key finds the rows at once.
         and d.sender_id is not distinct from ${senderId}::bigint and d.status::text in ('sending', 'uncertain')
         for update)
    update delivery d
       set status = given.status::delivery_status, attempts = d.attempts + given.tried::int, due_at = coalesce(given.due_at, d.due_at),
           first_tried_at = case when given.tried then coalesce(d.first_tried_at, ${now}) else d.first_tried_at end,
           sender_id = case when given.status = 'uncertain' then d.sender_id end,
           wire_at = case when given.status in ('sent', 'uncertain') then coalesce(given.marked_at, d.wire_at) end,
           sent_at = case when given.status = 'sent' then ${now}::timestamptz end,
           settled_at = case when given.status <> 'pending' then ${now}::timestamptz end,
           reason_code = given.reason_code, reason = given.reason, message_id = coalesce(given.message_id, d.message_id)
      from given join held using (id)
     where d.lane = ${lane} and d.id = given.id
       -- Several may clear up after the same sender: what is unknown already is no second attempt.
       and not (held.was = 'uncertain' and given.status = 'uncertain')
    returning d.id, held.was`.execute(tx)
  return new Map(rows.map(({ id, was }) => [id, was]))
}

const rowsOf = (settlements: readonly Settlement[]) => columnsOf([
  { name: 'id', type: 'bigint', values: settlements.map(({ delivery }) => delivery.id) },
  { name: 'status', type: 'text', values: settlements.map(({ status }) => status) },
  { name: 'tried', type: 'boolean', values: settlements.map(({ tried }) => tried) },
  { name: 'reason_code', type: 'text', values: settlements.map(({ reasonCode }) => reasonCode) },
  { name: 'reason', type: 'text', values: settlements.map(({ reason }) => reason) },
  { name: 'message_id', type: 'text', values: settlements.map(({ messageId }) => messageId) },
  { name: 'due_at', type: 'timestamptz', values: settlements.map(({ dueAt }) => dueAt) },
  { name: 'marked_at', type: 'timestamptz', values: settlements.map(({ markedAt }) => markedAt ?? null) },
])

function movesOf(settlements: readonly Settlement[], was: Map<number, DeliveryStatus>): StatusMove[] {
  return settlements.map(({ delivery, status }) =>
    ({ massEmailId: delivery.massEmailId, campaignId: delivery.campaignId, from: was.get(delivery.id)!, to: status, of: recipientsOf(delivery), count: 1 }))
}

/** Waiting again is nothing that happened; everything else is in the log. */
function eventOf({ delivery, status, reasonCode, reason, test }: Settlement, at: Date): LogEvent[] {
  if (status === 'pending') return []
  const { id: deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress } = delivery
  return [{ deliveryId, massEmailId, campaignId, entityType, recordId, emailAddress, action: status, at, detail: detailOf(status, reasonCode, reason), test: test ?? false }]
}

function detailOf(status: DeliveryStatus, reasonCode: string | null, reason: string | null): object {
  if (status === 'sent') return {}
  return { ...(reasonCode && { reason: reasonCode }), ...(reason && { reply: reason }), ...(reasonCode === 'deadAddress' && { deadAddress: true }) }
}
