/**
 * How definitions are changed: one change at a time in the whole installation, tables and definitions in one transaction, patient with
 * whoever is using a table. A process that dies in the middle leaves at most a column or table that nothing names: leftovers.ts finds it.
 */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { AuditAction } from '../access/audit-words.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, isDeadlock, sqlState } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { refreshEntityTypes } from '../records/entity-types.ts'
import { readStored } from '../records/stored-definitions.ts'

export type Author = { actor: Actor; now: Date }
export type About = { action: AuditAction; summary: string; type: string; id?: string; name: string }

const patienceMs = 30_000
const lockTimeoutMs = 400
const busy = () => new AppError('unavailable', 'busy', 'The table is in use all the time just now (a long import, or a mass email that is being frozen). Try again in a minute.')

/** PostgreSQL counts columns that were dropped, too, until the table is written anew. */
const tooManyColumns = () => new AppError('conflict', 'tooManyColumns', 'This table has had 1,600 columns, and PostgreSQL takes no more. Only a dump and restore of the database makes room again.')

const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms) })

/**
 * `work` sees the newest definitions, and nobody else changes them meanwhile. The lock is tried for, not waited for: somebody who waits
 * inside PostgreSQL would hold up the building of indexes, and that would hold up the lock.
 */
export async function alone<T>(db: Db, work: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await takeTurn(connection)
    try {
      await refreshEntityTypes(db)
      return await work()
    } finally {
      // A connection that is gone has given its lock back.
      await sql`select pg_advisory_unlock(hashtext('tidings.definitions'))`.execute(connection).catch(() => {})
      await refreshEntityTypes(db)
    }
  })
}

async function takeTurn(connection: Db): Promise<void> {
  const until = performance.now() + patienceMs
  for (;;) {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(hashtext('tidings.definitions')) as taken`.execute(connection)
    if (rows[0]!.taken) return
    if (performance.now() > until) throw new AppError('unavailable', 'busy', 'Somebody else is changing entity types just now. Try again in a minute.')
    await pause(100)
  }
}

/**
 * A transaction with DDL in it. Whoever wants an exclusive lock makes everybody behind him wait too, so it waits for a moment only,
 * lets the others through, and tries again.
 */
export async function patiently<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const until = performance.now() + patienceMs
  for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
    try {
      return await db.transaction().execute(async (tx) => {
        await sql`select set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, true)`.execute(tx)
        return work(tx)
      })
    } catch (error) {
      if (sqlState(error) === '54011') throw tooManyColumns()
      if (sqlState(error) !== '55P03' && !isDeadlock(error)) throw error
      if (performance.now() > until) throw busy()
      await pause(wait)
    }
  }
}

/** Changes the definitions, keeps what they were, and lets every process know. */
export async function publish(db: Db, { actor, now }: Author, about: About, change: (tx: Tx) => Promise<unknown>): Promise<void> {
  await patiently(db, async (tx) => {
    const { types, fields, relationships } = await readStored(tx)
    await change(tx)
    await tx.insertInto('entityChange').values({
      id: newId(now.getTime()), at: afterAllOthers(now), userId: actor.userId || null, userName: actor.userName, summary: about.summary,
      before: JSON.stringify({ types, fields, relationships }),
    }).execute()
    await renewStamp(tx)
    await audit(tx, actor, about.action, { type: about.type, ...(about.id && { id: about.id }), name: about.name, detail: { summary: about.summary } })
  })
}

/** The last change is the last one, also when another machine's clock is ahead of ours. */
const afterAllOthers = (now: Date) => sql<Date>`greatest(${now}::timestamptz, (select max(at) + interval '1 millisecond' from entity_change))`

const renewStamp = (tx: Tx) => tx.updateTable('entitySchema').set({ stamp: sql`gen_random_uuid()` }).execute()
