/**
 * A deleted team leaves whatever has teams. What a foreign key does for a link, this does for a list of ids, so it goes by the columns
 * that there are: records of every type, also of custom ones, campaigns, target lists, templates, views, and what comes later.
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
  for (const table of await tablesWithTeams(db)) {
    for (;;) {
      const count = await takeOut(db, table, teamId)
      if (count === 0) break
      cleared += count
      await progress(cleared, cleared)
      if (signal.aborted) throw new EndedEarly('stopped', `Stopped after ${cleared}. The others still name the team, which opens nothing.`, { cleared })
    }
  }
  return { cleared }
}

async function tablesWithTeams(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where attname = 'team_ids' and atttypid = 'uuid[]'::regtype and not attisdropped and relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`.execute(db)
  return rows.map(({ name }) => name)
}

/** "<> '{}'" is what the index of teams is made for. */
async function takeOut(db: Db, table: string, teamId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} r set team_ids = array_remove(team_ids, ${teamId}::uuid)
     where id in (select id from ${sql.table(table)} where team_ids <> '{}' and team_ids @> array[${teamId}::uuid] order by id limit ${batchSize} for update)`.execute(db)
  return Number(numAffectedRows ?? 0)
}
