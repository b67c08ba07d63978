/** Claiming: a sender takes waiting deliveries of one lane for itself. Others pass over what is being taken. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Delivery } from './ledger.ts'
import { prepare, Slot } from './prepared.ts'

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

export type Work = { massEmailId: string; campaignId: string; accountId: string; sandbox: boolean; lane: number; openedThrough: number; fresh: boolean }

/** Where something is due now: for each mass email the lanes with fresh deliveries or, when there are none, those with retries. */
export async function findWork(db: Db, now: Date): Promise<Work[]> {
  const due = (fresh: boolean) => sql<boolean>`exists (
      select from delivery d where d.lane = lanes.lane and d.mass_email_id = m.id and d.status = 'pending' and not d.test
         and d.id <= m.opened_through and d.due_at <= ${now} and (d.attempts = 0) = ${fresh})`
  const { rows } = await sql<Omit<Work, 'fresh'> & { hasFresh: boolean; hasRetries: boolean }>`
    select m.id as mass_email_id, m.campaign_id, m.frozen ->> 'accountId' as account_id, (m.frozen ->> 'sandbox')::boolean as sandbox,
           lanes.lane, m.opened_through, ${due(true)} as has_fresh, ${due(false)} as has_retries
      from mass_email m join campaign c on c.id = m.campaign_id and c.status = 'active' and c.deleted_at is null,
           generate_series(0, 63) as lanes (lane)
     where m.status = 'inProcess' and m.opened_through > 0 and m.deleted_at is null`.execute(db)
  const withFresh = new Set(rows.filter(({ hasFresh }) => hasFresh).map(({ massEmailId }) => massEmailId))
  return rows.filter((row) => (withFresh.has(row.massEmailId) ? row.hasFresh : row.hasRetries))
    .map((row) => ({ ...row, fresh: row.hasFresh }))
}
