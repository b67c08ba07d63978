/** Which fields and pairs lead from one entity type to another, and who leads to given records. */
import { type RawBuilder, sql } from 'kysely'
import { columnOf, type EntityType, type Field } from './definition.ts'
import { entityTypes, findDefinition, relationships } from './entity-types.ts'

export type LinkField = { from: EntityType; field: Field; column: string }

/** The many-to-one fields of a type. */
export const linkFields = (type: EntityType): LinkField[] =>
  type.fields.filter((field) => field.type === 'link' && !field.readOnly).map((field) => ({ from: type, field, column: columnOf(field) }))

/** The many-to-one fields of all types that lead to this one. */
export const linksTo = (type: EntityType): LinkField[] => entityTypes().flatMap(linkFields).filter(({ field }) => field.linksTo === type.name)

export type PairEnd = { relationshipId: string; joinTable: string; own: 'left_id' | 'right_id'; other: 'left_id' | 'right_id'; otherType: EntityType }

/** The many-to-many relationships of a type; twice one that leads to the type itself. */
export function pairEnds(type: EntityType): PairEnd[] {
  return relationships().flatMap(({ id, joinTable, left, right }) => {
    const end = (own: PairEnd['own'], other: PairEnd['other'], otherType: EntityType | undefined) =>
      (joinTable && otherType ? [{ relationshipId: id, joinTable, own, other, otherType }] : [])
    return [
      ...(left === type.name ? end('left_id', 'right_id', findDefinition(right)) : []),
      ...(right === type.name ? end('right_id', 'left_id', findDefinition(left)) : []),
    ]
  })
}

/**
 * A SELECT of (record_id, from_type, from_column, from_id): who leads to these records. Of a pair the "type" is the relationship and the
 * "column" this record's own end.
 */
export function pointingTo(type: EntityType, ids: readonly string[]): RawBuilder<unknown> {
  const parts = linksTo(type).map(({ from, column }) => sql`
    select ${sql.id('f', column)} as record_id, ${from.name}::text as from_type, ${column}::text as from_column, f.id as from_id
      from ${sql.table(from.table)} f where ${sql.id('f', column)} = any(${ids}::uuid[])`)
  const pairs = pairEnds(type).map(({ relationshipId, joinTable, own, other }) => sql`
    select ${sql.id('p', own)} as record_id, ${relationshipId}::text as from_type, ${own}::text as from_column, ${sql.id('p', other)} as from_id
      from ${sql.table(joinTable)} p where ${sql.id('p', own)} = any(${ids}::uuid[])`)
  const nobody = sql`select null::uuid as record_id, ''::text as from_type, ''::text as from_column, null::uuid as from_id where false`
  return sql.join([nobody, ...parts, ...pairs], sql` union all `)
}
