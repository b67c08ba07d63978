/** What records hold in a field: counted before it is changed or removed. Reads only. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Fault } from '../platform/errors.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { columnsOf } from '../records/field-value.ts'
import { mostCopied, needsNewColumn, typeFault } from './conversion.ts'
import { doublesFault } from './unique.ts'

export type Condition = RawBuilder<boolean>

export async function countWhere(db: Db, table: string, where: Condition = sql<boolean>`true`): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)} where ${where}`.execute(db)
  return rows[0]!.count
}

export function hasValue(field: Field): Condition {
  const column = sql.id(columnOf(field))
  switch (columnsOf(field)[0]!.type) {
    case 'text': return sql<boolean>`${column} <> ''`
    case 'boolean': return sql<boolean>`${column}`
    case 'text[]': case 'uuid[]': return sql<boolean>`cardinality(${column}) > 0`
    default: return sql<boolean>`${column} is not null`
  }
}

/** How many records hold each option, the most used first; also what is no option any more. */
export async function optionCounts(db: Db, { table }: EntityType, field: Field): Promise<{ option: string; records: number }[]> {
  if (field.type !== 'enum' && field.type !== 'multiEnum') return []
  const column = sql.id(columnOf(field))
  const values = field.type === 'enum' ? sql`select ${column} as option from ${sql.table(table)}` : sql`select unnest(${column}) as option from ${sql.table(table)}`
  return (await sql<{ option: string; records: number }>`
    select option, count(*) as records from (${values}) v where option <> '' group by option order by 2 desc, 1 limit 2000`.execute(db)).rows
}

/** Everything about the records that is against the change. */
export async function dataFaults(db: Db, type: EntityType, before: Field, after: Field): Promise<Fault[]> {
  const wrongType = typeFault(before, after)
  if (wrongType !== null) return [{ path: 'type', message: wrongType }]
  return [
    await tooManyToCopy(db, type, before, after),
    await optionFault(db, type, before, after),
    await lengthFault(db, type, before, after),
    await schemeFault(db, type, before, after),
    after.unique && (!before.unique || needsNewColumn(before, after)) ? await doublesFault(db, type.table, before) : null,
  ].filter((fault) => fault !== null)
}

async function tooManyToCopy(db: Db, { table, plural }: EntityType, before: Field, after: Field): Promise<Fault | null> {
  if (!needsNewColumn(before, after) || (await countWhere(db, table)) <= mostCopied) return null
  return { path: 'type', message: `There are more than ${mostCopied} ${plural}: changing the type would stop all work with them. Add another field, and fill it by an export and an import.` }
}

async function optionFault(db: Db, type: EntityType, before: Field, after: Field): Promise<Fault | null> {
  if (after.type !== 'enum' && after.type !== 'multiEnum') return null
  const held = before.type === 'multiEnum' ? before : { ...before, type: 'enum' as const }
  const options = new Set(after.options)
  if (before.options && before.options.every((option) => options.has(option))) return null
  const missing = (await optionCounts(db, type, held)).filter(({ option }) => !options.has(option))
  if (missing.length === 0) return null
  const said = missing.slice(0, 5).map(({ option, records }) => `“${option.slice(0, 100)}” in ${records} records`).join(', ')
  return { path: 'options', message: `Still in use: ${said}${missing.length > 5 ? `, and ${missing.length - 5} more` : ''}. Change these records first, or keep the option.` }
}

async function lengthFault(db: Db, { table }: EntityType, before: Field, after: Field): Promise<Fault | null> {
  const limit = after.maxLength
  if (limit === undefined || columnsOf(before)[0]!.type !== 'text' || (before.maxLength !== undefined && limit >= before.maxLength)) return null
  const longer = await countWhere(db, table, sql<boolean>`length(${sql.id(columnOf(before))}) > ${limit}`)
  return longer === 0 ? null : { path: 'maxLength', message: `${longer} records hold a longer value than ${limit} characters. Shorten them first.` }
}

/** Other schemes than these could run code in the browser of whoever clicks them. */
async function schemeFault(db: Db, { table }: EntityType, before: Field, after: Field): Promise<Fault | null> {
  if (after.type !== 'url' || before.type === 'url') return null
  const wrong = await countWhere(db, table, sql<boolean>`${sql.id(columnOf(before))} ~* '^\\s*[a-z][a-z0-9+.-]*:' and ${sql.id(columnOf(before))} !~* '^\\s*https?://'
    and ${sql.id(columnOf(before))} !~ '^[^/]*:[0-9]'`)
  return wrong === 0 ? null : { path: 'type', message: `${wrong} records hold an address that does not begin with http:// or https://.` }
}
