/**
 * Connections to an account, divided among all senders: together never more than the account may have. What a sender has open is held in
 * the database; it opens more only when the others have closed theirs.
 */
import { sql } from 'kysely'
import type { Clock } from '../platform/clock.ts'
import type { Db, Tx } from '../platform/db.ts'
import { lockScopes } from './allowance.ts'
import { allowanceTime } from './allowance-clock.ts'
import type { Scope } from './scopes.ts'

/** What is left of a lease at least while its sender is alive: of one that is silent for longer the connections are closed with it. */
type Alive = { aliveMs: number }

/** `open`: as many as this sender may have open at this moment, those on their way out included. */
export type Ask = { accountId: string; max: number; open: number }

/** By account: how many this sender may have. While it has more open than that, all of them count. */
export async function shareConnections(db: Db, clock: Clock, senderId: number, asks: readonly Ask[], { aliveMs }: Alive): Promise<Map<string, number>> {
  const at = await allowanceTime(db, clock)
  return db.transaction().execute(async (tx) => {
    await lockScopes(tx, asks.map(scopeOf), at)
    const { rank, senders } = await placeAmongSenders(tx, senderId, aliveMs)
    const others = await heldByOthers(tx, senderId, asks, aliveMs)
    const shares = asks.map((ask) => Math.max(0, Math.min(fairPart(ask.max, rank, senders), ask.max - (others.get(scopeOf(ask).key) ?? 0))))
    await sql`
      insert into allowance_hold (scope, sender_id, count)
      select key, ${senderId}::bigint, count
        from unnest(${asks.map((ask) => scopeOf(ask).key)}::text[], ${asks.map(({ open }, index) => Math.max(open, shares[index]!))}::int[]) as given (key, count)
      on conflict (scope, sender_id) do update set count = excluded.count`.execute(tx)
    return new Map(asks.map(({ accountId }, index) => [accountId, shares[index]!]))
  })
}

/** The first ones get what is left over by dividing. */
export const fairPart = (max: number, rank: number, senders: number): number => Math.floor(max / senders) + (rank < max % senders ? 1 : 0)

/** An owner of its own: what is settled for the account must not let go of connections. */
const scopeOf = ({ accountId, max }: Ask): Scope => ({ key: `connections:${accountId}`, owner: `connections:${accountId}`, windowMs: 0, bucketMs: 1, max })

const isAlive = (aliveMs: number) => sql<boolean>`s.lease_until > clock_timestamp() + ${aliveMs} * interval '1 millisecond'`

/** Lower numbers came first. */
async function placeAmongSenders(tx: Tx, senderId: number, aliveMs: number): Promise<{ rank: number; senders: number }> {
  const { rows } = await sql<{ rank: number; senders: number }>`
    select count(*) filter (where s.id < ${senderId}) as rank, count(*) + 1 as senders from sender s where s.id <> ${senderId} and ${isAlive(aliveMs)}`.execute(tx)
  return rows[0]!
}

async function heldByOthers(tx: Tx, senderId: number, asks: readonly Ask[], aliveMs: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ scope: string; count: number }>`
    select scope, sum(count)::bigint as count from allowance_hold h join sender s on s.id = h.sender_id and ${isAlive(aliveMs)}
     where scope = any(${asks.map((ask) => scopeOf(ask).key)}::text[]) and h.sender_id <> ${senderId} group by scope`.execute(tx)
  return new Map(rows.map(({ scope, count }) => [scope, count]))
}
