/** Scheduled jobs: which exist, when they run, and that only one run of each goes on over all processes. */
import { sql } from 'kysely'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { enqueueTask, readTask, type Task, type TaskContext, type TaskKind } from '../platform/task.ts'
import { tellAboutRuns } from './notices.ts'
import { isDue } from './schedule.ts'

/** What a run did, as numbers for its log: `{ frozen: 1, opened: 250 }`. */
export type Counts = Record<string, number>
export type JobContext = { db: Db; clock: Clock; signal: AbortSignal }
export type Job = { title: string; schedule: string; run: (context: JobContext) => Promise<Counts> }
export type Jobs = Record<string, Job>

const heartbeatMs = 2_000
/** A run that was silent for this long was lost with its process. */
const lostAfterMs = 15_000

/** Writes down jobs that are new; what an administrator changed stays. */
export async function ensureJobs(db: Db, jobs: Jobs): Promise<void> {
  for (const [name, { title, schedule }] of Object.entries(jobs)) {
    await db.insertInto('scheduledJob').values({ name, title, schedule }).onConflict((conflict) => conflict.column('name').doUpdateSet({ title })).execute()
  }
}

/** Queues a run for each active job whose time has come. Many processes may call it: each due time is taken once. */
export function queueDueJobs(db: Db, jobs: Jobs, now: Date, timeZone: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx.selectFrom('scheduledJob').selectAll().where('name', 'in', Object.keys(jobs)).forUpdate().skipLocked().execute()
    let queued = 0
    for (const { name, title, schedule, status, checkedUntil } of rows) {
      const due = isDue(schedule, checkedUntil, now, timeZone)
      if (!due && checkedUntil <= now) continue
      // Also after the clock went back: the next look starts from here.
      await tx.updateTable('scheduledJob').set({ checkedUntil: now }).where('name', '=', name).execute()
      if (!due || status !== 'active' || (await waitingTask(tx, name))) continue
      await enqueueTask(tx, { kind: 'job', title, input: { job: name, byHand: false } })
      queued++
    }
    return queued
  })
}

/** *Run now*, also when the job is inactive. While a run is on, one more waits behind it; pressing again adds nothing. */
export function runJobNow(db: Db, name: string, userId?: string): Promise<Task> {
  return db.transaction().execute(async (tx) => {
    const job = await tx.selectFrom('scheduledJob').select('title').where('name', '=', name).forUpdate().executeTakeFirst()
    if (!job) throw notFound('scheduled job', name)
    const waiting = await waitingTask(tx, name)
    return waiting ? readTask(tx, waiting.id) : enqueueTask(tx, { kind: 'job', title: job.title, input: { job: name, byHand: true }, createdBy: userId })
  })
}

/** Something happened that an active job is for: it does not wait for its time. One run waits behind the present one, not more. */
export function runJobSoon(db: Db, name: string): Promise<void> {
  return db.transaction().execute(async (tx) => {
    const job = await tx.selectFrom('scheduledJob').select(['title', 'status']).where('name', '=', name).forUpdate().executeTakeFirst()
    if (job?.status === 'active' && !(await waitingTask(tx, name))) await enqueueTask(tx, { kind: 'job', title: job.title, input: { job: name, byHand: false } })
  })
}

const waitingTask = (db: Db, name: string) =>
  db.selectFrom('task').select('id').where('kind', '=', 'job').where('status', '=', 'queued')
    .where(sql<string>`input->>'job'`, '=', name).executeTakeFirst()

/** The task kind that runs a job: waits while another run is on, writes its log. */
export const jobTask = (jobs: Jobs): TaskKind => async ({ db, clock, signal }: TaskContext, input: { job: string; byHand: boolean }) => {
  const job = jobs[input.job]
  if (!job) throw notFound('scheduled job', input.job)
  const runId = await beginRun(db, input, clock, signal)
  const heartbeat = setInterval(() => { beat(db, runId).catch(() => {}) }, heartbeatMs)
  try {
    const counts = await job.run({ db, clock, signal })
    await endRun(db, { id: runId, job: input.job }, clock(), { outcome: 'done', counts: JSON.stringify(counts) })
    return counts
  } catch (error) {
    await endRun(db, { id: runId, job: input.job }, clock(), { outcome: 'failed', error: faultInWords(error) })
    throw error
  } finally {
    clearInterval(heartbeat)
  }
}

async function beginRun(db: Db, input: { job: string; byHand: boolean }, clock: Clock, signal: AbortSignal): Promise<string> {
  const id = newId()
  for (;;) {
    await markLostRuns(db, clock())
    const begun = await db.insertInto('scheduledJobRun')
      .values({ id, job: input.job, byHand: input.byHand, startedAt: clock(), heartbeatAt: sql`clock_timestamp()` })
      .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
    if (begun) return id
    if (signal.aborted) throw new AppError('unavailable', 'stopping', 'The program stops; the run did not start.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const beat = (db: Db, id: string) =>
  db.updateTable('scheduledJobRun').set({ heartbeatAt: sql`clock_timestamp()` }).where('id', '=', id).execute()

/** Runs whose process died are seen as lost, and count as failures. Each worker asks each second; answers how many there were. */
export async function markLostRuns(db: Db, now: Date): Promise<number> {
  const isSilent = sql<boolean>`heartbeat_at < clock_timestamp() - ${lostAfterMs} * interval '1 millisecond'`
  const silent = await db.selectFrom('scheduledJobRun').select('id').where('outcome', '=', 'running').where(isSilent).execute()
  if (silent.length === 0) return 0
  return db.transaction().execute(async (tx) => {
    const lost = await tx.updateTable('scheduledJobRun')
      .set({ outcome: 'lost', endedAt: now, error: 'The process that ran it ended before it was done.' })
      .where('id', 'in', silent.map(({ id }) => id)).where('outcome', '=', 'running').where(isSilent).returning('job').execute()
    for (const { job } of lost) await tellAboutRuns(tx, job, now)
    return lost.length
  })
}

/** Clean Up: runs of which nobody asks after 30 days. */
export async function forgetOldRuns(db: Db, now: Date): Promise<number> {
  const gone = await db.deleteFrom('scheduledJobRun').where('endedAt', '<', new Date(now.getTime() - 30 * 24 * 3600_000)).executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** In one transaction with what people are told of it. Of a run that was given up as lost it is known again what became of it. */
const endRun = (db: Db, { id, job }: { id: string; job: string }, now: Date, end: { outcome: 'done' | 'failed'; counts?: string; error?: string }) =>
  db.transaction().execute(async (tx) => {
    await tx.updateTable('scheduledJobRun').set({ error: null, ...end, endedAt: now }).where('id', '=', id).execute()
    await tellAboutRuns(tx, job, now)
  })

/** With what lies behind it: "The list could not be read. connect ECONNREFUSED 127.0.0.1:5432". */
function faultInWords(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error && cause.message !== message ? `${message} ${cause.message}` : message
}
