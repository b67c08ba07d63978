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
 * `people` is a SELECT of (entity_type, record_id) of records that exist. How many it finds nobody knows before: a full join of it with the members
 * is hashed or merged in any case, where "not exists" went through all people for each member when few were expected.
 * Who left is taken out after the others joined: two who add wait for each other in one order only. Somebody picked by hand in this very
 * moment stays, because the source is asked again where the row goes.
 */
export async function matchMembers(tx: Tx, { targetListId, addedBy, leaves, mayHalve }: Matching, people: RawBuilder<unknown>, now: Date): Promise<Matched> {
  const mayLeave = { nobody: sql`false`, fromReports: sql`m.source = 'report'`, everybody: sql`true` }[leaves]
  const { rows } = await inBulk(tx, () => sql<Matched>`
    with wanted as materialized (select distinct entity_type, record_id from (${people}) p),
    matched as materialized (
      select coalesce(w.entity_type, m.entity_type) as entity_type, coalesce(w.record_id, m.record_id) as record_id,
             w.record_id is not null as is_wanted, m.record_id is not null as is_here, m.source
        from wanted w
        full join (select entity_type, record_id, source from target_list_member where target_list_id = ${targetListId}::uuid) m
          on m.entity_type = w.entity_type and m.record_id = w.record_id),
    leaving as materialized (select m.entity_type, m.record_id from matched m where not m.is_wanted and ${mayLeave}),
    hold as materialized (select not ${mayHalve}::boolean and 2 * (select count(*) from leaving) > (select count(*) from matched where is_here) as held),
    added as (
      insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at)
      select ${targetListId}::uuid, w.entity_type, w.record_id, 'report', ${addedBy}::uuid, ${now}::timestamptz from matched w, hold where not w.is_here and not hold.held
       order by w.entity_type, w.record_id
          on conflict do nothing returning 1),
    removed as (
      delete from target_list_member m using leaving l, hold
       where not hold.held and m.target_list_id = ${targetListId}::uuid and m.entity_type = l.entity_type and m.record_id = l.record_id and ${mayLeave}
      returning 1)
    select (select held from hold) as held, (select count(*) from added) as added, (select count(*) from removed) as removed,
           (select count(*) from leaving) as leaving, (select count(*) from matched where is_here) as before`.execute(tx))
  return rows[0]!
}
