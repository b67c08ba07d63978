/**
 * What may be sent in any sliding hour, held by the database for all processes: granted before a delivery is claimed (a hold),
 * turned into a use with the second in which it was settled. Holds and uses of the last hour together never exceed the limit.
 */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

/** One allowance for the whole installation; accounts and domains will have their own. */
const scope = 'instance'

// A use counts by whole seconds, so it is kept one second longer than the hour.
const hourSeconds = 3_601

/** `isUsedUp`: nothing that is still held can come back within the limit; only time gives allowance again. */
export type Grant = { granted: number; isUsedUp: boolean }

/** Grants at most `wanted` to a sender, fewer or none when the hour is used up. `limit` null: no limit, but still counted. */
export function grant(db: Db, senderId: number, wanted: number, limit: number | null, now: Date): Promise<Grant> {
  return db.transaction().execute(async (tx) => {
    const at = await lockAllowance(tx, now)
    const { held, used } = await countsAt(tx, at)
    const granted = limit === null ? wanted : Math.max(0, Math.min(wanted, limit - held - used))
    if (granted > 0) await addToHold(tx, senderId, granted)
    return { granted, isUsedUp: limit !== null && used >= limit }
  })
}

/** `left` of the granted ones went out now; `unused` were not needed. Written before the settlement, so that nothing can be forgotten. */
export async function settleAllowance(db: Db, senderId: number, { left, unused }: { left: number; unused: number }, now: Date): Promise<void> {
  if (left + unused === 0) return
  await db.transaction().execute(async (tx) => {
    const at = await lockAllowance(tx, now)
    await takeFromHold(tx, senderId, left + unused)
    await addUse(tx, left, at)
  })
}

/** Mail that does not wait for allowance but counts: tests, and what a dead sender may have sent. */
export async function countUse(db: Db, count: number, now: Date): Promise<void> {
  if (count === 0) return
  await db.transaction().execute(async (tx) => addUse(tx, count, await lockAllowance(tx, now)))
}

/** What dead senders held is free again; what of it may have left has been counted before. */
export const dropHolds = (db: Db, senderId?: number) =>
  sql`delete from allowance_hold where ${senderId === undefined ? sql`sender_id not in (select id from sender)` : sql`sender_id = ${senderId}`}`.execute(db)

export const forgetOldUses = (db: Db, now: Date) =>
  sql`delete from allowance_use where since < ${new Date(now.getTime() - 2 * 3_600_000)}`.execute(db)

export type Portion = { limit: number | null; used: number; /** When there is allowance again; null when there is some now. */ freeAt: Date | null }

export async function readPortion(db: Db, limit: number | null, now: Date): Promise<Portion> {
  const counts = await countsAt(db, now)
  const used = counts.held + counts.used
  return { limit, used, freeAt: limit === null || used < limit ? null : await freeAt(db, used - limit, now) }
}

/** When enough of the oldest uses are an hour old that one more may be sent. */
async function freeAt(db: Db, over: number, now: Date): Promise<Date> {
  const { rows } = await sql<{ since: Date }>`
    select since from (
      select since, sum(count) over (order by since) as freed from allowance_use
       where scope = ${scope} and since > ${hourBefore(now)}) running
     where freed > ${over} order by since limit 1`.execute(db)
  // Nothing but holds: they are settled or given back within moments.
  return rows[0] ? new Date(rows[0].since.getTime() + hourSeconds * 1000) : now
}

/** Locks the scope. Answers the latest time it has seen: a clock that goes back gives no allowance. */
async function lockAllowance(tx: Tx, now: Date): Promise<Date> {
  const { rows } = await sql<{ lastAt: Date }>`
    insert into allowance as known (scope, owner, window_ms, bucket_ms, last_at) values (${scope}, ${scope}, 3600000, 1000, ${now})
    on conflict (scope) do update set last_at = greatest(known.last_at, excluded.last_at) returning last_at`.execute(tx)
  return rows[0]!.lastAt
}

async function countsAt(db: Db, at: Date): Promise<{ held: number; used: number }> {
  const { rows } = await sql<{ held: number; used: number }>`
    select coalesce((select sum(count) from allowance_hold where scope = ${scope}), 0)::bigint as held,
           coalesce((select sum(count) from allowance_use where scope = ${scope} and since > ${hourBefore(at)}), 0)::bigint as used`.execute(db)
  return rows[0]!
}

const hourBefore = (at: Date) => new Date(at.getTime() - hourSeconds * 1000)

const addToHold = (tx: Tx, senderId: number, count: number) => sql`
    insert into allowance_hold as known (scope, sender_id, count) values (${scope}, ${senderId}, ${count})
    on conflict (scope, sender_id) do update set count = known.count + excluded.count`.execute(tx)

/** Of a sender that was taken over nothing is held any more: there is nothing to take from. */
const takeFromHold = (tx: Tx, senderId: number, count: number) => sql`
    update allowance_hold set count = greatest(0, count - ${count}::int) where scope = ${scope} and sender_id = ${senderId}`.execute(tx)

async function addUse(tx: Tx, count: number, at: Date): Promise<void> {
  if (count === 0) return
  await sql`
    insert into allowance_use as known (scope, since, count) values (${scope}, date_trunc('second', ${at}::timestamptz), ${count})
    on conflict (scope, since) do update set count = known.count + excluded.count`.execute(tx)
}
