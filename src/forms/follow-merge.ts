/** Proofs of consent of a record that was merged into another one are found with the one that stayed. */
import { sql } from 'kysely'
import type { Follower } from '../records/follow.ts'

export const subscriptionsFollow: Follower = {
  async move(tx, { entityType, fromId, toId }) {
    const { rows } = await sql<{ id: string }>`
      update subscription set record_id = ${toId} where record_id = ${fromId} and entity_type = ${entityType} returning id`.execute(tx)
    return rows.map(({ id }) => id)
  },
  async moveBack(tx, { fromId, toId }, ids: string[]) {
    await sql`update subscription set record_id = ${fromId} where id = any(${ids}::uuid[]) and record_id = ${toId}`.execute(tx)
  },
}
