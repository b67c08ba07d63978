/** Clean Up: tables and columns that no definition names. They are kept for 30 days after that was first seen, then dropped with their values. */
import { sql } from 'kysely'
import { forgetMembersOf } from '../audience/members.ts'
import type { Db, Tx } from '../platform/db.ts'
import { columnOf } from '../records/definition.ts'
import { entityTypes, relationships } from '../records/entity-types.ts'
import { columnsOf } from '../records/field-value.ts'
import { customColumnPrefix, customTablePrefix, uniqueIndexOf } from '../records/storage-names.ts'
import { alone, patiently } from './changing.ts'
import { dropUniqueIndex } from './storage.ts'

export const keptForDays = 30

type Place = { table: string; column: string }

/** Answers how many tables and columns were dropped. Not while definitions are being changed: what is being made has no name yet. */
export const dropLeftovers = (db: Db, now: Date): Promise<number> => alone(db, async () => {
  const unused = await unusedPlaces(db)
  await noteUnused(db, unused, now)
  const due = await db.selectFrom('entityLeftover').select(['tableName as table', 'columnName as column'])
    .where('since', '<', new Date(now.getTime() - keptForDays * 86_400_000)).execute()
  for (const place of due) await drop(db, place)
  await dropStrayPromises(db)
  // What can be undone no longer needs no memory; that it was done is in the audit log.
  await db.deleteFrom('entityChange').where('at', '<', new Date(now.getTime() - keptForDays * 86_400_000)).execute()
  return due.length
})

/** A process died between building the index of a unique field and saying that it is unique: it would refuse records without a reason. */
async function dropStrayPromises(db: Db): Promise<void> {
  for (const { table, fields } of entityTypes()) {
    for (const field of fields.filter(({ custom, unique }) => custom && !unique)) {
      const { rows } = await sql`select 1 where to_regclass(${`public."${uniqueIndexOf(table, columnOf(field))}"`}) is not null`.execute(db)
      if (rows.length > 0) await patiently(db, (tx) => dropUniqueIndex(tx, table, field))
    }
  }
}

async function unusedPlaces(db: Db): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select c.relname as table, '' as column from pg_class c
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and starts_with(c.relname, ${customTablePrefix})
    union all
    select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped and starts_with(a.attname, ${customColumnPrefix})`.execute(db)
  const tables = new Set([...entityTypes().map(({ table }) => table), ...relationships().map(({ joinTable }) => joinTable)])
  const columns = new Set(entityTypes().flatMap(({ table, fields }) => fields.flatMap(columnsOf).map(({ name }) => `${table} ${name}`)))
  return rows.filter(({ table, column }) => (column === '' ? !tables.has(table) : tables.has(table) && !columns.has(`${table} ${column}`)))
}

async function noteUnused(db: Db, unused: readonly Place[], now: Date): Promise<void> {
  const [tables, columns] = [unused.map(({ table }) => table), unused.map(({ column }) => column)]
  await sql`
    delete from entity_leftover l where not exists (
      select from unnest(${tables}::text[], ${columns}::text[]) as u (t, c) where u.t = l.table_name and u.c = l.column_name)`.execute(db)
  await sql`
    insert into entity_leftover (table_name, column_name, since)
    select u.t, u.c, ${now}::timestamptz from unnest(${tables}::text[], ${columns}::text[]) as u (t, c) on conflict do nothing`.execute(db)
}

async function drop(db: Db, { table, column }: Place): Promise<void> {
  await patiently(db, async (tx) => {
    if (column !== '') await sql`alter table ${sql.table(table)} drop column if exists ${sql.id(column)}`.execute(tx)
    else {
      if (await hasRecords(tx, table)) await forgetMembersOf(tx, table)
      await sql`drop table if exists ${sql.table(table)} cascade`.execute(tx)
    }
    await tx.deleteFrom('entityLeftover').where('tableName', '=', table).where('columnName', '=', column).execute()
  })
}

/** A table of pairs has none. */
const hasRecords = async (tx: Tx, table: string) =>
  (await sql`select 1 from pg_attribute where attrelid = to_regclass(${`public."${table}"`}) and attname = 'id'`.execute(tx)).rows.length > 0
