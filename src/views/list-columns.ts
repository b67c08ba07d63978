/** The columns that a person chose for the list of an entity type. What has gone since is left out when they are read. */
import type { Actor } from '../access/actor.ts'
import type { Db } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import { definitionOf } from '../records/entity-types.ts'
import { listableOf } from '../records/record-list.ts'

export async function readListColumns(db: Db, { userId }: Actor, entityType: string): Promise<string[] | null> {
  const { columns: known } = listableOf(definitionOf(entityType))
  const row = await db.selectFrom('listColumns').select('columns').where('userId', '=', userId).where('entityType', '=', entityType).executeTakeFirst()
  const columns = (row?.columns ?? []).filter((name) => Object.hasOwn(known, name))
  return columns.length > 0 ? columns : null
}

export async function setListColumns(db: Db, { userId }: Actor, entityType: string, columns: string[] | null): Promise<void> {
  const { columns: known } = listableOf(definitionOf(entityType))
  const faults = (columns ?? []).flatMap((name, index) => (Object.hasOwn(known, name) ? [] : [{ path: `columns.${index}`, message: `"${name}" is not a field here` }]))
  if (faults.length > 0) throw invalid(faults)
  if (columns === null) {
    await db.deleteFrom('listColumns').where('userId', '=', userId).where('entityType', '=', entityType).execute()
    return
  }
  await db.insertInto('listColumns').values({ userId, entityType, columns })
    .onConflict((conflict) => conflict.columns(['userId', 'entityType']).doUpdateSet({ columns })).execute()
}
