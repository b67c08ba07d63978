/** Which target lists are kept in step with which reports: switched on, changed, stopped. What a run does is run-sync.ts's business. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { lockTargetList } from '../audience/target-lists.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { endNoticesOf } from './notices.ts'
import { peopleOf } from './people.ts'
import type { SyncMode } from './codes.ts'
import { circleWords, goesInCircles, type Sync } from './sync.ts'

export type SyncInput = { reportIds?: string[] | undefined; mode?: SyncMode | undefined; strict?: boolean | undefined; active: boolean }

/** From now on it runs with the rights of whoever asks. Switching off needs no right to the reports. */
export async function setReportSync(tx: Tx, actor: Actor, targetListId: string, input: SyncInput, context: ListContext): Promise<void> {
  const { name } = await lockTargetList(tx, actor, targetListId, 'edit')
  const before = await readSync(tx, targetListId)
  const { mode = before?.mode ?? 'mirror', strict = before?.strict ?? false, active } = input
  const reportIds = [...new Set(input.reportIds ?? before?.reportIds ?? [])]
  if (!active && !before && reportIds.length === 0) return
  if (active || input.reportIds) await expectReports(tx, actor, targetListId, mode, reportIds, context)
  const values = { active, mode, strict, changedAt: context.now, ...(active && { runAs: actor.userId }) }
  await tx.insertInto('reportSync').values({ targetListId, ...values }).onConflict((conflict) => conflict.column('targetListId').doUpdateSet(values)).execute()
  await setReports(tx, targetListId, reportIds)
  if (!active) await endNoticesOf(tx, targetListId, context.now)
  await audit(tx, actor, active ? 'reportSyncSet' : 'reportSyncStopped', { type: 'TargetList', id: targetListId, name, detail: { reportIds, mode, strict } })
}

export async function removeReportSync(tx: Tx, actor: Actor, targetListId: string, now: Date): Promise<void> {
  const { name } = await lockTargetList(tx, actor, targetListId, 'edit')
  const { numDeletedRows } = await tx.deleteFrom('reportSync').where('targetListId', '=', targetListId).executeTakeFirst()
  if (numDeletedRows === 0n) return
  await endNoticesOf(tx, targetListId, now)
  await audit(tx, actor, 'reportSyncStopped', { type: 'TargetList', id: targetListId, name })
}

/** Null where it was never set. */
export async function readSync(db: Db, targetListId: string): Promise<Sync | null> {
  const row = await db.selectFrom('reportSync').selectAll().where('targetListId', '=', targetListId).executeTakeFirst()
  if (!row) return null
  const reports = await db.selectFrom('reportSyncReport').select('reportId').where('targetListId', '=', targetListId).orderBy('position').execute()
  return { ...row, mode: row.mode as SyncMode, reportIds: reports.map(({ reportId }) => reportId) }
}

/** 400 with every fault: no report, one that this person may not see, that fills no list, or that asks about the list itself. */
async function expectReports(tx: Tx, actor: Actor, targetListId: string, mode: SyncMode, reportIds: string[], context: ListContext): Promise<void> {
  if (reportIds.length === 0) throw invalid([{ path: 'reportIds', message: 'Choose at least one report.' }])
  // Whoever deletes one of them meanwhile waits, and then finds it in use.
  await sql`select from report where id = any(${reportIds.filter(isId)}::uuid[]) order by id for key share`.execute(tx)
  const faults: Fault[] = []
  for (const [index, id] of reportIds.entries()) {
    const message = await faultOf(tx, actor, { id, targetListId, mode }, context)
    if (message) faults.push({ path: `reportIds.${index}`, message })
  }
  if (faults.length > 0) throw invalid(faults)
}

async function faultOf(tx: Tx, actor: Actor, { id, targetListId, mode }: { id: string; targetListId: string; mode: SyncMode }, context: ListContext): Promise<string | null> {
  try {
    const { report, filter } = await peopleOf(tx, actor, id, context)
    return goesInCircles(filter, targetListId, mode) ? circleWords(`the report “${report.name}”`) : null
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

async function setReports(tx: Tx, targetListId: string, reportIds: string[]): Promise<void> {
  await tx.deleteFrom('reportSyncReport').where('targetListId', '=', targetListId).execute()
  if (reportIds.length === 0) return
  await tx.insertInto('reportSyncReport').values(reportIds.map((reportId, position) => ({ targetListId, reportId, position }))).execute()
}
