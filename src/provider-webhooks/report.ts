/** An event in the words of the classifier, so that proof and consequences are those of returned mail. Pure. */
import { type Cause, isDead } from '../bounce/causes.ts'
import type { BouncedRecipient, Classification } from '../bounce/classification.ts'
import { judgeReply } from '../bounce/judge-reply.ts'
import type { ProviderReport } from '../mailbox/provider-reports.ts'

type Happened = {
  provider: string
  eventId: string
  at: Date
  recipient: string
  /** Lines of the header that was sent: our Message-ID and X-Delivery are looked for there. */
  returned: string
  event: unknown
}

export type Refusal = {
  address: string
  status: string | null
  /** What the server said. */
  diagnostic: string
  /** The provider itself calls it final. */
  final: boolean
  /** What the provider's own kind of bounce says, where the server's words are vague. */
  named: Cause | null
}

const noReferences = { messageIds: [], deliveryTokens: [], sentTo: [] }

export const bounceReport = (about: Happened, refusals: Refusal[]): ProviderReport => {
  const recipients = refusals.map((refusal) => refused(about.provider, refusal))
  return report(about, 'bounce', { recipients, bounce: recipients.some(({ bounce }) => bounce === 'hard') ? 'hard' : 'soft' })
}
export const delayReport = (about: Happened, diagnostic: string, status: string | null): ProviderReport =>
  report(about, 'delayed', { recipients: [{ ...named(about.provider, about.recipient, 'delayed'), diagnostic: oneLine(diagnostic), status }] })
export const deliveryReport = (about: Happened): ProviderReport =>
  report(about, 'delivered', { recipients: [named(about.provider, about.recipient, 'delivered')] })
export const complaintReport = (about: Happened, feedbackType = 'abuse', addresses = [about.recipient]): ProviderReport =>
  report(about, 'feedback', { feedbackType, recipients: addresses.map((address) => named(about.provider, address, 'complained')) })
export const optOutReport = (about: Happened): ProviderReport => report(about, 'optOut', {})

function report({ provider, ...about }: Happened, kind: Classification['kind'], more: Partial<Classification>): ProviderReport {
  const rule = `webhook: ${provider}`
  return { ...about, classification: { kind, bounce: null, recipients: [], feedbackType: null, confidence: 1, rule, references: noReferences, ...more } }
}

/** Hard is what the server's words call dead, or else the provider's own kind; and only once the provider gave up. */
function refused(provider: string, { address, status, diagnostic, final, named: cause }: Refusal): BouncedRecipient {
  const judged = judgeReply(diagnostic, status)
  const isVague = judged.cause === 'undefined' || judged.cause === 'refused'
  const [reason, rule] = isVague && cause ? [cause, `webhook: ${provider}`] as const : [judged.cause, judged.rule] as const
  return { ...named(provider, address, 'failed'), status, reason, rule, diagnostic: oneLine(diagnostic), bounce: final && isDead(reason) ? 'hard' : 'soft' }
}

const named = (provider: string, address: string, action: string): BouncedRecipient =>
  ({ address, original: null, status: null, action, reason: 'undefined', diagnostic: '', bounce: null, rule: `webhook: ${provider}` })

const mostCharacters = 500
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, mostCharacters)

/** The enhanced code in the words of a server (RFC 3463 2), or null. */
export const statusIn = (text: string): string | null => /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null

/** `X-Delivery` as a header line, from a value that the provider carried along under that name or `delivery`. */
export const carriedAlong = (values: Record<string, unknown>): string =>
  Object.entries(values).flatMap(([name, value]) => (/^(x-)?delivery$/i.test(name) && typeof value === 'string' ? [`X-Delivery: ${value}`] : [])).join('\n')
