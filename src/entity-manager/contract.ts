/** What crosses the wire when an administrator shapes entity types, their fields and relationships. What a type looks like is in records. */
import { z } from 'zod'
import { byId, endpoint, pageOf } from '../platform/endpoint.ts'
import { fieldTypes } from '../listing/listable.ts'
import { EntityType, Field } from '../records/contract.ts'

/** Whether the words are allowed is said by the entity manager, all faults at once; here is only what could never be one. */
const word = z.string().max(500)

export const FieldInput = z.strictObject({
  /** camelCase: `speciality`. On the wire of records a link `clinic` is `clinicId`. */
  name: word,
  type: z.enum(fieldTypes),
  label: word.optional(),
  required: z.boolean().optional(),
  /** No two records have the same (text without regard to case; empty does not count). */
  unique: z.boolean().optional(),
  /** What a new record has when nothing is given; records that exist stay as they are. */
  default: z.unknown().optional(),
  maxLength: z.number().nullable().optional(),
  options: z.array(z.string()).nullable().optional(),
  /** For link and linkMultiple: the entity type. */
  linksTo: word.nullable().optional(),
})
export type FieldInput = z.output<typeof FieldInput>

export const FieldChange = FieldInput.omit({ name: true, linksTo: true }).partial()
export type FieldChange = z.output<typeof FieldChange>

export const EntityTypeInput = z.strictObject({
  /** PascalCase: `Doctor`. */
  name: word,
  plural: word,
  /** In addresses: `doctors`. */
  slug: word,
  baseType: z.enum(['person', 'company', 'base']),
  icon: word.optional(),
  color: word.optional(),
  fields: z.array(FieldInput).max(200).optional(),
})
export type EntityTypeInput = z.output<typeof EntityTypeInput>

export const EntityTypeChange = z.strictObject({ plural: word.optional(), icon: word.optional(), color: word.optional() })
export type EntityTypeChange = z.output<typeof EntityTypeChange>

const byName = z.object({ name: z.string() })
const byNameAndField = byName.extend({ field: z.string() })

export const createEntityType = endpoint('POST /api/v1/entity-types', {
  allow: 'administrator', summary: 'Make an entity type; its records are usable when this is answered', status: 201, body: EntityTypeInput, result: EntityType,
})
export const changeEntityType = endpoint('PATCH /api/v1/entity-types/:name', {
  allow: 'administrator', summary: 'Change how an entity type is called and shown', params: byName, body: EntityTypeChange, result: EntityType,
})
export const removeEntityType = endpoint('DELETE /api/v1/entity-types/:name', {
  allow: 'administrator', summary: 'Remove an entity type with its records; the last change can be undone', params: byName,
})

export const createField = endpoint('POST /api/v1/entity-types/:name/fields', {
  allow: 'administrator', summary: 'Add a field to an entity type', status: 201, params: byName, body: FieldInput, result: Field,
})
export const changeField = endpoint('PATCH /api/v1/entity-types/:name/fields/:field', {
  allow: 'administrator', summary: 'Change a field; refused with the reason when records do not fit', params: byNameAndField, body: FieldChange, result: Field,
})
export const removeField = endpoint('DELETE /api/v1/entity-types/:name/fields/:field', {
  allow: 'administrator', summary: 'Remove a field with its values; the last change can be undone', params: byNameAndField,
})

const named = z.object({ id: z.string(), name: z.string() })

/** What uses a field or a type, and so what is lost or left empty without it. */
export const Usage = z.object({
  /** Records of the type, and (for a field) how many of them have a value in it. */
  records: z.number(),
  recordsWithValue: z.number().nullable(),
  /** For enum and multiEnum: how many records hold each option, the most used first. */
  options: z.array(z.object({ option: z.string(), records: z.number() })),
  /** Of a type: the target lists that have members of it. */
  targetLists: z.array(named.extend({ members: z.number() })),
  emailTemplates: z.array(named),
  savedViews: z.array(named),
  reports: z.array(named),
  /** Pending, In Process or paused ones whose template names it; of a type also those with deliveries to it that are not sent yet. */
  massEmails: z.array(named.extend({ status: z.string(), unsentDeliveries: z.number() })),
  /** Of a type: link fields of other types that lead to it, and go with it. */
  links: z.array(z.object({ entityType: z.string(), field: z.string() })),
})
export type Usage = z.output<typeof Usage>

export const entityTypeUsage = endpoint('GET /api/v1/entity-types/:name/usage', {
  allow: 'administrator', summary: 'What would be lost with an entity type', params: byName, result: Usage,
})
export const fieldUsage = endpoint('GET /api/v1/entity-types/:name/fields/:field/usage', {
  allow: 'administrator', summary: 'What would be lost with a field', params: byNameAndField, result: Usage,
})

export const previewField = endpoint('POST /api/v1/entity-types/:name/fields/:field/preview', {
  allow: 'administrator',
  summary: 'What a change of a field would do, without doing it',
  params: byNameAndField,
  body: FieldChange,
  /** `errors` is what PATCH would answer; `notes` says what happens to the data. */
  result: z.object({ possible: z.boolean(), errors: z.array(z.object({ path: z.string(), message: z.string() })), notes: z.array(z.string()) }),
})

export const LastChange = z.object({
  id: z.string(), summary: z.string(), at: z.string(), userName: z.string(),
  /** Why it cannot be undone, in a sentence; null when it can. */
  obstacle: z.string().nullable(),
})
export type LastChange = z.output<typeof LastChange>

export const lastChange = endpoint('GET /api/v1/entity-types/last-change', {
  allow: 'administrator', summary: 'The last change of definitions; an undo is one, too', result: z.object({ change: LastChange.nullable() }),
})
export const lossesOfUndo = endpoint('GET /api/v1/entity-types/last-change/losses', {
  allow: 'administrator',
  summary: 'What undoing the last change would set aside',
  /** In words: entity types with their records, fields with their values, pairs, types that can be mailed no longer. */
  result: z.object({ change: LastChange.nullable(), losses: z.array(z.string()) }),
})
export const undoLastChange = endpoint('POST /api/v1/entity-types/undo', {
  allow: 'administrator',
  summary: 'Undo the last change of definitions, with `id` only if that still is the last one; can be undone itself',
  body: z.strictObject({ id: z.string().optional() }),
  result: z.object({ undone: LastChange }),
})

export const Relationship = z.object({
  id: z.string(),
  kind: z.enum(['manyToOne', 'oneToMany', 'manyToMany']),
  /** Entity types; `TargetList` at one end of a manyToMany makes the other one mailable. */
  left: z.string(),
  right: z.string(),
  /** What a left record calls the right ones, and the other way round. */
  leftName: z.string(),
  rightName: z.string(),
  leftLabel: z.string(),
  rightLabel: z.string(),
  /** False for what comes with the product and cannot be removed. */
  custom: z.boolean(),
})
export type Relationship = z.output<typeof Relationship>

export const RelationshipInput = z.strictObject({
  kind: z.enum(['manyToOne', 'oneToMany', 'manyToMany']),
  left: word,
  right: word,
  leftName: word,
  rightName: word,
  leftLabel: word.optional(),
  rightLabel: word.optional(),
})
export type RelationshipInput = z.output<typeof RelationshipInput>

export const listRelationships = endpoint('GET /api/v1/relationships', {
  allow: 'signedIn', summary: 'How entity types are related', result: pageOf(Relationship),
})
export const createRelationship = endpoint('POST /api/v1/relationships', {
  allow: 'administrator', summary: 'Relate two entity types; with TargetList it makes a type mailable', status: 201, body: RelationshipInput, result: Relationship,
})
export const removeRelationship = endpoint('DELETE /api/v1/relationships/:id', {
  allow: 'administrator', summary: 'Remove a relationship: with TargetList, unsent deliveries of the type are skipped', params: byId,
})
