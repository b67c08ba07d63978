/** What is left of a limit now, and when there is more: for pages, and for those who have to wait. Asks without a lock. */
import { sql } from 'kysely'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'
import { allowanceTime, asShown } from './allowance-clock.ts'
import { instanceScopes, type Scope } from './scopes.ts'

export type Use = { scope: Scope; used: number; /** When there is allowance again; null when there is some now. */ freeAt: Date | null }

/** How far these scopes are used, holds included. */
export async function readUses(db: Db, clock: Clock, scopes: readonly Scope[]): Promise<Use[]> {
  const at = await allowanceTime(db, clock)
  const { rows } = await sql<{ key: string; used: number; freeAt: Date | null }>`
    select given.key, counted.used, freed.at as free_at
      from unnest(${scopes.map(({ key }) => key)}::text[], ${scopes.map(({ windowMs }) => windowMs)}::bigint[], ${scopes.map(({ bucketMs }) => bucketMs)}::bigint[],
                  ${scopes.map(({ max }) => max)}::bigint[]) as given (key, window_ms, bucket_ms, max)
      cross join lateral (
        select coalesce((select last_at from allowance a where a.scope = given.key), ${at}) as last_at) seen
      cross join lateral (
        select greatest(${at}::timestamptz, seen.last_at) - (window_ms + bucket_ms) * interval '1 millisecond' as after) since_when
      cross join lateral (
        select (coalesce((select sum(count) from allowance_hold h where h.scope = given.key), 0)
              + coalesce((select sum(count) from allowance_use u where u.scope = given.key and window_ms > 0 and u.since > since_when.after), 0))::bigint as used) counted
      left join lateral (
        select running.since + (window_ms + bucket_ms) * interval '1 millisecond' as at from (
          select u.since, sum(u.count) over (order by u.since) as freed from allowance_use u where u.scope = given.key and u.since > since_when.after) running
         where counted.used >= given.max and running.freed > counted.used - given.max order by running.since limit 1) freed on true`.execute(db)
  return Promise.all(rows.map(async ({ key, used, freeAt }) => {
    const scope = scopes.find((each) => each.key === key)!
    if (scope.max === null || used < scope.max) return { scope, used, freeAt: null }
    // Nothing but holds: they are settled or given back within moments.
    return { scope, used, freeAt: freeAt ? await asShown(db, clock, freeAt) : new Date(clock().getTime() + Math.max(scope.windowMs, 1_000)) }
  }))
}

export type Portion = { limit: number | null; used: number; freeAt: Date | null }

/** The portion of the installation: what may leave in an hour. */
export async function readPortion(db: Db, clock: Clock, settings: Pick<OutboundEmailSettings, 'maxPerHour' | 'spread'>): Promise<Portion> {
  const [hour] = await readUses(db, clock, instanceScopes(settings).slice(0, 1))
  return { limit: hour!.scope.max, used: hour!.used, freeAt: hour!.freeAt }
}

/** By scope: what was used of it within its window, by the minute; what is held counts as leaving now. */
export async function readUseHistory(db: Db, clock: Clock, scopes: readonly Scope[]): Promise<Map<string, { at: number; count: number }[]>> {
  const at = await allowanceTime(db, clock)
  const behindMs = clock().getTime() - at.getTime()
  const { rows } = await sql<{ key: string; at: Date; count: number }>`
    select given.key, max(u.since) as at, sum(u.count)::bigint as count
      from unnest(${scopes.map(({ key }) => key)}::text[], ${scopes.map(({ windowMs }) => windowMs)}::bigint[]) as given (key, window_ms)
      join allowance_use u on u.scope = given.key and u.since > ${at}::timestamptz - window_ms * interval '1 millisecond'
     group by given.key, date_trunc('minute', u.since)
     union all
    select scope, ${at}, sum(count)::bigint from allowance_hold where scope = any(${scopes.map(({ key }) => key)}::text[]) and count > 0 group by scope`.execute(db)
  const history = new Map(scopes.map(({ key }): [string, { at: number; count: number }[]] => [key, []]))
  for (const row of rows) history.get(row.key)!.push({ at: row.at.getTime() + behindMs, count: row.count })
  return history
}
