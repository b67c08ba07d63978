/** The scheduled job *Sync Target Lists with Reports*, and a run that somebody asked for. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { readActor, withPresentRights } from '../access/actors.ts'
import { targetListNamed } from '../audience/target-lists.ts'
import { readWithin } from '../listing/deadline.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { AppError, isDatabaseGone, sqlState } from '../platform/errors.ts'
import { inTurn } from '../platform/in-turn.ts'
import { enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import { listContext } from '../records/records.ts'
import { forgetHolds } from './before-freeze.ts'
import { isMoreThanAtOnce, patienceMs } from './fill.ts'
import { peopleOf } from './people.ts'
import { readSync } from './report-syncs.ts'
import { syncList } from './run-sync.ts'
import type { Outcome, Sync } from './sync.ts'

type Ground = { db: Db; clock: Clock; signal: AbortSignal }

/** List by list, each in its own transaction: killed here, those that are done are done, and the next run does the others. What a run foresees is its outcome. */
export async function syncTargetLists({ db, clock, signal }: Ground): Promise<{ lists: number; added: number; removed: number; notInStep: number }> {
  await forgetHolds(db)
  const sum = { lists: 0, added: 0, removed: 0, notInStep: 0 }
  await inTurn(await listsInStep(db), signal, async ({ id }) => {
    const outcome = await syncList(db, id, { why: 'job', now: clock() })
    if (!outcome) return
    sum.lists++
    sum.added += outcome.added
    sum.removed += outcome.removed
    if (outcome.outcome !== 'done') sum.notInStep++
  })
  return sum
}

/** Those first that were not looked at for the longest time. */
async function listsInStep(db: Db): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select s.target_list_id as id from report_sync s join target_list l on l.id = s.target_list_id
     where s.active and l.deleted_at is null
     order by (select max(at) from report_sync_run n where n.target_list_id = s.target_list_id) nulls first, s.target_list_id`.execute(db)
  return rows
}

export type RunResult = { added: number; removed: number; members: number }

/** By hand: whoever may change the list. At once where few are concerned, else a task. */
export async function runByHand(db: Db, actor: Actor, targetListId: string, { careful }: { careful: boolean }, now: Date): Promise<RunResult | { task: Task }> {
  const list = await targetListNamed(db, actor, targetListId, 'edit')
  const sync = await readSync(db, targetListId)
  if (!sync?.active) throw notKeptInStep(list.name)
  if (!(await concernsMany(db, sync, now))) return resultOf(list.name, await syncList(db, targetListId, { why: 'hand', byUserId: actor.userId, careful, now }))
  return { task: await enqueueTask(db, { kind: 'syncTargetList', title: `Bringing ${list.name} in step`, input: { targetListId, actor, careful }, createdBy: actor.userId, resumable: true }) }
}

export async function syncTargetList({ db, clock, ...task }: TaskContext, input: { targetListId: string; actor: Actor; careful: boolean }): Promise<RunResult> {
  const list = await targetListNamed(db, await withPresentRights(db, input.actor), input.targetListId, 'edit')
  const outcome = await syncList(db, list.id, { why: 'hand', byUserId: input.actor.userId, careful: input.careful, now: clock() })
  await task.progress(1, 1)
  return resultOf(list.name, outcome)
}

function resultOf(list: string, outcome: Outcome | null): RunResult {
  if (!outcome) throw notKeptInStep(list)
  const { added, removed, leaving, members, error } = outcome
  if (outcome.outcome === 'held') throw new AppError('conflict', 'syncHeld', error ?? '', { leaving, members })
  if (error !== null) throw new AppError('conflict', 'syncStopped', error)
  return { added, removed, members }
}

const notKeptInStep = (list: string) => new AppError('conflict', 'notKeptInStep', `${list} is not kept in step with any report. Switch that on first.`)

/** Counted with nobody's rights but those of whoever it runs as. */
async function concernsMany(db: Db, sync: Sync, now: Date): Promise<boolean> {
  const person = sync.runAs === null ? null : await readActor(db, sync.runAs)
  const context = await listContext(db, now)
  const concerned = [sql`select from target_list_member where target_list_id = ${sync.targetListId}::uuid`]
  for (const id of person ? sync.reportIds : []) {
    const of = await peopleOf(db, person!, id, context).catch(toldByTheRun)
    if (of) concerned.push(sql`select from (${of.people}) report`)
  }
  // In one statement: twenty slow reports take no longer than one.
  const counted = await readWithin(db, patienceMs, (within) => isMoreThanAtOnce(within, sql.join(concerned, sql` union all `))).catch(toldByTheRun)
  return counted !== null && counted !== false
}

/** A report that is refused, or whose statement fails, is an outcome of the run. */
const toldByTheRun = (error: unknown): null => {
  if (error instanceof AppError || (sqlState(error) !== null && !isDatabaseGone(error))) return null
  throw error
}
