/** Mailgun's webhooks: an HMAC over timestamp and token, and not over the event; so a token counts for one event only, for a while. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ProviderReport } from '../mailbox/provider-reports.ts'
import { jsonOf, notBelieved, type Provider } from './provider.ts'
import { bounceReport, carriedAlong, complaintReport, delayReport, deliveryReport, optOutReport, statusIn } from './report.ts'

const hours = (count: number) => count * 3_600_000
/** Mailgun tries for eight hours. */
export const replayWindowMs = hours(12)
/** Clocks differ. */
const aheadMs = 300_000

const Signed = z.object({
  signature: z.object({ timestamp: z.coerce.string(), token: z.string().min(1).max(200), signature: z.string() }),
  'event-data': z.looseObject({ id: z.string().min(1) }),
})

export const mailgun: Provider = {
  keyFault: (key) => (key.length >= 16 ? null : 'This is too short for a webhook signing key. Copy it from Settings > API Security.'),
  async open({ body, now }, key) {
    const read = Signed.safeParse(jsonOf(body.toString()))
    if (!read.success) throw notBelieved('There is no signature in it. Only webhooks of the present form are read, not legacy ones.')
    const { signature: { timestamp, token, signature }, 'event-data': event } = read.data
    const right = createHmac('sha256', key).update(timestamp + token).digest()
    const given = Buffer.from(signature, 'hex')
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw notBelieved('The signature is not made by the signing key.')
    const age = now.getTime() - Number(timestamp) * 1000
    if (!(age <= replayWindowMs && age >= -aheadMs)) throw notBelieved('The signature is too old, or from the future.')
    return { reports: reportOf(event), once: { token, eventId: event.id } }
  },
}

const text = z.string().catch('')
const Event = z.looseObject({
  id: z.string(), event: z.string(), timestamp: z.number(), recipient: z.string(), severity: text, reason: text,
  'delivery-status': z.looseObject({ message: text, description: text, 'enhanced-code': text }).catch({ message: '', description: '', 'enhanced-code': '' }),
  message: z.looseObject({ headers: z.looseObject({ 'message-id': text }) }).catch({ headers: { 'message-id': '' } }),
  'user-variables': z.record(z.string(), z.unknown()).catch({}),
})

function reportOf(given: unknown): ProviderReport[] {
  const read = Event.safeParse(given)
  if (!read.success) return []
  const { id, event, timestamp, recipient, severity, reason, message, 'delivery-status': said, 'user-variables': variables } = read.data
  // It is told without its angle brackets.
  const returned = `Message-ID: <${message.headers['message-id'].replace(/[<>]/g, '')}>\n${carriedAlong(variables)}`
  const about = { provider: 'Mailgun', eventId: id, at: new Date(timestamp * 1000), recipient, returned, event: given }
  const diagnostic = said.message || said.description || reason
  const status = statusIn(said['enhanced-code']) ?? statusIn(diagnostic)
  switch (event) {
    case 'failed': case 'rejected': {
      if (severity === 'temporary') return [delayReport(about, diagnostic, status)]
      // "suppress-…": Mailgun did not even try, for reasons of its own list.
      return [bounceReport(about, [{ address: recipient, status, diagnostic, final: event === 'failed' && !reason.startsWith('suppress'), named: null }])]
    }
    case 'delivered': return [deliveryReport(about)]
    case 'complained': return [complaintReport(about)]
    case 'unsubscribed': return [optOutReport(about)]
    default: return []
  }
}
