/** Which fields lead from one entity type to another, and the rows that lead to given records. */
import { type RawBuilder, sql } from 'kysely'
import { columnOf, type EntityType, type Field } from './definition.ts'
import { entityTypes } from './entity-types.ts'

export type LinkField = { from: EntityType; field: Field; column: string }

/** The many-to-one fields of a type. */
export const linkFields = (type: EntityType): LinkField[] =>
  type.fields.filter((field) => field.type === 'link' && !field.readOnly).map((field) => ({ from: type, field, column: columnOf(field) }))

/** The many-to-one fields of all types that lead to this one. */
export const linksTo = (type: EntityType): LinkField[] => entityTypes().flatMap(linkFields).filter(({ field }) => field.linksTo === type.name)

/** A SELECT of (record_id, from_type, from_column, from_id): who leads to these records. */
export function pointingTo(type: EntityType, ids: readonly string[]): RawBuilder<unknown> {
  const parts = linksTo(type).map(({ from, column }) => sql`
    select ${sql.id('f', column)} as record_id, ${from.name}::text as from_type, ${column}::text as from_column, f.id as from_id
      from ${sql.table(from.table)} f where ${sql.id('f', column)} = any(${ids}::uuid[])`)
  const nobody = sql`select null::uuid as record_id, ''::text as from_type, ''::text as from_column, null::uuid as from_id where false`
  return sql.join([nobody, ...parts], sql` union all `)
}
