/** Something done to many records: at once when they are few, else as a background task that goes on where it stood. */
import { sql } from 'kysely'
import { type Actor, expectMay } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import { audit } from '../access/audit.ts'
import type { Action } from '../access/rights.ts'
import { allowed } from '../access/row-rights.ts'
import type { ActionKind, Doing } from '../bin/keep.ts'
import { readWithin, tooLate } from '../listing/deadline.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, invalid } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { canceledByPerson, EndedEarly, enqueueTask, recordDoneTask, type Task, type TaskContext, type TaskKind } from '../platform/task.ts'
import type { MassActionName, Selection } from './contract.ts'
import type { EntityType } from './definition.ts'
import { definitionOf, holdDefinitions } from './entity-types.ts'
import { type Counts, countsSoFar, freezeSelection, type Marking, nextBatch, selectedAtOnce } from './mass-action-batches.ts'
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

/** A request that is about millions does not wait until all are written down. */
const patience = 5_000

/**
 * Which records those are is settled here, once: who begins or ceases to match the filter afterwards changes nothing. Up to 1,000 it is
 * done when this answers; more are written down and done by a task. Where that takes too long for a request the task begins with it.
 */
export async function startMassAction(
  db: Db, actions: MassActions, type: EntityType, { selection, action, data }: Request, { actor, now, patienceMs = patience }: { actor: Actor; now: Date; patienceMs?: number },
): Promise<{ task: Task }> {
  await expectMayStart(db, actions, action, { type, data, actor })
  const [about, settling] = [{ id: newId(), kind: 'massAction', createdBy: actor.userId }, { type, selection, now, actor, patienceMs }]
  const few = await selectedAtOnce(db, settling)
  if (few) return { task: await doAtOnce(db, actions, action, about, { type, ids: few, data, actor, now, taskId: about.id }) }
  const input: TaskInput = { entityType: type.name, action, data, actor, now: now.toISOString() }
  const task = await readWithin(db, patienceMs, async (tx) => {
    const total = await freezeSelection(tx, about.id, settling)
    return enqueueTask(tx, { ...about, title: titleOf(action, type, total), input, total, resumable: true })
  }, { jit: 'off' })
  return { task: task === tooLate ? await enqueueTask(db, { ...about, title: titleOf(action, type), input: { ...input, selection }, resumable: true }) : task }
}

/** The work, its audit entry and its task in one transaction. */
async function doAtOnce(db: Db, actions: MassActions, action: MassActionName, about: { id: string; kind: string; createdBy: string }, batch: Batch): Promise<Task> {
  let task: Task | undefined
  const total = batch.ids.length
  await doBatch(db, actions, action, batch, { lock: async () => true, mark: async (tx, counts) => {
    await auditCounts(tx, action, batch, counts)
    task = await recordDoneTask(tx, { ...about, title: titleOf(action, batch.type, total), total }, counts)
  } })
  return task!
}

/** `selection` is there when the request had no time to write it down. */
type TaskInput = { entityType: string; action: MassActionName; data: Record<string, unknown>; actor: Actor; now: string; selection?: Selection }

/**
 * The background task of the kind `massAction`: batch by batch, each committed with the mark that it is done. Killed anywhere, it goes
 * on with the first batch that has no mark; canceled, it says how far it came.
 */
export const massActionTask = (actions: MassActions): TaskKind => async ({ db, task, signal, progress }: TaskContext, input: TaskInput) => {
  // Earlier versions wrote down the filter instead of the records.
  if ('request' in input) throw new AppError('conflict', 'startAgain', 'This was started before Tidings was updated, and did nothing since. Start it again.')
  const batch = { type: definitionOf(input.entityType), data: input.data, actor: input.actor, now: new Date(input.now), taskId: task.id }
  await settleLate(db, task.id, batch, input)
  let { done, total } = await countsSoFar(db, task.id)
  for (let last = -1; ;) {
    await progress(done, total)
    const frozen = await nextBatch(db, task.id, last)
    if (!frozen) {
      const { counts } = await countsSoFar(db, task.id)
      await auditCounts(db, input.action, batch, counts)
      return counts
    }
    if (signal.aborted) throw await stopped(db, input, batch, signal, 'Stopped after')
    try {
      // Whoever lost a right meanwhile, or the target list, does not go on with it.
      const actor = await withPresentRights(db, input.actor)
      await expectMayStart(db, actions, input.action, { ...batch, actor })
      await doBatch(db, actions, input.action, { ...batch, actor, ids: frozen.ids }, frozen)
    } catch (error) {
      throw error instanceof AppError ? await stopped(db, input, batch, signal, `${error.message} It came to`) : error
    }
    done += frozen.ids.length
    last = frozen.number
  }
}

async function settleLate(db: Db, taskId: string, { type, now }: Pick<Batch, 'type' | 'now'>, { selection, actor }: TaskInput): Promise<void> {
  if (!selection) return
  const present = await withPresentRights(db, actor)
  await db.transaction().execute((tx) => freezeSelection(tx, taskId, { type, selection, now, actor: present }))
}

async function stopped(db: Db, { action }: TaskInput, batch: Omit<Batch, 'ids'>, signal: AbortSignal, why: string): Promise<EndedEarly> {
  const { done, total, counts } = await countsSoFar(db, batch.taskId)
  // After an orderly stop it goes on, and is told at its end.
  if (!signal.aborted || signal.reason === canceledByPerson) await auditCounts(db, action, batch, counts)
  return new EndedEarly('stopped', `${why} ${done} of ${total}. What was done stays done.`, counts)
}

/** How far one must reach to do it to a record. */
const reach: Record<MassActionName, Action> = { delete: 'delete', update: 'edit', addToTargetList: 'read', removeFromTargetList: 'read' }

async function expectMayStart(db: Db, actions: MassActions, action: MassActionName, { type, data, actor }: Pick<Batch, 'type' | 'data' | 'actor'>): Promise<void> {
  if (action === 'update' || action === 'delete') expectMayWrite(type, actor)
  if (action === 'update') expectMay(actor, 'massUpdate')
  expectMayList(type, actor)
  await actions[action].check(db, type, data, actor)
}

const doBatch = (db: Db, actions: MassActions, action: MassActionName, batch: Batch, { lock, mark }: Marking): Promise<void> =>
  refusingClashes(batch.type, () => keepingAnAdministrator(db, batch.type, async (tx) => {
    if (!(await lock(tx))) return
    const type = await presentType(tx, actions[action], batch)
    const { ids, notAllowed } = await withinReach(tx, batch, reach[action])
    await mark(tx, { ...await actions[action].run(tx, { ...batch, type, ids }), ...(notAllowed > 0 && { notAllowed }) })
  }))

/** The type may have been changed since the batch before: a field that is gone is refused, not written where nobody sees it. */
async function presentType(tx: Tx, { check }: MassAction, { type, data, actor }: Batch): Promise<EntityType> {
  await holdDefinitions(tx)
  const present = definitionOf(type.name)
  if (present !== type) await check(tx, present, data, actor)
  return present
}

/** What may be read, but not that, is left out and counted; what may not be read is left out in silence. */
async function withinReach(tx: Tx, { type, ids, actor }: Batch, action: Action): Promise<{ ids: string[]; notAllowed: number }> {
  const { rows } = await sql<{ id: string; isAllowed: boolean }>`
    select r.id, ${allowed(actor, type.name, action)} as is_allowed from ${sql.table(type.table)} r
     where r.id = any(${ids}::uuid[]) and ${allowed(actor, type.name, 'read')} order by r.id`.execute(tx)
  const within = rows.filter(({ isAllowed }) => isAllowed).map(({ id }) => id)
  return { ids: within, notAllowed: rows.length - within.length }
}

const told = { delete: 'massDelete', update: 'massUpdate', addToTargetList: 'massAddToTargetList', removeFromTargetList: 'massRemoveFromTargetList' } as const

const auditCounts = (db: Db, action: MassActionName, { actor, type, taskId }: Omit<Batch, 'ids'>, counts: Counts) =>
  audit(db, actor, told[action], { type: type.name, detail: counts, once: taskId })

const titleOf = (action: MassActionName, { plural }: EntityType, total?: number) => `${titles[action]} ${total ?? 'all chosen'} ${plural}`

const titles: Record<MassActionName, string> = {
  delete: 'Delete', update: 'Change', addToTargetList: 'Add to target list:', removeFromTargetList: 'Remove from target list:',
}
