/** What lies in the bin, for whoever takes it back: read, locked, let go, or left with the reason why it did not come back. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import { fewerLeft, keptSince } from './forget.ts'
import type { ActionKind } from './keep.ts'

export type KeptAction = {
  id: string
  kind: ActionKind
  entityType: string
  records: number
  detail: { columns?: string[] } & MergeDetail
  at: Date
  byUserId: string | null
  undoneAt: Date | null
}

/** Of a merge: who stayed, what moved there from each of the others, the pairs that it got, and how many "no" were carried over. */
export type MergeDetail = { survivorId?: string; moved?: { fromId: string; by: Record<string, unknown> }[]; pairs?: NewPair[]; refusals?: number }
export type NewPair = { relationshipId: string; own: string; otherId: string }

/** Undefined when there is none, or when it was too long ago. */
export async function keptAction(db: Db, id: string, now: Date): Promise<KeptAction | undefined> {
  if (!isId(id)) return undefined
  const row = await db.selectFrom('binAction').selectAll().where('id', '=', id).where('at', '>=', keptSince(now)).executeTakeFirst()
  return row as KeptAction | undefined
}

/** The action that a deleted record went with. */
export async function actionOf(db: Db, recordId: string, now: Date): Promise<KeptAction | undefined> {
  if (!isId(recordId)) return undefined
  const row = await db.selectFrom('binRecord').select('actionId').where('recordId', '=', recordId).executeTakeFirst()
  return row && keptAction(db, row.actionId, now)
}

/** The next records of an action that are still in the bin, by id; `after` is where the last batch ended. */
export async function nextKeptRecords(db: Db, actionId: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('binRecord').select('recordId').where('actionId', '=', actionId).where('recordId', '>', after)
    .orderBy('recordId').limit(limit).execute()
  return rows.map(({ recordId }) => recordId)
}

/** The record that this one was merged into, and that one perhaps again; null when it was not. */
export async function mergedInto(db: Db, recordId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    with recursive way as (
      select merged_into as id, 1 as step from bin_record where record_id = ${recordId} and merged_into is not null
       union all
      select b.merged_into, step + 1 from way join bin_record b on b.record_id = way.id where b.merged_into is not null and step < 20)
    select id from way order by step desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}

/** How many can still be taken back: of an update those that have their change, else records in the bin. Kept as a number, asked for after every batch. */
export async function leftOf(db: Db, actionId: string): Promise<number> {
  const row = await db.selectFrom('binAction').select('remaining').where('id', '=', actionId).executeTakeFirst()
  return row?.remaining ?? 0
}

/** Locked, so that two who restore the same do it once. Answers those that are there. */
export async function lockKeptRecords(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string; mergedInto: string | null }[]> {
  const { rows } = await sql<{ id: string; name: string; mergedInto: string | null }>`
    select record_id as id, name, merged_into from bin_record where record_id = any(${ids}::uuid[]) order by record_id for update`.execute(tx)
  return rows
}

/** SELECTs for the statements that bring things back: the rows, the memberships, and who led to them. */
export const keptRows = (ids: readonly string[]): RawBuilder<unknown> =>
  sql`select record_id, "row" from bin_record where record_id = any(${ids}::uuid[])`
export const keptMembers = (ids: readonly string[]): RawBuilder<unknown> =>
  sql`select b.record_id, m.value as member from bin_record b, jsonb_array_elements(b.members) m where b.record_id = any(${ids}::uuid[])`
export const keptLinks = (ids: readonly string[], fromType: string, fromColumn: string): RawBuilder<unknown> => sql`
  select record_id, from_id from bin_link where record_id = any(${ids}::uuid[]) and from_type = ${fromType} and from_column = ${fromColumn}`

/** Memberships of the record that stayed in a merge, as they were before it. */
export const membersBefore = (actionId: string, recordId: string): RawBuilder<unknown> =>
  sql`select c.record_id, m.value as member from bin_change c, jsonb_array_elements(c.members) m where c.action_id = ${actionId}::uuid and c.record_id = ${recordId}::uuid`

/**
 * Links between what comes back now and what is still in the bin: whichever of the two comes back later finds the other. `lost` are links
 * of the restored records to records that are not there; those whose target lies in the bin are remembered with the target.
 */
export async function passOnLinks(tx: Tx, restored: readonly string[], lost: readonly { recordId: string; fromType: string; column: string; targetId: string }[]): Promise<void> {
  await sql`
    update bin_record b set "row" = b."row" || jsonb_build_object(l.from_column, l.record_id)
      from bin_link l where l.record_id = any(${restored}::uuid[]) and b.record_id = l.from_id and b.entity_type = l.from_type and b."row" ->> l.from_column is null`.execute(tx)
  await sql`
    insert into bin_link (record_id, from_type, from_column, from_id)
    select target_id, from_type, from_column, record_id
      from jsonb_to_recordset(${JSON.stringify(lost.map((each) => ({ record_id: each.recordId, from_type: each.fromType, from_column: each.column, target_id: each.targetId })))}::jsonb)
        as l (record_id uuid, from_type text, from_column text, target_id uuid)
     where target_id in (select record_id from bin_record) on conflict do nothing`.execute(tx)
}

/** The same for pairs of a relationship: the other one, if it lies in the bin, brings the pair back with it. */
export async function passOnPairs(tx: Tx, restored: readonly string[], { relationshipId, own, other }: { relationshipId: string; own: string; other: string }): Promise<void> {
  await sql`
    insert into bin_link (record_id, from_type, from_column, from_id)
    select l.from_id, l.from_type, ${other}, l.record_id from bin_link l
     where l.record_id = any(${restored}::uuid[]) and l.from_type = ${relationshipId} and l.from_column = ${own}
       and l.from_id in (select record_id from bin_record) on conflict do nothing`.execute(tx)
}

export const letGo = (tx: Tx, ids: readonly string[]) => fewerLeft(sql`delete from bin_record where record_id = any(${ids}::uuid[]) returning action_id`).execute(tx)

export async function noteProblems(tx: Tx, problems: readonly { id: string; reason: string }[]): Promise<void> {
  await sql`
    update bin_record b set problem = p.reason
      from unnest(${problems.map(({ id }) => id)}::uuid[], ${problems.map(({ reason }) => reason)}::text[]) as p (id, reason) where b.record_id = p.id`.execute(tx)
}

/** Only when nothing of it is left in the bin. An update is undone once: who was changed since keeps that. */
export const markUndone = (db: Db, id: string, by: { userId: string; now: Date }) => sql`
  update bin_action a set undone_at = ${by.now}::timestamptz, undone_by = ${by.userId}::uuid
   where id = ${id}::uuid and (kind = 'update' or not exists (select from bin_record r where r.action_id = a.id))`.execute(db)
