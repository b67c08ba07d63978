/** What crosses the wire about group email accounts (names and shapes fixed by the outside interface). */
import { z } from 'zod'
import { mailKinds } from '../bounce/classification.ts'
import { byId, emptiable, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { doors, doubts, findingKinds, handKinds, messageOutcomes } from './codes.ts'

const instant = z.iso.datetime({ offset: true, error: 'This is not a time like 2030-01-31T12:00:00Z.' })

/** The password is write-only; `passwordSet` says that there is one. */
const serverShape = {
  host: z.string().trim().max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['none', 'starttls', 'tls']),
  auth: z.enum(['password', 'oauth2']),
  username: z.string().trim().max(320),
}
const Server = z.object({ ...serverShape, passwordSet: z.boolean() })

/** What may be done with a message in the mailbox once it was read; without it nothing is. */
const afterReading = z.partialRecord(z.enum(mailKinds).exclude(['other']), z.strictObject({
  markRead: z.boolean().optional(),
  moveTo: z.string().trim().min(1).max(500).nullable().optional(),
}))

const shape = {
  name: z.string().trim().min(1, 'An account needs a name.').max(200),
  emailAddress: z.string().trim().max(320),
  status: z.enum(['active', 'inactive']),
  monitoredFolders: z.array(z.string().trim().min(1, 'A folder has a name.').max(500)).min(1, 'Name at least one folder.').max(50),
  fetchSince: instant,
  afterReading,
  forMassEmail: z.boolean(),
  bounceAddress: z.string().trim().max(320),
  fromName: z.string().trim().max(200),
  replyToAddress: z.string().trim().max(320),
}

export const GroupEmailAccount = z.object({
  id: z.string(),
  ...shape,
  imap: Server,
  smtp: Server,
  /** How both sides get access tokens when they sign in by OAuth 2.0. */
  oauth2: z.object({ tokenUrl: z.string(), clientId: z.string(), scope: z.string(), clientSecretSet: z.boolean(), refreshTokenSet: z.boolean() }).nullable(),
  /** The way out that mass emails choose; there is one while `forMassEmail`. */
  outboundAccountId: z.string().nullable(),
  /** Null before the first one. `error` is in words with what the server said; `found` counts new messages by kind. */
  lastCheck: z.object({ at: z.string(), error: z.string().nullable(), advice: z.string().nullable(), found: z.record(z.string(), z.number()) }).nullable(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  version: z.number(),
})
export type GroupEmailAccount = z.output<typeof GroupEmailAccount>

const serverChange = z.strictObject({
  ...serverShape, host: emptiable(serverShape.host), username: emptiable(serverShape.username), password: z.string().max(8000).nullable(),
}).partial().nullable().optional()

const oauth2Change = z.strictObject({
  tokenUrl: z.url({ protocol: /^https?$/, error: 'This must be an https address.' })
    .refine((text) => /^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(text), 'Secrets are sent there: it must be an https address.'),
  clientId: z.string().trim().min(1, 'Enter the client ID.').max(500),
  scope: z.string().trim().max(1000).default(''),
  clientSecret: z.string().max(4000).nullable().optional(),
  refreshToken: z.string().max(8000).nullable().optional(),
}).nullable().optional()

const change = {
  ...shape,
  emailAddress: emptiable(shape.emailAddress), bounceAddress: emptiable(shape.bounceAddress), fromName: emptiable(shape.fromName),
  replyToAddress: emptiable(shape.replyToAddress), afterReading: afterReading.nullable().transform((value) => value ?? {}),
  /** `null`: from when the account was made, and only the INBOX. */
  fetchSince: instant.nullable(), monitoredFolders: shape.monitoredFolders.nullable().transform((folders) => folders ?? ['INBOX']),
  imap: serverChange, smtp: serverChange, oauth2: oauth2Change,
}
const changeBody = z.strictObject(change).partial()
export type GroupEmailAccountChange = z.output<typeof changeBody>

const path = '/api/v1/group-email-accounts'

export const listGroupEmailAccounts = endpoint(`GET ${path}`, {
  allow: 'administrator', summary: 'Group email accounts and their last check', query: listQuery, result: pageOf(GroupEmailAccount.partial()),
})
export const getGroupEmailAccount = endpoint(`GET ${path}/:id`, { allow: 'administrator', summary: 'One group email account', params: byId, result: GroupEmailAccount })
export const createGroupEmailAccount = endpoint(`POST ${path}`, {
  allow: 'administrator', summary: 'Add a group email account; only the name is required', status: 201,
  body: changeBody.required({ name: true }), result: GroupEmailAccount,
})
export const changeGroupEmailAccount = endpoint(`PATCH ${path}/:id`, {
  allow: 'administrator', summary: 'Change a group email account; nested objects are merged, a password is kept while host and user name stay',
  params: byId, body: changeBody, result: GroupEmailAccount,
})
export const removeGroupEmailAccount = endpoint(`DELETE ${path}/:id`, {
  allow: 'administrator', summary: 'Remove a group email account; nothing in its mailbox changes', params: byId,
})

const TestResult = z.object({
  ok: z.boolean(),
  /** What the server or the system said, word for word. */
  reply: z.string(),
  /** What it means, and what to do. */
  message: z.string(), advice: z.string(),
})
export const testImap = endpoint(`POST ${path}/:id/test-imap`, {
  allow: 'administrator', summary: 'Connect, sign in and open each folder; changes nothing there', params: byId, status: 200,
  result: TestResult.extend({ folders: z.array(z.object({ folder: z.string(), messages: z.number() })) }),
})
export const testSmtp = endpoint(`POST ${path}/:id/test-smtp`, {
  allow: 'administrator', summary: 'Connect and sign in; with an address, also send one short mail there', params: byId, status: 200,
  body: z.strictObject({ to: z.email('This is not an email address.').optional() }), result: TestResult,
})

/** What a message says about one delivery. `doubt`: why it proves nothing; null when it does. */
const MailboxFinding = z.object({
  kind: z.enum(findingKinds), doubt: z.enum(doubts).nullable(), reason: z.string(), reply: z.string(), emailAddress: z.string(),
  record: z.object({ entityType: z.string(), id: z.string() }), massEmail: z.object({ id: z.string(), name: z.string() }), campaignId: z.string(),
})

export const MailboxMessage = z.object({
  id: z.string(),
  door: z.enum(doors),
  /** The group email account that read it, with the place in its mailbox; null behind another door. */
  account: z.object({ id: z.string(), name: z.string() }).nullable(),
  folder: z.string(),
  uid: z.number().nullable(),
  webhook: z.object({ id: z.string(), name: z.string() }).nullable(),
  receivedAt: z.string(),
  readAt: z.string(),
  kind: z.enum(mailKinds),
  outcome: z.enum(messageOutcomes),
  /** Of what belongs to a delivery; else empty. */
  from: z.string(), subject: z.string(), text: z.string(),
  /** The rule that decided. */
  rule: z.string(),
  error: z.string().nullable(),
  findings: z.array(MailboxFinding),
  handledAt: z.string().nullable(),
})
export type MailboxMessage = z.output<typeof MailboxMessage>

const messages = '/api/v1/mailbox-messages'

export const listMailboxMessages = endpoint(`GET ${messages}`, {
  allow: 'administrator', summary: 'What was read in the mailboxes of group email accounts, newest first', query: listQuery, result: pageOf(MailboxMessage.partial().required({ id: true })),
})
export const getMailboxMessage = endpoint(`GET ${messages}/:id`, {
  allow: 'signedIn', summary: 'A message that belongs to a delivery, with its raw text', params: byId, result: MailboxMessage.extend({ raw: z.string() }),
})
export const classifyMailboxMessage = endpoint(`POST ${messages}/:id/classify`, {
  allow: 'administrator', summary: 'Say what a message is, where that was not understood or not proved; it then acts as if it were proved',
  params: byId, status: 200, body: z.strictObject({ as: z.enum(handKinds) }), result: MailboxMessage,
})
/** What a person may say that a message is. */
export type HandKind = z.output<typeof classifyMailboxMessage.body>['as']
export const markInvalid = endpoint('POST /api/v1/mailbox-messages/mark-invalid', {
  allow: 'administrator', summary: 'Take unverified hard bounces for true, by message, or by domain and time', status: 200,
  body: z.strictObject({
    ids: z.array(z.string()).max(1000).optional(), domain: z.string().trim().min(1).max(253).optional(),
    from: instant.optional(), to: instant.optional(),
  }).refine(({ ids, domain, from, to }) => ids ?? domain ?? from ?? to, { path: ['ids'], error: 'Say which ones: ids, or domain, from and to.' }),
  result: z.object({ marked: z.number() }),
})
