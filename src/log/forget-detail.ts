/** Clean Up in the campaign log: what somebody wrote or by what he was recognised goes out of old entries. The entries stay, for figures are counted from them. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { laneCount } from '../platform/lanes.ts'

/** Words of servers and people, and marks of visitors. No figure, no report of people and no rule looks at them. */
const forgotten = ['text', 'reply', 'delayed', 'visitor']

const batch = 5_000

/**
 * Goes on where the last run stopped: an entry that was passed is old, and nothing joins it any more (a notice of delay does so for
 * thirty days, which is the least that can be kept). Each batch is a statement of its own with its place: killed, the next run goes on from there.
 * Answers how many entries were changed.
 */
export async function forgetLogDetail(db: Db, keptSince: Date, signal: AbortSignal): Promise<number> {
  let changed = 0
  for (let lane = 0; lane < laneCount; lane++) changed += await inLane(db, lane, keptSince, signal)
  return changed
}

/** By the primary key, up to the first entry that is kept. */
async function inLane(db: Db, lane: number, keptSince: Date, signal: AbortSignal): Promise<number> {
  let changed = 0
  while (!signal.aborted) {
    const { rows: [step] } = await sql<{ old: number; changed: number }>`
      with part as materialized (
        select id, at, detail from log_entry
         where lane = ${lane} and id > coalesce((select through_id from log_detail_place where lane = ${lane}), 0) order by id limit ${batch}),
      old as materialized (select * from part where id < coalesce((select min(id) from part where at >= ${keptSince}), 9223372036854775807)),
      gone as (
        update log_entry e set detail = e.detail - ${forgotten}::text[]
          from old o where e.lane = ${lane} and e.id = o.id and o.detail ?| ${forgotten}::text[] returning 1),
      place as (
        insert into log_detail_place (lane, through_id) select ${lane}, max(id) from old having count(*) > 0
        on conflict (lane) do update set through_id = excluded.through_id)
      select (select count(*) from old) as old, (select count(*) from gone) as changed`.execute(db)
    changed += step!.changed
    if (step!.old < batch) break
  }
  return changed
}
