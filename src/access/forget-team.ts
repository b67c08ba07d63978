/**
 * A deleted team leaves whatever has teams. What a foreign key does for a link, this does for a list of ids, so it goes by the columns
 * that there are: records of every type, also of custom ones, campaigns, target lists, templates, reports, forms, views, and what comes later.
 */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { EndedEarly, type TaskContext } from '../platform/task.ts'

const batchSize = 5_000

/**
 * The background task of the kind `forgetTeam`. No version counts up by it: nobody changed these rows, and what was open in a form or
 * may be undone stays so. May be begun again.
 */
export async function forgetTeam({ db, signal, progress }: TaskContext, { teamId }: { teamId: string }): Promise<{ cleared: number }> {
  let cleared = 0
  for (const place of await placesOfTeams(db)) {
    for (;;) {
      const count = await takeOut(db, place, teamId)
      if (count === 0) break
      cleared += count
      await progress(cleared, cleared)
      if (signal.aborted) throw new EndedEarly('stopped', `Stopped after ${cleared}. The others still name the team, which opens nothing.`, { cleared })
    }
  }
  return { cleared }
}

type Place = { table: string; column: string }

/** What something gives to others (`lead_team_ids` of a form) counts as what it has. */
async function placesOfTeams(db: Db): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select relname as table, attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where attname ~ '(^|_)team_ids$' and atttypid = 'uuid[]'::regtype and not attisdropped and relkind = 'r' and relnamespace = 'public'::regnamespace order by 1, 2`.execute(db)
  return rows
}

/** "<> '{}'" is what the index of teams is made for. */
async function takeOut(db: Db, { table, column }: Place, teamId: string): Promise<number> {
  const teams = sql.id(column)
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} r set ${teams} = array_remove(${teams}, ${teamId}::uuid)
     where id in (select id from ${sql.table(table)} where ${teams} <> '{}' and ${teams} @> array[${teamId}::uuid] order by id limit ${batchSize} for update)`.execute(db)
  return Number(numAffectedRows ?? 0)
}
