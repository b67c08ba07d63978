/** Text in header fields: cleaned, folded, and encoded where ASCII does not do (RFC 5322 §2.2.3, RFC 2047). No addresses, no bodies. */

/** RFC 2047 §2: no encoded word over 75 characters, no line over 76 that holds one. */
const wordLimit = 75
export const lineLimit = 76

/** `=?UTF-8?B?` and `?=` around the encoded text. */
const wordOverhead = 12

/**
 * One line of text: whatever could end a header field or hide in it becomes a space.
 * Covers CR, LF, NUL, the other control characters, and the line and paragraph separators U+2028 and U+2029.
 */
export const oneLine = (text: string): string => (unprintable.test(text) ? text.replace(unprintables, ' ') : text)
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unprintables = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** A whole unstructured field such as Subject, folded, without the final CRLF. */
export function unstructuredField(name: string, value: string): string {
  const text = oneLine(value)
  const words = mustBeEncoded(text) ? encodedWords(text, lineLimit - name.length - 2) : text.split(' ')
  return foldWords(`${name}:`, words)
}

/** Joins words by single spaces and starts a new line where one would grow over the limit. */
export function foldWords(start: string, words: readonly string[]): string {
  let folded = ''
  let line = start
  for (const word of words) {
    if (line !== start && line.length + 1 + word.length > lineLimit) {
      folded += `${line}\r\n`
      line = ''
    }
    line += ` ${word}`
  }
  return (folded + line).trimEnd()
}

/** Whether text cannot stand as it is: not ASCII, looking like an encoded word, or impossible to fold without loss. */
export function mustBeEncoded(text: string): boolean {
  if (!printableAscii.test(text) || text.includes('=?')) return true
  if (text.startsWith(' ') || text.endsWith(' ')) return true
  return text.length > 50 && (text.includes('  ') || longWord.test(text))
}
const printableAscii = /^[\x20-\x7e]*$/
const longWord = /[^ ]{51}/

/**
 * RFC 2047 encoded words, each at most 75 characters, never splitting a character.
 * The first is kept within `firstLimit`, what remains of the line behind the field's name.
 * Q with the few characters that RFC 2047 §5 (3) allows in a phrase, or B where that is shorter.
 */
export function encodedWords(text: string, firstLimit = wordLimit): string[] {
  const form = shorterForm(text)
  const words: string[] = []
  let room = Math.min(firstLimit, wordLimit) - wordOverhead
  let chunk = ''
  let size = 0
  for (const character of text) {
    const grown = size + form.size(character)
    if (chunk !== '' && form.length(grown) > room) {
      words.push(form.word(chunk))
      room = wordLimit - wordOverhead
      chunk = ''
      size = 0
    }
    chunk += character
    size += form.size(character)
  }
  if (chunk !== '') words.push(form.word(chunk))
  return words
}

type Form = { size(character: string): number; length(size: number): number; word(text: string): string }

const b: Form = {
  size: (character) => Buffer.byteLength(character),
  length: (bytes) => Math.ceil(bytes / 3) * 4,
  word: (text) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`,
}

const q: Form = {
  size: (character) => (plainInQ.test(character) || character === ' ' ? 1 : Buffer.byteLength(character) * 3),
  length: (characters) => characters,
  word: (text) => `=?UTF-8?Q?${Array.from(text, qCharacter).join('')}?=`,
}
const plainInQ = /^[A-Za-z0-9!*+\-/]$/

function qCharacter(character: string): string {
  if (character === ' ') return '_'
  if (plainInQ.test(character)) return character
  return Array.from(Buffer.from(character), (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

function shorterForm(text: string): Form {
  let inQ = 0
  for (const character of text) inQ += q.size(character)
  return inQ <= b.length(Buffer.byteLength(text)) ? q : b
}
