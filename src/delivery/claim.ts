/** Claiming: a sender takes waiting deliveries of one lane for itself. Others pass over what is being taken. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Delivery } from './ledger.ts'
import { prepare, Slot } from '../platform/prepared.ts'

export type Claim = {
  lane: number
  massEmailId: string
  campaignId: string
  senderId: number
  /** Only deliveries made for the kind of account that carries them. */
  sandbox: boolean
  /** Those never tried before, or those whose next attempt has come: the latter wait until the former are out. */
  fresh: boolean
  afterId: number
  throughId: number
  limit: number
  now: Date
}

export type Claimer = (claim: Claim) => Promise<Delivery[]>

/** One lane in each statement: the same on one server and on many. `afterId` passes over the dead rows in front of the queue. */
export function createClaimer(db: Db): Claimer {
  const claim = prepare<Omit<Delivery, 'lane' | 'massEmailId' | 'campaignId'>>(db, sql`
    with picked as materialized (
      select id from delivery
       where lane = ${new Slot('lane')}::smallint and mass_email_id = ${new Slot('massEmailId')}::uuid and status = 'pending' and not test
         and id > ${new Slot('afterId')}::bigint and id <= ${new Slot('throughId')}::bigint
         and due_at <= ${new Slot('now')}::timestamptz and (attempts = 0) = ${new Slot('fresh')}::boolean and sandbox = ${new Slot('sandbox')}::boolean
       order by id limit ${new Slot('limit')}::int for update skip locked)
    update delivery d set status = 'sending', sender_id = ${new Slot('senderId')}::bigint, wire_at = null
      from picked where d.lane = ${new Slot('lane')}::smallint and d.id = picked.id
    returning d.id, d.entity_type as "entityType", d.record_id as "recordId", d.email_address as "emailAddress",
              d.attempts, d.first_tried_at as "firstTriedAt"`)
  return async (request) => {
    const { lane, massEmailId, campaignId } = request
    const rows = await claim({ ...request })
    return rows.map((row) => ({ ...row, lane, massEmailId, campaignId })).sort((a, b) => a.id - b.id)
  }
}
