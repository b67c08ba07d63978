/** Takes the last change of definitions back: what was set aside is named again, what goes away is set aside in its turn. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { entityTypes } from '../records/entity-types.ts'
import { columnsOf } from '../records/field-value.ts'
import { joined, type StoredDefinitions } from '../records/stored-definitions.ts'
import { alone, type Author, publish } from './changing.ts'
import type { LastChange } from './contract.ts'
import { keptForDays } from './leftovers.ts'
import { insertRelationship } from './relations.ts'
import { dropUniqueIndex } from './storage.ts'
import { buildUnique } from './unique.ts'

type Undoable = LastChange & { before: StoredDefinitions }

/** Null when there is none, or when it is too long ago. */
export async function lastChange(db: Db, now: Date): Promise<Undoable | null> {
  const row = await db.selectFrom('entityChange').selectAll().where('undoneAt', 'is', null)
    .where('at', '>', new Date(now.getTime() - keptForDays * 86_400_000)).orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (!row) return null
  const before = row.before as StoredDefinitions
  return { id: row.id, summary: row.summary, at: row.at.toISOString(), userName: row.userName, obstacle: await obstacleOf(db, before), before }
}

export const presentChange = ({ id, summary, at, userName, obstacle }: LastChange): LastChange => ({ id, summary, at, userName, obstacle })

/** An undo is a change like any other: with the definitions that it took away, so that it can be undone in its turn. */
export const undoLastChange = (db: Db, author: Author, expected: string | undefined): Promise<LastChange> => alone(db, async () => {
  const change = await expectLast(db, author.now, expected)
  const after = joined(change.before).types
  for (const { table, field } of uniqueOnlyIn(after, entityTypes())) await buildUnique(db, table, field)
  const about = { action: 'definitionChangeUndone' as const, summary: summaryOfUndoing(change.summary), type: 'EntityType', id: change.id, name: change.summary }
  await publish(db, author, about, async (tx) => {
    for (const { table, field } of uniqueOnlyIn(entityTypes(), after)) await dropUniqueIndex(tx, table, field)
    await restore(tx, change.before, author.now)
    await countAnew(tx, change.before)
    await tx.updateTable('entityChange').set({ undoneAt: author.now }).where('id', '=', change.id).execute()
  })
  return presentChange(change)
})

async function expectLast(db: Db, now: Date, expected: string | undefined): Promise<Undoable> {
  const change = await lastChange(db, now)
  if (!change) throw new AppError('conflict', 'nothingToUndo', `There is no change of the last ${keptForDays} days to undo.`)
  if (expected !== undefined && expected !== change.id) {
    throw new AppError('conflict', 'notTheLastChange', `Meanwhile something else was changed: ${change.summary}. Only the last change can be undone.`)
  }
  if (change.obstacle !== null) throw new AppError('conflict', 'goneForGood', change.obstacle)
  return change
}

const undone = 'Undone: '
const doneAgain = 'Done again: '

function summaryOfUndoing(summary: string): string {
  if (summary.startsWith(undone)) return doneAgain + summary.slice(undone.length)
  return undone + (summary.startsWith(doneAgain) ? summary.slice(doneAgain.length) : summary)
}

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

type Storage = { tables: string[]; columns: { table: string; name: string }[] }

function storageOf(stored: StoredDefinitions): Storage {
  const { types, relationships } = joined(stored)
  return {
    tables: [...types.map(({ table }) => table), ...relationships.flatMap(({ joinTable }) => joinTable ?? [])],
    columns: types.flatMap(({ table, fields }) => fields.filter(({ custom }) => custom).flatMap(columnsOf).map(({ name }) => ({ table, name }))),
  }
}

/** What Clean Up dropped does not come back. */
async function obstacleOf(db: Db, stored: StoredDefinitions): Promise<string | null> {
  const { tables, columns } = storageOf(stored)
  const { rows } = await sql<{ missing: boolean }>`
    select exists (select from unnest(${tables}::text[]) as w (name) where to_regclass('public."' || w.name || '"') is null)
        or exists (select from unnest(${columns.map(({ table }) => table)}::text[], ${columns.map(({ name }) => name)}::text[]) as w (table_name, column_name)
             where not exists (select from pg_attribute a where a.attrelid = to_regclass('public."' || w.table_name || '"') and a.attname = w.column_name)) as missing`.execute(db)
  return rows[0]!.missing ? 'What this change removed has been cleaned up already, so it cannot be undone.' : null
}

/** What is named again was no leftover: should it be set aside once more, Clean Up keeps it for its whole time. */
async function countAnew(tx: Tx, stored: StoredDefinitions): Promise<void> {
  const { tables, columns } = storageOf(stored)
  await sql`
    delete from entity_leftover l where (l.column_name = '' and l.table_name = any(${tables}::text[])) or exists (
      select from unnest(${columns.map(({ table }) => table)}::text[], ${columns.map(({ name }) => name)}::text[]) as u (t, c)
       where u.t = l.table_name and u.c = l.column_name)`.execute(tx)
}
