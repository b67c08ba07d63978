/**
 * The time by which allowances are counted. It goes on with the machine's counter, so no jump of a clock, forward or back, gives
 * allowance or takes it. Only with a new start of the machine the clock is believed, and then never a time before the last one.
 */
import { sql } from 'kysely'
import type { Clock, Steady } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'

export async function allowanceTime(db: Db, clock: Clock): Promise<Date> {
  if (!clock.steady) return clock()
  return new Date(await zeroOf(db, clock, clock.steady) + clock.steady.ms())
}

/** The same moment as people's clocks show it. */
export async function asShown(db: Db, clock: Clock, at: Date): Promise<Date> {
  return new Date(at.getTime() + clock().getTime() - (await allowanceTime(db, clock)).getTime())
}

/** A start never changes, so it is asked for once in a process. */
const known = new WeakMap<Db, { boot: string; zeroMs: number }>()

async function zeroOf(db: Db, clock: Clock, steady: Steady): Promise<number> {
  const found = known.get(db)
  if (found?.boot === steady.boot) return found.zeroMs
  const zeroMs = await readOrMakeZero(db, clock, steady)
  known.set(db, { boot: steady.boot, zeroMs })
  return zeroMs
}

async function readOrMakeZero(db: Db, clock: Clock, { boot, ms }: Steady): Promise<number> {
  const { rows } = await sql<{ zeroAt: Date }>`
    insert into allowance_clock as known (boot, zero_at)
    select ${boot}, greatest(${clock()}::timestamptz, (select max(last_at) from allowance), (select max(since) from allowance_use)) - ${ms()} * interval '1 millisecond'
    on conflict (boot) do update set boot = known.boot returning zero_at`.execute(db)
  return rows[0]!.zeroAt.getTime()
}
