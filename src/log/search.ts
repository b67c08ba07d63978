/** Text search in the campaign log: by the person, as the lists of records find him, and by the address that was mailed. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { ListContext } from '../listing/listable.ts'
import { conditionOf } from '../listing/query.ts'
import type { Db } from '../platform/db.ts'
import { entityTypes } from '../records/entity-types.ts'
import { readableList } from '../records/record-list.ts'
import { loggedInAll } from './logged.ts'
import { overTypes } from './record-tables.ts'

/** Fewer records than this are named in the statement: PostgreSQL then goes to their entries, instead of through the log looking for them. */
const fewRecords = 1_000
/** A log this long is not read through for a part of an address; the whole address is found in any. */
const shortLog = 50_000

/** `e` is the log entry. */
export async function foundBy(db: Db, actor: Actor, campaignId: string, q: string, context: ListContext): Promise<RawBuilder<boolean>> {
  const records = recordsFound(actor, q, context)
  const { rows } = await sql<{ id: string }>`select id from (${records}) found (id) limit ${fewRecords + 1}`.execute(db)
  const people = rows.length > fewRecords ? sql`e.record_id in (${records})` : sql`e.record_id = any(${rows.map(({ id }) => id)}::uuid[])`
  const isShort = (await loggedInAll(db, campaignId, {}) ?? 0) <= shortLog
  const address = isShort ? conditionOf(byAddress, { q }, context) : await mailedTo(db, campaignId, q.trim())
  return sql<boolean>`(${people} or ${address})`
}

const recordsFound = (actor: Actor, q: string, context: ListContext) => overTypes(entityTypes(), (type) => {
  const listable = readableList(type, actor)
  return sql`select ${listable.id} from ${listable.plain ?? listable.from} where ${conditionOf(listable, { q }, context)}`
})

const byAddress = { from: sql`log_entry e`, id: sql`e.id`, columns: {}, search: [sql`e.email_address`], defaultSort: 'id' }

/** Through the ledger, which has an index by address in its lane; named one by one, so that PostgreSQL goes straight to their entries. */
async function mailedTo(db: Db, campaignId: string, address: string): Promise<RawBuilder<boolean>> {
  const { rows } = address.includes('@') ? await sql<{ lane: number; id: number }>`
    select d.lane, d.id from mass_email m join delivery d on d.mass_email_id = m.id and d.lane = lane_of(lower(${address})) and d.email_key = lower(${address}) and not d.test
     where m.campaign_id = ${campaignId}::uuid limit ${fewRecords}`.execute(db) : { rows: [] }
  return rows.length === 0 ? sql<boolean>`false` : sql<boolean>`(e.lane = ${rows[0]!.lane} and e.delivery_id = any(${rows.map(({ id }) => id)}::bigint[]))`
}
