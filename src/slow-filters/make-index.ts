/**
 * The background task that makes an index while everybody goes on working (CREATE INDEX CONCURRENTLY). Killed in the middle, PostgreSQL leaves
 * an index that is not valid and that no query uses; the next try removes it first.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { endNotice, notify } from '../notices/notices.ts'
import { type Db, poolOf } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { TaskContext, TaskKind } from '../platform/task.ts'
import { type EntityType, type Field, fieldOf } from '../records/definition.ts'
import { definitionOf } from '../records/entity-types.ts'
import { type FieldIndex, type IndexKind, indexesOf, indexOf } from './field-index.ts'
import { onceKey } from './watch.ts'

export type IndexTask = { slowFilterId: string; entityType: string; field: string; kind: IndexKind }

export const makeIndexTask: TaskKind = async (context, input: IndexTask) => {
  const { db, clock } = context
  const { type, field, index } = wantedIndex(input)
  const began = Date.now()
  await removeUnfinished(db, index)
  if (!await isMade(db, index)) await make(context, index)
  // Of an expression PostgreSQL knows nothing before it has looked.
  await sql`analyze ${sql.table(index.table)}`.execute(db)
  await context.progress(100, 100)
  await endNotice(db, onceKey(input.slowFilterId), clock())
  const seconds = Math.round((Date.now() - began) / 1000)
  await tell(db, { type, field, seconds }, clock())
  return { index: index.name, seconds }
}

/** Throws where the field is gone, or cannot have such an index. */
export function wantedIndex({ entityType, field: name, kind }: Omit<IndexTask, 'slowFilterId'>): { type: EntityType; field: Field; index: FieldIndex } {
  const type = definitionOf(entityType)
  const field = fieldOf(type, name)
  const index = field && indexOf(type, field, kind)
  if (!index) throw new AppError('conflict', 'noIndexHelps', `${entityType} has no field ${name} that an index could help any more.`)
  return { type, field, index }
}

export const isMade = async (db: Db, index: FieldIndex): Promise<boolean> =>
  (await indexesOf(db, index.table)).some(({ valid, shape }) => valid && shape === index.shape)

async function removeUnfinished(db: Db, index: FieldIndex): Promise<void> {
  const found = (await indexesOf(db, index.table)).find(({ name }) => name === index.name)
  if (found && !found.valid) await sql`drop index concurrently ${sql.id(index.name)}`.execute(db)
}

async function make(context: TaskContext, index: FieldIndex): Promise<void> {
  const { db, signal } = context
  const client = await poolOf(db).connect()
  const done = new AbortController()
  const following = follow(context, client, done.signal)
  try {
    // More than the default, of which PostgreSQL needs the multiple of its workers: one index takes at most half a gigabyte.
    await client.query(`set maintenance_work_mem = '256MB'`)
    await client.query(index.statement.compile(db).sql)
  } catch (error) {
    await removeUnfinished(db, index)
    if (signal.aborted) throw new AppError('conflict', 'stopped', 'Stopped. What had been made of the index is removed.')
    throw new AppError('conflict', 'indexFailed', `The index could not be made: ${(error as Error).message}`)
  } finally {
    done.abort()
    await following
    await client.query('reset maintenance_work_mem').catch(() => {})
    client.release()
  }
}

const lookEveryMs = 1_000

/** Tells how far it is, as PostgreSQL does, and stops it when somebody cancels. */
async function follow({ db, signal, progress }: TaskContext, client: PoolClient, done: AbortSignal): Promise<void> {
  const { processID: pid } = client as PoolClient & { processID: number }
  while (!done.aborted) {
    await wait(lookEveryMs, undefined, { signal: done }).catch(() => {})
    if (done.aborted) return
    if (signal.aborted) await sql`select pg_cancel_backend(${pid}::int)`.execute(db)
    const { rows: [at] } = await sql<{ phase: string; done: number; total: number }>`
      select phase, blocks_done + tuples_done as done, blocks_total + tuples_total as total from pg_stat_progress_create_index where pid = ${pid}::int`.execute(db)
    const share = at && shares.find(([phase]) => at.phase.startsWith(phase))
    if (share) await progress(Math.round(share[1] + (at.total > 0 ? share[2] * Math.min(1, at.done / at.total) : 0)), 100)
  }
}

/** Phases begin to count anew: where each begins, and how much of the whole it is, in percent as measured. While it waits for others nothing moves. */
const shares: [phase: string, from: number, size: number][] = [
  ['building index: loading', 45, 20], ['building index: sorting', 40, 5], ['building index', 0, 40],
  ['index validation: scanning index', 65, 10], ['index validation: sorting', 75, 0], ['index validation: scanning table', 75, 25],
]

const tell = (db: Db, { type, field, seconds }: { type: EntityType; field: Field; seconds: number }, now: Date) => notify(db, {
  kind: 'indexMade', level: 'success', to: 'administrators',
  title: `${type.plural} are quick to filter by ${field.label} now`, text: `The index was made in ${seconds < 2 ? 'a second' : `${seconds} seconds`}.`,
}, now)
