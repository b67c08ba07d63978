/** Changes of a field's type that lose nothing: as a table. What is not in it is refused. */
import { type RawBuilder, sql } from 'kysely'
import type { FieldType } from '../listing/listable.ts'
import type { Tx } from '../platform/db.ts'
import { columnOf, type Field } from '../records/definition.ts'
import { columnsOf } from '../records/field-value.ts'
import { addColumns, uniqueIndexSql } from './storage.ts'

type Column = RawBuilder<unknown>

const textLike: readonly FieldType[] = ['text', 'longText', 'email', 'phone', 'url', 'enum']

/** From the old column to the new one, where the two hold values differently. */
const conversions: Partial<Record<FieldType, Partial<Record<FieldType, (column: Column) => RawBuilder<unknown>>>>> = {
  integer: { decimal: (column) => sql`${column}::numeric`, text: asText },
  decimal: { text: asText },
  boolean: { text: (column) => sql`case when ${column} then 'true' else 'false' end` },
  date: { dateTime: (column) => sql`${column}::timestamp at time zone 'UTC'`, text: (column) => sql`coalesce(to_char(${column}, 'YYYY-MM-DD'), '')` },
  enum: { multiEnum: (column) => sql`case when ${column} = '' then '{}'::text[] else array[${column}] end` },
}

function asText(column: Column) {
  return sql`coalesce(${column}::text, '')`
}

/** Copying takes a lock on the whole table, about a second for so many. */
export const mostCopied = 200_000

/** In the same column: both kinds hold a text. */
const isSameColumn = (from: FieldType, to: FieldType) => textLike.includes(from) && textLike.includes(to)

export const needsNewColumn = (before: Field, after: Field): boolean => before.type !== after.type && !isSameColumn(before.type, after.type)

export function typeFault({ type: from }: Field, { type: to }: Field): string | null {
  if (from === to || isSameColumn(from, to) || conversions[from]?.[to]) return null
  const possible = [...(textLike.includes(from) ? textLike.filter((each) => each !== from) : []), ...Object.keys(conversions[from] ?? {})]
  return possible.length > 0 ? `From ${from} the type can be changed to ${possible.join(', ')}, not to ${to}.` : `The type ${from} cannot be changed: add another field instead.`
}

/** Into a column of its own; the old one stays aside as it is. Nobody writes meanwhile. */
export async function convert(tx: Tx, table: string, before: Field, after: Field): Promise<void> {
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx)
  await addColumns(tx, table, after)
  await sql`update ${sql.table(table)} set ${sql.id(columnsOf(after)[0]!.name)} = ${conversions[before.type]![after.type]!(sql.id(columnOf(before)))}`.execute(tx)
  if (after.unique) await uniqueIndexSql(table, after, false).execute(tx)
}
