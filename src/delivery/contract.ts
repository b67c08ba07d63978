/** What crosses the wire about sending: steps of a mass email, deliveries, progress, Send Test. */
import { z } from 'zod'
import { MassEmail } from '../campaign/contract.ts'
import { byId, endpoint, listQuery, pageOf } from '../platform/endpoint.ts'
import { deliveryStatuses } from './ledger.ts'

const step = (path: string, summary: string) =>
  endpoint(`POST /api/v1/mass-emails/:id/${path}`, { allow: 'signedIn', summary, params: byId, result: MassEmail })

export const pauseMassEmail = step('pause', 'Nothing more leaves until it goes on')
export const resumeMassEmail = step('resume', 'Go on with what is unsent')
export const cancelMassEmail = step('cancel', 'What is unsent becomes Skipped')

export const retryFailed = endpoint('POST /api/v1/mass-emails/:id/retry-failed', {
  allow: 'signedIn', summary: 'Failed deliveries wait again, but those to dead addresses', params: byId, result: MassEmail.extend({ requeued: z.number() }),
})
export const sendToNew = endpoint('POST /api/v1/mass-emails/:id/send-to-new', {
  allow: 'signedIn', summary: 'Send to people who were added to its lists since', params: byId, result: MassEmail.extend({ added: z.number() }),
})

export const takeNewVersion = endpoint('POST /api/v1/mass-emails/:id/use-new-version', {
  allow: 'signedIn', summary: 'What a paused mass email has not sent yet goes out as its template is now', params: byId, result: MassEmail.extend({ deliveries: z.number() }),
})
export const settleUncertain = endpoint('POST /api/v1/mass-emails/:id/uncertain', {
  allow: 'signedIn', summary: 'A person decides what becomes of unknown deliveries: send again, or count as sent', params: byId,
  body: z.strictObject({
    action: z.enum(['sendAgain', 'countAsSent']),
    /** Left out: all of them. */
    deliveryIds: z.array(z.string()).min(1, 'Choose at least one delivery.').max(1000).optional(),
  }),
  result: MassEmail.extend({ deliveries: z.number() }),
})

const Reference = z.object({ entityType: z.string(), id: z.string() })

export const Delivery = z.object({
  id: z.string(),
  emailAddress: z.string(),
  record: Reference.extend({ name: z.string().nullable() }),
  entityType: z.string(),
  status: z.enum(deliveryStatuses),
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
  attempts: z.number(),
  messageId: z.string().nullable(),
  sandbox: z.boolean(),
  dueAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  templateVersionId: z.string().nullable(),
  /** Of an unknown one: when it was marked for the wire, and when it is sent again by itself; null: it is held for a person. */
  markedAt: z.string().nullable(),
  sentAgainAt: z.string().nullable(),
  /** The rendered mail was stored, to be read at …/message. */
  stored: z.boolean(),
})
export type Delivery = z.output<typeof Delivery>

export const listDeliveries = endpoint('GET /api/v1/mass-emails/:id/deliveries', {
  allow: 'signedIn', summary: 'Everybody it goes to, and what became of each', params: byId,
  query: listQuery.extend({ status: z.enum(deliveryStatuses).optional() }), result: pageOf(Delivery.partial()),
})

export const StoredMessage = z.object({
  /** The source as UTF-8 text. */
  raw: z.string(),
  subject: z.string(),
  html: z.string().nullable(),
  text: z.string().nullable(),
  /** Bytes. */
  size: z.number(),
  storedAt: z.string(),
})
export const getDeliveryMessage = endpoint('GET /api/v1/mass-emails/:id/deliveries/:deliveryId/message', {
  allow: 'signedIn', summary: 'The mail as it was sent, where sent emails are stored', params: z.object({ id: z.string(), deliveryId: z.string() }), result: StoredMessage,
})

const count = z.number()
export const getProgress = endpoint('GET /api/v1/mass-emails/:id/progress', {
  allow: 'signedIn', summary: 'How far it is, how fast it goes, when the next portion goes', params: byId,
  result: z.object({
    status: z.string(),
    counts: z.object({ pending: count, sending: count, sent: count, failed: count, skipped: count, uncertain: count }),
    total: count,
    perMinute: count,
    /** Null while it stands still. */
    secondsLeft: count.nullable(),
    /** A batch is open to the senders. */
    opened: z.boolean(),
    /** `nextAt`: when more may be sent, once the hour is used up or the sending window is over. */
    portion: z.object({ limit: count.nullable(), used: count, nextAt: z.string().nullable() }),
  }),
})

export const getPortion = endpoint('GET /api/v1/portion', {
  allow: 'some:Campaign', summary: 'How much of what may leave in an hour is used, and when there is more',
  result: z.object({ limit: count.nullable(), used: count, nextAt: z.string().nullable() }),
})
export const getSafeLines = endpoint('GET /api/v1/safe-lines', {
  allow: 'some:Campaign', summary: 'Hard bounces and complaints that came back in the last 30 days, beside the lines at which the safety stop pauses a mass email',
  result: z.object({
    days: count, sent: count, bouncedHard: count, complained: count,
    /** Shares of what was sent. */
    stopAt: z.object({ bouncedHard: count, complained: count }), warnAt: z.object({ complained: count }),
  }),
})

const TestResult = z.object({
  deliveryId: z.string().nullable(),
  record: Reference,
  emailAddress: z.string(),
  status: z.enum(['sent', 'failed', 'skipped', 'uncertain']),
  /** The server's own words, or why it was not sent. */
  reason: z.string().nullable(),
})

export const sendTest = endpoint('POST /api/v1/mass-emails/:id/send-test', {
  allow: 'signedIn', summary: 'Send it as a test to chosen records, or as one of them to another address', params: byId,
  body: z.strictObject({
    recipients: z.array(z.strictObject(Reference.shape)).min(1, 'Choose at least one recipient.').max(50),
    to: z.email('This is not an email address.').optional(),
    /** Yes, also to those named as opted out. */
    confirmOptedOut: z.boolean().optional(),
  }),
  result: z.object({ results: z.array(TestResult) }),
})
