/** Custom entity types: made, changed, removed. */
import { forgetLayouts } from '../layouts/layouts.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid } from '../platform/errors.ts'
import type { EntityType, Field } from '../records/definition.ts'
import { snakeCase } from '../records/definition.ts'
import { definitionOf, entityTypes, relationships } from '../records/entity-types.ts'
import { columnsOf } from '../records/field-value.ts'
import { baseFields } from '../records/shipped.ts'
import { forgetViews } from '../views/saved-views.ts'
import { type About, alone, type Author, publish } from './changing.ts'
import type { EntityTypeChange, EntityTypeInput } from './contract.ts'
import { newField, storedField } from './field-rules.ts'
import { faultOfColor, faultOfIcon, faultOfLabel, faultOfSlug, faultOfTypeName, faultsOf, tableBase } from './names.ts'
import { createTable, freeColumn, freeTable } from './storage.ts'

const usualLook = { person: { icon: 'user', color: 'cyan' }, company: { icon: 'building', color: 'grape' }, base: { icon: 'folder', color: 'gray' } }
/** Every type is asked by every freeze: more than anybody has, fewer than would hurt. */
const mostTypes = 100

/** `reservedSlugs`: first parts of addresses under /api/v1 that are taken by other things. */
export const createType = (db: Db, author: Author, given: EntityTypeInput, reservedSlugs: ReadonlySet<string>): Promise<EntityType> => alone(db, async () => {
  const { fields, faults } = readFields(given)
  const all = [...typeFaults(given, reservedSlugs), ...faults]
  if (all.length > 0) throw invalid(all)
  const type = await withStorage(db, given, fields)
  await publish(db, author, about('entityTypeCreated', `Entity type ${type.name} made`, type.name), async (tx) => {
    await createTable(tx, type)
    // Those of a removed type of this name were kept for an undo of that.
    for (const forget of [forgetLayouts, forgetViews]) await forget(tx, type.name)
    await tx.insertInto('entityType').values({
      name: type.name, plural: type.plural, slug: type.slug, baseType: type.baseType, icon: type.icon, color: type.color, tableName: type.table, madeAt: author.now,
    }).execute()
    await insertFields(tx, type.name, type.fields.filter(({ custom }) => custom), 0)
  })
  return { ...type }
}).then(({ name }) => definitionOf(name))

const about = (action: About['action'], summary: string, name: string): About => ({ action, summary, type: 'EntityType', name })

function typeFaults(given: EntityTypeInput, reserved: ReadonlySet<string>): Fault[] {
  const others = entityTypes()
  const taken = (message: string, is: (type: EntityType) => boolean) => (others.some(is) ? message : null)
  return faultsOf({
    name: faultOfTypeName(given.name) ?? taken('is the name of another entity type', ({ name }) => name.toLowerCase() === given.name.toLowerCase())
      ?? (others.length >= mostTypes ? `would be the ${mostTypes + 1}st entity type; there can be ${mostTypes}` : null),
    plural: faultOfLabel(given.plural) ?? taken('is the plural of another entity type', ({ plural }) => plural.toLowerCase() === given.plural.trim().toLowerCase()),
    slug: faultOfSlug(given.slug, reserved) ?? taken('is the address of another entity type', ({ slug }) => slug === given.slug),
    icon: given.icon === undefined ? null : faultOfIcon(given.icon),
    color: given.color === undefined ? null : faultOfColor(given.color),
  })
}

/** Each field is held against those before it, so that two of one name are found. A type may link to itself. */
function readFields(given: EntityTypeInput): { fields: Field[]; faults: Fault[] } {
  const targets = [...entityTypes().map(({ name }) => name), given.name]
  const fields: Field[] = []
  const faults: Fault[] = []
  for (const [index, each] of (given.fields ?? []).entries()) {
    const read = newField(each, { fields: [...baseFields[given.baseType], ...fields] }, targets)
    faults.push(...read.faults.map(({ path, message }) => ({ path: `fields.${index}.${path}`, message })))
    fields.push(read.field)
  }
  return { fields, faults }
}

async function withStorage(db: Db, given: EntityTypeInput, fields: readonly Field[]): Promise<EntityType> {
  const table = await freeTable(db, tableBase(given.name))
  const look = usualLook[given.baseType]
  const placed: Field[] = []
  for (const field of fields) placed.push(await placedField(db, table, field, placed))
  return {
    name: given.name, plural: given.plural.trim(), slug: given.slug, baseType: given.baseType, icon: given.icon ?? look.icon, color: given.color ?? look.color,
    table, mailable: false, custom: true, fields: [...baseFields[given.baseType], ...placed],
  }
}

/** With the columns that it will have. `beside` are fields that are made with it. */
export async function placedField(db: Db, table: string, field: Field, beside: readonly Field[] = []): Promise<Field> {
  const column = await freeColumn(db, table, snakeCase(field.name), beside.flatMap(columnsOf).map(({ name }) => name))
  return { ...field, column, custom: true }
}

export async function insertFields(tx: Tx, entityType: string, fields: readonly Field[], after: number): Promise<void> {
  if (fields.length === 0) return
  await tx.insertInto('entityField')
    .values(fields.map((field, index) => ({ entityType, name: field.name, position: after + index + 1, definition: storedField(field) }))).execute()
}

export const changeType = (db: Db, author: Author, name: string, change: EntityTypeChange): Promise<EntityType> => alone(db, async () => {
  const type = customType(name)
  const faults = faultsOf({
    plural: change.plural === undefined ? null : faultOfLabel(change.plural)
      ?? (entityTypes().some((other) => other.name !== name && other.plural.toLowerCase() === change.plural!.trim().toLowerCase()) ? 'is the plural of another entity type' : null),
    icon: change.icon === undefined ? null : faultOfIcon(change.icon),
    color: change.color === undefined ? null : faultOfColor(change.color),
  })
  if (faults.length > 0) throw invalid(faults)
  const { plural = type.plural, icon = type.icon, color = type.color } = change
  await publish(db, author, about('entityTypeChanged', `Entity type ${name} changed`, name), (tx) =>
    tx.updateTable('entityType').set({ plural: plural.trim(), icon, color }).where('name', '=', name).execute())
}).then(() => definitionOf(name))

/** Its records, and links of other types to it, go out of sight with it. Deliveries to its records that wait are skipped, history stays. */
export const removeType = (db: Db, author: Author, name: string): Promise<void> => alone(db, async () => {
  customType(name)
  const related = relationships().filter(({ custom, left, right }) => custom && (left === name || right === name)).map(({ id }) => id)
  await publish(db, author, about('entityTypeRemoved', `Entity type ${name} removed`, name), async (tx) => {
    if (related.length > 0) await tx.deleteFrom('relationship').where('id', 'in', related).execute()
    for (const { entityType, field } of linksTo(name)) await tx.deleteFrom('entityField').where('entityType', '=', entityType).where('name', '=', field).execute()
    await tx.deleteFrom('entityField').where('entityType', '=', name).execute()
    await tx.deleteFrom('entityType').where('name', '=', name).execute()
  })
})

/** What relationships are called at this type, in lower case: fields and relationships are one set of words. */
export const endNames = (typeName: string): string[] => relationships().flatMap(({ left, right, leftName, rightName }) =>
  [...(left === typeName ? [leftName] : []), ...(right === typeName ? [rightName] : [])]).map((name) => name.toLowerCase())

/** Fields of other types that lead to this one. */
export const linksTo = (name: string): { entityType: string; field: string }[] => entityTypes().filter((type) => type.name !== name)
  .flatMap((type) => type.fields.filter((field) => field.custom && field.linksTo === name).map((field) => ({ entityType: type.name, field: field.name })))

function customType(name: string): EntityType {
  const type = definitionOf(name)
  if (!type.custom) throw new AppError('conflict', 'shippedType', `${name} comes with the product: it can get fields of its own, but not be changed or removed itself.`)
  return type
}

