/** Files in a message: shown inside the HTML (RFC 2387, RFC 2392) or attached (RFC 2183). Works on entities as text, header first. */
import { oneLine } from './header-text.ts'
import { base64LinesOf } from './transfer-encoding.ts'

export type MessageFile = {
  fileName: string
  contentType: string
  content: Buffer
  /** Without angle brackets: the HTML shows the file as `cid:…`. */
  contentId?: string | null
}

/** `entity`: Content-Type field, empty line, body; without a line end at its end. The answer is one as well. `mark` makes the boundaries: nobody may guess it. */
export function withFiles(entity: string, files: readonly MessageFile[], mark: string): string {
  const shown = files.filter(({ contentId }) => contentId)
  const attached = files.filter(({ contentId }) => !contentId)
  const related = shown.length === 0 ? entity : multipart(`related; type="${typeOf(entity)}"`, `=_r${mark}`, [entity, ...shown.map(filePart)])
  return attached.length === 0 ? related : multipart('mixed', `=_m${mark}`, [related, ...attached.map(filePart)])
}

const multipart = (type: string, boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/${type};\r\n boundary="${boundary}"\r\n\r\n${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--`

const typeOf = (entity: string): string => /^Content-Type: ([^;\r\n]+)/.exec(entity)?.[1] ?? 'text/plain'

function filePart({ fileName, contentType, content, contentId }: MessageFile): string {
  if (!/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i.test(contentType)) throw new TypeError('Not a content type.')
  if (contentId && !/^[a-z0-9._-]{1,60}@[a-z0-9.-]{1,60}$/i.test(contentId)) throw new TypeError('Not a content id.')
  return [
    `Content-Type: ${contentType}`, 'Content-Transfer-Encoding: base64', `Content-Disposition: ${contentId ? 'inline' : 'attachment'};${fileNameParameter(fileName)}`,
    ...(contentId ? [`Content-ID: <${contentId}>`] : []), '', base64LinesOf(content),
  ].join('\r\n')
}

/** RFC 2231: what is no plain ASCII goes encoded, in pieces that fit a line. */
function fileNameParameter(fileName: string): string {
  // Through UTF-8 and back: half a letter would not be encodable.
  const name = Buffer.from(oneLine(fileName).trim().slice(0, 200)).toString() || 'file'
  if (/^[\w .()+-]{1,60}$/.test(name)) return `\r\n filename="${name}"`
  const encoded = [...name].map((letter) => encodeURIComponent(letter).replace(/['()*!~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`))
  const pieces: string[] = ["UTF-8''"]
  for (const letter of encoded) {
    if (pieces.at(-1)!.length + letter.length > 60) pieces.push('')
    pieces[pieces.length - 1] += letter
  }
  return pieces.map((piece, index) => `\r\n filename*${index}*=${piece}`).join(';')
}
