/** What the Sandbox notes of a mail without parsing it whole (thousands arrive in a second), and which part its recipient plays. Pure. */
import { decodeWords } from 'postal-mime'
import type { AnswerKind } from './answers.ts'

export type Summary = { subject: string; fromText: string; toText: string }

/** Subject, From and To as people read them, from the header section only. */
export function summaryOf(raw: Buffer): Summary {
  const end = raw.indexOf('\r\n\r\n')
  // RFC 5322 2.2.3: a line that begins with white space belongs to the one before.
  const lines = raw.toString('utf8', 0, end < 0 ? raw.length : end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const valueOf = (name: string) => {
    const line = lines.find((each) => each.slice(0, name.length + 1).toLowerCase() === `${name}:`)
    return storable(line ? decodeWords(line.slice(name.length + 1).trim()) : '')
  }
  return { subject: valueOf('subject'), fromText: valueOf('from'), toText: valueOf('to') }
}

/** PostgreSQL's text holds no NUL. */
const storable = (text: string) => text.replaceAll('\0', '').slice(0, 2000)

/** What the Sandbox answers to a recipient: an address chosen by its local part plays a server that is busy. */
export function replyTo(address: string): { code: number; text: string } | null {
  return /^defer/i.test(address) ? { code: 451, text: '4.7.1 Greylisted by the Sandbox: try again later' } : null
}

const parts: [beginning: RegExp, kind: AnswerKind][] = [
  [/^hard-bounce/i, 'hardBounce'], [/^soft-bounce/i, 'softBounce'], [/^complaint/i, 'complaint'], [/^auto-reply/i, 'autoReply'],
]

/** How mail to this recipient is answered later. Mail without a sender is itself an answer, and never gets one (RFC 5321 4.5.5). */
export const answerTo = ({ envelopeFrom, envelopeTo }: { envelopeFrom: string; envelopeTo: string }): AnswerKind | null =>
  envelopeFrom === '' ? null : parts.find(([beginning]) => beginning.test(envelopeTo))?.[1] ?? null
