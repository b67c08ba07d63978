/** What crosses the wire about test groups. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

const Recipient = z.object({ entityType: z.string(), id: z.string() })

export const TestGroup = z.object({
  id: z.string(),
  name: z.string(),
  /** As *Send Test* takes them. Records that were deleted are in no group. */
  recipients: z.array(Recipient),
  /** The same, as people read them. */
  people: z.array(Recipient.extend({ name: z.string(), emailAddress: z.string() })),
  modifiedAt: z.string(),
  version: z.number(),
})
export type TestGroup = z.output<typeof TestGroup>

const name = z.string().trim().min(1, 'A test group needs a name.').max(200)
/** As many as one test goes to. */
const recipients = z.array(z.strictObject(Recipient.shape)).max(50, 'A test goes to at most 50 records.')

export const listTestGroups = endpoint('GET /api/v1/test-groups', {
  allow: 'some:Campaign', summary: 'Saved groups of records that get tests', query: listQuery, result: pageOf(TestGroup.partial()),
})
export const createTestGroup = endpoint('POST /api/v1/test-groups', {
  allow: 'some:Campaign', summary: 'Save a test group', status: 201, body: z.strictObject({ name, recipients: recipients.optional() }), result: TestGroup,
})
export const getTestGroup = endpoint('GET /api/v1/test-groups/:id', { allow: 'some:Campaign', summary: 'A test group', params: byId, result: TestGroup })
export const changeTestGroup = endpoint('PATCH /api/v1/test-groups/:id', {
  allow: 'some:Campaign', summary: 'Rename a test group, or replace its recipients', params: byId,
  body: z.strictObject({ name, recipients }).partial(), result: TestGroup,
})
export const removeTestGroup = endpoint('DELETE /api/v1/test-groups/:id', { allow: 'some:Campaign', summary: 'Delete a test group', params: byId })
