/** A mass update is taken back: old values for records that nobody has worked on since; the others keep what they have now. */
import { sql } from 'kysely'
import { changesUndone, keptChanges } from '../bin/changes.ts'
import type { Tx } from '../platform/db.ts'
import type { EntityType } from '../records/definition.ts'
import { restoreValues } from '../records/restore.ts'
import type { Authorship } from '../records/store.ts'
import type { Undone } from './contract.ts'
import { mostNotes } from './restore.ts'

export async function changeBack(
  tx: Tx, type: EntityType, action: { id: string; columns: readonly string[] }, ids: readonly string[], by: Authorship,
): Promise<Undone> {
  const restored = await restoreValues(tx, type, action.columns, keptChanges(action.id, ids), by)
  const back = new Set(restored.map(({ id }) => id))
  const kept = ids.filter((id) => !back.has(id))
  await changesUndone(tx, action.id, restored)
  return { restored: restored.length, notRestored: kept.length, notes: await whyKept(tx, type, kept.slice(0, mostNotes), action.id) }
}

async function whyKept(tx: Tx, type: EntityType, ids: readonly string[], actionId: string): Promise<Undone['notes']> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; name: string; reason: string }>`
    select c.record_id as id, coalesce(r.name, b.name, '') as name, case
      when r.id is null then 'Kept as it is: it was deleted since.'
      when r.version <> c.version then 'Kept as it is: it was changed since.'
      else 'Kept as it is: another record has its old value now, which must be unique.' end as reason
      from bin_change c left join ${sql.table(type.table)} r on r.id = c.record_id left join bin_record b on b.record_id = c.record_id
     where c.action_id = ${actionId}::uuid and c.record_id = any(${ids}::uuid[])`.execute(tx)
  return rows
}
