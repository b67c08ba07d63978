/**
 * The durable mark: committed before the final dot of a message is written, so that after a crash it is known which deliveries may
 * be out. The same statement asks once more whether each may still leave; whoever said no before the mark gets nothing.
 */
import { sql } from 'kysely'
import { audienceTypes } from '../audience/mailable.ts'
import type { LateHindrance } from '../audience/codes.ts'
import { stillAllowed } from '../audience/still-allowed.ts'
import type { Db } from '../platform/db.ts'
import type { Frozen } from './frozen.ts'
import { prepare, Slot } from '../platform/prepared.ts'

export type MarkRequest = { lane: number; ids: number[]; senderId: number; now: Date }
/** `stopped`: the mass email or its campaign stands still, or the row or the lease is not this sender's any more. */
export type Mark = 'marked' | 'stopped' | LateHindrance
export type Marker = (request: MarkRequest) => Promise<Map<number, Mark>>

/** The statement for one mass email, prepared once: its lists are part of it. */
export function createMarker(db: Db, massEmailId: string, frozen: Frozen, { honourRemovals }: { honourRemovals: boolean }): Marker {
  const [lane, ids, senderId, now] = [new Slot('lane'), new Slot('ids'), new Slot('senderId'), new Slot('now')]
  const hindrance = stillAllowed('d', { ...frozen, honourRemovals, now: now as unknown as Date }, audienceTypes())
  // As text, so that the index of held rows does not fit: it would be read whole for each group, where the primary key finds the row.
  const isHeld = sql`d.status::text = 'sending' and d.sender_id = ${senderId}::bigint`
  const mark = prepare<{ id: number; hindrance: LateHindrance | null; marked: boolean }>(db, sql`
    with asked as materialized (
      select d.id, ${hindrance} as hindrance from delivery d
       where d.lane = ${lane}::smallint and d.id = any(${ids}::bigint[]) and ${isHeld}),
    running as materialized (
      select 1 from mass_email m join campaign c on c.id = m.campaign_id join sender s on s.id = ${senderId}::bigint
       where m.id = ${massEmailId}::uuid and m.status = 'inProcess' and m.deleted_at is null
         and c.status = 'active' and c.deleted_at is null and s.lease_until > clock_timestamp()),
    marked as (
      update delivery d set wire_at = ${now}::timestamptz from asked
       where d.lane = ${lane}::smallint and d.id = asked.id and asked.hindrance is null and exists (select from running)
         and ${isHeld}
      returning d.id)
    select asked.id, asked.hindrance, marked.id is not null as marked from asked left join marked on marked.id = asked.id`)
  return async (request) => {
    const rows = await mark({ ...request })
    const marks = new Map<number, Mark>(rows.map((row) => [row.id, row.marked ? 'marked' : row.hindrance ?? 'stopped']))
    return new Map(request.ids.map((id) => [id, marks.get(id) ?? 'stopped']))
  }
}
