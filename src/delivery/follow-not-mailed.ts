/** Why somebody was not mailed is found with the record that the person was merged into, unless that one has its own verdict there. */
import { sql } from 'kysely'
import type { Follower } from '../records/follow.ts'

export const notMailedFollow: Follower = {
  async move(tx, { entityType, fromId, toId }) {
    // By mass email: there is no index by record, and an index for this alone would cost every freeze.
    const { rows } = await sql<{ massEmailId: string }>`
      update not_mailed n set record_id = ${toId}
        from mass_email e
       where n.mass_email_id = e.id and n.entity_type = ${entityType} and n.record_id = ${fromId}
         and not exists (select from not_mailed own where own.mass_email_id = e.id and own.entity_type = ${entityType} and own.record_id = ${toId})
      returning n.mass_email_id`.execute(tx)
    return rows.map(({ massEmailId }) => massEmailId)
  },
  async moveBack(tx, { entityType, fromId, toId }, massEmailIds: string[]) {
    await sql`
      update not_mailed set record_id = ${fromId}
       where mass_email_id = any(${massEmailIds}::uuid[]) and entity_type = ${entityType} and record_id = ${toId}`.execute(tx)
  },
}
