/** Postmark signs nothing: its webhooks prove themselves by a password (basic authentication) beside the secret address. */
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Cause } from '../bounce/causes.ts'
import type { ProviderReport } from '../mailbox/provider-reports.ts'
import { headerOf, jsonOf, notBelieved, type Post, type Provider } from './provider.ts'
import { bounceReport, carriedAlong, complaintReport, delayReport, deliveryReport, optOutReport, statusIn } from './report.ts'

const shortestPassword = 16

export const postmark: Provider = {
  keyFault: (key) => (key.length >= shortestPassword ? null
    : `Choose a password of at least ${shortestPassword} characters, and enter it at Postmark under "Basic auth credentials".`),
  async open(post, key) {
    if (!hasPassword(post, key)) throw notBelieved('The password of basic authentication is missing or wrong.')
    return { reports: reportOf(jsonOf(post.body.toString())) }
  },
}

/** RFC 7617: whatever the user's name. */
function hasPassword(post: Post, key: string): boolean {
  const credentials = Buffer.from(/^Basic +(\S+)$/i.exec(headerOf(post, 'authorization'))?.[1] ?? '', 'base64').toString()
  const given = Buffer.from(credentials.slice(credentials.indexOf(':') + 1))
  const right = Buffer.from(key)
  return credentials.includes(':') && given.length === right.length && timingSafeEqual(given, right)
}

const text = z.string().catch('')
const Event = z.looseObject({
  RecordType: z.string(), ID: z.coerce.string().catch(''), MessageID: text, Type: text, Email: text, Recipient: text, Description: text, Details: text,
  BouncedAt: text, DeliveredAt: text, ChangedAt: text, Content: text, Metadata: z.record(z.string(), z.unknown()).catch({}),
  SuppressSending: z.boolean().catch(false), SuppressionReason: text,
})

/** Types of bounces that name a dead address (postmarkapp.com, "Bounce types"). */
const deadTypes: Record<string, Cause> = { HardBounce: 'userUnknown', BadEmailAddress: 'userUnknown' }
/** What Postmark calls a bounce and is none. */
const noBounces = new Set(['AutoResponder', 'Subscribe', 'ChallengeVerification', 'OpenRelayTest', 'InboundError'])

function reportOf(given: unknown): ProviderReport[] {
  const read = Event.safeParse(given)
  if (!read.success) return []
  const event = read.data
  const recipient = event.Email || event.Recipient
  const at = new Date(event.BouncedAt || event.DeliveredAt || event.ChangedAt)
  if (recipient === '' || Number.isNaN(at.getTime())) return []
  const eventId = [event.RecordType, event.ID, event.MessageID, recipient, event.ChangedAt].join(' ')
  // The mail itself stands in "Content" where the webhook includes it: with it our signature.
  const about = { provider: 'Postmark', eventId, at, recipient, returned: `${carriedAlong(event.Metadata)}\n${event.Content}`, event: given }
  switch (event.RecordType) {
    case 'Bounce': return bounce(about, event)
    case 'SpamComplaint': return [complaintReport(about)]
    case 'Delivery': return [deliveryReport(about)]
    // Its other reasons are told as bounce and complaint.
    case 'SubscriptionChange': return event.SuppressSending && event.SuppressionReason === 'ManualSuppression' ? [optOutReport(about)] : []
    default: return []
  }
}

function bounce(about: Parameters<typeof bounceReport>[0], { Type, Details, Description }: z.output<typeof Event>): ProviderReport[] {
  if (noBounces.has(Type)) return []
  const diagnostic = Details || Description
  const status = statusIn(diagnostic)
  if (Type === 'Transient') return [delayReport(about, diagnostic, status)]
  return [bounceReport(about, [{ address: about.recipient, status, diagnostic, final: Type in deadTypes, named: deadTypes[Type] ?? null }])]
}
