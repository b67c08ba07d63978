/** Deliveries of a record that was merged into another one go on with the one that stayed: what is unsent is judged anew when it is claimed. */
import { sql } from 'kysely'
import type { Follower } from '../records/follow.ts'

/** Lane by lane: the record may have had several addresses, and a statement goes to one lane. */
export const deliveriesFollow: Follower = {
  async move(tx, { entityType, fromId, toId }) {
    const { rows } = await sql<{ lane: number }>`select distinct lane from delivery where record_id = ${fromId} and entity_type = ${entityType} order by lane`.execute(tx)
    const moved: Moved = []
    for (const { lane } of rows) {
      const { rows: entries } = await sql<{ id: number }>`
        update delivery set record_id = ${toId} where lane = ${lane} and record_id = ${fromId} and entity_type = ${entityType} returning id`.execute(tx)
      moved.push({ lane, ids: entries.map(({ id }) => id) })
    }
    return moved
  },
  async moveBack(tx, { fromId, toId }, moved: Moved) {
    for (const { lane, ids } of moved) {
      await sql`update delivery set record_id = ${fromId} where lane = ${lane} and id = any(${ids}::bigint[]) and record_id = ${toId}`.execute(tx)
    }
  },
}

type Moved = { lane: number; ids: number[] }[]
