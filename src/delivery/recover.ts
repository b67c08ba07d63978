/**
 * What dead senders left behind, found by anybody: without the durable mark a delivery was certainly not sent and waits again; if it
 * was acknowledged, it is Sent; of one that is only marked nobody knows, so it becomes Uncertain and is named in the log.
 */
import { sql } from 'kysely'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { countUses, dropHolds, holdersWithoutLease } from '../pace/allowance.ts'
import { accountOwner, domainOwner, instance } from '../pace/scopes.ts'
import { domainOf } from '../platform/email-address.ts'
import type { Delivery } from './ledger.ts'
import { settleLane, type Settlement } from './settle.ts'

/** Tests are sent by whoever serves the request, without a lease; after this long that process is gone. */
const abandonedTestMinutes = 15

/** Takes over from senders whose lease is over. Answers how many deliveries became Uncertain. */
export async function recoverFromDeadSenders(db: Db, clock: Clock): Promise<number> {
  const now = clock()
  await sql`delete from sender where lease_until < clock_timestamp()`.execute(db)
  // Asked before their marks are: of a sender that others find dead from here on the marks would not be counted.
  const dead = await holdersWithoutLease(db)
  const held = await orphans(db, now)
  // Counted first: whoever dies in between lets it be counted twice, never forgotten.
  await countUses(db, clock, held.filter(({ marked, test }) => marked && !test).map((orphan) => ({ owners: ownersOf(orphan), count: 1 })))
  await dropHolds(db, dead)
  const lanes = new Map<number, Orphan[]>()
  for (const orphan of held) lanes.set(orphan.lane, [...(lanes.get(orphan.lane) ?? []), orphan])
  for (const [lane, orphans] of lanes) for (const group of bySender(orphans)) await settleLane(db, lane, group[0]!.senderId, group.map(settlementOf), now)
  await forgetDeadWires(db)
  return held.filter(({ marked, acknowledged }) => marked && !acknowledged).length
}

const ownersOf = ({ accountId, emailAddress }: Orphan): string[] =>
  [instance, ...(accountId ? [accountOwner(accountId)] : []), domainOwner(domainOf(emailAddress))]

type Orphan = Delivery & {
  accountId: string | null
  senderId: number | null
  markedAt: Date | null
  marked: boolean
  acknowledged: boolean
  messageId: string | null
  test: boolean
}

async function orphans(db: Db, now: Date): Promise<Orphan[]> {
  const { rows } = await sql<Orphan>`
    -- One that was given back and claimed again has several marks.
    with marks as (select lane, sender_id, delivery_id as id, max(at) as at from wire, unnest(marked) as m (delivery_id) group by 1, 2, 3),
    answers as (select lane, sender_id, delivery_id as id, max(message_id) as message_id from wire, unnest(taken, message_ids) as t (delivery_id, message_id) group by 1, 2, 3)
    select d.lane, d.id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address, d.attempts, d.first_tried_at,
           d.account_id, d.sender_id, coalesce(marks.at, d.wire_at) as marked_at, marks.id is not null or d.wire_at is not null as marked,
           answers.id is not null as acknowledged, answers.message_id, d.test
      from delivery d join mass_email m on m.id = d.mass_email_id
      left join marks on marks.lane = d.lane and marks.sender_id = d.sender_id and marks.id = d.id
      left join answers on answers.lane = d.lane and answers.sender_id = d.sender_id and answers.id = d.id
     where d.status = 'sending' and case when d.test then d.due_at < ${new Date(now.getTime() - abandonedTestMinutes * 60_000)}
                                        else not exists (select from sender s where s.id = d.sender_id) end
     order by d.lane, d.sender_id, d.id`.execute(db)
  return rows
}

const forgetDeadWires = (db: Db) => sql`delete from wire w where not exists (select from sender s where s.id = w.sender_id)
  and not exists (select from delivery d where d.lane = w.lane and d.sender_id = w.sender_id and d.status = 'sending')`.execute(db)

/** A settlement names one sender. */
const bySender = (orphans: Orphan[]): Orphan[][] =>
  [...new Set(orphans.map(({ senderId }) => senderId))].map((senderId) => orphans.filter((orphan) => orphan.senderId === senderId))

function settlementOf(delivery: Orphan): Settlement {
  const { marked, markedAt, acknowledged, messageId, test } = delivery
  const settlement = { delivery, tried: marked, reasonCode: null, reason: null, messageId, dueAt: null, markedAt, test }
  if (acknowledged) return { ...settlement, status: 'sent' }
  if (!marked) return { ...settlement, status: 'pending' }
  return { ...settlement, status: 'uncertain', reasonCode: 'senderLost', reason: 'The sender was lost after the message had been marked for the wire.' }
}
