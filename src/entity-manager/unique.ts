/** "No two records have the same": asked of the records first, with the doubles named, then promised by an index. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { type Fault, invalid, sqlState } from '../platform/errors.ts'
import { columnOf, type Field } from '../records/definition.ts'
import { uniqueIndexOf } from '../records/storage-names.ts'
import { buildIndex, uniqueExpression, uniqueIndexSql } from './storage.ts'

const named = 5

export async function doublesFault(db: Db, table: string, field: Field): Promise<Fault | null> {
  const value = uniqueExpression(field)
  const { rows } = await sql<{ value: string; records: number; values: number }>`
    select (${value})::text as value, count(*) as records, count(*) over () as values from ${sql.table(table)}
     where ${sql.id(columnOf(field))} is not null and (${value})::text <> '' group by ${value} having count(*) > 1
     order by count(*) desc, 1 limit ${named}`.execute(db)
  if (rows.length === 0) return null
  const said = rows.map((row) => `“${row.value.slice(0, 100)}” in ${row.records} records`).join(', ')
  const rest = rows[0]!.values - rows.length
  return { path: 'unique', message: `Some values stand in more than one record: ${said}${rest > 0 ? `, and ${rest} more` : ''}. Change these records first.` }
}

/** Built while people go on writing; a double that comes in meanwhile is named like one that was there. */
export async function buildUnique(db: Db, table: string, field: Field): Promise<void> {
  try {
    await buildIndex(db, uniqueIndexOf(table, columnOf(field)), uniqueIndexSql(table, field, true))
  } catch (error) {
    if (sqlState(error) !== '23505') throw error
    throw invalid([await doublesFault(db, table, field) ?? { path: 'unique', message: 'Two records with the same value were made just now. Try again.' }])
  }
}
