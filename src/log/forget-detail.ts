/** Clean Up in the campaign log: what somebody wrote or by what he was recognised goes out of old entries. The entries stay, for figures are counted from them. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

/** Words of servers and people, and marks of visitors. No figure, no report of people and no rule looks at them. */
const forgotten = ['text', 'reply', 'delayed', 'visitor']

const lanes = 64
const batch = 5_000

/** Each batch is a transaction of its own: killed, the next run begins again and finds less. Answers how many entries were changed. */
export async function forgetLogDetail(db: Db, keptSince: Date): Promise<number> {
  let changed = 0
  for (let lane = 0; lane < lanes; lane++) changed += await inLane(db, lane, keptSince)
  return changed
}

/** By the primary key from one end to the other, so that what was looked at is not looked at again. */
async function inLane(db: Db, lane: number, keptSince: Date): Promise<number> {
  let changed = 0
  for (let after = 0; ;) {
    const { rows: [step] } = await sql<{ last: number | null; changed: number }>`
      with part as materialized (select id, at, detail from log_entry where lane = ${lane} and id > ${after} order by id limit ${batch}),
      gone as (
        update log_entry e set detail = e.detail - ${forgotten}::text[]
          from part p where e.lane = ${lane} and e.id = p.id and p.at < ${keptSince} and p.detail ?| ${forgotten}::text[] returning 1)
      select (select max(id) from part) as last, (select count(*) from gone) as changed`.execute(db)
    changed += step!.changed
    if (step!.last === null) return changed
    after = step!.last
  }
}
