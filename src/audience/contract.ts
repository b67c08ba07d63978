/** What crosses the wire about target lists, opt-outs and suppressions. */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf, taskAnswer } from '../platform/endpoint.ts'
import { memberSources, memberStates, suppressionReasons, type suppressionSources } from './codes.ts'

const name = z.string().trim().min(1, 'A target list needs a name.').max(200)
const reason = z.string().trim().min(1, 'Say why: it is kept in the audit log.').max(1000)

export const TargetList = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  /** Stands on the preferences page. */
  publicTopic: z.boolean(),
  assignedUserId: z.string().nullable(),
  assignedUserName: z.string().nullable(),
  teamIds: z.array(z.string()),
  members: z.number(),
  /** Would get a mail now. */
  deliverable: z.number(),
  /** Of this list, or entirely. */
  optedOut: z.number(),
  invalid: z.number(),
  noAddress: z.number(),
  /** Members in the remaining states; with the four above they add up to `members`. */
  otherwise: z.partialRecord(z.enum(memberStates), z.number()),
  /** How it is kept in step with reports; null where it never was. */
  reportSync: z.object({ active: z.boolean(), mode: z.enum(['mirror', 'addOnly']), lastRunAt: z.string().nullable(), lastOutcome: z.string().nullable(), lastAdded: z.number().nullable(), lastRemoved: z.number().nullable() }).nullable(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
/** `optedOutElsewhere`: members whose address left another list, though not this one. */
export const OneTargetList = TargetList.extend({ optedOutElsewhere: z.number() })
export type TargetList = z.output<typeof TargetList>
export type OneTargetList = z.output<typeof OneTargetList>

const optionalInput = {
  description: emptiable(z.string().max(10_000)).optional(),
  category: emptiable(z.string().trim().max(200)).optional(),
  publicTopic: z.boolean().optional(),
  assignedUserId: z.string().nullable().optional(),
  teamIds: z.array(z.string()).max(100).optional(),
}

export const listTargetLists = endpoint('GET /api/v1/target-lists', {
  allow: 'some:TargetList', summary: 'Target lists with their counts', query: listQuery, result: pageOf(TargetList.partial()),
})
export const createTargetList = endpoint('POST /api/v1/target-lists', {
  allow: 'signedIn', summary: 'Create a target list', status: 201, body: z.strictObject({ name, ...optionalInput }), result: OneTargetList,
})
export const getTargetList = endpoint('GET /api/v1/target-lists/:id', { allow: 'signedIn', summary: 'A target list', params: byId, result: OneTargetList })
export const changeTargetList = endpoint('PATCH /api/v1/target-lists/:id', {
  allow: 'signedIn', summary: 'Change a target list', params: byId, body: z.strictObject({ name: name.optional(), ...optionalInput }), result: OneTargetList,
})
export const removeTargetList = endpoint('DELETE /api/v1/target-lists/:id', {
  allow: 'signedIn', summary: 'Delete a target list; its opt-outs are kept and links in sent mail keep working', params: byId,
  /** Another list that the opt-outs shall count for, or `entirely` for every list. */
  query: z.strictObject({ optOutsTo: z.string().optional() }),
})
export const duplicateTargetList = endpoint('POST /api/v1/target-lists/:id/duplicate', {
  allow: 'signedIn', summary: 'A list with the same members and opt-outs', status: 201, params: byId,
  body: z.strictObject({ name: name.optional() }), result: OneTargetList,
})
export const emptyTargetList = endpoint('POST /api/v1/target-lists/:id/empty', {
  allow: 'signedIn', summary: 'Take everybody out; opt-outs stay', params: byId, result: z.object({ removed: z.number() }),
})
export const mergeTargetLists = endpoint('POST /api/v1/target-lists/:id/merge', {
  allow: 'signedIn', summary: 'Bring the members of other lists into this one and delete those; any "no" wins', params: byId,
  body: z.strictObject({ targetListIds: z.array(z.string()).min(1).max(100) }), result: z.object({ added: z.number() }),
})

export const Member = z.object({
  id: z.string(), entityType: z.string(), record: z.object({ entityType: z.string(), id: z.string() }), name: z.string().nullable(), emailAddress: z.string(), state: z.enum(memberStates),
  source: z.enum(memberSources), addedAt: z.string(), addedByName: z.string().nullable(),
})
export type Member = z.output<typeof Member>

/** By day, 90 of them, today last: who of the present members joined, and how many of them were there by the end of it. */
export const Growth = z.object({ days: z.array(z.object({ day: z.string(), added: z.number(), members: z.number() })) })
export type Growth = z.output<typeof Growth>

export const getGrowth = endpoint('GET /api/v1/target-lists/:id/growth', {
  allow: 'signedIn', summary: 'How a target list grew over the last 90 days, by its present members', params: byId, result: Growth,
})

const selectionShape = {
  entityType: z.string().optional(), ids: z.array(z.string()).min(1).max(200_000).optional(), filter: z.unknown().optional(), q: z.string().max(500).optional(),
}
/** Everybody in a list report, as far as whoever asks may see them. */
const reportId = z.string().optional()
const onlyReport = (body: object) => Object.keys(body).length === 1
const orReport = 'Name an entityType, and either ids or a filter; or only a reportId.'

/** `{entityType, ids}`, or `{entityType, filter, q?}` for everybody whom the filter finds. */
const Selection = z.strictObject(selectionShape).refine(isSelection, 'Name an entityType, and either ids or a filter.')
export type Selection = z.output<typeof Selection>

function isSelection({ entityType, ids, filter, q }: z.output<z.ZodObject<typeof selectionShape>>): boolean {
  return entityType !== undefined && (ids !== undefined) !== (filter !== undefined || q !== undefined)
}

export const listMembers = endpoint('GET /api/v1/target-lists/:id/members', {
  allow: 'signedIn', summary: 'Who is in a target list, and in which state', params: byId,
  query: listQuery.extend({ entityType: z.string().optional() }), result: pageOf(Member.partial()),
})
export const addMembers = endpoint('POST /api/v1/target-lists/:id/members', {
  allow: 'signedIn', summary: 'Add records, or everybody in a report; more than 1,000 in the background', params: byId,
  body: z.strictObject({ ...selectionShape, reportId }).refine((body) => body.reportId === undefined ? isSelection(body) : onlyReport(body), orReport),
  result: z.union([z.object({ added: z.number(), alreadyThere: z.number() }), taskAnswer]),
})
export const removeMembers = endpoint('POST /api/v1/target-lists/:id/members/remove', {
  allow: 'signedIn', summary: 'Take records out, or everybody in a report, or all who opted out of another list; more than 1,000 in the background', params: byId,
  body: z.strictObject({ ...selectionShape, reportId, optedOutElsewhere: z.literal(true).optional() })
    .refine((body) => body.optedOutElsewhere || body.reportId !== undefined ? onlyReport(body) : isSelection(body), `${orReport.slice(0, -1)}, or only optedOutElsewhere.`),
  result: z.union([z.object({ removed: z.number() }), taskAnswer]),
})

export const moveMembers = endpoint('POST /api/v1/target-lists/:id/members/move', {
  allow: 'signedIn', summary: 'Move members to another list; their "no" goes with them', params: byId,
  body: z.strictObject({ ...selectionShape, targetListId: z.string() }).refine(isSelection, 'Name an entityType, and either ids or a filter.'),
  result: z.object({ moved: z.number() }),
})

const personShape = { entityType: z.string().optional(), id: z.string().optional(), emailAddress: z.string().trim().min(1).optional() }
const isPerson = ({ entityType, id, emailAddress }: { entityType?: string | undefined; id?: string | undefined; emailAddress?: string | undefined }) =>
  emailAddress === undefined ? entityType !== undefined && id !== undefined : entityType === undefined && id === undefined
const whoIsMeant = 'Name a record by entityType and id, or an emailAddress.'

export const Membership = z.object({
  id: z.string(), name: z.string(), category: z.string(), addedAt: z.string(),
  /** When the record's address left this list; null while it has not. */
  optedOutAt: z.string().nullable(),
})
export type Membership = z.output<typeof Membership>

export const listMemberships = endpoint('GET /api/v1/:slug/:id/target-lists', {
  allow: 'signedIn', summary: 'The target lists of a record, and which of them its address left', params: z.object({ slug: z.string(), id: z.string() }),
  result: z.object({ items: z.array(Membership) }),
})

export const OptOut = z.object({
  id: z.string(), emailAddress: z.string(), entityType: z.string().nullable(), recordId: z.string().nullable(), source: z.string(),
  reason: z.string(), at: z.string(), byUserName: z.string().nullable(),
})
export const listOptOuts = endpoint('GET /api/v1/target-lists/:id/opt-outs', {
  allow: 'signedIn', summary: 'Who said no to this list, member or not', params: byId, query: listQuery, result: pageOf(OptOut.partial()),
})
export const optOut = endpoint('POST /api/v1/target-lists/:id/opt-out', {
  allow: 'signedIn', summary: 'Opt an address out of this list; it holds for every record with it', params: byId,
  body: z.strictObject({ ...personShape, reason: z.string().trim().max(1000).optional() }).refine(isPerson, whoIsMeant), result: OneTargetList,
})
export const cancelOptOut = endpoint('POST /api/v1/target-lists/:id/cancel-opt-out', {
  allow: 'may:changeOptOuts', summary: 'Lift an opt-out; the reason is audited', params: byId,
  body: z.strictObject({ ...personShape, reason }).refine(isPerson, whoIsMeant), result: OneTargetList,
})

export const Suppression = z.object({
  id: z.string(), emailAddress: z.string(), reason: z.enum(suppressionReasons), source: z.string(), detail: z.string(),
  entityType: z.string().nullable(), recordId: z.string().nullable(), at: z.string(), until: z.string().nullable(), byUserName: z.string().nullable(),
})
export type Suppression = z.output<typeof Suppression>
/** The sources that the product itself writes. */
export type SuppressionSource = (typeof suppressionSources)[number]

export const listSuppressions = endpoint('GET /api/v1/suppressions', {
  allow: 'may:changeOptOuts', summary: 'Addresses that are never mailed, and why', query: listQuery, result: pageOf(Suppression.partial()),
})
export const addSuppression = endpoint('POST /api/v1/suppressions', {
  allow: 'may:changeOptOuts', summary: 'Never mail an address again', status: 201,
  body: z.strictObject({ emailAddress: z.string(), reason: z.enum(suppressionReasons), detail: z.string().max(1000).optional() }), result: Suppression,
})
export const removeSuppression = endpoint('DELETE /api/v1/suppressions/:id', {
  allow: 'may:changeOptOuts', summary: 'Lift a suppression; `reason` (query or body) says why and is audited', params: byId,
  query: z.strictObject({ reason: reason.optional() }), body: z.strictObject({ reason: reason.optional() }),
})
export const importSuppressions = endpoint('POST /api/v1/suppressions/import', {
  allow: 'may:changeOptOuts', summary: 'Many addresses at once, one a line; more than 5,000 in the background',
  body: z.strictObject({ text: z.string().max(10_000_000), reason: z.enum(suppressionReasons) }),
  result: z.union([z.object({ added: z.number(), alreadyThere: z.number(), malformed: z.array(z.object({ line: z.number(), text: z.string() })) }), taskAnswer]),
})

const instant = z.iso.datetime({ offset: true, error: 'This is not a time like 2030-01-31T12:00:00Z.' })
export const clearSuppressions = endpoint('POST /api/v1/suppressions/clear', {
  allow: 'administrator', summary: 'Lift many suppressions: by id, or by domain and time; then only what mail said, unless `reasons` names more', status: 200,
  body: z.strictObject({
    ids: z.array(z.string()).min(1).max(1000).optional(), domain: z.string().trim().min(1).max(253).optional(), from: instant.optional(), to: instant.optional(),
    reasons: z.array(z.enum(suppressionReasons)).min(1).default(['invalid', 'softBounced']), reason,
  }).refine(({ ids, domain, from, to }) => (ids !== undefined) !== ((domain ?? from ?? to) !== undefined), { path: ['ids'], error: 'Say which ones: either ids, or domain, from and to.' }),
  result: z.object({ cleared: z.number() }),
})
