/** A report that a list is kept in step with is not deleted: the list would lose its members, or stop, without anybody having said so. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'

/** Throws 409 naming the lists; of a list whose sync is off, or that was deleted, the report is let go. Call it in the transaction that deletes. */
export async function expectReportUnused(tx: Tx, actor: Actor, reportId: string): Promise<void> {
  const { rows } = await sql<{ id: string; name: string; readable: boolean }>`
    select r.id, r.name, ${allowed(actor, 'TargetList', 'read')} as readable
      from report_sync_report u join report_sync s on s.target_list_id = u.target_list_id join target_list r on r.id = s.target_list_id
     where u.report_id = ${reportId}::uuid and s.active and r.deleted_at is null order by r.name`.execute(tx)
  if (rows.length > 0) throw inUse(rows)
  await tx.deleteFrom('reportSyncReport').where('reportId', '=', reportId).execute()
}

function inUse(lists: readonly { id: string; name: string; readable: boolean }[]) {
  const readable = lists.filter((list) => list.readable)
  const others = lists.length - readable.length
  const names = [...readable.map(({ name }) => `“${name}”`), ...(others > 0 ? [`${others} that you may not see`] : [])].join(', ')
  return new AppError('conflict', 'reportInUse', `Target lists are kept in step with this report: ${names}. Stop that first, or choose another report there.`,
    { targetLists: readable.map(({ id, name }) => ({ id, name })) })
}
