/** Something done to many records: at once when they are few, else as a background task in batches that may be repeated. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { conditionOf } from '../listing/query.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, invalid } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { enqueueTask, recordDoneTask, type Task, type TaskKind } from '../platform/task.ts'
import type { MassActionName, Selection } from './contract.ts'
import type { EntityType } from './definition.ts'
import { definitionOf } from './entity-types.ts'
import { listableOf } from './record-list.ts'
import { checked, countRecords, listContext, refusingClashes } from './records.ts'
import { deleteRecords, updateRecords } from './store.ts'
import { expectMayWrite, isUserType, keepingAnAdministrator } from './user-rules.ts'

/** What is done to one batch, in its own transaction; answers counts (`{deleted: 3}`), which add up over the batches. */
export type BatchAction = (tx: Tx, batch: Batch) => Promise<Record<string, number>>
export type Batch = { type: EntityType; ids: string[]; data: Record<string, unknown>; actor: Actor; now: Date }

/** `check` refuses wrong data before anything is done. Target list actions are given by the application: audience knows them. */
export type MassAction = { check(db: Db, type: EntityType, data: Record<string, unknown>): Promise<void>; run: BatchAction }
export type MassActions = Record<MassActionName, MassAction>

type Request = { selection: Selection; action: MassActionName; data: Record<string, unknown> }
type Counts = Record<string, number>

const firstId = '00000000-0000-0000-0000-000000000000'

/** More than this runs in the background. Also the size of a batch. */
const atOnce = 1_000

export const ownMassActions: Pick<MassActions, 'delete' | 'update'> = {
  delete: {
    async check(_db, _type, data) {
      if (Object.keys(data).length > 0) throw invalid([{ path: 'data', message: 'must be empty for delete' }])
    },
    run: async (tx, { type, ids }) => ({ deleted: await deleteRecords(tx, type, ids) }),
  },
  update: {
    async check(db, type, data) {
      if (Object.keys(data).length === 0) throw invalid([{ path: 'data', message: 'must say what to change' }])
      if (isUserType(type) && 'password' in data) throw invalid([{ path: 'data.password', message: 'cannot be set for many users at once' }])
      await checked(db, type, data, { creating: false })
    },
    run: async (tx, { type, ids, data, actor, now }) => {
      const { stored } = await checked(tx, type, data, { creating: false })
      return { updated: await updateRecords(tx, type, ids, stored, { userId: actor.userId, now }) }
    },
  },
}

export async function startMassAction(
  db: Db, actions: MassActions, type: EntityType, request: Request, { actor, now }: { actor: Actor; now: Date },
): Promise<{ task: Task }> {
  expectMayWrite(type, actor)
  await actions[request.action].check(db, type, request.data)
  const { total } = await countSelection(db, type, request.selection, now)
  const title = `${titles[request.action]} ${total} ${type.plural}`
  if (total <= atOnce) {
    const result = await runBatches(db, actions, type, request, { actor, now, total })
    return { task: await recordDoneTask(db, { kind: 'massAction', title, createdBy: actor.userId, total }, result) }
  }
  const input = { entityType: type.name, request, actor, now }
  return { task: await enqueueTask(db, { kind: 'massAction', title, input, createdBy: actor.userId }) }
}

/** The background task of the kind `massAction`. */
export const massActionTask = (actions: MassActions): TaskKind => async ({ db, signal, progress }, input: TaskInput) => {
  const type = definitionOf(input.entityType)
  const now = new Date(input.now)
  const { total } = await countSelection(db, type, input.request.selection, now)
  return runBatches(db, actions, type, input.request, { actor: input.actor, now, total, signal, progress })
}

type TaskInput = { entityType: string; request: Request; actor: Actor; now: string }

const titles: Record<MassActionName, string> = {
  delete: 'Delete', update: 'Change', addToTargetList: 'Add to target list:', removeFromTargetList: 'Remove from target list:',
}

async function countSelection(db: Db, type: EntityType, selection: Selection, now: Date) {
  return 'ids' in selection ? { total: selection.ids.length } : countRecords(db, type, selection, now)
}

type Run = { actor: Actor; now: Date; total: number; signal?: AbortSignal; progress?: (done: number, total: number) => Promise<void> }

/** Batch by batch, each committed by itself and safe to repeat; a person who cancels finds out how far it came. */
async function runBatches(db: Db, actions: MassActions, type: EntityType, request: Request, run: Run): Promise<Counts> {
  const counts: Counts = {}
  let done = 0
  for await (const ids of batchesOf(db, type, request.selection, run.now)) {
    if (run.signal?.aborted) throw new AppError('conflict', 'stopped', `Stopped after ${done} of ${run.total}: ${JSON.stringify(counts)}`)
    const batch = { type, ids, data: request.data, actor: run.actor, now: run.now }
    add(counts, await refusingClashes(type, () => keepingAnAdministrator(db, type, (tx) => actions[request.action].run(tx, batch))))
    done += ids.length
    await run.progress?.(done, Math.max(done, run.total))
  }
  await audit(db, run.actor, `mass${request.action[0]!.toUpperCase()}${request.action.slice(1)}`, { type: type.name, detail: counts })
  return counts
}

/**
 * The selected ids in order. Each batch looks again, behind the last id: a change that makes records leave the filter skips nobody,
 * and records made after the start do not come in. There is always a first batch, so that a selection of nobody answers its zeros.
 */
async function* batchesOf(db: Db, type: EntityType, selection: Selection, now: Date): AsyncGenerator<string[]> {
  if ('ids' in selection) {
    const ids = [...new Set(selection.ids)].filter(isId)
    for (let start = 0; start === 0 || start < ids.length; start += atOnce) yield ids.slice(start, start + atOnce)
    return
  }
  const listable = listableOf(type)
  const where = conditionOf(listable, selection, await listContext(db, now))
  for (let last = firstId; ;) {
    const { rows } = await sql<{ id: string }>`
      select r.id from ${listable.from} where ${where} and r.created_at <= ${now} and r.id > ${last} order by r.id limit ${atOnce}`.execute(db)
    if (rows.length > 0 || last === firstId) yield rows.map(({ id }) => id)
    if (rows.length < atOnce) return
    last = rows.at(-1)!.id
  }
}

function add(counts: Counts, more: Counts) {
  for (const [name, count] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + count
}
