/** What crosses the wire about records that may be the same person or company, and about making them one. */
import { z } from 'zod'
import { endpoint } from '../platform/endpoint.ts'
import { RecordAnswer } from '../records/contract.ts'

export const duplicateReasons = ['emailAddress', 'nameAndCity', 'nameAndAccount', 'nameAndPhone'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

export const Duplicate = z.object({
  id: z.string(),
  name: z.string(),
  emailAddress: z.string(),
  createdAt: z.string(),
  /** What both have in common. */
  reasons: z.array(z.enum(duplicateReasons)),
})
export type Duplicate = z.output<typeof Duplicate>

const bySlug = z.object({ slug: z.string() })
const values = z.record(z.string(), z.unknown())

export const findDuplicates = endpoint('GET /api/v1/:slug/:id/duplicates', {
  allow: 'signedIn', summary: 'Records that may be the same as this one: same address, or same name with city, account or phone (at most 20)',
  params: bySlug.extend({ id: z.string() }), result: z.object({ items: z.array(Duplicate) }),
})
export const checkDuplicates = endpoint('POST /api/v1/:slug/duplicates', {
  allow: 'signedIn', summary: 'The same before a record is saved: for these values. Nothing is written',
  params: bySlug, body: z.strictObject({ values, exceptId: z.string().optional() }), result: z.object({ items: z.array(Duplicate) }),
})

export const DuplicateGroup = z.object({
  /** What the records of the group have in common: an address, or name and city (account, phone). */
  values: z.array(z.string()),
  count: z.number(),
  /** The oldest first, at most 10. */
  records: z.array(Duplicate.omit({ reasons: true })),
})
export type DuplicateGroup = z.output<typeof DuplicateGroup>

export const listDuplicateGroups = endpoint('GET /api/v1/:slug/duplicates', {
  allow: 'signedIn', summary: 'Groups of records that share an address, or name with city, account or phone',
  params: bySlug,
  query: z.strictObject({
    by: z.enum(duplicateReasons).default('emailAddress'), limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().max(2000).optional(),
  }),
  result: z.object({ items: z.array(DuplicateGroup), next: z.string().nullable() }),
})

export const mergeRecords = endpoint('POST /api/v1/:slug/merge', {
  allow: 'signedIn',
  summary: 'Make records one: the survivor gets memberships, links, log and every "no" of the others, which go into the bin',
  params: bySlug,
  body: z.strictObject({
    survivorId: z.string(),
    otherIds: z.array(z.string()).min(1).max(50),
    /** Field values chosen by the user. Elsewhere the survivor keeps its own, or gets the first other's when it has none. */
    values: values.default({}),
  }),
  /** `actionId` undoes it: POST /bin/actions/ID/undo. */
  result: z.object({
    record: RecordAnswer, actionId: z.string(),
    /** How many "no" of one of their addresses now stand at another one, too; the undo does not lift them. */
    refusals: z.number(),
  }),
})
