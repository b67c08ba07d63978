/** One message as bytes (RFC 5322, MIME). What is the same for everybody is prepared once; rendering, signing and sending live elsewhere. */
import { randomBytes } from 'node:crypto'
import { type BodyEncoder, type Literals, prepareBody } from './body.ts'
import { type MessageFile, withFiles } from './files.ts'
import { foldWords, lineLimit, oneLine, unstructuredField } from './header-text.ts'
import { headerAddress, type Mailbox, mailboxField, needsSmtpUtf8, phraseWords } from './mailbox.ts'

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
  text: Literals
  /** Without it the message is plain text. */
  html?: Literals | null
  /** Shown in the HTML or attached, the same for everybody. */
  files?: readonly MessageFile[]
}

export type PersonalPart = {
  to: Mailbox
  subject: string
  date: Date
  /** Without angle brackets. The same on every retry. */
  messageId: string
  /** What stands between the literals of the frame. */
  textValues?: readonly string[]
  htmlValues?: readonly string[]
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
  const mark = randomBytes(12).toString('hex')
  const boundary = `=_${mark}`
  const head = frameHead(frame)
  const tail = frameTail(frame)
  const text = prepareBody(frame.text)
  const html = frame.html ? prepareBody(frame.html) : null
  const fromNeedsUtf8 = [frame.from, frame.replyTo].some((mailbox) => mailbox && needsSmtpUtf8(mailbox.address))
  return {
    compose(person) {
      const smtpUtf8 = fromNeedsUtf8 || needsSmtpUtf8(person.to.address)
      const fields = `Date: ${messageDate(person.date)}\r\n${head}${personalHead(person)}${tail}`
      const parts = html ? alternatives(text, html, person, boundary) : onlyPart(text, person)
      return { bytes: bytesOf(fields, `${frame.files?.length ? withFiles(parts, frame.files, mark) : parts}\r\n`, smtpUtf8), smtpUtf8 }
    },
  }
}

/** Everything is ASCII, unless the header holds addresses that only SMTPUTF8 carries. */
const bytesOf = (fields: string, parts: string, smtpUtf8: boolean): Buffer =>
  (smtpUtf8 ? Buffer.concat([Buffer.from(fields), Buffer.from(parts, 'latin1')]) : Buffer.from(fields + parts, 'latin1'))

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

/** RFC 5322 §3.3, in UTC. Made once a second: thousands of messages have the same. */
function messageDate(date: Date): string {
  const second = Math.floor(date.getTime() / 1000)
  if (second !== lastDate.second) lastDate = { second, text: date.toUTCString().replace('GMT', '+0000') }
  return lastDate.text
}
let lastDate = { second: NaN, text: '' }

const onlyPart = (text: BodyEncoder, { textValues = [] }: PersonalPart): string => part('text/plain', text, textValues)

/** RFC 2046 §5.1.1: the CRLF before a boundary belongs to the boundary, so every part comes out exactly as it went in. */
const alternatives = (text: BodyEncoder, html: BodyEncoder, { textValues = [], htmlValues = [] }: PersonalPart, boundary: string): string =>
  `Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${part('text/plain', text, textValues)}`
  + `\r\n--${boundary}\r\n${part('text/html', html, htmlValues)}\r\n--${boundary}--`

function part(type: string, encode: BodyEncoder, values: readonly string[]): string {
  const { encoding, lines: body } = encode(values)
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`
}
