/** What records held before a mass update, for the undo of it. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { fewerChanges } from './forget.ts'

/** The next changed records of an action, by id; `after` is where the last batch ended. */
export async function nextChanges(db: Db, actionId: string, after: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('binChange').select('recordId').where('actionId', '=', actionId).where('recordId', '>', after)
    .orderBy('recordId').limit(limit).execute()
  return rows.map(({ recordId }) => recordId)
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
  await fewerChanges(sql`delete from bin_change where action_id = ${actionId}::uuid and record_id = any(${ids}::uuid[]) returning action_id`).execute(tx)
}
