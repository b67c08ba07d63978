/** What crosses the wire about outbound accounts. */
import { z } from 'zod'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'

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
  warmUp: z.null(),
  senderIdentities: z.array(z.string()),
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
  allow: 'signedIn', summary: 'Outbound accounts and whether they work', query: listQuery, result: pageOf(OutboundAccount.partial()),
})
export const getOutboundAccount = endpoint('GET /api/v1/outbound-accounts/:id', {
  allow: 'signedIn', summary: 'One outbound account', params: byId, result: OutboundAccount,
})
export const testOutboundAccount = endpoint('POST /api/v1/outbound-accounts/:id/test', {
  allow: 'administrator', summary: 'Connect and sign in; with an address, also send one short mail there. The answer is the server\'s own',
  params: byId, body: z.strictObject({ to: z.email('This is not an email address.').optional() }),
  result: z.object({ ok: z.boolean(), stage: z.string(), reply: z.string() }),
})
