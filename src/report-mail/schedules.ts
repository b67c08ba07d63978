/** Schedules of reports: made, changed, deleted. What falls due is send-scheduled.ts's business. */
import { sql } from 'kysely'
import { type Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Action } from '../access/rights.ts'
import { allowed } from '../access/row-rights.ts'
import { moreThanHourly } from '../jobs/schedule.ts'
import { arrivesAgain, endNoticesOf } from './notices.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid, notFound } from '../platform/errors.ts'
import { given } from '../platform/given.ts'
import { isId, newId } from '../platform/id.ts'

type Attach = 'none' | 'csv' | 'xlsx'
export type ScheduleInput = {
  schedule?: string | undefined; name?: string | undefined; userIds?: string[] | undefined; attach?: Attach | undefined
  includeChart?: boolean | undefined; onlyIfRows?: boolean | undefined; active?: boolean | undefined
}

/** Whoever may read a report may have it mailed: everybody gets it with his own rights. */
export async function createSchedule(tx: Tx, actor: Actor, { reportId, userIds = [actor.userId], ...input }: ScheduleInput & { reportId: string; schedule: string }, now: Date): Promise<string> {
  const { name } = await readable(tx, actor, reportId)
  await expectRecipients(tx, userIds)
  expectCalm(input.schedule, userIds, actor.userId)
  const id = newId()
  await tx.insertInto('reportSchedule').values({ ...columnsOf(input), schedule: input.schedule, id, reportId, userIds, dealtThrough: now, createdBy: actor.userId, createdAt: now, modifiedAt: now }).execute()
  await audit(tx, actor, 'reportScheduled', { type: 'Report', id: reportId, name, detail: { scheduleId: id, schedule: input.schedule, userIds } })
  return id
}

/** What fell due under the old schedule, or while it was off, is not made up for. */
export async function changeSchedule(tx: Tx, actor: Actor, id: string, input: ScheduleInput, now: Date, expectVersion: (version: number) => void): Promise<void> {
  const before = await lockSchedule(tx, actor, id, 'edit')
  expectVersion(before.version)
  if (input.userIds) await expectRecipients(tx, input.userIds, before.userIds)
  if (input.schedule !== undefined || input.userIds) expectCalm(input.schedule ?? before.schedule, input.userIds ?? before.userIds, before.createdBy)
  const anew = (input.schedule !== undefined && input.schedule !== before.schedule) || (input.active === true && !before.active)
  await tx.updateTable('reportSchedule').set({ ...columnsOf(input), ...(anew && { dealtThrough: now }), modifiedAt: now, version: before.version + 1 }).where('id', '=', id).execute()
  if (input.active === false) await endNoticesOf(tx, id, now)
  await audit(tx, actor, 'reportScheduleChanged', { type: 'Report', id: before.reportId, name: before.reportName, detail: { scheduleId: id, ...columnsOf(input) } })
}

export async function removeSchedule(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const { reportId, reportName } = await lockSchedule(tx, actor, id, 'edit')
  await tx.deleteFrom('reportSchedule').where('id', '=', id).execute()
  await endNoticesOf(tx, id, now)
  await audit(tx, actor, 'reportScheduleRemoved', { type: 'Report', id: reportId, name: reportName, detail: { scheduleId: id } })
}

/** Whoever gets it may stop that, whatever else he may do. Who is none of them may stay so. */
export async function leaveSchedule(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
  const row = isId(id) ? await tx.selectFrom('reportSchedule').innerJoin('report', 'report.id', 'reportSchedule.reportId').select(['reportId', 'report.name'])
    .where('reportSchedule.id', '=', id).where(sql<boolean>`${actor.userId}::uuid = any(user_ids)`).forUpdate('reportSchedule').executeTakeFirst() : undefined
  if (!row) return expectSchedule(tx, actor, id, 'read')
  await tx.updateTable('reportSchedule').set({ userIds: sql`array_remove(user_ids, ${actor.userId}::uuid)`, modifiedAt: now, version: sql`version + 1` }).where('id', '=', id).execute()
  await arrivesAgain(tx, id, actor.userId, now)
  await audit(tx, actor, 'reportScheduleLeft', { type: 'Report', id: row.reportId, name: row.name, detail: { scheduleId: id } })
}

/** 404 where the report may not be read; 403 where neither the report may be changed nor the schedule is one's own. */
async function lockSchedule(tx: Tx, actor: Actor, id: string, action: Action) {
  await expectSchedule(tx, actor, id, action)
  const row = await tx.selectFrom('reportSchedule').innerJoin('report', 'report.id', 'reportSchedule.reportId').selectAll('reportSchedule').select('report.name as reportName')
    .where('reportSchedule.id', '=', id).forUpdate('reportSchedule').executeTakeFirst()
  if (!row) throw notFound('schedule', id)
  return row
}

export async function expectSchedule(db: Db, actor: Actor, id: string, action: Action): Promise<void> {
  const { rows } = isId(id) ? await sql<{ mine: boolean }>`
    select ${mayChange(actor, action)} as mine from report_schedule s join report r on r.id = s.report_id where s.id = ${id}::uuid and ${allowed(actor, 'Report', 'read')}`.execute(db) : { rows: [] }
  if (!rows[0]) throw notFound('schedule', id)
  if (!rows[0].mine) throw new AppError('forbidden', 'mayNotEdit', 'Only whoever made this schedule, or may change the report, may do this.')
}

/** Over `s`, the schedule, and `r`, its report. */
export const mayChange = (actor: Actor, action: Action = 'edit') => sql<boolean>`(s.created_by is not distinct from ${actor.userId}::uuid or ${allowed(actor, 'Report', action)})`

async function readable(db: Db, actor: Actor, reportId: string): Promise<{ name: string }> {
  const { rows } = isId(reportId) ? await sql<{ name: string }>`select r.name from report r where r.id = ${reportId}::uuid and ${allowed(actor, 'Report', 'read')} for key share of r`.execute(db) : { rows: [] }
  if (!rows[0]) throw invalid([{ path: 'reportId', message: 'There is no such report, or you may not see it.' }])
  return rows[0]
}

/** Only whoever made it may have it as often as he likes. */
function expectCalm(schedule: string, userIds: readonly string[], maker: string | null): void {
  if (userIds.some((id) => id !== maker) && moreThanHourly(schedule)) throw invalid([{ path: 'schedule', message: 'Others get it too: leave at least an hour between two mails.' }])
}

/** Who was chosen once and left stays until somebody takes him out: nothing is mailed to him. */
async function expectRecipients(db: Db, userIds: readonly string[], kept: readonly string[] = []): Promise<void> {
  const added = userIds.filter((id) => !kept.includes(id))
  const { rows } = await sql<{ id: string; name: string; isActive: boolean; emailAddress: string }>`
    select id, name, is_active, email_address from "user" where id = any(${added.filter(isId)}::uuid[])`.execute(db)
  const faults = userIds.flatMap((id, index): Fault[] => {
    if (!added.includes(id)) return []
    const user = rows.find((row) => row.id === id)
    const message = !user ? 'There is no such user.' : !user.isActive ? `${user.name} is not active.` : user.emailAddress === '' ? `${user.name} has no email address.` : null
    return message === null ? [] : [{ path: `userIds.${index}`, message }]
  })
  if (faults.length > 0) throw invalid(faults)
}

const columnsOf = ({ userIds, ...input }: ScheduleInput) => given({ ...input, ...(userIds && { userIds: [...new Set(userIds)] }) })
