/** Amazon SES tells by an SNS topic. Anybody can have a topic, so the signature counts only together with the topic's name. */
import { z } from 'zod'
import type { ProviderReport } from '../mailbox/provider-reports.ts'
import { jsonOf, notBelieved, type Provider } from './provider.ts'
import { bounceReport, complaintReport, delayReport, deliveryReport, optOutReport } from './report.ts'
import { type Certificates, expectAmazonUrl, expectSigned, type FetchText, SnsMessage } from './sns.ts'

const topicName = /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/

export const amazonSes = (certificates: Certificates, fetchText: FetchText): Provider => ({
  keyFault: (key) => (topicName.test(key) ? null : 'This is not the ARN of a topic. It looks like arn:aws:sns:eu-west-1:123456789012:bounces.'),
  async open({ body, now }, topic) {
    const read = SnsMessage.safeParse(jsonOf(body.toString()))
    if (!read.success) throw notBelieved('It is no signed message of Amazon SNS. Switch "raw message delivery" off.')
    const message = read.data
    await expectSigned(message, certificates, now)
    if (message.TopicArn !== topic) throw notBelieved('It comes from another topic than the one that is set.')
    // Amazon sends nothing before the address has agreed.
    if (message.Type === 'SubscriptionConfirmation') await fetchText(expectAmazonUrl(message.SubscribeURL))
    return { reports: message.Type === 'Notification' ? reportsOf(message) : [] }
  },
})

const text = z.string().catch('')
const recipients = z.array(z.looseObject({ emailAddress: z.string(), status: z.string().nullable().catch(null), diagnosticCode: text })).catch([])
const Event = z.looseObject({
  notificationType: text, eventType: text,
  mail: z.looseObject({
    destination: z.array(z.string()).catch([]), headers: z.array(z.looseObject({ name: text, value: text })).catch([]),
  }),
  bounce: z.looseObject({ bounceType: text, bounceSubType: text, feedbackId: text, timestamp: text, bouncedRecipients: recipients }).optional(),
  complaint: z.looseObject({
    feedbackId: text, timestamp: text, complaintFeedbackType: z.string().nullable().catch(null), complainedRecipients: recipients,
  }).optional(),
  delivery: z.looseObject({ timestamp: text, recipients: z.array(z.string()).catch([]) }).optional(),
  deliveryDelay: z.looseObject({ timestamp: text, delayedRecipients: recipients }).optional(),
  subscription: z.looseObject({ timestamp: text }).optional(),
})

function reportsOf({ Message, MessageId, Timestamp }: SnsMessage): ProviderReport[] {
  const given = jsonOf(Message)
  const read = Event.safeParse(given)
  if (!read.success) return []
  const { mail, bounce, complaint, delivery, deliveryDelay, subscription } = read.data
  const about = {
    provider: 'Amazon SES', eventId: bounce?.feedbackId || complaint?.feedbackId || MessageId, recipient: mail.destination[0] ?? '', event: given,
    // "Include original headers" is set for the topic: SES puts a Message-ID of its own in the place of ours.
    returned: mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\n'),
    at: timeOf(bounce?.timestamp ?? complaint?.timestamp ?? delivery?.timestamp ?? deliveryDelay?.timestamp ?? subscription?.timestamp, Timestamp),
  }
  switch (read.data.notificationType || read.data.eventType) {
    case 'Bounce': return bounce ? [bounceReport(about, refusalsOf(bounce))] : []
    case 'Complaint': return complaint ? [complaintReport(about, complaint.complaintFeedbackType ?? 'abuse', complaint.complainedRecipients.map(addressOf))] : []
    case 'Delivery': return (delivery?.recipients ?? []).map((recipient) => deliveryReport({ ...about, recipient }))
    case 'DeliveryDelay': return (deliveryDelay?.delayedRecipients ?? []).map((recipient) => delayOf(about, recipient))
    case 'Subscription': return [optOutReport(about)]
    default: return []
  }
}

type Recipient = z.output<typeof recipients>[number]
const addressOf = ({ emailAddress }: Recipient): string => emailAddress

/** One notice may be about several recipients: each is an event of its own. */
const delayOf = (about: Parameters<typeof delayReport>[0], { emailAddress: recipient, diagnosticCode, status }: Recipient): ProviderReport =>
  delayReport({ ...about, recipient, eventId: `${about.eventId} ${recipient}` }, smtpWords(diagnosticCode), status)

/** Only "NoEmail" names a dead address; "Suppressed" is a list of Amazon's, "General" is told by the server's words. */
const refusalsOf = ({ bounceType, bounceSubType, bouncedRecipients }: NonNullable<z.output<typeof Event>['bounce']>) =>
  bouncedRecipients.map(({ emailAddress: address, status, diagnosticCode }) => ({
    address, status, diagnostic: smtpWords(diagnosticCode),
    final: bounceType === 'Permanent' && !bounceSubType.includes('Suppress'), named: bounceSubType === 'NoEmail' ? 'userUnknown' as const : null,
  }))

const smtpWords = (diagnosticCode: string): string => diagnosticCode.replace(/^smtp; ?/i, '')

const timeOf = (...texts: (string | undefined)[]): Date => texts.map((each) => new Date(each ?? '')).find((at) => !Number.isNaN(at.getTime())) ?? new Date(0)
