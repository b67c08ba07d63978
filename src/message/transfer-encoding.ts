/** Texts as lines that every mail server carries: which encoding a text needs, and the encodings (RFC 2045 §6). Pure. */

export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64'

/** RFC 5322 §2.1.1: no line over 998 characters. */
export const longestLine = 998
/** RFC 2045 §6.7 (5), §6.8: no encoded line over 76 characters. */
const encodedLine = 76

const [tab, lineFeed, carriageReturn, space, equals, tilde] = [0x09, 0x0a, 0x0d, 0x20, 0x3d, 0x7e]

/** Text with CRLF line ends only and without NUL, which RFC 5322 §3.5 forbids in any body. */
export function canonicalLines(text: string): string {
  if (!lineEndOrNul.test(text)) return text
  return text.replaceAll('\0', '').replace(anyLineEnd, '\r\n')
}
// oxlint-disable-next-line no-control-regex -- NUL is what is looked for
const lineEndOrNul = /[\0\r\n]/
const anyLineEnd = /\r\n|\r|\n/g

export type Survey = { eightBit: number; control: number; longest: number }

/** What of a text (UTF-8, canonical lines) plain lines could not carry, and its longest line. */
export function survey(bytes: Uint8Array): Survey {
  let [eightBit, control, longest, lineStart] = [0, 0, 0, 0]
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!
    if (byte >= 0x80) eightBit++
    else if (byte === lineFeed) {
      longest = Math.max(longest, index - 1 - lineStart)
      lineStart = index + 1
    } else if (byte < space ? byte !== carriageReturn && byte !== tab : byte > tilde) control++
  }
  return { eightBit, control, longest: Math.max(longest, bytes.length - lineStart) }
}

/** The encoding that carries a text unharmed and shortest: an odd byte costs two more in quoted-printable, each third byte one more in base64. */
export function encodingFor({ eightBit, control, longest }: Survey, length: number): TransferEncoding {
  if (eightBit === 0 && control === 0 && longest <= longestLine) return '7bit'
  return (eightBit + control) * 6 > length ? 'base64' : 'quoted-printable'
}

/** RFC 2045 §6.8, in lines; the last one is not ended. */
export const base64Lines = (text: string): string => base64LinesOf(Buffer.from(text))
export const base64LinesOf = (bytes: Buffer): string => bytes.toString('base64').replace(fullLine, '$&\r\n')
const fullLine = new RegExp(`.{${encodedLine}}(?=.)`, 'g')

/**
 * RFC 2045 §6.7, of text that begins a line. A line break in the text stays one; a long line is cut by `=` at its end. Leaves room
 * for one more `=` on the last line, so that a soft break may follow.
 */
export const quotedPrintable = (text: string): string => (plainAndShort.test(text) ? text : encodeQuotedPrintable(Buffer.from(text)))
const plainAndShort = /^(?:[!-<>-~]|[!-<>-~][ !-<>-~]{0,73}[!-<>-~])?$/

function encodeQuotedPrintable(source: Buffer): string {
  // At worst every byte becomes three, and a soft break of three is added to 72 of those.
  const target = Buffer.allocUnsafe(source.length * 4 + 8)
  let position = 0
  let column = 0
  for (let index = 0; index < source.length; index++) {
    const byte = source[index]!
    if (byte === carriageReturn && source[index + 1] === lineFeed) {
      position = lineBreak(target, position)
      index++
      column = 0
      continue
    }
    const plain = isPlain(byte, source, index)
    const width = plain ? 1 : 3
    if (column + width > roomFor(source, index)) {
      target[position] = equals
      position = lineBreak(target, position + 1)
      column = 0
    }
    position = plain ? put(target, position, byte) : putHex(target, position, byte)
    column += width
  }
  return target.toString('latin1', 0, position)
}

/** Printable ASCII but `=` stands for itself; space and tab do so unless they end a line or the text (RFC 2045 §6.7 (3)). */
function isPlain(byte: number, source: Buffer, index: number): boolean {
  if (byte > space) return byte <= tilde && byte !== equals
  if (byte !== space && byte !== tab) return false
  const next = source[index + 1]
  return next !== undefined && next !== carriageReturn
}

/** The last column may be used only by what ends its line; else the soft break's `=` needs it. */
const roomFor = (source: Buffer, index: number): number => (source[index + 1] === carriageReturn ? encodedLine : encodedLine - 1)

function put(target: Buffer, position: number, byte: number): number {
  target[position] = byte
  return position + 1
}

const hexDigits = Buffer.from('0123456789ABCDEF')

function putHex(target: Buffer, position: number, byte: number): number {
  target[position] = equals
  target[position + 1] = hexDigits[byte >> 4]!
  target[position + 2] = hexDigits[byte & 15]!
  return position + 3
}

function lineBreak(target: Buffer, position: number): number {
  target[position] = carriageReturn
  target[position + 1] = lineFeed
  return position + 2
}
