/** What records held before a mass update, for the undo of it. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

/** The next changed records of an action, by id, without those that were left alone by an earlier try. */
export async function nextChanges(db: Db, actionId: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('binChange').select('recordId').where('actionId', '=', actionId).where('recordId', '>', after)
    .orderBy('recordId').limit(limit).execute()
  return rows.map(({ recordId }) => recordId)
}

export async function changesLeft(db: Db, actionId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from bin_change where action_id = ${actionId}::uuid`.execute(db)
  return rows[0]!.count
}

/** A SELECT of (record_id, old, version), locked. */
export const keptChanges = (actionId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`select record_id, old, version from bin_change where action_id = ${actionId}::uuid and record_id = any(${ids}::uuid[]) order by record_id for update`

/**
 * The old values stand again, with a version of their own: the action before this one, which made the version that this one changed,
 * can be undone next.
 */
export async function changesUndone(tx: Tx, actionId: string, restored: readonly { id: string; version: number }[]): Promise<void> {
  const ids = restored.map(({ id }) => id)
  await sql`
    update bin_change b set version = r.version
      from bin_change c, unnest(${ids}::uuid[], ${restored.map(({ version }) => version)}::int[]) as r (id, version)
     where c.action_id = ${actionId}::uuid and c.record_id = r.id and b.record_id = r.id and b.version = c.version - 1`.execute(tx)
  await sql`delete from bin_change where action_id = ${actionId}::uuid and record_id = any(${ids}::uuid[])`.execute(tx)
}

export const keepChanges = (tx: Tx, actionId: string, ids: readonly string[]) =>
  sql`update bin_change set kept = true where action_id = ${actionId}::uuid and record_id = any(${ids}::uuid[])`.execute(tx)
