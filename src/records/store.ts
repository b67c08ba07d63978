/** Writes rows of record tables, many with one statement. Values are checked before they come here; rights are not asked. */
import { type RawBuilder, sql } from 'kysely'
import { type Doing, keepChanged, keepDeleted } from '../bin/keep.ts'
import type { Db, Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { textArray } from '../platform/text-array.ts'
import { columnOf, type EntityType } from './definition.ts'
import { columnsOf, type Stored } from './field-value.ts'
import { pointingTo } from './links.ts'
import { isUserType } from './user-rules.ts'

/** Who writes and when; null where no user stands behind it. */
export type Authorship = { userId: string | null; now: Date }

const columnTypes = new WeakMap<EntityType, Map<string, string>>()

/** The columns that a type's fields are stored in, with their types. */
export function typesOf(type: EntityType): Map<string, string> {
  let types = columnTypes.get(type)
  if (!types) {
    types = new Map(type.fields.flatMap(columnsOf).map((column) => [column.name, column.type]))
    columnTypes.set(type, types)
  }
  return types
}

const cast = (type: EntityType, column: string, value: RawBuilder<unknown>) => sql`${value}::${sql.raw(typesOf(type).get(column)!)}`

/** Answers the new ids in the order of the rows. A column that a row leaves out has what all `share`, else what the table says. */
export async function insertRecords(db: Db, type: EntityType, rows: readonly Stored[], by: Authorship, share: Stored = {}): Promise<string[]> {
  if (rows.length === 0) return []
  const ids = rows.map(() => newId(by.now.getTime()))
  const columns = columnsOfRows(rows, share)
  const { values, lists } = columnValues(rows, columns, share)
  await sql`
    insert into ${sql.table(type.table)} (${sql.join([...keptColumns, ...columns].map((name) => sql.id(name)))})
    select ${sql.join([sql`v.id`, sql`${by.now}::timestamptz`, sql`${by.now}::timestamptz`, sql`${by.userId}::uuid`, sql`${by.userId}::uuid`,
      ...columns.map((column, index) => cast(type, column, values[index]!))])}
      from ${rowsOf(ids, lists)}`.execute(db)
  return ids
}

function columnsOfRows(rows: readonly Stored[], share: Stored): string[] {
  const columns = new Set(Object.keys(share))
  for (const row of rows) for (const column in row) columns.add(column)
  return [...columns]
}

const keptColumns = ['id', 'created_at', 'modified_at', 'created_by', 'modified_by']

/** The rows `v` (id, c0, c1, …). */
const rowsOf = (ids: readonly string[], lists: readonly RawBuilder<unknown>[]) =>
  sql`unnest(${sql.join([sql`${textArray(ids)}::uuid[]`, ...lists])}) as v (id${sql.raw(lists.map((_, index) => `, c${index}`).join(''))})`

/** Each column as a list of texts, cast where it is used (lists of lists cannot be unnested), or once when all rows have the same. */
function columnValues(rows: readonly Stored[], columns: readonly string[], share: Stored = {}) {
  const lists: RawBuilder<unknown>[] = []
  const values = columns.map((column) => {
    const own = rows.map((row) => row[column] ?? share[column] ?? null)
    if (own.every((value) => value === own[0])) return sql`${own[0]}::text`
    lists.push(sql`${textArray(own)}::text[]`)
    return sql.raw(`v.c${lists.length - 1}`)
  })
  return { values, lists }
}

export const modified = ({ now, userId }: Authorship) =>
  [sql`version = r.version + 1`, sql`modified_at = ${now}::timestamptz`, sql`modified_by = ${userId}::uuid`]

/** The same change for many, which can be taken back. Answers how many rows there were. */
export async function updateRecordsKeeping(tx: Tx, type: EntityType, ids: readonly string[], change: Stored, doing: Doing): Promise<number> {
  if (ids.length === 0) return 0
  const columns = Object.keys(change)
  await keepChanged(tx, { ...doing, detail: { columns } }, type.name, oldValues(type, ids, columns))
  return updateRecords(tx, type, ids, change, doing)
}

/** What some columns hold now, as JSON, in rows that are locked with it. */
export const oldValues = (type: EntityType, ids: readonly string[], columns: readonly string[]): RawBuilder<unknown> => sql`
  select id, version, to_jsonb((select x from (select ${sql.join(columns.map((column) => sql.id('r', column)))}) x)) as old
    from ${sql.table(type.table)} r where id = any(${ids}::uuid[]) order by id for update`

/** The same change for many. Answers how many rows there were. */
export async function updateRecords(db: Db, type: EntityType, ids: readonly string[], change: Stored, by: Authorship): Promise<number> {
  const sets = Object.entries(change).map(([column, value]) => sql`${sql.id(column)} = ${cast(type, column, sql`${value}::text`)}`)
  const { numAffectedRows } = await sql`
    update ${sql.table(type.table)} r
       set ${sql.join([...sets, ...modified(by)])}
     where id = any(${ids}::uuid[])`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Each record its own change; what a change leaves out keeps its value, so nothing can be emptied this way. */
export async function updateEach(db: Db, type: EntityType, rows: readonly { id: string; change: Stored }[], by: Authorship): Promise<void> {
  const columns = [...new Set(rows.flatMap(({ change }) => Object.keys(change)))]
  if (columns.length === 0) return
  const { values, lists } = columnValues(rows.map(({ change }) => change), columns)
  const sets = columns.map((column, index) => sql`${sql.id(column)} = coalesce(${cast(type, column, values[index]!)}, r.${sql.id(column)})`)
  await sql`
    update ${sql.table(type.table)} r
       set ${sql.join([...sets, ...modified(by)])}
      from ${rowsOf(rows.map(({ id }) => id), lists)}
     where r.id = v.id`.execute(db)
}

/**
 * Into the bin, with their memberships in target lists and the links that lead to them; what is known of their addresses stays where it is.
 * Users are really deleted: with them go sessions, keys and password, and nobody should be able to bring those back.
 */
export async function deleteRecords(tx: Tx, type: EntityType, ids: readonly string[], doing: Doing, mergedInto?: string): Promise<number> {
  const gone = sql`delete from ${sql.table(type.table)} r where id = any(${ids}::uuid[])`
  if (ids.length === 0) return 0
  if (isUserType(type)) return Number((await gone.execute(tx)).numAffectedRows ?? 0)
  return keepDeleted(tx, doing, type.name, sql`${gone} returning *`, pointingTo(type, ids), mergedInto)
}

/** Which of these ids there are; `where` is a condition over `r`. */
export async function existingIds(db: Db, table: string, ids: readonly string[], where: RawBuilder<boolean> = sql<boolean>`true`): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select r.id from ${sql.table(table)} r where r.id = any(${ids}::uuid[]) and ${where}`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Whether another record of the type has this address; `where` is a condition over `r`. */
export async function addressIsTaken(db: Db, type: EntityType, address: string, where: RawBuilder<boolean>): Promise<boolean> {
  const hasAddress = type.fields.some((field) => columnOf(field) === 'email_address')
  if (!hasAddress || address === '') return false
  const { rows } = await sql`
    select 1 from ${sql.table(type.table)} r where r.email_key = lower(${address}::text) and r.email_key <> '' and ${where} limit 1`.execute(db)
  return rows.length > 0
}
