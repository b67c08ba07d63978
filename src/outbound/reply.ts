/** SMTP replies out of bytes: multi-line, with limits on length and number of lines (RFC 5321 4.2, 4.5.3.1.5). No socket, no clock. */

/** One whole reply. `text` is every line without its code, joined by spaces. */
export type Reply = { code: number; enhanced: string | null; lines: string[]; text: string }

/** What the server sent is not SMTP, or has no end. Nothing that follows on this connection can be trusted. */
export class ReplyError extends Error {
  override name = 'ReplyError'
}

// RFC 5321 allows 512 octets a line; long-winded servers exist, endless ones too.
const maxLineLength = 2_048
const maxLines = 128

/** Collects chunks and gives back the replies they complete, in order. */
export class ReplyReader {
  #rest = ''
  #lines: string[] = []
  #code = 0

  /** True while part of a reply has arrived. Nothing may be left over when TLS starts (CVE-2011-0411). */
  get hasRest() {
    return this.#rest !== '' || this.#lines.length > 0
  }

  push(chunk: Buffer): Reply[] {
    // latin1 keeps one character per byte, so that a character cut in two by a chunk survives until its line is whole.
    this.#rest += chunk.toString('latin1')
    const replies: Reply[] = []
    for (let end = this.#rest.indexOf('\n'); end !== -1; end = this.#rest.indexOf('\n')) {
      const reply = this.#line(this.#rest.slice(0, this.#rest[end - 1] === '\r' ? end - 1 : end))
      this.#rest = this.#rest.slice(end + 1)
      if (reply) replies.push(reply)
    }
    if (this.#rest.length > maxLineLength) throw new ReplyError('The server sent a reply line that is too long.')
    return replies
  }

  #line(line: string): Reply | null {
    const match = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line)
    if (!match) throw new ReplyError(`The server sent something that is no SMTP reply: ${oneLine(line)}`)
    const code = Number(match[1])
    if (this.#lines.length > 0 && code !== this.#code) throw new ReplyError('The server changed the code within one reply.')
    if (this.#lines.length === maxLines || line.length > maxLineLength) throw new ReplyError('The server sent a reply that is too long.')
    this.#code = code
    this.#lines.push(decode(match[3] ?? ''))
    if (match[2] === '-') return null
    const lines = this.#lines
    this.#lines = []
    return { code, enhanced: enhancedCode(code, lines[lines.length - 1]!), lines, text: lines.join(' ') }
  }
}

/** The reply as a person reads it in the ledger: one line, of bearable length. */
export const replyText = (reply: Reply) => oneLine(`${reply.code} ${reply.text}`)

/** Never half a character at its end: PostgreSQL takes no jsonb with one. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim().slice(0, 500).replace(/[\ud800-\udbff]$/, '')

/** RFC 3463 and 2034: the class of the enhanced code is the first digit of the reply, else it is just text. */
function enhancedCode(code: number, text: string): string | null {
  const match = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(text)
  return match && Number(match[1]![0]) === Math.floor(code / 100) ? match[1]! : null
}

// Replies to SMTPUTF8 commands may hold UTF-8 (RFC 6531 3.7.4); nearly all are ASCII and need no work.
const decode = (latin1: string) => (/[\x80-\xff]/.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1)
