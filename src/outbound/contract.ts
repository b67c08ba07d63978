/** What crosses the wire about outbound accounts. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

/** For whoever draws a plan before it is saved. */
export { warmUpCurve, warmUpDay, warmUpLimit } from './warm-up.ts'

export const OutboundAccount = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['system', 'group', 'sandbox']),
  host: z.string(),
  port: z.number(),
  security: z.enum(['none', 'starttls', 'tls']),
  fromAddress: z.string(),
  fromName: z.string(),
  weight: z.number(),
  maxPerHour: z.number().nullable(),
  maxPerSecond: z.number().nullable(),
  connections: z.number().nullable(),
  messagesPerConnection: z.number().nullable(),
  /** How many a day while receivers get to know it: the first day's number, growing from day to day since the start. */
  warmUp: z.object({ startPerDay: z.number(), growthPercent: z.number(), startedAt: z.string() }).nullable(),
  /** Addresses, or domains for every address of theirs. Empty: mass emails may name any sender. */
  senderIdentities: z.array(z.string()),
  /** How it signs in; secrets are write-only. */
  oauth2: z.object({ tokenUrl: z.string(), clientId: z.string(), scope: z.string(), clientSecretSet: z.boolean(), refreshTokenSet: z.boolean() }).nullable(),
  /** `notSetUp`: no server is named. `broken`: nothing goes out through it until `brokenUntil`; `brokenReason` is the server's reply or the system's error. */
  state: z.enum(['ok', 'broken', 'notSetUp']),
  brokenUntil: z.string().nullable(),
  brokenSince: z.string().nullable(),
  brokenReason: z.string().nullable(),
  /** Mass emails without an account of their own use this one. */
  isDefault: z.boolean(),
  version: z.number(),
})
export type OutboundAccount = z.output<typeof OutboundAccount>

export const listOutboundAccounts = endpoint('GET /api/v1/outbound-accounts', {
  allow: 'some:Campaign', summary: 'Outbound accounts and whether they work', query: listQuery, result: pageOf(OutboundAccount.partial()),
})
export const getOutboundAccount = endpoint('GET /api/v1/outbound-accounts/:id', {
  allow: 'some:Campaign', summary: 'One outbound account', params: byId, result: OutboundAccount,
})

const count = z.number().int().min(1)
const limit = count.nullable().optional()
/** A secret goes there: encrypted, or no further than this machine. */
const tokenUrl = z.url({ protocol: /^https?$/, error: 'This must be an https address.' })
  .refine((text) => /^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(text), 'Secrets are sent there: it must be an https address.')

const change = {
  name: z.string().trim().min(1, 'An account needs a name.').max(200).optional(),
  weight: count.max(1000).optional(),
  maxPerHour: limit,
  maxPerSecond: limit,
  connections: count.max(200).nullable().optional(),
  messagesPerConnection: limit,
  warmUp: z.strictObject({
    startPerDay: count, growthPercent: z.number().min(0).max(1000),
    startedAt: z.iso.datetime({ offset: true, message: 'A time looks like 2030-01-31T12:00:00Z.' }).optional(),
  }).nullable().optional(),
  senderIdentities: z.array(z.string().max(320)).max(200).nullable().optional(),
  /** `null`: by user name and password again. */
  oauth2: z.strictObject({
    tokenUrl, clientId: z.string().trim().min(1, 'Enter the client ID.').max(500), scope: z.string().trim().max(1000).optional(),
    clientSecret: z.string().max(4000).nullable().optional(), refreshToken: z.string().max(8000).nullable().optional(),
  }).nullable().optional(),
}
export const changeOutboundAccount = endpoint('PATCH /api/v1/outbound-accounts/:id', {
  allow: 'administrator', summary: 'Change limits, weight, warm-up, sender identities and sign-in by OAuth 2.0', params: byId, body: z.strictObject(change), result: OutboundAccount,
})
export type OutboundAccountChange = z.output<typeof changeOutboundAccount.body>

export const testOutboundAccount = endpoint('POST /api/v1/outbound-accounts/:id/test', {
  allow: 'administrator', summary: 'Connect, encrypt and sign in; with an address, also send one short mail there. The reply is the server\'s own',
  params: byId, body: z.strictObject({ to: z.email('This is not an email address.').optional() }),
  result: z.object({
    ok: z.boolean(), stage: z.string(), reply: z.string(),
    /** What the reply means, and what to do. */
    message: z.string(), advice: z.string(),
  }),
})

const recordCheck = z.object({ state: z.enum(['ok', 'missing', 'wrong', 'unknown']), record: z.string().nullable(), message: z.string(), advice: z.string() })
const SenderIdentity = z.object({
  /** An address, or a domain for every address of it. */
  identity: z.string(),
  domain: z.string(),
  /** `unknown`: DNS could not be asked. */
  spf: recordCheck, dkim: recordCheck, dmarc: recordCheck,
  checkedAt: z.string(),
})
export type SenderIdentity = z.output<typeof SenderIdentity>
export const listSenderIdentities = endpoint('GET /api/v1/outbound-accounts/:id/sender-identities', {
  allow: 'some:Campaign', summary: 'As whom an account sends, with SPF, DKIM and DMARC of each domain; its From address where none is listed',
  params: byId, result: z.object({ items: z.array(SenderIdentity) }),
})

const security = z.enum(['none', 'starttls', 'tls'])
const Preset = z.object({
  id: z.string(), name: z.string(), host: z.string(), places: z.array(z.object({ name: z.string(), host: z.string() })), port: z.number(), security,
  authHint: z.string(), limitsHint: z.string(), traps: z.array(z.string()), maxPerHour: z.number().nullable(), spfIncludes: z.array(z.string()),
  bounces: z.enum(['mail', 'webhook', 'provider']), imap: z.object({ host: z.string(), port: z.number(), security }).nullable(),
  oauth2: z.object({ tokenUrl: z.string(), scope: z.string() }).nullable(),
})
export type Preset = z.output<typeof Preset>
export const listPresets = endpoint('GET /api/v1/outbound-accounts/presets', {
  allow: 'administrator', summary: 'Common mail providers: where they listen, how to sign in, what they allow', result: z.object({ items: z.array(Preset) }),
})
