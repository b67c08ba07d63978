/** Bytes into the pieces that rules look at. MIME is the library's work; what it refuses is read as plain text. Never throws. */
import PostalMime, { type Attachment, decodeWords, type Email } from 'postal-mime'
import { addField, type Fields, first, parseFields, parseGroups } from './fields.ts'
import { textOfHtml } from './html-text.ts'
import { beginningAndEnd, maxFields, maxParts, parserLimits, textLength } from './limits.ts'
import { splitAtReturned } from './returned.ts'

export type Mail = {
  headers: Fields
  /** Decoded, one line. */
  subject: string
  /** What was written for people, without the returned message. */
  text: string
  /** Groups of the machine-readable reports (RFC 3464, 6533), the one about the message as a whole among them. */
  reports: Fields[]
  /** A feedback report (RFC 5965), or null. */
  feedback: Fields | null
  /** A disposition notification (RFC 8098): a mail was shown or deleted. */
  disposition: boolean
  /** Header of the returned message; empty when nothing was returned. */
  returned: Fields
  /** The message as it came, soft line breaks removed (RFC 2045 6.7): in it tokens of ours may stand, and reports inside reports. */
  everything: string
}

export async function readMail(raw: Uint8Array): Promise<Mail> {
  const bytes = withLineFeeds(withoutMailboxLine(withoutBlankStart(beginningAndEnd(raw))))
  const email = await parsed(bytes)
  const parts = email.attachments.slice(0, maxParts).map(partOf)
  const headers: Fields = new Map()
  for (const { key, value } of email.headers.slice(0, maxFields)) addField(headers, key, value)
  return assemble(headers, wordsOf(email, parts), parts, latin1(bytes).replace(/=\r?\n/g, ''))
}

async function parsed(bytes: Uint8Array): Promise<Parsed> {
  try {
    const email = await PostalMime.parse(bytes, { ...parserLimits, forceRfc822Attachments: true })
    // Boundaries that were lost on the way leave a message without any part.
    return email.text || email.html || email.attachments.length > 0 ? email : { ...email, text: withoutMimeLines(plainly(bytes).text) }
  } catch {
    return plainly(bytes)
  }
}

type Parsed = Pick<Email, 'headers' | 'text' | 'html' | 'attachments'>

type Part = { type: string; text: string }

function assemble(headers: Fields, words: string, parts: Part[], everything: string): Mail {
  const { text, returned } = splitAtReturned(words)
  const attached = parts.find(({ type, text: content }) => returnedTypes.test(type) && content.trim() !== '')
  const reports = parts.filter(({ type }) => reportTypes.test(type)).flatMap((part) => parseGroups(part.text))
  const feedback = parts.find(({ type }) => type === 'message/feedback-report')
  return {
    headers, text, reports, everything,
    subject: decodeWords(first(headers, 'subject').slice(0, 1_000)),
    feedback: feedback ? parseFields(feedback.text) : null,
    disposition: parts.some(({ type }) => dispositionTypes.test(type)),
    returned: attached ? headerOf(attached.text) : headerOf(returned),
  }
}

const reportTypes = /^message\/(?:x-)?(?:global-)?delivery-?status$/
const returnedTypes = /^message\/(?:rfc822|global|partial|news)$|rfc822-headers$|^message\/global-headers$/
const dispositionTypes = /^message\/(?:global-)?disposition-notification$/

const partOf = ({ mimeType, content }: Attachment): Part =>
  ({ type: mimeType, text: typeof content === 'string' ? content.slice(0, textLength) : decode(content) })

/** A strict decoder would refuse what legacy senders write; a wrong letter in a name harms no rule. */
const decode = (content: ArrayBuffer | Uint8Array): string => new TextDecoder().decode(new Uint8Array(content).subarray(0, textLength))

/** The plain text; HTML where there is none; and any other text part, which some reports hide their words in. */
function wordsOf(email: Parsed, parts: Part[]): string {
  const body = email.text?.trim() ? email.text : textOfHtml(email.html ?? '')
  const others = parts.filter(({ type }) => /^text\/(?!rfc822|html|calendar|css)/.test(type)).map(({ text }) => text)
  return [body.slice(0, textLength), ...others].join('\n').replace(/\r\n?/g, '\n').slice(0, textLength)
}

/** The header section, behind the blank lines that some put before it. */
const headerOf = (message: string): Fields => parseFields(message.replace(/^\s+/, '').split(/\r?\n[ \t]*\r?\n/, 1)[0]!)

const withoutMimeLines = (text = ''): string => text.replace(/^(?:--\S+|Content-(?:Type|Transfer-Encoding|Description|Disposition):.*(?:\n[ \t]+.*)*)$/gim, '')

/** For what the parser refuses: a header, and everything behind the first blank line as text. */
function plainly(bytes: Uint8Array): Parsed {
  const whole = decode(bytes)
  const end = /\r?\n\r?\n/.exec(whole)?.index ?? whole.length
  const headers = [...parseFields(whole.slice(0, end))].flatMap(([key, values]) => values.map((value) => ({ key, originalKey: key, value })))
  return { headers, text: whole.slice(end), html: '', attachments: [] }
}

const lineFeed = 10
const carriageReturn = 13

/** Files of old Macintoshes end their lines with CR alone; then the first line never ends. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  const firstReturn = bytes.indexOf(carriageReturn)
  const firstFeed = bytes.indexOf(lineFeed)
  if (firstReturn < 0 || (firstFeed >= 0 && firstFeed < 2_000)) return bytes
  return bytes.map((byte, at) => (byte === carriageReturn && bytes[at + 1] !== lineFeed ? lineFeed : byte))
}

/** A blank line before the header would end it at once. */
function withoutBlankStart(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== lineFeed && byte !== carriageReturn && byte !== 32)
  return start < 1 ? bytes : bytes.subarray(start)
}

/** `From sender date`, the first line of a message in a mailbox file. */
function withoutMailboxLine(bytes: Uint8Array): Uint8Array {
  if (!latin1(bytes.subarray(0, 5)).startsWith('From ')) return bytes
  const end = bytes.findIndex((byte) => byte === lineFeed || byte === carriageReturn)
  return bytes.subarray(end < 0 ? bytes.length : end + 1 + Number(bytes[end] === carriageReturn && bytes[end + 1] === lineFeed))
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
