/** Messages of Amazon SNS: whether Amazon signed them (docs.aws.amazon.com/sns, "Verifying the signatures of Amazon SNS messages"). */
import { createVerify, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { notBelieved } from './provider.ts'

/** Asks Amazon for a text; replaced in tests. */
export type FetchText = (url: string) => Promise<string>

const text = z.string()
export const SnsMessage = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: text, TopicArn: text, Message: text, Timestamp: text, SignatureVersion: z.enum(['1', '2']), Signature: text, SigningCertURL: text,
  Subject: text.optional(), SubscribeURL: text.optional(), Token: text.optional(),
})
export type SnsMessage = z.output<typeof SnsMessage>

/** Anybody may run a host that is called like Amazon's; these names only Amazon has. */
const amazonHost = /^sns\.[a-z]{2,3}(-[a-z]+)+-\d{1,2}\.amazonaws\.com(\.cn)?$/

export function expectAmazonUrl(address: string | undefined): string {
  const url = URL.canParse(address ?? '') ? new URL(address!) : null
  const isAmazon = url?.protocol === 'https:' && amazonHost.test(url.hostname) && url.port === '' && url.username === '' && url.password === ''
  if (!isAmazon) throw notBelieved('It names an address that is not one of Amazon SNS.')
  return url.href
}

/** Fields that are signed, in this order; a field that is not there is left out. */
const signedFields = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const

export const signedText = (message: SnsMessage): string =>
  signedFields[message.Type].flatMap((field) => (message[field] === undefined ? [] : [`${field}\n${message[field]}\n`])).join('')

/** Throws when Amazon did not sign it. */
export async function expectSigned(message: SnsMessage, certificates: Certificates, now: Date): Promise<void> {
  const certificate = await certificates(expectAmazonUrl(message.SigningCertURL))
  const isTimely = new Date(certificate.validFrom) <= now && now <= new Date(certificate.validTo)
  const verify = createVerify(message.SignatureVersion === '1' ? 'sha1' : 'sha256').update(signedText(message))
  if (!isTimely || !verify.verify(certificate.publicKey, message.Signature, 'base64')) throw notBelieved('The signature is not Amazon’s.')
}

export type Certificates = (url: string) => Promise<X509Certificate>

/** Amazon changes them about once a year. */
const mostCertificates = 20

/** Fetched once. What cannot be fetched now is asked for again with the next message, which Amazon repeats. */
export function openCertificates(fetchText: FetchText): Certificates {
  const known = new Map<string, X509Certificate>()
  return async (url) => {
    const certificate = known.get(url) ?? new X509Certificate(await fetchText(url))
    if (known.size >= mostCertificates) known.clear()
    known.set(url, certificate)
    return certificate
  }
}

const deadlineMs = 10_000
const mostCharacters = 65_536

export const fetchText: FetchText = async (url) => {
  const unavailable = (why: string) => new AppError('unavailable', 'amazonSilent', `Amazon SNS could not be asked: ${why}.`)
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(deadlineMs) }).catch((error: Error) => { throw unavailable(error.message) })
  if (!response.ok) throw unavailable(`it answered ${response.status}`)
  return (await response.text()).slice(0, mostCharacters)
}
