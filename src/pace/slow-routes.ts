/**
 * Routes (an account, a domain) whose server asks for patience: 421 or 45x. Such a route is halved again and again while it goes on, and
 * doubled once all is well, until it is at its old pace. The state lies in the database: all sender processes slow down together.
 */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

/** What a route answered lately: how many it took, how many it put off, and its last words. */
export type Answers = { taken: number; putOff: number; lastWords: string }

/** A few may have reasons of their own; this many, or this part of all, mean the route. */
const fewest = 10
const part = 0.25

/** RFC 5321 4.2.2, 4.2.3: 421 closes the service, 450 to 455 put a mail off. */
export const asksForPatience = (reply: string | null): boolean => reply !== null && /^4(21|5[0-5])\b/.test(reply)

export const isSlowing = ({ taken, putOff }: Answers): boolean => putOff >= fewest && putOff >= part * (taken + putOff)

const throttled = /^421|too (many|fast|much)|rate|throttl|limit|4\.7\.28|4\.4\.5/i
const slowestPerMinute = 6

/**
 * Where it ends: a server that says "too much" means it. One that only puts mail off may do so with each recipient once (greylisting):
 * waiting longer between them changes nothing, so it is not slowed down much.
 */
export function floorPerMinute(fullPerMinute: number, lastWords: string): number {
  return throttled.test(lastWords) && !/gr[ae]y/i.test(lastWords) ? slowestPerMinute : Math.max(slowestPerMinute, Math.ceil(fullPerMinute / 8))
}

/** Long enough that the last halving shows. */
const betweenHalvingsMs = 10_000
const untilDoublingMs = 30_000

/** `perMinute`: how fast it went until now, by all senders. */
export async function slowDown(db: Db, route: string, perMinute: number, { lastWords }: Answers, now: Date): Promise<void> {
  const full = Math.max(slowestPerMinute, Math.ceil(perMinute))
  const halved = (of: number) => Math.max(floorPerMinute(full, lastWords), Math.floor(of / 2))
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ perMinute: number; fullPerMinute: number; changedAt: Date }>`
      insert into slow_route as known (route, per_minute, full_per_minute, told_at, changed_at, reason)
      values (${route}, ${halved(full)}, ${full}, ${now}, ${now}, ${lastWords})
      on conflict (route) do update set told_at = excluded.told_at, reason = excluded.reason returning per_minute, full_per_minute, changed_at`.execute(tx)
    const known = rows[0]!
    if (now.getTime() - known.changedAt.getTime() < betweenHalvingsMs) return
    const next = Math.min(known.perMinute, Math.max(floorPerMinute(known.fullPerMinute, lastWords), Math.floor(known.perMinute / 2)))
    await sql`update slow_route set per_minute = ${next}, changed_at = ${now} where route = ${route}`.execute(tx)
  })
}

/** Nothing was said for a while: twice as fast, and free again at the old pace. */
export async function recoverRoutes(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - untilDoublingMs)
  await sql`delete from slow_route where told_at < ${before} and changed_at < ${before} and per_minute * 2 >= full_per_minute`.execute(db)
  await sql`update slow_route set per_minute = per_minute * 2, changed_at = ${now} where told_at < ${before} and changed_at < ${before}`.execute(db)
}

/** By route: what it may have in a minute. */
export async function readSlowRoutes(db: Db): Promise<Map<string, number>> {
  const rows = await db.selectFrom('slowRoute').select(['route', 'perMinute']).execute()
  return new Map(rows.map(({ route, perMinute }) => [route, perMinute]))
}
