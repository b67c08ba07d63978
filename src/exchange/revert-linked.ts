/** The other half of taking an import back: records that it made because a row named them for a link, when nobody uses them any more. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import type { Doing } from '../bin/keep.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { EntityType } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import { pointingTo } from '../records/links.ts'
import { deleteRecords } from '../records/store.ts'

/** What stays is used by other records, or by a target list; was changed since; or may not be deleted by who takes the import back. */
export type LinkedReverted = { reverted: number; used: number; changed: number; notAllowed: number }

const batchSize = 2_000
const firstId = '00000000-0000-0000-0000-000000000000'

/** No line of the file stands for such a record, so it is kept in line 0, with its type as the reason. */
export async function noteMade(tx: Tx, importId: string, made: readonly { entityType: string; id: string }[]): Promise<void> {
  if (made.length === 0) return
  await tx.insertInto('importRow').values(made.map(({ entityType, id }) => ({ importId, line: 0, outcome: 'created', recordId: id, reason: entityType }))).execute()
}

/** Comes last: what the import created uses them, too. Null where the import made none. Each type is an action of its own in the bin. */
export async function revertLinked(db: Db, actor: Actor, importId: string, doing: Doing): Promise<LinkedReverted | null> {
  const sum: LinkedReverted = { reverted: 0, used: 0, changed: 0, notAllowed: 0 }
  const types = await db.selectFrom('importRow').select('reason').distinct().where('importId', '=', importId).where('outcome', '=', 'created').where('line', '=', 0).execute()
  for (const type of types.map(({ reason }) => findDefinition(reason)).filter((each) => each !== undefined)) {
    const own = { ...doing, id: newId() }
    for (let after = firstId; ;) {
      const made = await madeBehind(db, actor, type, importId, after)
      if (made.length === 0) break
      after = made.at(-1)!.id
      for (const { why } of made) if (why !== null) sum[why] += 1
      const ids = made.filter(({ why }) => why === null).map(({ id }) => id)
      sum.reverted += await db.transaction().execute((tx) => deleteRecords(tx, type, ids, own))
    }
  }
  return types.length > 0 ? sum : null
}

async function madeBehind(db: Db, actor: Actor, type: EntityType, importId: string, after: string) {
  const { rows } = await sql<{ id: string; isChanged: boolean; mayDelete: boolean }>`
    select r.id, r.modified_at <> r.created_at as is_changed, coalesce(${allowed(actor, type.name, 'delete')}, false) as may_delete
      from import_row w join ${sql.table(type.table)} r on r.id = w.record_id
     where w.import_id = ${importId} and w.outcome = 'created' and w.line = 0 and w.reason = ${type.name} and r.id > ${after}
     order by r.id limit ${batchSize}`.execute(db)
  const used = await usedOf(db, type, rows.map(({ id }) => id))
  return rows.map(({ id, isChanged, mayDelete }) =>
    ({ id, why: isChanged ? 'changed' as const : used.has(id) ? 'used' as const : mayDelete ? null : 'notAllowed' as const }))
}

async function usedOf(db: Db, type: EntityType, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select record_id as id from (${pointingTo(type, ids)}) p
     union select record_id from target_list_member where entity_type = ${type.name} and record_id = any(${ids}::uuid[])`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
