/** Where the database's time goes: statements by the time they took, as the extension pg_stat_statements counts them. */
import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from '../src/platform/db.ts'
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'

/** Before the program starts: the extension has to be there when PostgreSQL does. */
export async function prepareStatistics(dataFolder: string): Promise<void> {
  await using server = await openEmbeddedPostgres(dataFolder)
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`)
  await client.query(`create extension if not exists pg_stat_statements`)
  await client.end()
}

export const forgetStatements = (db: Db) => sql`select pg_stat_statements_reset()`.execute(db)

export async function printSlowest(db: Db, count = 15): Promise<void> {
  const { rows } = await sql<{ seconds: number; calls: number; rows: number; query: string }>`
    select total_exec_time / 1000 as seconds, calls, rows, regexp_replace(query, '\\s+', ' ', 'g') as query
      from pg_stat_statements order by total_exec_time desc limit ${count}`.execute(db)
  console.error('Statements by the time they took:')
  for (const { seconds, calls, rows: found, query } of rows) {
    console.error(`${seconds.toFixed(2).padStart(8)} s ${String(calls).padStart(7)} calls ${String(found).padStart(8)} rows  ${query.slice(0, 140)}`)
  }
}
