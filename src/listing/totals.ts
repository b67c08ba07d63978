/** How many a condition finds: counted up to a bound, above it PostgreSQL's estimate, which is said to be one. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { readWithin, tooLate } from './deadline.ts'
import type { Listable } from './listable.ts'

export type Total = { total: number; totalIsEstimate: boolean }

/** Totals are exact up to here. */
const countedExactly = 100_000
/** An estimate this far above is not checked by counting: it would have to be wrong by as much. */
const surelyMore = 4 * countedExactly
/** Counting up to the bound takes longer than this only where no index helps. */
const countingMs = 3_000

/** Of a large table PostgreSQL is asked for its estimate first: often there is no need to count. */
export async function totalOf(db: Db, listable: Listable, where: RawBuilder<boolean>): Promise<Total> {
  if (!listable.large) return counted(await countRows(db, listable, where), () => estimateRows(db, listable, where))
  const estimate = await estimateRows(db, listable, where)
  if (estimate > surelyMore) return { total: rounded(estimate), totalIsEstimate: true }
  const count = await readWithin(db, countingMs, (reading) => countRows(reading, listable, where))
  return count === tooLate ? { total: rounded(estimate), totalIsEstimate: true } : counted(count, async () => estimate)
}

async function counted(count: number, estimated: () => Promise<number>): Promise<Total> {
  if (count <= countedExactly) return { total: count, totalIsEstimate: false }
  return { total: Math.max(count, rounded(await estimated())), totalIsEstimate: true }
}

async function countRows(db: Db, { from }: Listable, where: RawBuilder<boolean>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 from ${from} where ${where} limit ${countedExactly + 1}) as counted`.execute(db)
  return rows[0]!.count
}

type Explained = [{ Plan: { 'Plan Rows': number } }]

async function estimateRows(db: Db, { from }: Listable, where: RawBuilder<boolean>): Promise<number> {
  const plan = await sql<Record<string, Explained>>`explain (format json) select 1 from ${from} where ${where}`.execute(db)
  const [explained] = Object.values(plan.rows[0]!) as [Explained]
  return explained[0].Plan['Plan Rows']
}

/** Three digits: an estimate does not know more. */
const rounded = (estimate: number) => Number(estimate.toPrecision(3))
