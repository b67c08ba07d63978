/** A target list filled from a report once, or rid of everybody in it. Opt-outs lie apart by address: nothing here lifts one. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import { type Added, addMembers, atOnce, removePeople } from '../audience/members.ts'
import type { ByReport } from '../audience/routes.ts'
import { targetListNamed } from '../audience/target-lists.ts'
import { readWithin, tooLate } from '../listing/deadline.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import { refreshEntityTypes } from '../records/entity-types.ts'
import { listContext } from '../records/records.ts'
import { peopleOf } from './people.ts'

export const byReport: ByReport = {
  add: (call, list, reportId) => fill<Added>(call, list, reportId, 'fillFromReport', add),
  remove: (call, list, reportId) => fill<{ removed: number }>(call, list, reportId, 'removeByReport', remove),
}

type Asked = { db: Db; actor: Actor; now: Date }
type Work<Result> = (db: Db, targetListId: string, actor: Actor, people: RawBuilder<unknown>, now: Date) => Promise<Result>

const add: Work<Added> = (db, targetListId, actor, people, now) => addMembers(db, { targetListId, source: 'report', addedBy: actor.userId }, people, now)
const remove: Work<{ removed: number }> = async (db, targetListId, _actor, people) => ({ removed: await removePeople(db, targetListId, people) })

/** `now` and `timeZone` are those of whoever asked: "today" in a report means that person's day. */
type TaskInput = { targetListId: string; reportId: string; actor: Actor; now: string; timeZone: string }

async function fill<Result>({ db, actor, now }: Asked, list: { id: string; name: string }, reportId: string, kind: 'fillFromReport' | 'removeByReport', work: Work<Result>): Promise<Result | { task: Task }> {
  const context = await listContext(db, now)
  const { report, people } = await peopleOf(db, actor, reportId, context)
  const result = await readWithin(db, patienceMs, async (within) => ((await isMoreThanAtOnce(within, people)) ? tooLate : work(within, list.id, actor, people, now)))
  if (result !== tooLate) return result
  const input: TaskInput = { targetListId: list.id, reportId, actor, now: now.toISOString(), timeZone: context.timeZone }
  const title = kind === 'fillFromReport' ? `Adding “${report.name}” to ${list.name}` : `Removing “${report.name}” from ${list.name}`
  // One statement does it: begun again after a crash it finds who is there already.
  return { task: await enqueueTask(db, { kind, title, input, createdBy: actor.userId, resumable: true }) }
}

/** What a statement takes longer for is left to a task, like very many people. */
export const patienceMs = 5_000

export async function isMoreThanAtOnce(db: Db, people: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select from (${people}) people limit ${atOnce + 1}) first`.execute(db)
  return rows[0]!.count > atOnce
}

export const fillFromReport = (task: TaskContext, input: TaskInput) => asTask(task, input, add)
export const removeByReport = (task: TaskContext, input: TaskInput) => asTask(task, input, remove)

/** All or nothing: canceled in time, nobody came. Whoever lost a right meanwhile does not go on with it. */
const asTask = <Result extends object>({ db, signal, clock, ...task }: TaskContext, { targetListId, reportId, now, ...input }: TaskInput, work: Work<Result>): Promise<Result> =>
  db.transaction().execute(async (tx: Tx) => {
    await refreshEntityTypes(tx)
    const context: ListContext = { now: new Date(now), timeZone: input.timeZone }
    const actor = await withPresentRights(tx, input.actor)
    await targetListNamed(tx, actor, targetListId, 'edit')
    const { people } = await peopleOf(tx, actor, reportId, context)
    const result = await work(tx, targetListId, actor, people, clock())
    await task.progress(1, 1)
    if (signal.aborted) throw new AppError('conflict', 'canceled', 'It was canceled; nothing was changed.')
    return result
  })
