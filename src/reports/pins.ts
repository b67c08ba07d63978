/** The reports that stand on somebody's Home, in his order. One that he may no longer read is not shown, and comes back with the right. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Report } from './contract.ts'
import { readReports } from './report-list.ts'

export async function pinnedReports(db: Db, actor: Actor, context: ListContext): Promise<Report[]> {
  const pins = await db.selectFrom('reportPin').select('reportId').where('userId', '=', actor.userId).orderBy('position').execute()
  const reports = await readReports(db, actor, sql<boolean>`t.id = any(${pins.map(({ reportId }) => reportId)}::uuid[])`, context)
  const byId = new Map(reports.map((report) => [report.id, report]))
  return pins.flatMap(({ reportId }) => byId.get(reportId) ?? [])
}

/** In place of those that stood there. */
export async function setPins(tx: Tx, actor: Actor, reportIds: readonly string[]): Promise<void> {
  const ids = [...new Set(reportIds.map((id) => id.toLowerCase()))]
  // Two windows at once: one after the other.
  await sql`select from "user" where id = ${actor.userId} for no key update`.execute(tx)
  const { rows } = await sql<{ id: string }>`select r.id from report r where r.id = any(${ids.filter(isId)}::uuid[]) and ${allowed(actor, 'Report', 'read')}`.execute(tx)
  const there = new Set(rows.map(({ id }) => id))
  const missing = ids.flatMap((id, index) => (there.has(id) ? [] : [{ path: `reportIds.${index}`, message: `There is no report ${id.slice(0, 100)}.` }]))
  if (missing.length > 0) throw invalid(missing)
  await tx.deleteFrom('reportPin').where('userId', '=', actor.userId).execute()
  if (ids.length > 0) await tx.insertInto('reportPin').values(ids.map((reportId, position) => ({ userId: actor.userId, reportId, position }))).execute()
}
