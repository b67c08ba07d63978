/** Takes back what somebody did: one deleted record, or a whole action; more than a thousand records in the background. */
import { type Actor, mayNot } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import { nextChanges } from '../bin/changes.ts'
import { actionOf, type KeptAction, keptAction, leftOf, markUndone, nextKeptRecords } from '../bin/kept.ts'
import { keptDays } from '../bin/forget.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { EndedEarly, enqueueTask, isUnderWay, recordDoneTask, type Task, type TaskContext } from '../platform/task.ts'
import type { EntityType } from '../records/definition.ts'
import { definitionOf } from '../records/entity-types.ts'
import type { Followers } from '../records/follow.ts'
import { keepingAnAdministrator } from '../records/user-rules.ts'
import { expectMayRestore, expectMayUndo, mayTakeBack, notAllowed, notEditable } from './allowed.ts'
import { changeBack } from './change-back.ts'
import type { Undone } from './contract.ts'
import { mostNotes, restoreDeleted } from './restore.ts'
import { unmerge } from './unmerge.ts'

type By = { actor: Actor; now: Date }

const atOnce = 1_000
const batchSize = 2_000
const firstId = '00000000-0000-0000-0000-000000000000'

export async function restoreRecord(db: Db, id: string, { actor, now }: By): Promise<Undone> {
  const action = await actionOf(db, id, now)
  if (!action || !mayTakeBack(action, actor)) throw notFound('deleted record', id)
  const type = definitionOf(action.entityType)
  expectMayUndo(type, action, actor)
  if (action.kind === 'merge') throw new AppError('conflict', 'undoTheMerge', 'This record was merged into another one. Undo the merge to get both back.')
  return db.transaction().execute(async (tx) => {
    await expectMayRestore(tx, actor, type, id)
    const undone = await restoreDeleted(tx, type, [id], action.at)
    await audit(tx, actor, 'recordRestored', { type: type.name, id, detail: { restored: undone.restored } })
    return undone
  })
}

/** The task of it; done already when there are few records. Whoever did it takes it back, or an administrator. */
export async function startUndo(db: Db, followers: Followers, id: string, { actor, now }: By): Promise<{ task: Task }> {
  const action = await keptAction(db, id, now)
  if (!action || !mayTakeBack(action, actor)) throw new AppError('notFound', 'actionNotFound', `There is nothing to undo here. Actions can be undone for ${keptDays} days.`)
  const type = definitionOf(action.entityType)
  expectMayUndo(type, action, actor)
  if (action.undoneAt) throw new AppError('conflict', 'undoneAlready', 'This was undone already.')
  // What it does after an undo would be undone by nobody.
  if (await isUnderWay(db, id)) throw new AppError('conflict', 'stillRunning', 'This is still being done. Cancel it first, then undo what was done.')
  const about = { id: newId(), kind: 'undo', title: `Undo: ${titles[action.kind]} ${action.records} ${action.records === 1 ? type.name : type.plural}`, createdBy: actor.userId }
  if (action.records > atOnce) {
    const input: TaskInput = { actionId: id, actor, now: now.toISOString(), left: await leftOf(db, id) }
    return { task: await enqueueTask(db, { ...about, input, total: action.records, resumable: true }) }
  }
  const undone = await undo(db, followers, action, { actor, now, left: await leftOf(db, id), taskId: about.id }, { signal: new AbortController().signal, progress: async () => {} })
  return { task: await recordDoneTask(db, { ...about, total: action.records }, undone) }
}

const titles = { delete: 'delete', update: 'change', merge: 'merge', revertImport: 'revert the import of' }

type TaskInput = { actionId: string; actor: Actor; now: string; left: number }

/**
 * The background task of the kind `undo`. Each batch is a transaction in which records leave the bin as they come back, so that a
 * batch that is begun again after a crash finds what is left.
 */
export const undoTask = (followers: Followers) => async (context: TaskContext, input: TaskInput): Promise<Undone> => {
  const now = new Date(input.now)
  const action = await keptAction(context.db, input.actionId, now)
  if (!action) throw notFound('action', input.actionId)
  const actor = await withPresentRights(context.db, input.actor)
  expectMayUndo(definitionOf(action.entityType), action, actor)
  return undo(context.db, followers, action, { actor, now, left: input.left, taskId: context.task.id }, context)
}

/** `left` is how many were there to be taken back when it began: what a run before a crash brought back counts, too. */
type Kept = { left: number; taskId: string }

async function undo(db: Db, followers: Followers, action: KeptAction, by: By & Kept, { signal, progress }: Pick<TaskContext, 'signal' | 'progress'>): Promise<Undone> {
  const type = definitionOf(action.entityType)
  const notes: Undone['notes'] = []
  let refused = 0
  for (let last = firstId; ;) {
    const ids = await nextOf(db, action, last)
    const restored = by.left - await leftOf(db, action.id)
    await progress(restored, by.left)
    if (ids.length === 0) break
    if (signal.aborted) throw new EndedEarly('stopped', `Stopped after ${restored} of ${by.left}. What came back stays.`, { restored, notes })
    const undone = await keepingAnAdministrator(db, type, (tx) => undoSome(tx, followers, type, action, ids, by))
    notes.push(...undone.notes)
    refused += undone.refused
    last = ids.at(-1)!
  }
  return ended(db, action, by, notes, refused)
}

/** Where records were left for want of rights, somebody who has them may still undo it. */
async function ended(db: Db, action: KeptAction, { actor, now, left, taskId }: By & Kept, notes: Undone['notes'], refused: number): Promise<Undone> {
  const notRestored = await leftOf(db, action.id)
  const restored = left - notRestored
  await db.transaction().execute(async (tx) => {
    if (refused === 0) await markUndone(tx, action.id, { userId: actor.userId, now })
    await audit(tx, actor, 'undone', { type: action.entityType, id: action.id, detail: { action: action.kind, restored, notRestored }, once: taskId })
  })
  const reason = `Your roles do not let you ${action.kind === 'update' ? 'change' : 'restore'} ${refused === 1 ? 'it' : 'them'}. An administrator may take it back.`
  const ofRights = refused > 0 ? [{ id: action.id, name: refused === 1 ? '1 record' : `${refused} records`, reason }] : []
  return { restored, notRestored, notes: [...ofRights, ...notes].slice(0, mostNotes) }
}

const nextOf = (db: Db, { id, kind }: KeptAction, last: string) => (kind === 'update' ? nextChanges : nextKeptRecords)(db, id, last, batchSize)

async function undoSome(tx: Tx, followers: Followers, type: EntityType, action: KeptAction, all: string[], { actor, now }: By): Promise<Undone & { refused: number }> {
  const by = { userId: actor.userId, now }
  const refused = new Set(await notAllowed(tx, actor, type, action, all))
  if (action.kind === 'merge') {
    // One act of several records: with one of them left out it would be something else.
    if (refused.size > 0) throw mayNot(type.name, 'delete')
    if ((await notEditable(tx, actor, type, action.id, [action.detail.survivorId ?? firstId])).length > 0) throw mayNot(type.name, 'edit')
    return { ...await unmerge(tx, followers, type, action, by), refused: 0 }
  }
  const ids = all.filter((id) => !refused.has(id))
  const undone = action.kind === 'update'
    ? await changeBack(tx, type, { id: action.id, columns: action.detail.columns ?? [] }, ids, by)
    : await restoreDeleted(tx, type, ids, action.at)
  return { ...undone, refused: refused.size }
}
