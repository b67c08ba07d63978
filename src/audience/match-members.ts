/** Makes a target list what a SELECT of people says, in one statement: who is missing joins, who is not in it leaves. Opt-outs lie apart and stay. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { inBulk } from './bulk.ts'

export type Matching = {
  targetListId: string
  addedBy: string | null
  /** Who goes when the SELECT does not name them: nobody, those whom a report brought, or whoever it is. */
  leaves: 'nobody' | 'fromReports' | 'everybody'
  /** Nothing is changed when more than half of the list would leave. */
  mayHalve: boolean
}
export type Matched = { held: boolean; added: number; removed: number; leaving: number; before: number }

/**
 * `people` is a SELECT of (entity_type, record_id) of records that exist. Who left is taken out after the others joined: two who add wait for
 * each other in one order only. Somebody picked by hand in this very moment stays, because the source is asked again where the row goes.
 */
export async function matchMembers(tx: Tx, { targetListId, addedBy, leaves, mayHalve }: Matching, people: RawBuilder<unknown>, now: Date): Promise<Matched> {
  const mayLeave = { nobody: sql`false`, fromReports: sql`m.source = 'report'`, everybody: sql`true` }[leaves]
  const { rows } = await inBulk(tx, () => sql<Matched>`
    with wanted as materialized (select distinct entity_type, record_id from (${people}) p),
    here as (select count(*) as count from target_list_member m where m.target_list_id = ${targetListId}::uuid),
    leaving as materialized (
      select m.entity_type, m.record_id from target_list_member m
       where m.target_list_id = ${targetListId}::uuid and ${mayLeave}
         and not exists (select from wanted w where w.entity_type = m.entity_type and w.record_id = m.record_id)),
    hold as materialized (select not ${mayHalve}::boolean and 2 * (select count(*) from leaving) > (select count from here) as held),
    added as (
      insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at)
      select ${targetListId}::uuid, w.entity_type, w.record_id, 'report', ${addedBy}::uuid, ${now}::timestamptz from wanted w, hold where not hold.held
       order by w.entity_type, w.record_id
          on conflict do nothing returning 1),
    removed as (
      delete from target_list_member m using leaving l, hold
       where not hold.held and m.target_list_id = ${targetListId}::uuid and m.entity_type = l.entity_type and m.record_id = l.record_id and ${mayLeave}
      returning 1)
    select (select held from hold) as held, (select count(*) from added) as added, (select count(*) from removed) as removed,
           (select count(*) from leaving) as leaving, (select count from here) as before`.execute(tx))
  return rows[0]!
}
