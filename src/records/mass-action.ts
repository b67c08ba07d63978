/** Something done to many records: at once when they are few, else as a background task that goes on where it stood. */
import { sql } from 'kysely'
import { type Actor, expectMay } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import type { Action } from '../access/rights.ts'
import { allowed } from '../access/row-rights.ts'
import type { ActionKind, Doing } from '../bin/keep.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, invalid } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { EndedEarly, enqueueTask, recordDoneTask, type Task, type TaskContext, type TaskKind } from '../platform/task.ts'
import type { MassActionName, Selection } from './contract.ts'
import type { EntityType } from './definition.ts'
import { definitionOf } from './entity-types.ts'
import { type Counts, countsSoFar, freezeSelection, type FrozenBatch, nextBatch, selectedAtOnce } from './mass-action-batches.ts'
import { checked, expectMayList, refusingClashes } from './records.ts'
import { deleteRecords, updateRecordsKeeping } from './store.ts'
import { expectMayWrite, isUserType, keepingAnAdministrator } from './user-rules.ts'

/** What is done to one batch, in its own transaction; answers counts (`{deleted: 3}`), which add up over the batches. */
export type BatchAction = (tx: Tx, batch: Batch) => Promise<Counts>
/** `taskId` is the same in all batches of one action: what one undo takes back. */
export type Batch = { type: EntityType; ids: string[]; data: Record<string, unknown>; actor: Actor; now: Date; taskId: string }

/** `check` refuses wrong data before anything is done. Target list actions are given by the application: audience knows them. */
export type MassAction = { check(db: Db, type: EntityType, data: Record<string, unknown>, actor: Actor): Promise<void>; run: BatchAction }
export type MassActions = Record<MassActionName, MassAction>

type Request = { selection: Selection; action: MassActionName; data: Record<string, unknown> }

export const ownMassActions: Pick<MassActions, 'delete' | 'update'> = {
  delete: {
    async check(_db, _type, data) {
      if (Object.keys(data).length > 0) throw invalid([{ path: 'data', message: 'must be empty for delete' }])
    },
    run: async (tx, batch) => ({ deleted: await deleteRecords(tx, batch.type, batch.ids, doingOf(batch, 'delete')) }),
  },
  update: {
    async check(db, type, data, actor) {
      if (Object.keys(data).length === 0) throw invalid([{ path: 'data', message: 'must say what to change' }])
      if (isUserType(type) && 'password' in data) throw invalid([{ path: 'data.password', message: 'cannot be set for many users at once' }])
      await checked(db, type, data, { creating: false, actor })
    },
    run: async (tx, batch) => {
      const { stored } = await checked(tx, batch.type, batch.data, { creating: false, actor: batch.actor })
      return { updated: await updateRecordsKeeping(tx, batch.type, batch.ids, stored, doingOf(batch, 'update')) }
    },
  },
}

const doingOf = ({ taskId, actor, now }: Batch, kind: ActionKind): Doing => ({ id: taskId, kind, userId: actor.userId, now })

/**
 * Which records those are is settled here, once: who begins or ceases to match the filter afterwards changes nothing. Up to 1,000 it is
 * done when this answers; more are written down and done by a task.
 */
export async function startMassAction(
  db: Db, actions: MassActions, type: EntityType, { selection, action, data }: Request, { actor, now }: { actor: Actor; now: Date },
): Promise<{ task: Task }> {
  expectMayStart(type, action, actor)
  await actions[action].check(db, type, data, actor)
  const about = { id: newId(), kind: 'massAction', createdBy: actor.userId }
  const few = await selectedAtOnce(db, type, selection, now, actor)
  if (few) {
    const counts = await doBatch(db, actions, action, { type, ids: few, data, actor, now, taskId: about.id })
    await auditCounts(db, actor, action, type, counts)
    return { task: await recordDoneTask(db, { ...about, title: titleOf(action, few.length, type), total: few.length }, counts) }
  }
  return db.transaction().execute(async (tx) => {
    const total = await freezeSelection(tx, about.id, type, selection, now, actor)
    const input: TaskInput = { entityType: type.name, action, data, actor, now: now.toISOString() }
    return { task: await enqueueTask(tx, { ...about, title: titleOf(action, total, type), input, total, resumable: true }) }
  })
}

type TaskInput = { entityType: string; action: MassActionName; data: Record<string, unknown>; actor: Actor; now: string }

/**
 * The background task of the kind `massAction`: batch by batch, each committed with the mark that it is done. Killed anywhere, it goes
 * on with the first batch that has no mark; canceled, it says how far it came.
 */
export const massActionTask = (actions: MassActions): TaskKind => async ({ db, task, signal, progress }: TaskContext, input: TaskInput) => {
  // Earlier versions wrote down the filter instead of the records.
  if ('request' in input) throw new AppError('conflict', 'startAgain', 'This was started before Tidings was updated, and did nothing since. Start it again.')
  const batch = { type: definitionOf(input.entityType), data: input.data, actor: input.actor, now: new Date(input.now), taskId: task.id }
  for (;;) {
    const { done, total, counts } = await countsSoFar(db, task.id)
    await progress(done, total)
    if (done === total) {
      await auditCounts(db, input.actor, input.action, batch.type, counts)
      return counts
    }
    if (signal.aborted) throw await stopped(db, input, batch.type, task.id, 'Stopped after')
    try {
      // Whoever lost a right meanwhile does not go on with it.
      const actor = await withPresentRights(db, input.actor)
      expectMayStart(batch.type, input.action, actor)
      const frozen = await nextBatch(db, task.id)
      if (frozen) await doBatch(db, actions, input.action, { ...batch, actor, ids: frozen.ids }, frozen)
    } catch (error) {
      throw error instanceof AppError ? await stopped(db, input, batch.type, task.id, `${error.message} It came to`) : error
    }
  }
}

async function stopped(db: Db, { actor, action }: TaskInput, type: EntityType, taskId: string, why: string): Promise<EndedEarly> {
  const { done, total, counts } = await countsSoFar(db, taskId)
  await auditCounts(db, actor, action, type, counts)
  return new EndedEarly('stopped', `${why} ${done} of ${total}. What was done stays done.`, counts)
}

/** How far one must reach to do it to a record. */
const reach: Record<MassActionName, Action> = { delete: 'delete', update: 'edit', addToTargetList: 'read', removeFromTargetList: 'read' }

function expectMayStart(type: EntityType, action: MassActionName, actor: Actor): void {
  if (action === 'update' || action === 'delete') expectMayWrite(type, actor)
  if (action === 'update') expectMay(actor, 'massUpdate')
  expectMayList(type, actor)
}

const doBatch = (db: Db, actions: MassActions, action: MassActionName, batch: Batch, frozen?: FrozenBatch): Promise<Counts> =>
  refusingClashes(batch.type, () => keepingAnAdministrator(db, batch.type, async (tx) => {
    if (frozen && !(await frozen.lock(tx))) return {}
    const { ids, notAllowed } = await withinReach(tx, batch, reach[action])
    const counts = { ...await actions[action].run(tx, { ...batch, ids }), ...(notAllowed > 0 && { notAllowed }) }
    await frozen?.mark(tx, counts)
    return counts
  }))

/** What may be read, but not that, is left out and counted; what may not be read is left out in silence. */
async function withinReach(tx: Tx, { type, ids, actor }: Batch, action: Action): Promise<{ ids: string[]; notAllowed: number }> {
  const { rows } = await sql<{ id: string; isAllowed: boolean }>`
    select r.id, ${allowed(actor, type.name, action)} as is_allowed from ${sql.table(type.table)} r
     where r.id = any(${ids}::uuid[]) and ${allowed(actor, type.name, 'read')} order by r.id`.execute(tx)
  const within = rows.filter(({ isAllowed }) => isAllowed).map(({ id }) => id)
  return { ids: within, notAllowed: rows.length - within.length }
}

const auditCounts = (db: Db, actor: Actor, action: MassActionName, type: EntityType, counts: Counts) =>
  audit(db, actor, `mass${action[0]!.toUpperCase()}${action.slice(1)}`, { type: type.name, detail: counts })

const titleOf = (action: MassActionName, total: number, { plural }: EntityType) => `${titles[action]} ${total} ${plural}`

const titles: Record<MassActionName, string> = {
  delete: 'Delete', update: 'Change', addToTargetList: 'Add to target list:', removeFromTargetList: 'Remove from target list:',
}
