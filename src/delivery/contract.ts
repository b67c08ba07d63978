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
})

export const listDeliveries = endpoint('GET /api/v1/mass-emails/:id/deliveries', {
  allow: 'signedIn', summary: 'Everybody it goes to, and what became of each', params: byId,
  query: listQuery.extend({ status: z.enum(deliveryStatuses).optional() }), result: pageOf(Delivery.partial()),
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
