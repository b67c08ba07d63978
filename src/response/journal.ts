/** The journal of visits: many are put in by one statement, and taken out, lane by lane, into the campaign log. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Visit } from './visit.ts'

export async function putInJournal(db: Db, visits: readonly Visit[]): Promise<void> {
  const of = <Value>(value: (visit: Visit) => Value) => visits.map(value)
  await sql`
    insert into visit (lane, delivery_id, kind, tracking_url_id, url, at, machine, visitor_mark)
    select * from unnest(
      ${of(({ lane }) => lane)}::smallint[], ${of(({ deliveryId }) => deliveryId)}::bigint[], ${of(({ kind }) => kind)}::text[],
      ${of(({ trackingUrlId }) => trackingUrlId)}::uuid[], ${of(({ url }) => url)}::text[], ${of(({ at }) => at)}::timestamptz[],
      ${of(({ machine }) => machine)}::boolean[], ${of(({ visitorMark }) => visitorMark)}::text[])`.execute(db)
}

export async function lanesInJournal(db: Db): Promise<number[]> {
  const { rows } = await sql<{ lane: number }>`select distinct lane from visit`.execute(db)
  return rows.map(({ lane }) => lane)
}

/** The oldest visits of a lane, gone from the journal when the caller's transaction commits; another process asking now gets others. */
export async function takeFromJournal(tx: Tx, lane: number, limit: number): Promise<Visit[]> {
  const { rows } = await sql<Visit & { id: number }>`
    delete from visit where lane = ${lane} and id in (select id from visit where lane = ${lane} order by id limit ${limit} for update skip locked)
    returning lane, id, delivery_id, kind, tracking_url_id, url, at, machine, visitor_mark`.execute(tx)
  return rows.sort((a, b) => a.id - b.id)
}
