/** Claiming: a sender takes waiting deliveries of one lane for itself. Others pass over what is being taken. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { prepare, Slot } from '../platform/prepared.ts'
import type { Delivery } from './ledger.ts'
import { isFresh, isLater } from './work.ts'

export type Claim = {
  lane: number
  massEmailId: string
  campaignId: string
  senderId: number
  accountId: string
  /** Whose allowance was granted for them. */
  owners: readonly string[]
  /** Only deliveries made for the kind of account that carries them. */
  sandbox: boolean
  /** Those never tried before, in the order of freezing; or those whose time has come, the longest due first. */
  fresh: boolean
  afterId: number
  throughId: number
  limit: number
  now: Date
}

export type Claimer = (claim: Claim) => Promise<Delivery[]>

type Row = Omit<Delivery, 'lane' | 'massEmailId' | 'campaignId' | 'owners'>

const [lane, massEmailId, afterId, throughId, now, sandbox, limit] =
  [new Slot('lane'), new Slot('massEmailId'), new Slot('afterId'), new Slot('throughId'), new Slot('now'), new Slot('sandbox'), new Slot('limit')]

/** One lane in each statement: the same on one server and on many. */
export function createClaimer(db: Db): Claimer {
  // `afterId` passes over the dead rows in front of the queue.
  const fresh = prepare<Row>(db, taking(sql`${isFresh} and d.id > ${afterId}::bigint order by d.id`))
  const later = prepare<Row>(db, taking(sql`${isLater} order by d.due_at`))
  return async (claim) => {
    const rows = await (claim.fresh ? fresh : later)({ ...claim })
    return rows.map((row) => deliveryOf(row, claim)).sort((a, b) => a.id - b.id)
  }
}

/** Written out: all that follows reads these, and copies of the driver's rows are slow to read (sending: 3 % of the server's time). */
const deliveryOf = (row: Row, { lane: ofLane, massEmailId: of, campaignId, owners }: Claim): Delivery => ({
  lane: ofLane, id: row.id, massEmailId: of, campaignId, entityType: row.entityType, recordId: row.recordId, emailAddress: row.emailAddress,
  attempts: row.attempts, firstTriedAt: row.firstTriedAt, owners,
})

const taking = (which: RawBuilder<unknown>) => sql<Row>`
    with picked as materialized (
      select d.id from delivery d
       where d.lane = ${lane}::smallint and d.mass_email_id = ${massEmailId}::uuid and d.status = 'pending' and not d.test
         and d.id <= ${throughId}::bigint and d.due_at <= ${now}::timestamptz and d.sandbox = ${sandbox}::boolean
         and ${which} limit ${limit}::int for update skip locked)
    update delivery d set status = 'sending', sender_id = ${new Slot('senderId')}::bigint, account_id = ${new Slot('accountId')}::uuid, wire_at = null
      from picked where d.lane = ${lane}::smallint and d.id = picked.id
    returning d.id, d.entity_type as "entityType", d.record_id as "recordId", d.email_address as "emailAddress",
              d.attempts, d.first_tried_at as "firstTriedAt"`
