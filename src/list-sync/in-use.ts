/**
 * Reports that lists are kept in step with. One is not deleted: the list would lose its members, or stop, without anybody having said so. And whom it
 * finds is changed only by who may change these lists: they follow with the rights of somebody else.
 */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { ReportUses } from '../reports/reports.ts'

type Follower = { id: string; name: string; readable: boolean; changeable: boolean }

/** Both throw 409 `reportInUse` naming the lists. Call them in the transaction that deletes or changes. */
export const reportUses: ReportUses = {
  /** Of a list whose sync is off, or that was deleted, the report is let go. */
  async expectUnused(tx, actor, reportId) {
    const lists = await followersOf(tx, actor, reportId)
    if (lists.length > 0) throw inUse(`Target lists are kept in step with this report: ${namesOf(lists)}. Stop that first, or choose another report there.`, lists)
    await tx.deleteFrom('reportSyncReport').where('reportId', '=', reportId).execute()
  },
  async expectMayChange(tx, actor, reportId) {
    const lists = (await followersOf(tx, actor, reportId)).filter(({ changeable }) => !changeable)
    if (lists.length > 0) throw inUse(`Target lists that you may not change are kept in step with this report: ${namesOf(lists)}. Duplicate it and change the copy, or let somebody change it who may change these lists.`, lists)
  },
}

async function followersOf(tx: Tx, actor: Actor, reportId: string): Promise<Follower[]> {
  const { rows } = await sql<Follower>`
    select r.id, r.name, ${allowed(actor, 'TargetList', 'read')} as readable, ${allowed(actor, 'TargetList', 'edit')} as changeable
      from report_sync_report u join report_sync s on s.target_list_id = u.target_list_id join target_list r on r.id = s.target_list_id
     where u.report_id = ${reportId}::uuid and s.active and r.deleted_at is null order by r.name`.execute(tx)
  return rows
}

const inUse = (message: string, lists: readonly Follower[]) =>
  new AppError('conflict', 'reportInUse', message, { targetLists: lists.filter(({ readable }) => readable).map(({ id, name }) => ({ id, name })) })

function namesOf(lists: readonly Follower[]): string {
  const readable = lists.filter((list) => list.readable)
  const others = lists.length - readable.length
  return [...readable.map(({ name }) => `“${name}”`), ...(others > 0 ? [`${others} that you may not see`] : [])].join(', ')
}
