/** The definitions as they stand in the database, joined to the shipped ones: types with their fields, relationships. Changed by the entity manager. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { type BaseType, type EntityType, type Field, type Relationship, targetListEnd } from './definition.ts'
import { baseFields, shippedRelationships, shippedTypes } from './shipped.ts'

export type StoredType = { name: string; plural: string; slug: string; baseType: BaseType; icon: string; color: string; table: string }
/** `definition` is a whole field, or what was changed about one that the type brought along. */
export type StoredField = { entityType: string; name: string; definition: Partial<Omit<Field, 'name'>> }
export type StoredDefinitions = { types: StoredType[]; fields: StoredField[]; relationships: Omit<Relationship, 'custom'>[] }

export type Definitions = { stamp: string; types: readonly EntityType[]; relationships: readonly Relationship[]; formerNames: readonly string[] }

export async function readDefinitions(db: Db): Promise<Definitions> {
  const { stamp, formerNames, ...stored } = await readStored(db)
  return { stamp, formerNames: formerNames.filter((name) => !stored.types.some((type) => type.name === name)), ...joined(stored) }
}

/** One statement, so that what is read belongs together. */
export async function readStored(db: Db): Promise<StoredDefinitions & { stamp: string; formerNames: string[] }> {
  const { rows } = await sql<StoredDefinitions & { stamp: string; formerNames: string[] }>`
    select stamp,
      (select coalesce(json_agg(json_build_object('name', name, 'plural', plural, 'slug', slug, 'baseType', base_type, 'icon', icon, 'color', color, 'table', table_name)
         order by made_at, name), '[]') from entity_type) as types,
      (select coalesce(json_agg(json_build_object('entityType', entity_type, 'name', name, 'definition', definition) order by position, name), '[]') from entity_field) as fields,
      (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'left', left_type, 'right', right_type, 'leftName', left_name, 'rightName', right_name,
         'leftLabel', left_label, 'rightLabel', right_label, 'joinTable', join_table) order by made_at, id), '[]') from relationship) as relationships,
      (select coalesce(json_agg(distinct t.name), '[]') from entity_change c, jsonb_to_recordset(c.before -> 'types') as t (name text)) as former_names
      from entity_schema`.execute(db)
  return rows[0]!
}

/** New objects each time, shipped types too: what is cached by a type may rest on the types it links to. */
export function joined({ types, fields, relationships }: StoredDefinitions): Omit<Definitions, 'stamp' | 'formerNames'> {
  const all: Relationship[] = [...shippedRelationships, ...relationships.map((each) => ({ ...each, custom: true }))]
  const custom = types.map((type): EntityType => ({ ...type, mailable: isInTargetLists(type.name, all), custom: true, fields: baseFields[type.baseType] }))
  const whole = [...shippedTypes, ...custom].map((type) => ({ ...type, fields: withStored(type.fields, fields.filter(({ entityType }) => entityType === type.name)) }))
  return { types: Object.freeze(whole), relationships: Object.freeze(all) }
}

const isInTargetLists = (name: string, relationships: readonly Relationship[]) =>
  relationships.some(({ kind, left, right }) => kind === 'manyToMany' && ((left === targetListEnd && right === name) || (right === targetListEnd && left === name)))

/** Own fields come before the description and what is kept of every record. */
function withStored(brought: readonly Field[], stored: readonly StoredField[]): Field[] {
  const changes = new Map(stored.map(({ name, definition }) => [name, definition]))
  const known = brought.map((field) => ({ ...field, ...changes.get(field.name) }))
  const own = stored.filter(({ name }) => !brought.some((field) => field.name === name)).map(({ name, definition }) => ({ ...definition, name, custom: true }) as Field)
  const at = known.findIndex(({ name }) => name === 'description')
  return [...known.slice(0, at), ...own, ...known.slice(at)]
}
