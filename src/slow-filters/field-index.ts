/** Which index makes a filter or a sort by a field quick, and whether the table has it. Making it is make-index.ts's business. */
import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'

/** `order` serves equality, bounds and the sort; `words` any part of a text; `members` lists of ids. */
export const indexKinds = ['order', 'words', 'members'] as const
export type IndexKind = (typeof indexKinds)[number]

export type FieldIndex = {
  /** The same for the same field forever: an index that was left unfinished is found again. */
  name: string
  table: string
  statement: RawBuilder<unknown>
  /** How PostgreSQL tells this index: method, first key and condition. */
  shape: string
}

export type TableIndex = { name: string; valid: boolean; bytes: number; shape: string }

const texts = new Set(['text', 'longText', 'email', 'phone', 'url'])

/** An entry of an index holds at most 2,700 bytes (a third of a page): the key and the value itself, four bytes a letter at worst. */
const longestIndexed = 320

/** Null where no index of this kind would help. */
export function indexOf(type: EntityType, field: Field, kind: IndexKind): FieldIndex | null {
  const column = field.name === 'emailAddress' ? 'email_key' : columnOf(field)
  const about = { name: nameOf(type.table, columnOf(field), kind), table: type.table }
  const make = (columns: RawBuilder<unknown>, method: string) => sql`create index concurrently ${sql.id(about.name)} on ${sql.table(type.table)} using ${sql.raw(method)} ${columns}`
  if (kind === 'members') {
    return field.type === 'linkMultiple' ? { ...about, statement: make(sql`(${sql.id(column)})`, 'gin'), shape: `gin ${column}` } : null
  }
  const isText = texts.has(field.type)
  const key = isText && column !== 'email_key' ? { sql: sql`lower(${sql.id(column)})`, text: `lower(${column})` } : { sql: sql`${sql.id(column)}`, text: column }
  if (kind === 'words') return isText ? { ...about, statement: make(sql`(${key.sql} gin_trgm_ops)`, 'gin'), shape: `gin ${key.text}` } : null
  if (field.type === 'boolean') return { ...about, statement: make(sql`(created_at, id) where ${sql.id(column)}`, 'btree'), shape: `btree created_at where ${column}` }
  if (field.type === 'multiEnum' || field.type === 'linkMultiple' || (isText && (field.maxLength ?? Infinity) > longestIndexed)) return null
  // The value beside its key in lower case: counting then needs no look into the table.
  const beside = key.text === column ? sql`` : sql` include (${sql.id(column)})`
  return { ...about, statement: make(sql`(${key.sql}, created_at, id)${beside}`, 'btree'), shape: `btree ${key.text}` }
}

export async function indexesOf(db: Db, table: string): Promise<TableIndex[]> {
  const { rows } = await sql<{ name: string; valid: boolean; bytes: number; method: string; key: string; condition: string | null }>`
    select i.relname as name, x.indisvalid as valid, pg_relation_size(i.oid) as bytes, a.amname as method,
           pg_get_indexdef(i.oid, 1, true) as key, pg_get_expr(x.indpred, x.indrelid, true) as condition
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_am a on a.oid = i.relam
     where x.indrelid = to_regclass(quote_ident(${table}))`.execute(db)
  return rows.map(({ name, valid, bytes, method, key, condition }) => ({
    name, valid, bytes, shape: `${method} ${key}${condition === null ? '' : ` where ${condition}`}`.replaceAll('"', ''),
  }))
}

/** As PostgreSQL last counted them. */
export async function rowsOf(db: Db, table: string): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select greatest(reltuples, 0)::bigint as count from pg_class where oid = to_regclass(quote_ident(${table}))`.execute(db)
  return row?.count ?? 0
}

/** PostgreSQL cuts names at 63 bytes. */
function nameOf(table: string, column: string, kind: IndexKind): string {
  const name = `${table}_${column}_${kind}`
  return name.length <= 63 ? name : `${name.slice(0, 54)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
