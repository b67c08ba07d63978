/**
 * What may leave in any sliding time, held by the database for all processes: granted before a delivery is claimed (a hold), turned
 * into a use with the time at which it was settled. Holds and uses of a scope's window together never exceed its limit.
 */
import { sql } from 'kysely'
import type { Clock } from '../platform/clock.ts'
import type { Db, Tx } from '../platform/db.ts'
import { prepareInside, Slot } from '../platform/prepared.ts'
import { allot, type Want } from './allot.ts'
import { allowanceTime } from './allowance-clock.ts'
import { isDomain, type Scope } from './scopes.ts'

/** `granted` as many of each want. `usedUp`: scopes where nothing that is held can come back within the limit; only time gives allowance again. */
export type Grant = { granted: number[]; usedUp: ReadonlySet<string> }

/** Grants to a sender at most what it wants, from all scopes of each want at once: their rows are locked in one order. */
export async function grant(db: Db, clock: Clock, senderId: number, wants: readonly Want[], scopes: readonly Scope[]): Promise<Grant> {
  const at = await allowanceTime(db, clock)
  return db.transaction().execute(async (tx) => {
    await lockScopes(tx, scopes, at)
    const counts = await countsOf(tx, scopes.filter(({ max }) => max !== null))
    const granted = allot(wants, scopes, new Map(counts.map(({ key, max, held, used }) => [key, max - held - used])))
    await addToHolds(tx, senderId, wants, granted, scopes)
    return { granted, usedUp: new Set(counts.filter(({ max, used }) => used >= max).map(({ key }) => key)) }
  })
}

/** Of what was granted to one sender for the same owners: how many left, how many were not needed. */
export type Spent = { owners: readonly string[]; left: number; unused: number }

/** Written before the settlement, so that nothing can be forgotten. Of a sender that was taken over nothing is held any more. */
export async function settleAllowance(db: Db, clock: Clock, senderId: number, spent: readonly Spent[]): Promise<void> {
  await spend(db, await allowanceTime(db, clock), senderId, spent)
}

/** Mail that does not wait for allowance but counts: tests, and what a dead sender may have sent. */
export async function countUses(db: Db, clock: Clock, uses: readonly { owners: readonly string[]; count: number }[]): Promise<void> {
  const spent = uses.filter(({ count }) => count > 0).map(({ owners, count }) => ({ owners, left: count, unused: 0 }))
  if (spent.length === 0) return
  const at = await allowanceTime(db, clock)
  await db.transaction().execute(async (tx) => {
    await lockScopes(tx, [...new Set(spent.flatMap(({ owners }) => owners))].filter((owner) => !isDomain(owner)).map(alwaysCounted), at)
    await spend(tx, at, null, spent)
  })
}

/** The hour of the installation and of an account is counted whether or not there is a limit; a domain's only while there is one. */
const alwaysCounted = (owner: string): Scope => ({ key: owner, owner, windowMs: 3_600_000, bucketMs: 1_000, max: null })

/** What these senders held is free again; what of it may have left has been counted before. */
export const dropHolds = (db: Db, senderIds: readonly number[]) => sql`delete from allowance_hold where sender_id = any(${senderIds}::bigint[])`.execute(db)

/** Senders that are gone and still hold something. */
export async function holdersWithoutLease(db: Db): Promise<number[]> {
  const { rows } = await sql<{ senderId: number }>`
    select distinct sender_id from allowance_hold h where not exists (select from sender s where s.id = h.sender_id)`.execute(db)
  return rows.map(({ senderId }) => senderId)
}

/** Uses long out of their window, and scopes that nobody asked about for days. */
export async function forgetOldUses(db: Db, clock: Clock): Promise<void> {
  const at = await allowanceTime(db, clock)
  await sql`
    delete from allowance_use u using allowance a
     where a.scope = u.scope and u.since < ${at}::timestamptz - (2 * a.window_ms + 2 * a.bucket_ms) * interval '1 millisecond'`.execute(db)
  await sql`
    delete from allowance a
     where last_at < ${at}::timestamptz - interval '3 days' and not exists (select from allowance_hold h where h.scope = a.scope)
       and not exists (select from allowance_use u where u.scope = a.scope)`.execute(db)
}

const lock = prepareInside(sql`
    insert into allowance as known (scope, owner, window_ms, bucket_ms, last_at)
    select key, owner, window_ms, bucket_ms, ${new Slot('at')}::timestamptz from unnest(
      ${new Slot('keys')}::text[], ${new Slot('owners')}::text[], ${new Slot('windowsMs')}::bigint[], ${new Slot('bucketsMs')}::int[])
      as given (key, owner, window_ms, bucket_ms) order by key
    on conflict (scope) do update
       set last_at = greatest(known.last_at, excluded.last_at), window_ms = excluded.window_ms, bucket_ms = excluded.bucket_ms`)

/** Locks them in the order of their keys. Each remembers the latest time it has seen: a time that goes back gives no allowance. */
export async function lockScopes(tx: Tx, scopes: readonly Scope[], at: Date): Promise<void> {
  const of = <Value>(value: (scope: Scope) => Value) => scopes.map(value)
  await lock(tx, { at, keys: of(({ key }) => key), owners: of(({ owner }) => owner), windowsMs: of(({ windowMs }) => windowMs), bucketsMs: of(({ bucketMs }) => bucketMs) })
}

export type Counts = { key: string; max: number; held: number; used: number }

const inWindow = sql<boolean>`u.scope = a.scope and a.window_ms > 0 and u.since > a.last_at - (a.window_ms + a.bucket_ms) * interval '1 millisecond'`

async function countsOf(tx: Tx, limited: readonly Scope[]): Promise<Counts[]> {
  if (limited.length === 0) return []
  const { rows } = await sql<Counts>`
    select a.scope as key, given.max,
           coalesce((select sum(h.count) from allowance_hold h where h.scope = a.scope), 0)::bigint as held,
           coalesce((select sum(u.count) from allowance_use u where ${inWindow}), 0)::bigint as used
      from unnest(${limited.map(({ key }) => key)}::text[], ${limited.map(({ max }) => max)}::bigint[]) as given (key, max)
      join allowance a on a.scope = given.key`.execute(tx)
  return rows
}

async function addToHolds(tx: Tx, senderId: number, wants: readonly Want[], granted: readonly number[], scopes: readonly Scope[]): Promise<void> {
  const sums = scopes.map(({ key, owner }) => ({ key, count: wants.reduce((sum, { owners }, index) => sum + (owners.includes(owner) ? granted[index]! : 0), 0) }))
    .filter(({ count }) => count > 0)
  if (sums.length > 0) await hold(tx, { senderId, keys: sums.map(({ key }) => key), counts: sums.map(({ count }) => count) })
}

const hold = prepareInside(sql`
    insert into allowance_hold as known (scope, sender_id, count)
    select key, ${new Slot('senderId')}::bigint, count from unnest(${new Slot('keys')}::text[], ${new Slot('counts')}::int[]) as given (key, count)
    on conflict (scope, sender_id) do update set count = known.count + excluded.count`)

/** One statement for all scopes of all owners: what was held is let go, what left is a use at this time. */
async function spend(db: Db, at: Date, senderId: number | null, spent: readonly Spent[]): Promise<void> {
  const sums = [...sumByOwner(spent)]
  if (sums.length === 0) return
  await sql`
    with given as materialized (
      select * from unnest(${sums.map(([owner]) => owner)}::text[], ${sums.map(([, { left }]) => left)}::int[], ${sums.map(([, { unused }]) => unused)}::int[]) as g (owner, gone, unused)),
    locked as materialized (
      select scope, owner, bucket_ms, last_at from allowance where owner = any(${sums.map(([owner]) => owner)}::text[]) order by scope for update),
    let_go as (
      update allowance_hold h set count = greatest(0, h.count - given.gone - given.unused)
        from locked join given using (owner) where h.scope = locked.scope and h.sender_id = ${senderId}::bigint)
    insert into allowance_use as known (scope, since, count)
    select scope, date_bin(bucket_ms * interval '1 millisecond', greatest(last_at, ${at}::timestamptz), 'epoch'), gone
      from locked join given using (owner) where gone > 0
    on conflict (scope, since) do update set count = known.count + excluded.count`.execute(db)
}

function sumByOwner(spent: readonly Spent[]): Map<string, { left: number; unused: number }> {
  const sums = new Map<string, { left: number; unused: number }>()
  for (const { owners, left, unused } of spent) {
    for (const owner of left + unused > 0 ? owners : []) {
      const sum = sums.get(owner) ?? { left: 0, unused: 0 }
      sums.set(owner, { left: sum.left + left, unused: sum.unused + unused })
    }
  }
  return sums
}
