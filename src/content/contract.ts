/** What crosses the wire about email templates. */
import { z } from 'zod'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

/** `mjml` and `blocks` are known to the data; this version writes and sends the other two. */
const formats = ['html', 'text', 'mjml', 'blocks'] as const
const writableFormat = z.enum(['html', 'text'], 'Only "html" and "text" can be written so far.')

const name = z.string().trim().min(1, 'An email template needs a name.').max(200)
const subject = z.string().max(10_000)
/** Far above any mail that arrives, far below what would hurt. */
const body = z.string().max(2_000_000)

export const EmailTemplateSummary = z.object({
  id: z.string(),
  name: z.string(),
  subject: z.string(),
  format: z.enum(formats),
  category: z.string(),
  assignedUserId: z.string().nullable(),
  assignedUserName: z.string().nullable(),
  teamIds: z.array(z.string()),
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})

/** Subject and body exactly as they were given. `textBody` null: the text part is made from the body. */
export const EmailTemplate = EmailTemplateSummary.extend({ body: z.string(), textBody: z.string().nullable() })
export type EmailTemplate = z.output<typeof EmailTemplate>

const written = {
  subject: emptiable(subject).optional(),
  body: emptiable(body).optional(),
  format: writableFormat.optional(),
  textBody: body.nullable().optional(),
  category: emptiable(z.string().trim().max(200)).optional(),
  assignedUserId: z.string().nullable().optional(),
  teamIds: z.array(z.string()).max(100).optional(),
}

/** What a placeholder does, where it stands, and what is wrong with it. */
export const Problem = z.object({
  code: z.enum(['unknownField', 'unknownTrackingUrl']),
  placeholder: z.string(),
  part: z.enum(['subject', 'body', 'textBody']),
  line: z.number(),
  column: z.number(),
  message: z.string(),
})

/** `unresolved`: placeholders, as written, that are unknown or left nothing behind for this record. `html` is null for a text mail. */
export const Rendered = z.object({
  subject: z.string(),
  html: z.string().nullable(),
  text: z.string(),
  unresolved: z.array(z.string()),
  problems: z.array(Problem),
})

export const PlaceholderGroup = z.object({
  title: z.string(),
  placeholders: z.array(z.object({ code: z.string(), label: z.string() })),
})

export const listEmailTemplates = endpoint('GET /api/v1/email-templates', {
  allow: 'some:EmailTemplate', summary: 'Email templates, without their bodies', query: listQuery, result: pageOf(EmailTemplateSummary.partial()),
})
export const getEmailTemplate = endpoint('GET /api/v1/email-templates/:id', {
  allow: 'signedIn', summary: 'One email template', params: byId, result: EmailTemplate,
})
export const createEmailTemplate = endpoint('POST /api/v1/email-templates', {
  allow: 'signedIn', summary: 'Create an email template', status: 201, body: z.strictObject({ name, ...written }), result: EmailTemplate,
})
export const changeEmailTemplate = endpoint('PATCH /api/v1/email-templates/:id', {
  allow: 'signedIn', summary: 'Change an email template; what is being sent keeps the version it was frozen with',
  params: byId, body: z.strictObject({ name: name.optional(), ...written }), result: EmailTemplate,
})
export const removeEmailTemplate = endpoint('DELETE /api/v1/email-templates/:id', {
  allow: 'signedIn', summary: 'Remove an email template; mail already sent can still be viewed', params: byId,
})
export const duplicateEmailTemplate = endpoint('POST /api/v1/email-templates/:id/duplicate', {
  allow: 'signedIn', summary: 'A copy under another name', status: 201, params: byId, body: z.strictObject({ name: name.optional() }), result: EmailTemplate,
})
export const renderEmailTemplate = endpoint('POST /api/v1/email-templates/:id/render', {
  allow: 'signedIn', summary: 'The mail as a record would get it; without a record with sample values; with a draft instead of what is stored',
  params: byId, result: Rendered,
  body: z.strictObject({
    entityType: z.string().optional(), id: z.string().optional(),
    subject: subject.optional(), body: body.optional(), format: writableFormat.optional(), textBody: body.nullable().optional(),
  }),
})
export const listPlaceholders = endpoint('GET /api/v1/email-templates/placeholders', {
  allow: 'signedIn', summary: 'Every placeholder that a template may use, in groups', result: z.object({ groups: z.array(PlaceholderGroup) }),
})
