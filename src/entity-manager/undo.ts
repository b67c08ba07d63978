/** Takes the last change of definitions back: what was set aside is named again. What was written since into what goes away stays aside too. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { audit } from '../access/audit.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { entityTypes } from '../records/entity-types.ts'
import { columnsOf } from '../records/field-value.ts'
import { joined, type StoredDefinitions } from '../records/stored-definitions.ts'
import { alone, type Author, patiently, renewStamp } from './changing.ts'
import type { LastChange } from './contract.ts'
import { countWhere, hasValue } from './field-data.ts'
import { keptForDays } from './leftovers.ts'
import { insertRelationship } from './relations.ts'
import { dropUniqueIndex } from './storage.ts'
import { buildUnique } from './unique.ts'

/** Null when there is none, or when it is too long ago. */
export async function lastChange(db: Db, now: Date): Promise<(LastChange & { before: StoredDefinitions }) | null> {
  const row = await db.selectFrom('entityChange').selectAll().where('undoneAt', 'is', null)
    .where('at', '>', new Date(now.getTime() - keptForDays * 86_400_000)).orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (!row) return null
  const before = row.before as StoredDefinitions
  return { id: row.id, summary: row.summary, at: row.at.toISOString(), userName: row.userName, losses: await lossesOf(db, joined(before).types), before }
}

/** What there is now and was not before, with how much it holds. */
async function lossesOf(db: Db, before: readonly EntityType[]): Promise<string[]> {
  const losses: string[] = []
  for (const type of entityTypes()) {
    const earlier = before.find(({ name }) => name === type.name)
    if (!earlier) losses.push(`${type.plural}: ${await countWhere(db, type.table)} records`)
    const columns = new Set(earlier?.fields.map(columnOf))
    for (const field of earlier ? type.fields.filter((each) => each.custom && !columns.has(columnOf(each))) : []) {
      losses.push(`“${field.label}” of ${type.name}: ${await countWhere(db, type.table, hasValue(field))} values`)
    }
  }
  return losses
}

export const presentChange = ({ id, summary, at, userName, losses }: LastChange): LastChange => ({ id, summary, at, userName, losses })

export const undoLastChange = (db: Db, { actor, now }: Author, expected: string | undefined): Promise<LastChange> => alone(db, async () => {
  const change = await lastChange(db, now)
  if (!change) throw new AppError('conflict', 'nothingToUndo', `There is no change of the last ${keptForDays} days to undo.`)
  if (expected !== undefined && expected !== change.id) {
    throw new AppError('conflict', 'notTheLastChange', `Meanwhile something else was changed: ${change.summary}. Only the last change can be undone.`)
  }
  const after = joined(change.before).types
  await expectStorage(db, after)
  for (const { table, field } of uniqueOnlyIn(after, entityTypes())) await buildUnique(db, table, field)
  await patiently(db, async (tx) => {
    for (const { table, field } of uniqueOnlyIn(entityTypes(), after)) await dropUniqueIndex(tx, table, field)
    await restore(tx, change.before, now)
    await tx.updateTable('entityChange').set({ undoneAt: now }).where('id', '=', change.id).execute()
    await renewStamp(tx)
    await audit(tx, actor, 'definitionChangeUndone', { type: 'EntityType', id: change.id, name: change.summary })
  })
  return presentChange(change)
})

/** All definitions as they were: nothing else has been changed since, that is what "the last change" means. */
async function restore(tx: Tx, { types, fields, relationships }: StoredDefinitions, now: Date): Promise<void> {
  for (const table of ['relationship', 'entityField', 'entityType'] as const) await tx.deleteFrom(table).execute()
  const at = (index: number) => new Date(now.getTime() + index)
  for (const [index, { table, ...type }] of types.entries()) await tx.insertInto('entityType').values({ ...type, tableName: table, madeAt: at(index) }).execute()
  for (const [index, { entityType, name, definition }] of fields.entries()) {
    await tx.insertInto('entityField').values({ entityType, name, position: index + 1, definition: JSON.stringify(definition) }).execute()
  }
  for (const [index, relationship] of relationships.entries()) await insertRelationship(tx, relationship, at(index))
}

type Place = { table: string; field: Field }

function uniqueOnlyIn(types: readonly EntityType[], others: readonly EntityType[]): Place[] {
  const placesOf = (all: readonly EntityType[]) => all.flatMap(({ table, fields }) => fields.filter(({ custom, unique }) => custom && unique).map((field) => ({ table, field })))
  const key = ({ table, field }: Place) => `${table} ${columnOf(field)}`
  const known = new Set(placesOf(others).map(key))
  return placesOf(types).filter((place) => !known.has(key(place)))
}

/** What Clean Up dropped does not come back. */
async function expectStorage(db: Db, types: readonly EntityType[]): Promise<void> {
  const wanted = types.flatMap(({ table, fields }) => fields.filter(({ custom }) => custom).flatMap(columnsOf).map(({ name }) => ({ table, name })))
  const { rows } = await sql<{ missing: number }>`
    select count(*) as missing from unnest(${wanted.map(({ table }) => table)}::text[], ${wanted.map(({ name }) => name)}::text[]) as w (table_name, column_name)
     where not exists (select from pg_attribute a where a.attrelid = to_regclass('public."' || w.table_name || '"') and a.attname = w.column_name)`.execute(db)
  const tables = await sql<{ missing: number }>`
    select count(*) as missing from unnest(${types.map(({ table }) => table)}::text[]) as w (name) where to_regclass('public."' || w.name || '"') is null`.execute(db)
  if (rows[0]!.missing + tables.rows[0]!.missing > 0) throw new AppError('conflict', 'goneForGood', 'What this change removed has been cleaned up already, so it cannot be undone.')
}
