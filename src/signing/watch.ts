/** Looks in DNS for the records of new keys, so that each begins to sign by itself once receivers can verify it. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Ground } from '../platform/ground.ts'
import { type Loop, startLoop } from '../platform/loop.ts'
import { openDns } from './dns.ts'
import { lookAtKey, type StoredKey } from './keys.ts'

const everyMs = 30_000
const atOnce = 10

export const watchNewKeys = (ground: Ground): Loop =>
  startLoop({ name: 'dkim records', everyMs, log: ground.log, work: async () => { await lookForNewRecords(ground) } })

/** Answers how many it looked at. */
export async function lookForNewRecords({ db, clock, environment }: Pick<Ground, 'db' | 'clock' | 'environment'>): Promise<number> {
  const due = await takeDue(db, clock())
  await Promise.all(due.map((key) => lookAtKey(db, openDns(environment.dns), key, clock())))
  return due.length
}

/**
 * Each minute at first, then less often, down to once an hour: somebody who adds a record waits for it, a forgotten key costs nothing.
 * Taken by writing the time of the look: another process takes the others.
 */
async function takeDue(db: Db, now: Date): Promise<StoredKey[]> {
  const pause = sql`least(greatest((${now}::timestamptz - created_at) / 10, interval '1 minute'), interval '1 hour')`
  const due = db.selectFrom('dkimKey').select('id').where('state', '=', 'new')
    .where(sql<boolean>`(checked_at is null or checked_at + ${pause} <= ${now})`).orderBy('id').limit(atOnce).forUpdate().skipLocked()
  return db.updateTable('dkimKey').set({ checkedAt: now }).where('id', 'in', due).returningAll().execute()
}
