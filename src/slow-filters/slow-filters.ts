/** Slow filters as administrators see them, and what they do about them. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { endNotice } from '../notices/notices.ts'
import type { Db } from '../platform/db.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { enqueueTask, readTask, type Task } from '../platform/task.ts'
import { fieldOf } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import type { SlowFilter } from './contract.ts'
import { type IndexKind, indexesOf, indexOf, rowsOf } from './field-index.ts'
import { type IndexTask, isMade, wantedIndex } from './make-index.ts'
import { onceKey } from './watch.ts'

/** The most often met first. A field that is gone since then is left out. */
export async function slowFilters(db: Db): Promise<SlowFilter[]> {
  const rows = await db.selectFrom('slowFilter').selectAll().orderBy('times', 'desc').orderBy('id').limit(200).execute()
  const shown = await Promise.all(rows.map((row) => present(db, row)))
  return shown.filter((each) => each !== null)
}

export async function makeIndex(db: Db, id: string, actor: Actor): Promise<Task> {
  return db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('slowFilter').selectAll().where('id', '=', known(id)).forUpdate().executeTakeFirst()
    if (!row) throw notFound('slow filter', id)
    const running = await lastTask(tx, row.taskId)
    if (running && isUnderWay(running)) return running
    const input: IndexTask = { slowFilterId: row.id, entityType: row.entityType, field: row.field, kind: row.kind as IndexKind }
    const { type, field, index } = wantedIndex(input)
    if (await isMade(tx, index)) throw new AppError('conflict', 'indexMade', `${type.plural} have this index already.`)
    const task = await enqueueTask(tx, { kind: 'makeIndex', title: `Index: ${type.plural} by ${field.label}`, input, createdBy: actor.userId })
    await tx.updateTable('slowFilter').set({ taskId: task.id }).where('id', '=', row.id).execute()
    await audit(tx, actor, 'indexMade', { type: 'SlowFilter', id: row.id, name: index.name })
    return task
  })
}

/** Only what was made under the name that a slow filter gives: indexes that came with the product stay. */
export async function removeIndex(db: Db, id: string, actor: Actor): Promise<void> {
  const row = await find(db, id)
  const { index } = wantedIndex({ entityType: row.entityType, field: row.field, kind: row.kind as IndexKind })
  if (await isUnderWayFor(db, row.taskId)) throw new AppError('conflict', 'indexUnderWay', 'The index is just being made. Cancel that task first.')
  await sql`drop index concurrently if exists ${sql.id(index.name)}`.execute(db)
  await audit(db, actor, 'indexRemoved', { type: 'SlowFilter', id: row.id, name: index.name })
}

/** The index, if one was made, stays. */
export async function forgetSlowFilter(db: Db, id: string, now: Date): Promise<void> {
  const { id: found } = await find(db, id)
  await db.deleteFrom('slowFilter').where('id', '=', found).execute()
  await endNotice(db, onceKey(found), now)
}

type Row = { id: string; entityType: string; field: string; kind: string; times: number; slowestMs: number; firstAt: Date; lastAt: Date; taskId: string | null }

async function present(db: Db, row: Row): Promise<SlowFilter | null> {
  const type = findDefinition(row.entityType)
  const field = type && fieldOf(type, row.field)
  const index = field && indexOf(type, field, row.kind as IndexKind)
  if (!index) return null
  const [task, indexes, records] = await Promise.all([lastTask(db, row.taskId), indexesOf(db, index.table), rowsOf(db, index.table)])
  const made = indexes.find(({ valid, shape }) => valid && shape === index.shape)
  const state = made ? 'made' : task && isUnderWay(task) ? 'making' : 'none'
  return {
    id: row.id, entityType: type.name, plural: type.plural, field: row.field, label: field.label, kind: row.kind as IndexKind, times: row.times,
    slowestMs: row.slowestMs, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString(), records,
    index: { name: made?.name ?? index.name, state, bytes: made?.bytes ?? null }, task,
  }
}

async function find(db: Db, id: string): Promise<Row> {
  const row = await db.selectFrom('slowFilter').selectAll().where('id', '=', known(id)).executeTakeFirst()
  if (!row) throw notFound('slow filter', id)
  return row
}

/** Ids are opaque to outside programs: one that cannot exist finds nothing. */
const known = (id: string) => (isId(id) ? id : '00000000-0000-0000-0000-000000000000')

/** Tasks are forgotten after a while. */
const lastTask = async (db: Db, id: string | null): Promise<Task | null> => (id === null ? null : readTask(db, id).catch(() => null))
const isUnderWay = ({ status }: Task) => status === 'queued' || status === 'running'
const isUnderWayFor = async (db: Db, id: string | null) => { const task = await lastTask(db, id); return task !== null && isUnderWay(task) }
