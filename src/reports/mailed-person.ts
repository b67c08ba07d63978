/** Whom a delivery or an entry of the campaign log is about: the record's name and fields, by its entity type, as far as they may be read. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import { audienceTypes } from '../audience/mailable.ts'
import type { ListColumn } from '../listing/listable.ts'
import { type EntityType, keyOf } from '../records/definition.ts'
import { findDefinition } from '../records/entity-types.ts'
import { columnAt, currencyAt } from '../records/record-column.ts'
import { fieldsOfType } from './record-source.ts'
import type { SourceField } from './source.ts'

type Columns = [string, ListColumn][]

/** Every type whose records were ever mailed. */
export const personTypes = (): EntityType[] => audienceTypes().map(({ name }) => findDefinition(name)!)

const aliasOf = ({ table }: EntityType) => `${table}_person`

/** `row`: the delivery or entry in the statement. */
export const personJoins = (row: string, actor: Actor | null): RawBuilder<unknown> => sql.join(personTypes().map((type) => sql` left join ${sql.table(type.table)} as ${sql.id(aliasOf(type))}
  on ${sql.id(row, 'entity_type')} = ${type.name} and ${sql.id(aliasOf(type), 'id')} = ${sql.id(row, 'record_id')}${andReadable(actor, type.name, aliasOf(type))}`), sql``)

export const andReadable = (actor: Actor | null, typeName: string, row: string) =>
  actor && !reachesAll(actor, typeName, 'read') ? sql` and ${allowed(actor, typeName, 'read', row)}` : sql``

export function personColumns(row: string, actor: Actor | null): Columns {
  const at = (column: string) => sql.id(row, column)
  const name = sql`case ${at('entity_type')} ${sql.join(personTypes().map((type) => sql`when ${type.name} then (
    select r.name from ${sql.table(type.table)} r where r.id = ${at('record_id')}${andReadable(actor, type.name, 'r')})`), sql` `)} end`
  return [
    ['entityType', { type: 'enum', sql: at('entity_type'), options: personTypes().map((type) => type.name), notNull: true }],
    ['recordId', { type: 'link', sql: at('record_id'), notNull: true }],
    ['recordName', { type: 'text', sql: name }],
    ...personTypes().flatMap((type) => type.fields.flatMap((field): Columns => {
      const key = `${type.name}.${keyOf(field)}`
      const more = { notNull: false, shown: false, joined: true }
      const own: Columns = [[key, { ...columnAt(aliasOf(type), field), ...more }]]
      return field.type === 'currency' ? [...own, [`${key}Currency`, { ...currencyAt(aliasOf(type), field), ...more }]] : own
    })),
  ]
}

export const personFields = (): SourceField[] => [
  { key: 'entityType', label: 'Entity Type', type: 'enum', options: personTypes().map((type) => type.name) },
  { key: 'recordName', label: 'Name', type: 'text', groupable: false },
]

/** Behind everything else: what is only there for one type. */
export const fieldsOfPersons = (): SourceField[] => personTypes().flatMap((type) => fieldsOfType(type, `${type.name}.`, type.name))
