/**
 * Tables and columns of custom types and fields: real DDL, made from checked names. It only ever adds: what is removed or replaced stays
 * aside under its own name, so that work with older definitions goes on, and the last change can be undone. leftovers.ts drops it later.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { columnsOf } from '../records/field-value.ts'
import { customColumnPrefix, customTablePrefix, linkIndexOf, uniqueIndexOf } from '../records/storage-names.ts'
import { findDefinition } from '../records/entity-types.ts'

/** A name that no table has, also none that was set aside. */
export const freeTable = (db: Db, base: string): Promise<string> => freeName(`${customTablePrefix}${base}`, async (name) =>
  (await sql`select 1 from pg_class where relname = ${name} and relnamespace = 'public'::regnamespace`.execute(db)).rows.length > 0)

/** `taken` are columns of the same table that are about to be made. */
export const freeColumn = (db: Db, table: string, base: string, taken: readonly string[] = []): Promise<string> =>
  freeName(`${customColumnPrefix}${base}`, async (name) => taken.includes(name)
    || (await sql`select 1 from pg_attribute where attrelid = to_regclass(${`public."${table}"`}) and attname = ${name}`.execute(db)).rows.length > 0)

async function freeName(base: string, isTaken: (name: string) => Promise<boolean>): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`
    if (!(await isTaken(name))) return name
  }
}

const neverNull = new Set(['text', 'boolean', 'text[]', 'uuid[]'])
const emptyOf: Record<string, string> = { text: `''`, boolean: 'false', 'text[]': `'{}'`, 'uuid[]': `'{}'` }

/** Without a rewrite of the table: a constant default costs nothing, whatever the number of rows (PostgreSQL 11 and later). */
const columnSql = ({ name, type }: { name: string; type: string }) =>
  sql`${sql.id(name)} ${sql.raw(type)}${neverNull.has(type) ? sql.raw(` not null default ${emptyOf[type]!}`) : sql``}`

export async function addColumns(tx: Tx, table: string, field: Field): Promise<void> {
  for (const column of columnsOf(field)) await sql`alter table ${sql.table(table)} add column ${columnSql(column)}`.execute(tx)
  if (field.type === 'link') await addLinkKey(tx, table, field, findDefinition(field.linksTo!)!.table)
}

/** Not asked of the rows that are there: their new column is empty. A record that goes empties the links to it. */
async function addLinkKey(tx: Tx, table: string, field: Field, target: string): Promise<void> {
  await sql`alter table ${sql.table(table)} add foreign key (${sql.id(columnOf(field))}) references ${sql.table(target)} on delete set null not valid`.execute(tx)
}

/** The text that must be there once: without regard to case; empty does not count. */
export const uniqueExpression = (field: Field): RawBuilder<unknown> =>
  (columnsOf(field)[0]!.type === 'text' || field.type === 'integer' ? sql`lower(${sql.id(columnOf(field))}::text)` : sql`${sql.id(columnOf(field))}`)

const isFilled = (field: Field) => (columnsOf(field)[0]!.type === 'text' ? sql` where ${sql.id(columnOf(field))} <> ''` : sql``)

export const uniqueIndexSql = (table: string, field: Field, concurrently: boolean) => sql`
  create unique index ${sql.raw(concurrently ? 'concurrently' : '')} if not exists ${sql.id(uniqueIndexOf(table, columnOf(field)))}
      on ${sql.table(table)} (${uniqueExpression(field)})${isFilled(field)}`

export const linkIndexSql = (table: string, field: Field, concurrently: boolean) => sql`
  create index ${sql.raw(concurrently ? 'concurrently' : '')} if not exists ${sql.id(linkIndexOf(table, columnOf(field)))}
      on ${sql.table(table)} ${field.type === 'linkMultiple' ? sql`using gin (${sql.id(columnOf(field))})` : sql`(${sql.id(columnOf(field))}, created_at, id)`}`

export const dropUniqueIndex = (tx: Tx, table: string, field: Field) => sql`drop index if exists ${sql.id(uniqueIndexOf(table, columnOf(field)))}`.execute(tx)

/** While people go on writing to the table. What a failed attempt left behind is invalid, and goes first. */
export async function buildIndex(db: Db, name: string, statement: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ valid: boolean }>`
    select indisvalid as valid from pg_index where indexrelid = to_regclass(${`public."${name}"`})`.execute(db)
  if (rows[0]?.valid) return
  if (rows[0]) await sql`drop index concurrently if exists ${sql.id(name)}`.execute(db)
  try {
    await statement.execute(db)
  } catch (error) {
    await sql`drop index concurrently if exists ${sql.id(name)}`.execute(db)
    throw error
  }
}

const computedName = sql.raw(`name text generated always as (coalesce(nullif(trim(first_name || ' ' || last_name), ''), email_address)) stored`)

/** The table of a new type, as those of the shipped types are (migrations 0003, 0004, 0020 and 0024). */
export async function createTable(tx: Tx, type: EntityType): Promise<void> {
  const { table, fields, baseType } = type
  const kept = new Set(['name', 'assigned_user_id', 'created_at', 'created_by', 'modified_at', 'modified_by', 'team_ids'])
  const columns = [...new Map(fields.flatMap(columnsOf).map((column) => [column.name, column])).values()].filter(({ name }) => !kept.has(name))
  await sql`create table ${sql.table(table)} (${sql.join([
    sql.raw('id uuid primary key'),
    baseType === 'person' ? computedName : sql.raw('name text not null'),
    ...columns.map(columnSql),
    ...(baseType === 'base' ? [] : [sql.raw('email_key text generated always as (lower(email_address)) stored')]),
    sql.raw('assigned_user_id uuid references "user" on delete set null'), sql.raw(`team_ids uuid[] not null default '{}'`),
    sql.raw('created_at timestamptz not null default now()'), sql.raw('created_by uuid'),
    sql.raw('modified_at timestamptz not null default now()'), sql.raw('modified_by uuid'), sql.raw('version int not null default 1'),
  ])})`.execute(tx)
  await createIndexes(tx, type)
  for (const field of fields.filter(({ custom }) => custom)) {
    // A type may link to itself.
    if (field.type === 'link') await addLinkKey(tx, table, field, field.linksTo === type.name ? table : findDefinition(field.linksTo!)!.table)
    if (field.type === 'link' || field.type === 'linkMultiple') await linkIndexSql(table, field, false).execute(tx)
    if (field.unique) await uniqueIndexSql(table, field, false).execute(tx)
  }
}

async function createIndexes(tx: Tx, { table, baseType, name: typeName }: EntityType): Promise<void> {
  const index = (ending: string, definition: string) => sql`create index ${sql.id(`${table}_${ending}`)} on ${sql.table(table)} ${sql.raw(definition)}`.execute(tx)
  await index('created_at', '(created_at, id)')
  await index('name', '(lower(name), created_at, id)')
  await index('assigned', '(assigned_user_id)')
  await index('unassigned', '(created_by) where assigned_user_id is null')
  await index('teams', `using gin (team_ids) where team_ids <> '{}'`)
  if (baseType === 'base') return void await index('search', 'using gin (lower(name) gin_trgm_ops)')
  const name = baseType === 'person' ? `coalesce(nullif(trim(first_name || ' ' || last_name), ''), email_address)` : 'name'
  await index('search', `using gin (lower(${name} || ' ' || email_address) gin_trgm_ops)`)
  await index('email_key', '(email_key, created_at, id)')
  await index('do_not_email_list', '(created_at, id) where do_not_email')
  await index('do_not_email', '(email_key) where do_not_email')
  await sql`create trigger ${sql.id(`${table}_leaves`)} after delete on ${sql.table(table)} referencing old table as gone
    for each statement execute function leave_target_lists(${sql.lit(typeName)})`.execute(tx)
}

/** The pairs of a many-to-many: a record that goes takes its pairs along. */
export async function createJoinTable(tx: Tx, table: string, left: EntityType, right: EntityType): Promise<void> {
  await sql`create table ${sql.table(table)} (
    left_id uuid not null references ${sql.table(left.table)} on delete cascade,
    right_id uuid not null references ${sql.table(right.table)} on delete cascade,
    primary key (left_id, right_id))`.execute(tx)
  await sql`create index on ${sql.table(table)} (right_id)`.execute(tx)
}
