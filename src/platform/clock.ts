/** The time. All processes go by the database's clock, and a jump of this machine's clock changes nothing between two looks. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Db } from './db.ts'

/** Tells the time. `steady` runs on evenly whatever is done to any clock; without it (a clock moved by hand) the time itself is believed. */
export type Clock = (() => Date) & { readonly steady?: Steady }

/** Milliseconds since the machine was started, the same for all its processes; `boot` names that start. */
export type Steady = { boot: string; ms(): number }

/** How the process's own clock stands against the database's, for Delivery Health. */
export type DatabaseClock = { clock: Clock; offsetMs(): number; close(): void }

/** Follows the database's clock: looked up every 30 seconds, carried on by a monotonic counter in between. */
export async function followDatabaseClock(db: Db, everyMs = 30_000): Promise<DatabaseClock> {
  let anchor = await look(db)
  const timer = setInterval(() => {
    look(db).then((next) => { anchor = next }, () => {})   // unreachable: the counter carries on
  }, everyMs)
  timer.unref()
  const databaseMs = () => anchor.databaseMs + (performance.now() - anchor.counterMs)
  return {
    clock: Object.assign(() => new Date(databaseMs()), { steady: machineCounter() }),
    offsetMs: () => Date.now() - databaseMs(),
    close: () => clearInterval(timer),
  }
}

/** Where the start has no name (not Linux), it is that of this process: then only its own life is covered. */
function machineCounter(): Steady {
  return { boot: bootName(), ms: () => Number(process.hrtime.bigint() / 1_000n) / 1_000 }
}

function bootName(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return randomUUID()
  }
}

async function look(db: Db) {
  const before = performance.now()
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const after = performance.now()
  return { databaseMs: rows[0]!.now.getTime(), counterMs: (before + after) / 2 }
}
