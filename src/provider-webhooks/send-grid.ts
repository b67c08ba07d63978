/** SendGrid's signed event webhook: ECDSA over timestamp and body (docs.sendgrid.com, "Event Webhook Security Features"). */
import { createPublicKey, createVerify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Cause } from '../bounce/causes.ts'
import type { ProviderReport } from '../mailbox/provider-reports.ts'
import { headerOf, jsonOf, notBelieved, type Post, type Provider } from './provider.ts'
import { bounceReport, carriedAlong, complaintReport, delayReport, deliveryReport, optOutReport, statusIn } from './report.ts'

export const sendGrid: Provider = {
  keyFault: (key) => (publicKey(key) ? null : 'This is not a verification key. Copy it from Mail Settings > Event Webhook > Security.'),
  async open(post, key) {
    if (!isSigned(post, key)) throw notBelieved('The signature is not made by the verification key.')
    return { reports: z.array(z.unknown()).catch([]).parse(jsonOf(post.body.toString())).flatMap(reportOf) }
  },
}

function isSigned(post: Post, key: string): boolean {
  const verify = createVerify('sha256').update(headerOf(post, 'x-twilio-email-event-webhook-timestamp')).update(post.body)
  return verify.verify(publicKey(key)!, headerOf(post, 'x-twilio-email-event-webhook-signature'), 'base64')
}

function publicKey(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ec' ? key : null
  } catch {
    return null
  }
}

const Event = z.looseObject({
  event: z.string(), email: z.string(), sg_event_id: z.string(), timestamp: z.number(),
  'smtp-id': z.string().catch(''), type: z.string().catch(''), reason: z.string().catch(''), response: z.string().catch(''), status: z.string().catch(''),
  bounce_classification: z.string().catch(''),
})

/** Classes of addresses that are dead; "Mailbox Unavailable" is none: mailboxes are full or blocked as well. */
const deadClasses: Record<string, Cause> = { 'Invalid Address': 'userUnknown' }

function reportOf(given: unknown): ProviderReport[] {
  const read = Event.safeParse(given)
  if (!read.success) return []
  const { event, email, timestamp, type, reason, response, status, bounce_classification: bounceClass } = read.data
  const returned = `Message-ID: ${read.data['smtp-id']}\n${carriedAlong(read.data)}`
  const about = { provider: 'SendGrid', eventId: read.data.sg_event_id, at: new Date(timestamp * 1000), recipient: email, returned, event: given }
  switch (event) {
    // "blocked": turned away for now; "dropped": SendGrid did not even try, for reasons of its own list.
    case 'bounce': case 'dropped': {
      const final = event === 'bounce' && type !== 'blocked'
      const named = deadClasses[bounceClass] ?? null
      return [bounceReport(about, [{ address: email, status: statusIn(status) ?? statusIn(reason), diagnostic: reason, final, named }])]
    }
    case 'deferred': return [delayReport(about, response || reason, statusIn(response))]
    case 'delivered': return [deliveryReport(about)]
    case 'spamreport': return [complaintReport(about)]
    case 'unsubscribe': case 'group_unsubscribe': return [optOutReport(about)]
    default: return []
  }
}
