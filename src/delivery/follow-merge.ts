/** Deliveries of a record that was merged into another one go on with the one that stayed: what is unsent is judged anew when it is claimed. */
import { sql } from 'kysely'
import type { Follower, Merge } from '../records/follow.ts'

/** Lane by lane: the record may have had several addresses, and a statement goes to one lane. */
export const deliveriesFollow: Follower = {
  async move(tx, merge) {
    const { rows } = await sql<Moved[number]>`select lane, array_agg(id) as ids from (${deliveriesOf(merge)}) d group by lane order by lane`.execute(tx)
    const moved: Moved = []
    for (const { lane, ids } of rows) {
      const { rows: entries } = await sql<{ id: number }>`
        update delivery set record_id = ${merge.toId}
         where lane = ${lane} and id = any(${ids}::bigint[]) and record_id = ${merge.fromId} and entity_type = ${merge.entityType} returning id`.execute(tx)
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

/**
 * By the address, mass email by mass email (the index of "never twice" answers each), and by the log, which may have moved already: an
 * index by record would cost every freeze. What waits at an address that the record had before is skipped when it is claimed, with the reason.
 */
const deliveriesOf = ({ entityType, fromId, toId, emailKey }: Merge) => sql`
  select d.lane, d.id from mass_email m join delivery d
    on d.lane = lane_of(${emailKey}::text) and d.mass_email_id = m.id and d.email_key = ${emailKey} and not d.test and d.record_id = ${fromId}
  union select lane, delivery_id from log_entry where record_id in (${fromId}, ${toId}) and entity_type = ${entityType}`

type Moved = { lane: number; ids: number[] }[]
