/** Fields of an entity type: added, changed, removed. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid, notFound } from '../platform/errors.ts'
import { columnOf, type EntityType, type Field } from '../records/definition.ts'
import { definitionOf, entityTypes } from '../records/entity-types.ts'
import { linkIndexOf, uniqueIndexOf } from '../records/storage-names.ts'
import { type About, alone, type Author, patiently, publish } from './changing.ts'
import type { FieldChange, FieldInput } from './contract.ts'
import { convert, needsNewColumn } from './conversion.ts'
import { dataFaults } from './field-data.ts'
import { changedField, newField, storedField } from './field-rules.ts'
import { addColumns, buildIndex, dropUniqueIndex, linkIndexSql } from './storage.ts'
import { endNames, insertFields, placedField } from './types.ts'
import { buildUnique } from './unique.ts'

export const createField = (db: Db, author: Author, typeName: string, given: FieldInput): Promise<Field> => alone(db, async () => {
  const type = definitionOf(typeName)
  const { field, faults } = newField(given, type, targets(), endNames(typeName))
  if (faults.length > 0) throw invalid(faults)
  const placed = await addField(db, type, field)
  await publish(db, author, about('fieldCreated', `Field “${placed.label}” added to ${typeName}`, typeName), async (tx) =>
    insertFields(tx, typeName, [placed], await lastPosition(tx, typeName)))
  return placed
})

const targets = () => entityTypes().map(({ name }) => name)

const about = (action: About['action'], summary: string, name: string): About => ({ action, summary, type: 'EntityType', name })

/** Its columns and their indexes, before anybody knows of them. */
export async function addField(db: Db, { table }: EntityType, field: Field): Promise<Field> {
  const placed = await placedField(db, table, field)
  await patiently(db, (tx) => addColumns(tx, table, placed))
  if (placed.type === 'link' || placed.type === 'linkMultiple') {
    await buildIndex(db, linkIndexOf(table, columnOf(placed)), linkIndexSql(table, placed, true))
  }
  if (placed.unique) await buildUnique(db, table, placed)
  return placed
}

export async function lastPosition(tx: Tx, entityType: string): Promise<number> {
  const row = await tx.selectFrom('entityField').select(({ fn }) => fn.max('position').as('last')).where('entityType', '=', entityType).executeTakeFirst()
  return row?.last ?? 0
}

/** What a change would make of a field, and everything that is against it. */
export async function planChange(db: Db, typeName: string, fieldName: string, change: FieldChange): Promise<{ type: EntityType; before: Field; after: Field; faults: Fault[] }> {
  const type = definitionOf(typeName)
  const before = fieldNamed(type, fieldName)
  const { field: after, faults } = changedField(before, change, targets())
  const all = [...faults, ...shippedFaults(before, change)]
  return { type, before, after, faults: all.length > 0 ? all : await dataFaults(db, type, before, after) }
}

export const changeField = (db: Db, author: Author, typeName: string, fieldName: string, change: FieldChange): Promise<Field> => alone(db, async () => {
  const { type, before, after, faults } = await planChange(db, typeName, fieldName, change)
  if (faults.length > 0) throw invalid(faults)
  const stored = needsNewColumn(before, after) ? await placedField(db, type.table, after) : after
  const promises = stored.unique === true && !before.unique && stored === after
  if (promises) await buildUnique(db, type.table, stored)
  await withoutIndexOnFailure(db, promises ? uniqueIndexOf(type.table, columnOf(stored)) : null, () => publish(db, author, about('fieldChanged', `Field “${before.label}” of ${typeName} changed`, typeName), async (tx) => {
    if (stored !== after) await convert(tx, type.table, before, stored)
    if (before.unique && !stored.unique) await dropUniqueIndex(tx, type.table, before)
    await tx.insertInto('entityField').values({ entityType: typeName, name: fieldName, position: 0, definition: before.custom ? storedField(stored) : changesOf(stored) })
      .onConflict((conflict) => conflict.columns(['entityType', 'name']).doUpdateSet((row) => ({ definition: row.ref('excluded.definition') }))).execute()
  }))
  return fieldNamed({ ...type, fields: [stored] }, fieldName)
})

/** An index that no definition knows of would refuse records without anybody being able to say why. */
async function withoutIndexOnFailure(db: Db, index: string | null, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (index !== null) await sql`drop index concurrently if exists ${sql.id(index)}`.execute(db)
    throw error
  }
}

/** Of a field that comes with the product only these are the administrator's. */
const changesOf = ({ label, required, default: given, options }: Field) => JSON.stringify({ label, required: required ?? false, ...(given !== undefined && { default: given }), ...(options && { options }) })

function shippedFaults(before: Field, change: FieldChange): Fault[] {
  const message = 'belongs to a field that comes with the product and cannot be changed'
  if (before.custom) return []
  if (before.readOnly) return Object.keys(change).filter((path) => path !== 'label').map((path) => ({ path, message: 'belongs to a field that the product keeps by itself' }))
  const fixed = (['type', 'unique', 'maxLength'] as const).filter((path) => change[path] !== undefined && change[path] !== (before[path] ?? (path === 'unique' ? false : null)))
  const lifted = before.required && change.required === false ? ['required'] : []
  return [...fixed, ...lifted].map((path) => ({ path, message }))
}

export const removeField = (db: Db, author: Author, typeName: string, fieldName: string): Promise<void> => alone(db, async () => {
  const type = definitionOf(typeName)
  const field = fieldNamed(type, fieldName)
  if (!field.custom) throw new AppError('conflict', 'shippedField', `${field.label} comes with the product and cannot be removed. It can be left out of layouts.`)
  if (field.relationshipId) {
    throw new AppError('conflict', 'fieldOfRelationship', `${field.label} belongs to a relationship. Remove the relationship, and it goes too.`, { relationshipId: field.relationshipId })
  }
  await publish(db, author, about('fieldRemoved', `Field “${field.label}” of ${typeName} removed`, typeName), async (tx) => {
    if (field.unique) await dropUniqueIndex(tx, type.table, field)
    await tx.deleteFrom('entityField').where('entityType', '=', typeName).where('name', '=', fieldName).execute()
  })
})

export function fieldNamed({ name, fields }: EntityType, fieldName: string): Field {
  const field = fields.find((each) => each.name === fieldName)
  if (!field) throw notFound(`field of ${name}`, fieldName)
  return field
}
