/** The campaign log of a record that was merged into another one is found with the one that stayed. */
import { sql } from 'kysely'
import type { Follower } from '../records/follow.ts'

/** Lane by lane: the record may have had several addresses, and a statement goes to one lane. */
export const logFollows: Follower = {
  async move(tx, { entityType, fromId, toId }) {
    const { rows } = await sql<{ lane: number }>`select distinct lane from log_entry where record_id = ${fromId} and entity_type = ${entityType} order by lane`.execute(tx)
    const moved: Moved = []
    for (const { lane } of rows) {
      const { rows: entries } = await sql<{ id: number }>`
        update log_entry set record_id = ${toId} where lane = ${lane} and record_id = ${fromId} and entity_type = ${entityType} returning id`.execute(tx)
      moved.push({ lane, ids: entries.map(({ id }) => id) })
    }
    return moved
  },
  async moveBack(tx, { fromId, toId }, moved: Moved) {
    for (const { lane, ids } of moved) {
      await sql`update log_entry set record_id = ${fromId} where lane = ${lane} and id = any(${ids}::bigint[]) and record_id = ${toId}`.execute(tx)
    }
  },
}

type Moved = { lane: number; ids: number[] }[]
