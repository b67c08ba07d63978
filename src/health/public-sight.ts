/** Notes that the public internet reaches us. Told of every request to a public page, it writes at most once in ten minutes. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { isPublic } from '../platform/networks.ts'

const everyMs = 10 * 60_000

/** `ip` is whose X-Forwarded-For was believed, or who is connected. Never fails and keeps nobody waiting. */
export function watchPublicSight({ db, log }: { db: Db; log: Log }): (ip: string) => void {
  let notedAt = -Infinity
  return (ip) => {
    if (performance.now() - notedAt < everyMs || !isPublic(ip)) return
    notedAt = performance.now()
    noteSight(db).catch((error: Error) => { log.debug({ error: error.message }, 'a sight from outside was not noted') })
  }
}

const noteSight = (db: Db) => sql`insert into public_sight (seen_at) values (now()) on conflict (only_one) do update set seen_at = excluded.seen_at`.execute(db)
