/** What crosses the wire about entity types and records. The fields of a record are in its entity type. */
import { z } from 'zod'
import { endpoint, listQuery, pageOf, taskAnswer } from '../platform/endpoint.ts'
import { fieldTypes } from '../listing/listable.ts'

export const Field = z.object({
  /** As in the definition; on the wire a link `account` is `accountId`, `teams` is `teamIds`: see `key`. */
  name: z.string(),
  key: z.string(),
  type: z.enum(fieldTypes),
  label: z.string(),
  required: z.boolean(),
  unique: z.boolean(),
  readOnly: z.boolean(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
  maxLength: z.number().nullable(),
  options: z.array(z.string()).nullable(),
  /** The entity type that a link leads to. */
  linksTo: z.string().nullable(),
  /** Added by an administrator. */
  custom: z.boolean(),
  /** The relationship that made this link, and takes it along when it is removed. */
  relationshipId: z.string().nullable(),
})
export type Field = z.output<typeof Field>

export const EntityType = z.object({
  name: z.string(),
  plural: z.string(),
  slug: z.string(),
  baseType: z.enum(['person', 'company', 'base']),
  mailable: z.boolean(),
  icon: z.string(),
  color: z.string(),
  /** Made by an administrator. */
  custom: z.boolean(),
  fields: z.array(Field),
})
export type EntityType = z.output<typeof EntityType>

export const listEntityTypes = endpoint('GET /api/v1/entity-types', {
  allow: 'signedIn', summary: 'Every entity type with its fields', result: pageOf(EntityType),
})
export const readEntityType = endpoint('GET /api/v1/entity-types/:name', {
  allow: 'signedIn', summary: 'One entity type', params: z.object({ name: z.string() }), result: EntityType,
})

const bySlug = z.object({ slug: z.string() })
const bySlugAndId = bySlug.extend({ id: z.string() })

/** Field names and values after the entity type; `version` is the ETag, `warnings` stands only after a write that deserves one. */
export const RecordAnswer = z.looseObject({ id: z.string() })
export type RecordAnswer = z.output<typeof RecordAnswer>

const values = z.record(z.string(), z.unknown())

export const listRecords = endpoint('GET /api/v1/:slug', {
  allow: 'signedIn', summary: 'A page of records: filter, search, sort', params: bySlug, query: listQuery, result: pageOf(RecordAnswer),
})
export const countRecords = endpoint('GET /api/v1/:slug/count', {
  allow: 'signedIn', summary: 'How many records a filter finds', params: bySlug, query: listQuery.pick({ filter: true, q: true }),
  result: z.object({ total: z.number(), totalIsEstimate: z.boolean() }),
})
export const listValues = endpoint('GET /api/v1/:slug/values', {
  allow: 'signedIn', summary: 'What a text field holds already, to be suggested: the most frequent of the newest records', params: bySlug,
  query: z.strictObject({ field: z.string(), q: z.string().max(200).default('').refine((text) => !text.includes('\0'), 'must not contain a NUL character') }),
  result: z.object({ values: z.array(z.string()) }),
})
export const readRecord = endpoint('GET /api/v1/:slug/:id', {
  allow: 'signedIn', summary: 'One record', params: bySlugAndId, result: RecordAnswer,
})
export const createRecord = endpoint('POST /api/v1/:slug', {
  allow: 'signedIn', summary: 'Create a record', status: 201, params: bySlug, body: values, result: RecordAnswer,
})
export const changeRecord = endpoint('PATCH /api/v1/:slug/:id', {
  allow: 'signedIn', summary: 'Change a record', params: bySlugAndId, body: values, result: RecordAnswer,
})
export const deleteRecord = endpoint('DELETE /api/v1/:slug/:id', { allow: 'signedIn', summary: 'Delete a record', params: bySlugAndId })

const byRelated = bySlugAndId.extend({ related: z.string() })
const relatedIds = z.strictObject({ ids: z.array(z.string()).min(1).max(1_000) })

/** `related` is the name of a relationship as seen from the record: `/accounts/ID/related/contacts`. */
export const listRelated = endpoint('GET /api/v1/:slug/:id/related/:related', {
  allow: 'signedIn', summary: 'A page of the records that a record is related to', params: byRelated, query: listQuery, result: pageOf(RecordAnswer),
})
export const addRelated = endpoint('POST /api/v1/:slug/:id/related/:related', {
  allow: 'signedIn', summary: 'Relate records to a record', params: byRelated, body: relatedIds, result: z.object({ added: z.number(), alreadyThere: z.number() }),
})
export const removeRelated = endpoint('POST /api/v1/:slug/:id/related/:related/remove', {
  allow: 'signedIn', summary: 'Relate records to a record no longer', params: byRelated, body: relatedIds, result: z.object({ removed: z.number() }),
})

export const Selection = z.union([
  z.strictObject({ ids: z.array(z.string()).max(100_000) }),
  z.strictObject({ filter: z.unknown().optional(), q: z.string().max(500).optional() })
    .refine(({ filter, q }) => filter !== undefined || q !== undefined, 'Say which records: ids, filter or q. {"filter":{"and":[]}} is all of them.'),
])
export type Selection = z.output<typeof Selection>

export const massActionNames = ['delete', 'update', 'addToTargetList', 'removeFromTargetList'] as const
export type MassActionName = (typeof massActionNames)[number]

export const massAction = endpoint('POST /api/v1/:slug/mass-action', {
  allow: 'signedIn',
  summary: 'Do something to many records: up to 1,000 at once, more as a background task',
  params: bySlug,
  body: z.strictObject({
    selection: Selection,
    action: z.enum(massActionNames),
    /** The values to set for `update`, `{"targetListId"}` for the target list actions. */
    data: values.default({}),
  }),
  /** Up to 1,000 records are done when this is answered: the task says so and has its result. */
  status: 202,
  result: taskAnswer,
})
