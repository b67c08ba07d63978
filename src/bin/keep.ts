/** Puts aside what is deleted or changed, in the transaction that does it. Which tables records lie in is not known here. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export const actionKinds = ['delete', 'update', 'merge', 'revertImport'] as const
export type ActionKind = (typeof actionKinds)[number]

/** What somebody does and may take back. Of many batches every one names the same; of a mass action `id` is that of its task. */
export type Doing = { id: string; kind: ActionKind; userId: string | null; now: Date; detail?: Record<string, unknown> }

/**
 * `gone` is the DELETE of rows with everything they had (returning *), `pointing` a SELECT of (record_id, from_type, from_column, from_id):
 * the records that lead to them. One statement, so that what is put aside is what was deleted. Memberships are read as they were before.
 */
export async function keepDeleted(
  tx: Tx, doing: Doing, entityType: string, gone: RawBuilder<unknown>, pointing: RawBuilder<unknown>, mergedInto: string | null = null,
): Promise<number> {
  await openAction(tx, doing, entityType)
  const { rows } = await sql<{ kept: number }>`
    with gone as (${gone}), pointing as (${pointing}), kept as (
      insert into bin_record (record_id, entity_type, action_id, deleted_at, by_user_id, name, email_address, "row", members, merged_into)
      select g.id, ${entityType}, ${doing.id}::uuid, ${doing.now}::timestamptz, ${doing.userId}::uuid, coalesce(g.name, ''), coalesce(to_jsonb(g) ->> 'email_address', ''), to_jsonb(g),
             (select coalesce(jsonb_agg(to_jsonb(m) order by m.target_list_id), '[]') from target_list_member m where m.entity_type = ${entityType} and m.record_id = g.id),
             ${mergedInto}::uuid
        from gone g
      returning record_id), link as (
      insert into bin_link (record_id, from_type, from_column, from_id) select p.* from pointing p where p.record_id in (select record_id from kept))
    select count(*) as kept from kept`.execute(tx)
  return countRecords(tx, doing, rows[0]!.kept)
}

/** `before` is a SELECT of (id, old, version) of the rows that will be changed, locked: `old` as JSON by column, `version` before the change. */
export async function keepChanged(tx: Tx, doing: Doing, entityType: string, before: RawBuilder<unknown>): Promise<number> {
  await openAction(tx, doing, entityType)
  const { numAffectedRows } = await sql`
    insert into bin_change (action_id, record_id, old, version)
    select ${doing.id}::uuid, b.id, b.old, b.version + 1 from (${before}) b`.execute(tx)
  // A merge counts those that were merged away.
  return doing.kind === 'merge' ? 0 : countRecords(tx, doing, Number(numAffectedRows ?? 0))
}

/** Of the record that stays in a merge, after `keepChanged`: its memberships as they are before it gets those of the others. */
export async function keepMembers(tx: Tx, { id }: Doing, entityType: string, recordId: string): Promise<void> {
  await sql`
    update bin_change set members = (select coalesce(jsonb_agg(to_jsonb(m)), '[]') from target_list_member m where m.entity_type = ${entityType} and m.record_id = ${recordId})
     where action_id = ${id}::uuid and record_id = ${recordId}::uuid`.execute(tx)
}

/** What else the undo of an action needs to know. */
export const noteDetail = (tx: Tx, { id }: Doing, detail: object) =>
  sql`update bin_action set detail = detail || ${JSON.stringify(detail)}::jsonb where id = ${id}::uuid`.execute(tx)

async function openAction(tx: Tx, { id, kind, userId, now, detail = {} }: Doing, entityType: string): Promise<void> {
  await tx.insertInto('binAction').values({ id, kind, entityType, detail: JSON.stringify(detail), at: now, byUserId: userId })
    .onConflict((conflict) => conflict.doNothing()).execute()
}

async function countRecords(tx: Tx, { id }: Doing, count: number): Promise<number> {
  await tx.updateTable('binAction').set({ records: sql`records + ${count}`, remaining: sql`remaining + ${count}` }).where('id', '=', id).execute()
  return count
}
