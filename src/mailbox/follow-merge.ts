/** What came back for a record that was merged into another one leads to the one that stayed. */
import { sql } from 'kysely'
import type { Follower } from '../records/follow.ts'

export const findingsFollow: Follower = {
  async move(tx, { entityType, fromId, toId }) {
    const { rows } = await sql<{ id: string }>`
      update mailbox_finding f set record_id = ${toId}
        from delivery d
       where d.record_id in (${fromId}, ${toId}) and f.lane = d.lane and f.delivery_id = d.id and f.entity_type = ${entityType} and f.record_id = ${fromId}
      returning f.id`.execute(tx)
    return rows.map(({ id }) => id)
  },
  async moveBack(tx, { fromId }, ids: string[]) {
    await sql`update mailbox_finding set record_id = ${fromId} where id = any(${ids}::uuid[])`.execute(tx)
  },
}
