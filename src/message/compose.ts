/** One message as bytes (RFC 5322, MIME). What is the same for everybody is prepared once; rendering, signing and sending live elsewhere. */
import { randomBytes } from 'node:crypto'
import { ByteWriter } from './byte-writer.ts'
import { foldWords, lineLimit, oneLine, unstructuredField } from './header-text.ts'
import { headerAddress, type Mailbox, mailboxField, needsSmtpUtf8, phraseWords } from './mailbox.ts'
import { canonicalLines, encodingFor, writeEncoded } from './transfer-encoding.ts'

/** What all messages of one mass email, or of one kind of system mail, have in common. */
export type MessageFrame = {
  from: Mailbox
  replyTo?: Mailbox | null
  /** RFC 2919: `Name <slug.domain>`. The slug must never change, the name may. */
  list?: { name: string; slug: string; domain: string } | null
  /** Feedback-ID, at most four parts, the sender last; what is no letter, digit, dot or hyphen becomes a hyphen. */
  feedbackId?: readonly string[] | null
  /** Mass mail says so: no out-of-office notes, please. */
  bulk?: boolean
  /** Any other fields, e.g. Auto-Submitted; values are unstructured text. */
  more?: Readonly<Record<string, string>>
}

export type PersonalPart = {
  to: Mailbox
  subject: string
  date: Date
  /** Without angle brackets. The same on every retry. */
  messageId: string
  text: string
  /** Without it the message is plain text. */
  html?: string | null
  /** RFC 2369 and RFC 8058: URIs for List-Unsubscribe; `http` first, and with it the one-click promise. */
  unsubscribe?: { http: string; mailto?: string | null } | null
  /** The signed X-Delivery value. */
  delivery?: string | null
}

/** `smtpUtf8`: the message can only go to a server that offers SMTPUTF8 (RFC 6531). */
export type ComposedMessage = { bytes: Buffer; smtpUtf8: boolean }

export type PreparedMessage = { compose(person: PersonalPart): ComposedMessage }

/** Prepares everything that does not differ between people. Throws TypeError for an address that no header can hold. */
export function prepareMessage(frame: MessageFrame): PreparedMessage {
  // "=_" can occur neither in quoted-printable nor in base64, and nobody guesses 96 bits.
  const boundary = `=_${randomBytes(12).toString('hex')}`
  const head = frameHead(frame)
  const tail = frameTail(frame)
  const fromNeedsUtf8 = [frame.from, frame.replyTo].some((mailbox) => mailbox && needsSmtpUtf8(mailbox.address))
  return {
    compose(person) {
      const bytes = write(person, head, tail, boundary)
      return { bytes, smtpUtf8: fromNeedsUtf8 || needsSmtpUtf8(person.to.address) }
    },
  }
}

function frameHead({ from, replyTo }: MessageFrame): string {
  const fields = [mailboxField('From', from)]
  if (replyTo) fields.push(mailboxField('Reply-To', replyTo))
  return lines(fields)
}

/** Read by programs, which know no encoded words and no folding inside: plain text on one line, however long. */
const feedbackField = (parts: readonly string[]): string => `Feedback-ID: ${parts.map((part) => part.replace(/[^a-z0-9.-]/gi, '-')).join(':')}`

function frameTail({ list, feedbackId, bulk, more }: MessageFrame): string {
  const fields: string[] = []
  if (list) fields.push(listIdField(list))
  if (feedbackId) fields.push(feedbackField(feedbackId))
  if (bulk) fields.push('Precedence: bulk', 'X-Auto-Response-Suppress: OOF, AutoReply')
  for (const [name, value] of Object.entries(more ?? {})) fields.push(unstructuredField(fieldName(name), value))
  fields.push('MIME-Version: 1.0')
  return lines(fields)
}

const lines = (fields: readonly string[]): string => fields.map((field) => `${field}\r\n`).join('')

function fieldName(name: string): string {
  if (!/^[!-9;-~]+$/.test(name)) throw new TypeError('Not a name that a header field can have.')
  return name
}

function listIdField({ name, slug, domain }: NonNullable<MessageFrame['list']>): string {
  const label = slug.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'list'
  const id = `<${label}.${headerAddress(`list@${domain}`).slice('list@'.length)}>`
  const title = oneLine(name).trim()
  return foldWords('List-Id:', title === '' ? [id] : [...phraseWords(title, lineLimit - 'List-Id: '.length), id])
}

const message = new ByteWriter()

/** One writer for all: composing never waits, so no two messages are ever written at once. */
function write(person: PersonalPart, head: string, tail: string, boundary: string): Buffer {
  message.clear()
  message.utf8(`Date: ${messageDate(person.date)}\r\n${head}${personalHead(person)}${tail}`)
  if (person.html == null) writeOnlyPart(person.text)
  else writeAlternatives(person.text, person.html, boundary)
  return message.take()
}

function personalHead(person: PersonalPart): string {
  const fields = [
    mailboxField('To', person.to),
    unstructuredField('Subject', person.subject),
    `Message-ID: <${token(person.messageId)}>`,
  ]
  if (person.unsubscribe) fields.push(...unsubscribeFields(person.unsubscribe))
  if (person.delivery) fields.push(`X-Delivery: ${token(person.delivery)}`)
  return lines(fields)
}

function unsubscribeFields({ http, mailto }: NonNullable<PersonalPart['unsubscribe']>): string[] {
  const uris = [`<${token(http)}>`, ...(mailto ? [`<${token(mailto)}>`] : [])]
  return [foldWords('List-Unsubscribe:', uris.join(', ').split(' ')), 'List-Unsubscribe-Post: List-Unsubscribe=One-Click']
}

/** A machine-made value that goes into a header as it is: a URI, a Message-ID. Anything that could end it is refused. */
function token(value: string): string {
  if (!/^[!-;=?-~]{1,900}$/.test(value)) throw new TypeError('Not a value that a header can hold.')
  return value
}

/** RFC 5322 §3.3, in UTC. */
const messageDate = (date: Date): string => date.toUTCString().replace('GMT', '+0000')

function writeOnlyPart(text: string): void {
  writePart(text, 'text/plain')
  message.ascii('\r\n')
}

/** RFC 2046 §5.1.1: the CRLF before a boundary belongs to the boundary, so every part comes out exactly as it went in. */
function writeAlternatives(text: string, html: string, boundary: string): void {
  message.ascii(`Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n--${boundary}\r\n`)
  writePart(text, 'text/plain')
  message.ascii(`\r\n--${boundary}\r\n`)
  writePart(html, 'text/html')
  message.ascii(`\r\n--${boundary}--\r\n`)
}

function writePart(content: string, type: string): void {
  const bytes = Buffer.from(canonicalLines(content))
  const encoding = encodingFor(bytes)
  message.ascii(`Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`)
  writeEncoded(message, bytes, encoding)
}
