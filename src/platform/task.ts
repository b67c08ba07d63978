/** Background tasks: a queue in the database, run by any worker process. A task's row is its truth: progress, result, cancel. */
import { sql } from 'kysely'
import type { Clock } from './clock.ts'
import type { Db } from './db.ts'
import { AppError, isDatabaseGone, notFound } from './errors.ts'
import { isId, newId } from './id.ts'

export type Task = {
  id: string
  kind: string
  title: string
  status: 'queued' | 'running' | 'done' | 'failed' | 'canceled'
  progress: { done: number; total: number }
  result: Record<string, unknown> | null
  error: string | null
  createdAt: string
}

export type TaskContext = {
  db: Db
  clock: Clock
  task: Task
  /** Aborted when a person cancels or the process stops: leave at the next safe place. */
  signal: AbortSignal
  progress(done: number, total: number): Promise<void>
}

/** Does the work and answers the task's result. Throwing an AppError fails the task with that sentence. */
export type TaskKind = (context: TaskContext, input: any) => Promise<object>

/** The task ended before its end, canceled or because something went wrong: what is done stays done, and `result` says what that is. */
export class EndedEarly extends AppError {
  readonly result: object
  constructor(code: string, message: string, result: object) {
    super('conflict', code, message)
    this.result = result
  }
}

/** The reason of a signal that was aborted by a person. Else the process stops, and what is resumable goes on later. */
export const canceledByPerson = Symbol('canceled by a person')

/** A worker says "alive" this often; a running task that was silent for `lostAfterMs` has lost its worker. */
const heartbeatMs = 2_000
const lostAfterMs = 15_000
/** A resumable task that took its worker down this often is not tried again: something in it kills workers. An orderly stop is none of that. */
const mostLosses = 5

export type NewTask = {
  kind: string
  title: string
  input: object
  createdBy?: string | undefined
  /** For what is kept under the task's id before there is a task. */
  id?: string
  total?: number
  /** Its work may be begun again and goes on where it stood: it is queued again when its worker dies, is stopped or loses the database. */
  resumable?: boolean
}

export async function enqueueTask(db: Db, { input, id = newId(), createdBy, ...about }: NewTask): Promise<Task> {
  const row = await db.insertInto('task').values({ ...about, id, createdBy: createdBy ?? null, input: JSON.stringify(input) }).returningAll().executeTakeFirstOrThrow()
  // Wakes the workers when the caller's transaction commits.
  await sql`select pg_notify('tidings_task', ${row.id})`.execute(db)
  return present(row)
}

/** A task that was so short that it is done already: whoever follows tasks needs to know one shape only. */
export async function recordDoneTask(db: Db, about: { id?: string; kind: string; title: string; createdBy: string; total: number }, result: object): Promise<Task> {
  const row = await db.insertInto('task').values({
    id: about.id ?? newId(), kind: about.kind, title: about.title, status: 'done', done: about.total, total: about.total, result: JSON.stringify(result),
    createdBy: about.createdBy, startedAt: sql`now()`, endedAt: sql`clock_timestamp()`,
  }).returningAll().executeTakeFirstOrThrow()
  return present(row)
}

export async function readTask(db: Db, id: string): Promise<Task> {
  const row = isId(id) ? await db.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst() : undefined
  if (!row) throw notFound('task', id)
  return present(row)
}

/** Queued or running. Of an id that is no task's: false. */
export const isUnderWay = async (db: Db, id: string): Promise<boolean> =>
  await db.selectFrom('task').select('id').where('id', '=', id).where('status', 'in', ['queued', 'running']).executeTakeFirst() !== undefined

/** Whether this person has started it. An unknown task is nobody's, but is told as what it is. */
export async function belongsTo(db: Db, id: string, userId: string): Promise<boolean> {
  await readTask(db, id)
  return await db.selectFrom('task').select('id').where('id', '=', id).where('createdBy', '=', userId).executeTakeFirst() !== undefined
}

/** A person's last tasks, newest first: the tray. */
export async function recentTasks(db: Db, userId: string): Promise<Task[]> {
  const rows = await db.selectFrom('task').selectAll().where('createdBy', '=', userId)
    .orderBy('createdAt', 'desc').limit(20).execute()
  return rows.map(present)
}

/** A queued task is canceled at once; a running one is asked to stop and says so itself. */
export async function cancelTask(db: Db, id: string): Promise<void> {
  const task = await readTask(db, id)
  if (task.status !== 'queued' && task.status !== 'running') {
    throw new AppError('conflict', 'taskEnded', `This task is ${task.status} already; there is nothing to cancel.`)
  }
  await db.updateTable('task').set({ status: 'canceled', endedAt: sql`now()` }).where('id', '=', id).where('status', '=', 'queued').execute()
  await db.updateTable('task').set({ cancelAsked: true }).where('id', '=', id).where('status', '=', 'running').execute()
}

/** Runs the oldest queued task, if there is one; answers whether there was. Many processes may call it. */
export async function runNextTask(db: Db, kinds: Record<string, TaskKind>, clock: Clock, stop: AbortSignal): Promise<boolean> {
  await takeBackLostTasks(db)
  const row = await claimTask(db, Object.keys(kinds))
  if (!row) return false
  const canceling = new AbortController()
  const signal = AbortSignal.any([stop, canceling.signal])
  const heartbeat = setInterval(() => { beat(db, row.id, canceling).catch(() => {}) }, heartbeatMs)
  try {
    const result = await kinds[row.kind]!(contextOf(db, clock, present(row), signal, canceling), row.input)
    await end(db, row, canceling.signal.aborted ? 'canceled' : 'done', { result })
  } catch (error) {
    const mayGoOn = row.resumable && !canceling.signal.aborted
    const losses = row.losses + (stop.aborted ? 0 : 1)
    if (mayGoOn && (stop.aborted || (isDatabaseGone(error) && losses < mostLosses))) await queueAgain(db, row, losses)
    else await end(db, row, canceling.signal.aborted ? 'canceled' : 'failed', { error: (error as Error).message, ...(error instanceof EndedEarly && { result: error.result }) })
    if (!(error instanceof AppError) && !signal.aborted) throw error
  } finally {
    clearInterval(heartbeat)
  }
  return true
}

function contextOf(db: Db, clock: Clock, task: Task, signal: AbortSignal, canceling: AbortController): TaskContext {
  return {
    db, clock, task, signal,
    async progress(done, total) {
      const row = await db.updateTable('task').set({ done, total, heartbeatAt: sql`clock_timestamp()` })
        .where('id', '=', task.id).returning('cancelAsked').executeTakeFirst()
      if (row?.cancelAsked) canceling.abort(canceledByPerson)
    },
  }
}

async function claimTask(db: Db, kinds: string[]) {
  const { rows } = await sql<TaskRow>`
    update task set status = 'running', runs = runs + 1, started_at = coalesce(started_at, now()), heartbeat_at = clock_timestamp()
     where id = (select id from task where status = 'queued' and kind = any(${kinds}) order by created_at, id limit 1 for update skip locked)
    returning *`.execute(db)
  return rows[0]
}

async function beat(db: Db, id: string, canceling: AbortController) {
  const row = await db.updateTable('task').set({ heartbeatAt: sql`clock_timestamp()` }).where('id', '=', id).returning('cancelAsked').executeTakeFirst()
  if (row?.cancelAsked) canceling.abort(canceledByPerson)
}

const queueAgain = (db: Db, { id, runs }: TaskRow, losses: number) =>
  db.updateTable('task').set({ status: 'queued', losses }).where('id', '=', id).where('runs', '=', runs).execute()

/** Whose worker was silent for too long: what may go on where it stood is queued again, everything else has failed. */
async function takeBackLostTasks(db: Db): Promise<void> {
  const mayGoOn = sql`resumable and losses + 1 < ${mostLosses}`
  await db.updateTable('task')
    .set({
      losses: sql<number>`losses + 1`,
      status: sql<string>`case when ${mayGoOn} then 'queued' else 'failed' end`,
      error: sql<string | null>`case when ${mayGoOn} then null else ${lostWords} end`,
      endedAt: sql<Date | null>`case when ${mayGoOn} then null else now() end`,
    })
    .where('status', '=', 'running')
    .where('heartbeatAt', '<', sql<Date>`clock_timestamp() - ${lostAfterMs} * interval '1 millisecond'`)
    .execute()
}

const lostWords = 'The process that ran this task ended before it was done. What it had committed is kept; start it again for the rest.'

/** Clean Up: tasks that ended more than 30 days ago. */
export async function forgetOldTasks(db: Db): Promise<number> {
  // By the clock that wrote the end of a task: the database's.
  const gone = await db.deleteFrom('task').where('endedAt', '<', sql<Date>`now() - interval '30 days'`).executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** Of a worker that was lost, and whose task another one was given, nothing counts any more. */
const end = (db: Db, { id, runs }: TaskRow, status: Task['status'], outcome: { result?: object; error?: string }) =>
  db.updateTable('task')
    .set({ status, result: outcome.result ? JSON.stringify(outcome.result) : null, error: outcome.error ?? null, endedAt: sql`clock_timestamp()` })
    .where('id', '=', id).where('runs', '=', runs).execute()

type TaskRow = {
  id: string; kind: string; title: string; status: string; input: any
  done: number; total: number; result: any; error: string | null; createdAt: Date; resumable: boolean; runs: number; losses: number
}

const present = (row: TaskRow): Task => ({
  id: row.id, kind: row.kind, title: row.title, status: row.status as Task['status'],
  progress: { done: row.done, total: row.total },
  result: row.result, error: row.error, createdAt: row.createdAt.toISOString(),
})
