/**
 * The durable mark: committed before the final dot of a message is written, so that after a crash it is known which deliveries may
 * be out. The same statement asks once more whether each may still leave; whoever said no before the mark gets nothing.
 */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { LateHindrance } from '../audience/codes.ts'
import { audienceTypes } from '../audience/mailable.ts'
import { stillAllowed } from '../audience/still-allowed.ts'
import { arrayLiteral } from '../platform/columns.ts'
import type { Db } from '../platform/db.ts'
import { prepare, Slot } from '../platform/prepared.ts'
import type { Frozen } from './frozen.ts'

export type MarkRequest = { lane: number; ids: number[]; senderId: number; now: Date }
/** `stopped`: the mass email or its campaign stands still, has another version, an entity type was changed, or the row or the lease is not this sender's any more. */
export type Mark = 'marked' | 'stopped' | LateHindrance
/** `templateVersionId`, and `definitions`, the stamp of the entity types: what is made ready rests on these; when they are others by now, it has to be made anew. */
type Markable = { massEmailId: string; templateVersionId: string; frozen: Frozen; honourRemovals: boolean; definitions: string; reader?: Actor | undefined }
export type Marker = (request: MarkRequest) => Promise<Map<number, Mark>>

/**
 * The statement for one mass email, prepared once: its lists are part of it. The sender's row is held until the mark is committed:
 * whoever takes over from this sender deletes that row first, and then sees every mark.
 */
export function createMarker(db: Db, { massEmailId, templateVersionId, frozen, honourRemovals, definitions, reader }: Markable): Marker {
  const [lane, ids, senderId, now] = [new Slot('lane'), new Slot('ids'), new Slot('senderId'), new Slot('now')]
  const hindrance = stillAllowed('d', { ...frozen, honourRemovals, reader, now: now as unknown as Date }, audienceTypes())
  const mark = prepare<{ id: number; hindrance: LateHindrance | null; marked: boolean }>(db, sql`
    with running as materialized (
      select 1 from sender s, mass_email m join campaign c on c.id = m.campaign_id
       where s.id = ${senderId}::bigint and s.lease_until > clock_timestamp()
         and m.id = ${massEmailId}::uuid and m.template_version_id = ${templateVersionId}::uuid and m.status = 'inProcess' and m.deleted_at is null and c.status = 'active' and c.deleted_at is null
         for key share of s),
    asked as materialized (
      select d.id, ${hindrance} as hindrance from delivery d
       where d.lane = ${lane}::smallint and d.id = any(${ids}::bigint[])
         -- As text, so that the index of held rows does not fit: it would be read whole for each group, where the primary key finds the row.
         and d.status::text = 'sending' and d.sender_id = ${senderId}::bigint
         and (select stamp from entity_schema) = ${definitions}::uuid),
    marked as (
      insert into wire (lane, sender_id, marked, at)
      select ${lane}::smallint, ${senderId}::bigint, array_agg(id), ${now}::timestamptz from asked
       where hindrance is null and exists (select from running) having count(*) > 0
      returning id)
    select asked.id, asked.hindrance, asked.hindrance is null and exists (select from marked) as marked from asked`)
  return async (request) => {
    const rows = await mark({ ...request, ids: arrayLiteral(request.ids) })
    const marks = new Map<number, Mark>(rows.map((row) => [row.id, row.marked ? 'marked' : row.hindrance ?? 'stopped']))
    return new Map(request.ids.map((id) => [id, marks.get(id) ?? 'stopped']))
  }
}
