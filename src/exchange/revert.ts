/** Takes an import back: what it created goes into the bin, with what it made for the names of links. What it changed stays changed. */
import { sql } from 'kysely'
import { type Actor, expectSome } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import { allowed } from '../access/row-rights.ts'
import type { Doing } from '../bin/keep.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { EndedEarly, enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import type { EntityType } from '../records/definition.ts'
import { definitionOf } from '../records/entity-types.ts'
import { refusingClashes } from '../records/records.ts'
import { deleteRecords } from '../records/store.ts'
import { expectMayWrite, keepingAnAdministrator } from '../records/user-rules.ts'
import { readImport } from './import-lists.ts'
import { type LinkedReverted, revertLinked } from './revert-linked.ts'

/** `linked`: records that it made for names in the file; left out where it made none. */
export type Reverted = { reverted: number; kept: number; linked?: LinkedReverted }

/** Above this the deletion runs in the background. */
const revertedAtOnce = 1_000
const revertBatch = 2_000

export async function startRevert(db: Db, actor: Actor, id: string, now: Date): Promise<Reverted | { task: Task }> {
  const { status, created, fileName, entityType } = await readImport(db, actor, id, now)
  expectMayWrite(definitionOf(entityType), actor)
  expectSome(actor, entityType, 'delete')
  const isRunning = status === 'queued' || status === 'running'
  if (isRunning) throw new AppError('conflict', 'importRunning', 'The import is still running. Cancel it first.')
  if (status === 'reverted') throw new AppError('conflict', 'alreadyReverted', 'This import was reverted already.')
  await audit(db, actor, 'importReverted', { type: 'Import', id, name: fileName })
  if (created <= revertedAtOnce) return revert(db, actor, { id, doing: doingOf(newId(), actor.userId, now) }, { signal: new AbortController().signal, progress: async () => {} })
  const title = `Revert the import of ${fileName}`
  return { task: await enqueueTask(db, { kind: 'revertImport', title, input: { importId: id, actor, now }, createdBy: actor.userId, resumable: true }) }
}

/** The background task of the kind `revertImport`. Repeating it deletes only what is left. */
export const revertImport = async (task: TaskContext, { importId, actor, now }: { importId: string; actor: Actor; now: string }) =>
  revert(task.db, await withPresentRights(task.db, actor), { id: importId, doing: doingOf(task.task.id, actor.userId, new Date(now)) }, task)

const doingOf = (id: string, userId: string, now: Date): Doing => ({ id, kind: 'revertImport', userId, now })

/** What was changed since is somebody's work: it is kept, as what this person may not delete, and its row says so. */
async function revert(db: Db, actor: Actor, { id: importId, doing }: { id: string; doing: Doing }, { signal, progress }: Pick<TaskContext, 'signal' | 'progress'>): Promise<Reverted> {
  const { entityType, created } = await db.selectFrom('import').select(['entityType', 'created'])
    .where('id', '=', importId).executeTakeFirstOrThrow()
  const type = definitionOf(entityType)
  expectMayWrite(type, actor)
  const sum: Reverted = { reverted: 0, kept: 0 }
  for (let line = 0; ;) {
    const rows = await createdBehind(db, actor, type, importId, line)
    if (rows.length === 0) break
    if (signal.aborted) throw new EndedEarly('stopped', `Stopped after ${sum.reverted + sum.kept} of ${created} records.`, sum)
    const [kept, untouched] = [rows.filter(({ why }) => why !== null), rows.filter(({ why }) => why === null)]
    sum.reverted += await refusingClashes(type, () => keepingAnAdministrator(db, type, async (tx) => {
      await noteKept(tx, importId, kept)
      const gone = await deleteRecords(tx, type, untouched.map(({ recordId }) => recordId), doing)
      await tx.updateTable('import').set({ reverted: sql`reverted + ${gone}` }).where('id', '=', importId).execute()
      return gone
    }))
    sum.kept += kept.length
    line = rows.at(-1)!.line
    await progress(sum.reverted + sum.kept, created)
  }
  // A worker before this one may have taken back some; what is kept is met by each.
  const { reverted } = await db.updateTable('import').set({ status: 'reverted', kept: sum.kept, version: sql`version + 1` })
    .where('id', '=', importId).returning('reverted').executeTakeFirstOrThrow()
  const linked = await revertLinked(db, actor, importId, doing)
  return { reverted, kept: sum.kept, ...(linked && { linked }) }
}

/** An import writes one time of change into all it touches; of older ones it is the time at which a record was made. */
async function createdBehind(db: Db, actor: Actor, type: EntityType, importId: string, line: number) {
  const { rows } = await sql<{ line: number; recordId: string; why: string | null }>`
    select w.line, w.record_id, case
      when r.modified_at <> coalesce(i.started_at, r.created_at) then 'Changed since the import, so it was kept.'
      when not coalesce(${allowed(actor, type.name, 'delete')}, false) then 'Your roles do not let you delete it, so it was kept.' end as why
      from import_row w join import i on i.id = w.import_id join ${sql.table(type.table)} r on r.id = w.record_id
     where w.import_id = ${importId} and w.outcome = 'created' and w.line > ${line}
     order by w.line limit ${revertBatch}`.execute(db)
  return rows
}

const noteKept = (tx: Tx, importId: string, kept: readonly { line: number; why: string | null }[]) => sql`
  update import_row w set reason = v.why from unnest(${kept.map(({ line }) => line)}::int[], ${kept.map(({ why }) => why)}::text[]) as v (line, why)
   where w.import_id = ${importId} and w.outcome = 'created' and w.line = v.line`.execute(tx)
