/**
 * The scheduled job *Send Scheduled Reports*. What fell due is run for each recipient with his own rights and put into the outbox in the transaction
 * that writes down that it was: two processes, or one that died and came back, mail nobody twice and forget nobody.
 */
import { audit } from '../access/audit.ts'
import { lastDue, nextRuns } from '../jobs/schedule.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, isDatabaseGone } from '../platform/errors.ts'
import { inTurn } from '../platform/in-turn.ts'
import { listContext } from '../records/records.ts'
import { queueSystemMail } from '../system-mail/queue.ts'
import type { mailOutcomes } from './contract.ts'
import { tellOfFailures, writeDownSettled } from './failures.ts'
import { refOf } from './mail-ref.ts'
import { type About, arrivesAgain, tellLeftOut } from './notices.ts'
import { type Recipient, recipient } from './recipient.ts'
import { type Letter, reportLetter } from './report-letter.ts'

type Ground = { db: Db; clock: Clock; signal: AbortSignal }
type Outcome = (typeof mailOutcomes)[number]
type Schedule = About & { schedule: string; userIds: string[]; attach: 'none' | 'csv' | 'xlsx'; includeChart: boolean; onlyIfRows: boolean; dealtThrough: Date }
/** `later`: it did not work just now. */
type Counts = { due: number; queued: number; leftOut: number; failed: number; later: number }

export async function sendScheduledReports({ db, clock, signal }: Ground): Promise<Counts> {
  await writeDownSettled(db)
  const counts: Counts = { due: 0, queued: 0, leftOut: 0, failed: 0, later: 0 }
  await inTurn(await activeSchedules(db), signal, async (schedule) => {
    const context = await listContext(db, clock())
    // Of several that fell due while nothing ran, the last: the others would say the same.
    const dueAt = lastDue(schedule.schedule, schedule.dealtThrough, context.now, context.timeZone)
    if (dueAt) await sendDue(db, schedule, dueAt, context, counts, signal)
  }).finally(() => tellOfFailures(db, clock()))
  return counts
}

const activeSchedules = (db: Db): Promise<Schedule[]> =>
  db.selectFrom('reportSchedule as s').innerJoin('report as r', 'r.id', 's.reportId').where('s.active', '=', true)
    .select(['s.id', 's.reportId', 's.schedule', 's.userIds', 's.attach', 's.includeChart', 's.onlyIfRows', 's.dealtThrough', 's.createdBy', 'r.name as reportName', 'r.assignedUserId'])
    .orderBy('s.dealtThrough').orderBy('s.id').execute() as Promise<Schedule[]>

/** Killed among the recipients, or where it did not work for one just now, the next run goes on with those who are left: only then it is dealt with. */
async function sendDue(db: Db, schedule: Schedule, dueAt: Date, context: ListContext, counts: Counts, signal: AbortSignal): Promise<void> {
  counts.due++
  const before = counts.later
  for (const userId of schedule.userIds) {
    if (signal.aborted) return
    const outcome = await sendOne(db, schedule, dueAt, userId, context)
    if (outcome && outcome in counts) counts[outcome as keyof Counts]++
  }
  if (counts.later > before) return
  await db.updateTable('reportSchedule').set({ dealtThrough: dueAt }).where('id', '=', schedule.id).where('dealtThrough', '<', dueAt).where('schedule', '=', schedule.schedule).execute()
}

/** Answers null where it was dealt with before. Passing trouble (other reports are being run, a deadlock) writes nothing down while the next run may do better. */
async function sendOne(db: Db, schedule: Schedule, dueAt: Date, userId: string, context: ListContext): Promise<Outcome | 'later' | null> {
  const done = await db.selectFrom('reportMail').select('outcome').where('scheduleId', '=', schedule.id).where('dueAt', '=', dueAt).where('userId', '=', userId).executeTakeFirst()
  if (done) return null
  const writeDown = (prepared: Prepared) => db.transaction().execute((tx) => settle(tx, prepared, { scheduleId: schedule.id, dueAt, userId, at: context.now }))
  try {
    return await writeDown(await prepare(db, schedule, userId, context))
  } catch (error) {
    if (isDatabaseGone(error)) throw error
    if (mayWait(schedule.schedule, dueAt, context)) return 'later'
    return writeDown({ outcome: 'failed', reply: error instanceof AppError ? error.message : `The report could not be run: ${(error as Error).message}` })
  }
}

async function settle(tx: Tx, { outcome, reply = '', send }: Prepared, mail: { scheduleId: string; dueAt: Date; userId: string; at: Date }): Promise<Outcome | null> {
  const { numInsertedOrUpdatedRows: written } = await tx.insertInto('reportMail').values({ ...mail, outcome, reply }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
  if (written === 0n) return null
  await send?.(tx, refOf(mail.scheduleId, mail.dueAt, mail.userId))
  return outcome
}

const minutes = (count: number) => count * 60_000

/** For an hour, and while another run comes before the next due time: that one would take its place, and nobody would hear of this one. */
function mayWait(schedule: string, dueAt: Date, { now, timeZone }: ListContext): boolean {
  const [next] = nextRuns(schedule, dueAt, timeZone, 1)
  return now.getTime() < dueAt.getTime() + minutes(60) && (!next || next.getTime() > now.getTime() + minutes(15))
}

type Prepared = { outcome: Outcome; reply?: string; send?: (tx: Tx, ref: string) => Promise<unknown> }

async function prepare(db: Db, schedule: Schedule, userId: string, context: ListContext): Promise<Prepared> {
  const person = await recipient(db, userId)
  const leftOut = (reply: string): Prepared => ({ outcome: 'leftOut', reply, send: (tx) => tellLeftOut(tx, schedule, { id: userId, name: person?.name ?? 'somebody who was deleted' }, reply, context.now) })
  if (!person?.actor.isActive) return leftOut('There is no such active user.')
  if (person.emailAddress === '') return leftOut('They have no email address.')
  try {
    const letter = await reportLetter(db, person.actor, schedule, context)
    if (!letter.found && schedule.onlyIfRows) return { outcome: 'noRows' }
    return { outcome: 'queued', send: async (tx, ref) => {
      await queueLetter(tx, person, letter, context.now, ref)
      await arrivesAgain(tx, schedule.id, userId, context.now)
    } }
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error
    if (error.kind === 'notFound' || error.kind === 'forbidden') return leftOut('They may not see the report.')
    return { outcome: 'failed', reply: error.message }
  }
}

export async function queueLetter(tx: Tx, { actor, name, emailAddress }: Recipient, letter: Letter, now: Date, ref?: string): Promise<void> {
  await queueSystemMail(tx, { purpose: 'report', ...(ref && { ref }), to: { address: emailAddress, name }, subject: letter.subject, text: letter.text, html: letter.html, files: letter.files }, now)
  if (letter.exported) await audit(tx, actor, 'exported', { type: 'Report', id: letter.report.id, name: letter.report.name, detail: { by: 'mail' } })
}
