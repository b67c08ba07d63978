/** Takes an import back: what it created goes into the bin. What it changed stays changed. */
import { sql } from 'kysely'
import { type Actor, expectSome } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Doing } from '../bin/keep.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import { definitionOf } from '../records/entity-types.ts'
import { refusingClashes } from '../records/records.ts'
import { deleteRecords } from '../records/store.ts'
import { expectMayWrite, keepingAnAdministrator } from '../records/user-rules.ts'
import { readImport } from './import-lists.ts'

/** Above this the deletion runs in the background. */
const revertedAtOnce = 1_000
const revertBatch = 2_000

export async function startRevert(db: Db, actor: Actor, id: string, now: Date): Promise<{ reverted: number } | { task: Task }> {
  const { status, created, fileName, entityType } = await readImport(db, actor, id, now)
  expectMayWrite(definitionOf(entityType), actor)
  expectSome(actor, entityType, 'delete')
  const isRunning = status === 'queued' || status === 'running'
  if (isRunning) throw new AppError('conflict', 'importRunning', 'The import is still running. Cancel it first.')
  if (status === 'reverted') throw new AppError('conflict', 'alreadyReverted', 'This import was reverted already.')
  await audit(db, actor, 'importReverted', { type: 'Import', id, name: fileName })
  if (created <= revertedAtOnce) return revert(db, { id, doing: doingOf(newId(), actor.userId, now) }, { signal: new AbortController().signal, progress: async () => {} })
  const title = `Revert the import of ${fileName}`
  return { task: await enqueueTask(db, { kind: 'revertImport', title, input: { importId: id, userId: actor.userId, now }, createdBy: actor.userId }) }
}

/** The background task of the kind `revertImport`. Repeating it deletes only what is left. */
export const revertImport = (task: TaskContext, { importId, userId, now }: { importId: string; userId: string; now: string }) =>
  revert(task.db, { id: importId, doing: doingOf(task.task.id, userId, new Date(now)) }, task)

const doingOf = (id: string, userId: string, now: Date): Doing => ({ id, kind: 'revertImport', userId, now })

async function revert(db: Db, { id: importId, doing }: { id: string; doing: Doing }, { signal, progress }: Pick<TaskContext, 'signal' | 'progress'>): Promise<{ reverted: number }> {
  const { entityType, created } = await db.selectFrom('import').select(['entityType', 'created'])
    .where('id', '=', importId).executeTakeFirstOrThrow()
  const type = definitionOf(entityType)
  let reverted = 0
  for (let line = 0; ;) {
    const rows = await db.selectFrom('importRow').select(['line', 'recordId']).where('importId', '=', importId)
      .where('outcome', '=', 'created').where('line', '>', line).orderBy('line').limit(revertBatch).execute()
    if (rows.length === 0) break
    if (signal.aborted) throw new AppError('conflict', 'stopped', `Stopped after ${reverted} of ${created} records.`)
    const ids = rows.map(({ recordId }) => recordId!)
    reverted += await refusingClashes(type, () => keepingAnAdministrator(db, type, (tx) => deleteRecords(tx, type, ids, doing)))
    line = rows.at(-1)!.line
    await progress(reverted, created)
  }
  await db.updateTable('import').set({ status: 'reverted', version: sql`version + 1` }).where('id', '=', importId).execute()
  return { reverted }
}
