/** The time. All processes go by the database's clock, and a jump of this machine's clock changes nothing between two looks. */
import { sql } from 'kysely'
import type { Db } from './db.ts'

export type Clock = () => Date

/** How the process's own clock stands against the database's, for Delivery Health. */
export type DatabaseClock = { clock: Clock; offsetMs(): number; close(): void }

/** Follows the database's clock: looked up every 30 seconds, carried on by a monotonic counter in between. */
export async function followDatabaseClock(db: Db, everyMs = 30_000): Promise<DatabaseClock> {
  let anchor = await look(db)
  const timer = setInterval(() => {
    look(db).then((next) => { anchor = next }, () => {})   // unreachable: the counter carries on
  }, everyMs)
  timer.unref()
  return {
    clock: () => new Date(anchor.databaseMs + (performance.now() - anchor.counterMs)),
    offsetMs: () => Date.now() - (anchor.databaseMs + (performance.now() - anchor.counterMs)),
    close: () => clearInterval(timer),
  }
}

async function look(db: Db) {
  const before = performance.now()
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const after = performance.now()
  return { databaseMs: rows[0]!.now.getTime(), counterMs: (before + after) / 2 }
}
