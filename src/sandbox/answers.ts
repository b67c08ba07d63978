/** What servers and readers send back, written as they write it: delivery reports, complaints, automatic replies. Pure. */
import { parseAddress } from '../platform/email-address.ts'

export const answerKinds = ['hardBounce', 'softBounce', 'complaint', 'autoReply'] as const
export type AnswerKind = (typeof answerKinds)[number]

/** A captured mail that is answered. */
export type Answered = { id: string; envelopeFrom: string; envelopeTo: string; subject: string; raw: Buffer; receivedAt: Date }

/** One mail has one answer: the same bytes however often they are written. Domains stand in it as on the wire (A-labels). */
export function writeAnswer(kind: AnswerKind, given: Answered): Buffer {
  const mail = { ...given, envelopeTo: parseAddress(given.envelopeTo).address }
  switch (kind) {
    case 'hardBounce': return deliveryReport(mail, { status: '5.1.1', reply: '550 5.1.1 No such user here', words: 'The address does not exist.' })
    case 'softBounce': return deliveryReport(mail, { status: '4.2.2', reply: '452 4.2.2 Mailbox full', words: 'The mailbox is full. It was tried again and again, without success.' })
    case 'complaint': return feedbackReport(mail)
    case 'autoReply': return vacationReply(mail)
  }
}

const host = 'sandbox.localhost'
const boundary = 'sandbox-report'

type Failure = { status: string; reply: string; words: string }

/** RFC 3464; for an address beyond ASCII RFC 6533. The header of the returned mail comes with it (RFC 6522), as servers do that asked for it. */
function deliveryReport(mail: Answered, { status, reply, words }: Failure): Buffer {
  const { envelopeTo, receivedAt } = mail
  const international = isInternational(envelopeTo)
  return report({ mail, from: `MAILER-DAEMON@${host} (Mail Delivery System)`, subject: 'Undelivered Mail Returned to Sender', type: 'delivery-status' }, [
    textPart([`This is the mail server of the Sandbox at host ${host}.`, '', 'Your message could not be delivered to:', '', `<${envelopeTo}>: ${reply}`, '', words]),
    part(international ? 'message/global-delivery-status' : 'message/delivery-status', [
      `Reporting-MTA: dns; ${host}`, `Arrival-Date: ${dateField(receivedAt)}`, '',
      `Final-Recipient: ${international ? 'utf-8' : 'rfc822'}; ${envelopeTo}`, 'Action: failed', `Status: ${status}`, `Diagnostic-Code: smtp; ${reply}`,
    ]),
    part(international ? 'message/global-headers' : 'text/rfc822-headers', [headerOf(mail.raw)]),
  ])
}

/** RFC 5965: what a mailbox provider sends when a reader presses *Spam*. */
function feedbackReport(mail: Answered): Buffer {
  const { envelopeFrom, envelopeTo, receivedAt } = mail
  return report({ mail, from: `Feedback loop <feedback@${host}>`, subject: 'Email feedback report', type: 'feedback-report' }, [
    textPart([`This is an email abuse report for a message received by ${host} on ${dateField(receivedAt)}.`]),
    part('message/feedback-report', [
      'Feedback-Type: abuse', `User-Agent: ${host}/1.0`, 'Version: 1', `Original-Mail-From: <${envelopeFrom}>`, `Original-Rcpt-To: <${envelopeTo}>`,
      `Arrival-Date: ${dateField(receivedAt)}`, `Reporting-MTA: dns; ${host}`,
    ]),
    part('text/rfc822-headers', [headerOf(mail.raw)]),
  ])
}

/** RFC 3834, to the return path. It asks programs to leave bulk mail alone (2); those that do not are the ones that have to be told apart. */
function vacationReply(mail: Answered): Buffer {
  const messageId = /^message-id:\s*(<[^<>\r\n]+>)/im.exec(headerOf(mail.raw).toString('latin1'))?.[1]
  const answersTo = messageId === undefined ? [] : [`In-Reply-To: ${messageId}`, `References: ${messageId}`]
  return message({ mail, from: mail.envelopeTo, subject: `Auto: ${mail.subject}`, fields: [...answersTo, 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'] }, [
    'Thank you for your message. I am out of the office until Monday and read it then.', '', 'This answer was written by a program.',
  ])
}

type Letter = { mail: Answered; from: string; subject: string }

const report = ({ type, ...letter }: Letter & { type: string }, parts: Line[][]): Buffer =>
  message({ ...letter, fields: [`Content-Type: multipart/report; report-type=${type};\r\n boundary="${boundary}"`] }, [...parts.flat(), `--${boundary}--`])

type Line = string | Buffer

function message({ mail, from, subject, fields }: Letter & { fields: string[] }, body: Line[]): Buffer {
  return lines([
    'Return-Path: <>', `From: ${from}`, `To: <${mail.envelopeFrom}>`, `Subject: ${encodedWords(subject)}`, `Date: ${dateField(mail.receivedAt)}`,
    `Message-ID: <answer.${mail.id}@${host}>`, 'Auto-Submitted: auto-replied', 'MIME-Version: 1.0', ...fields, '', ...body,
  ])
}

const part = (type: string, content: Line[]): Line[] => [`--${boundary}`, `Content-Type: ${type}`, '', ...content, '']
const textPart = (content: string[]): Line[] => part('text/plain; charset=utf-8', content)

const lines = (given: Line[]): Buffer => Buffer.concat(given.flatMap((line) => [typeof line === 'string' ? Buffer.from(line) : line, Buffer.from('\r\n')]))

/** Byte for byte: it carries our signatures. */
function headerOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n')
  return end < 0 ? raw : raw.subarray(0, end)
}

const isInternational = (text: string) => /[^\x20-\x7e]/.test(text)
/** RFC 2047 2: an encoded word has at most 75 characters, so letters beyond ASCII are taken by tens. */
const encodedWords = (text: string) => !isInternational(text) ? text
  : (text.match(/.{1,10}/gsu) ?? []).map((some) => `=?utf-8?B?${Buffer.from(some).toString('base64')}?=`).join('\r\n ')

/** RFC 5322 3.3. */
const dateField = (at: Date): string => at.toUTCString().replace('GMT', '+0000')
