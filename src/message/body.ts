/**
 * A body part of which most is the same for everybody: the literals are surveyed and encoded once, and per person only the values
 * between them. Whole messages are made in compose.ts.
 */
import { base64Lines, canonicalLines, encodingFor, longestLine, quotedPrintable, survey, type TransferEncoding } from './transfer-encoding.ts'

/** Always one literal more than values: literal, value, literal, value, literal. */
export type Literals = readonly string[]

export type EncodedBody = { encoding: TransferEncoding; lines: string }

/** Fills in one person's values. Which encoding is used depends on them too: a name may be the only thing outside ASCII. */
export type BodyEncoder = (values: readonly string[]) => EncodedBody

export function prepareBody(source: Literals): BodyEncoder {
  const literals = source.map(canonicalLines)
  const text = literals.join('')
  const surveyed = survey(Buffer.from(text))
  const ordinary = encodingFor(surveyed, Buffer.byteLength(text))
  const pieces = ordinary === 'base64' ? [] : literals.map(pieceOf)
  return (values) => {
    const written = values.map(canonicalLines)
    if (ordinary === '7bit' && fitsSevenBit(written, surveyed.longest)) return { encoding: '7bit', lines: woven(literals, written) }
    if (ordinary !== 'base64') return { encoding: 'quoted-printable', lines: softWoven(pieces, written) }
    return { encoding: 'base64', lines: base64Lines(woven(literals, written)) }
  }
}

/** `longest` is that of the literals without values, so with all values in one line it is the worst case. */
function fitsSevenBit(values: readonly string[], longest: number): boolean {
  let length = longest
  for (const value of values) {
    if (!sevenBit.test(value)) return false
    length += value.length
  }
  return length <= longestLine
}
const sevenBit = /^[\t\r\n\x20-\x7e]*$/

function woven(literals: Literals, values: readonly string[]): string {
  let text = literals[0]!
  for (let index = 0; index < values.length; index++) text += values[index]! + literals[index + 1]!
  return text
}

/** A literal in quoted-printable. Values have any length, so each literal and each value begins a line of its own, after a soft break. */
type Piece = { lines: string; beginsWithBreak: boolean; endsWithBreak: boolean }

const pieceOf = (literal: string): Piece =>
  ({ lines: quotedPrintable(literal), beginsWithBreak: literal.startsWith('\r\n'), endsWithBreak: literal.endsWith('\r\n') })

const softBreak = '=\r\n'

function softWoven(pieces: readonly Piece[], values: readonly string[]): string {
  let text = ''
  let atLineStart = true
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index]!
    if (piece.lines !== '') {
      text += atLineStart || piece.beginsWithBreak ? piece.lines : softBreak + piece.lines
      atLineStart = piece.endsWithBreak
    }
    const value = values[index]
    if (value) {
      text += atLineStart ? quotedPrintable(value) : softBreak + quotedPrintable(value)
      atLineStart = value.endsWith('\r\n')
    }
  }
  return text
}
