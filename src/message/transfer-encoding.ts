/** Bodies as lines that every mail server carries: which encoding a text needs, and the encodings (RFC 2045 §6). */
import type { ByteWriter } from './byte-writer.ts'

export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64'

/** RFC 5322 §2.1.1: no line over 998 characters. */
const longestLine = 998
/** RFC 2045 §6.7 (5), §6.8: no encoded line over 76 characters. */
const encodedLine = 76

const [tab, lineFeed, carriageReturn, space, equals, tilde] = [0x09, 0x0a, 0x0d, 0x20, 0x3d, 0x7e]

/** Text with CRLF line ends only and without NUL, which RFC 5322 §3.5 forbids in any body. */
export function canonicalLines(text: string): string {
  const without = text.includes('\0') ? text.replaceAll('\0', '') : text
  return bareLineEnd.test(without) ? without.replace(anyLineEnd, '\r\n') : without
}
const bareLineEnd = /\r(?!\n)|(?<!\r)\n/
const anyLineEnd = /\r\n|\r|\n/g

/** The encoding that carries this text (UTF-8, canonical lines) unharmed and shortest. */
export function encodingFor(bytes: Uint8Array): TransferEncoding {
  const { eightBit, control, longest } = survey(bytes)
  if (eightBit === 0 && control === 0 && longest <= longestLine) return '7bit'
  // Each such byte costs two more in quoted-printable, each third byte one more in base64.
  return (eightBit + control) * 6 > bytes.length ? 'base64' : 'quoted-printable'
}

function survey(bytes: Uint8Array): { eightBit: number; control: number; longest: number } {
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

/** Writes a body part's bytes in the given encoding; nothing is added at the end. */
export function writeEncoded(writer: ByteWriter, bytes: Buffer, encoding: TransferEncoding): void {
  if (encoding === 'base64') return writeBase64(writer, bytes)
  if (encoding === 'quoted-printable') return writeQuotedPrintable(writer, bytes)
  const { bytes: target, at } = writer.reserve(bytes.length + 2)
  bytes.copy(target, at)
  writer.advanceTo(at + bytes.length)
}

function writeBase64(writer: ByteWriter, bytes: Buffer): void {
  const text = bytes.toString('base64')
  for (let index = 0; index < text.length; index += encodedLine) {
    if (index > 0) writer.ascii('\r\n')
    writer.ascii(text.slice(index, index + encodedLine))
  }
}

/** RFC 2045 §6.7. A line break in the text stays one; a long line is cut by `=` at its end. */
function writeQuotedPrintable(writer: ByteWriter, source: Buffer): void {
  // At worst every byte becomes three, and a soft break of three is added to 73 of those.
  const { bytes: target, at } = writer.reserve(source.length * 4 + 8)
  let position = at
  let column = 0
  for (let index = 0; index < source.length; index++) {
    const byte = source[index]!
    if (byte === carriageReturn && source[index + 1] === lineFeed) {
      target[position++] = carriageReturn
      target[position++] = lineFeed
      index++
      column = 0
      continue
    }
    const plain = isPlain(byte, source, index)
    const width = plain ? 1 : 3
    if (column + width > roomFor(source, index)) {
      position = softBreak(target, position)
      column = 0
    }
    position = plain ? put(target, position, byte) : putHex(target, position, byte)
    column += width
  }
  writer.advanceTo(position)
}

/** Printable ASCII but `=` stands for itself; space and tab do so unless they end a line (RFC 2045 §6.7 (3)). */
function isPlain(byte: number, source: Buffer, index: number): boolean {
  if (byte > space) return byte <= tilde && byte !== equals
  if (byte !== space && byte !== tab) return false
  const next = source[index + 1]
  return next !== undefined && next !== carriageReturn
}

/** The last column may be used only by what ends its line; else the soft break's `=` needs it. */
function roomFor(source: Buffer, index: number): number {
  const next = source[index + 1]
  return next === undefined || next === carriageReturn ? encodedLine : encodedLine - 1
}

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

function softBreak(target: Buffer, position: number): number {
  target[position] = equals
  target[position + 1] = carriageReturn
  target[position + 2] = lineFeed
  return position + 3
}
