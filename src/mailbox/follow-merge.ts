/** What came back for a record that was merged into another one leads to the one that stayed. */
import { sql } from 'kysely'
import type { Follower } from '../records/follow.ts'

export const findingsFollow: Follower = {
  // By the log, which has an index by record: whatever a message is about has left, and stands in it.
  async move(tx, { entityType, fromId, toId }) {
    const { rows } = await sql<{ id: string }>`
      update mailbox_finding f set record_id = ${toId}
        from log_entry l
       where l.record_id in (${fromId}, ${toId}) and f.lane = l.lane and f.delivery_id = l.delivery_id and f.entity_type = ${entityType} and f.record_id = ${fromId}
      returning f.id`.execute(tx)
    return rows.map(({ id }) => id)
  },
  async moveBack(tx, { fromId }, ids: string[]) {
    await sql`update mailbox_finding set record_id = ${fromId} where id = any(${ids}::uuid[])`.execute(tx)
  },
}
