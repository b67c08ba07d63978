/** Which encoding a file has, found by looking at all of it, and its text piece by piece. */
import { createReadStream } from 'node:fs'
import type { Encoding } from './contract.ts'

export type FileFacts = { encoding: Encoding; lines: number }

/** Reads the whole file once: a single byte at its end can tell Windows-1252 from UTF-8. Counts lines on the way, for progress. */
export async function inspectFile(path: string): Promise<FileFacts> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let first: Buffer | null = null
  let validUtf8 = true
  let lines = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    first ??= chunk
    validUtf8 &&= decodes(utf8, chunk, true)
    lines += count(chunk, 0x0a)
  }
  validUtf8 &&= decodes(utf8, Buffer.alloc(0), false)
  const start = first ?? Buffer.alloc(0)
  return { encoding: encodingOf(start, validUtf8), lines }
}

/** By the byte order mark, by where the zero bytes of ASCII letters stand, else by whether it can be UTF-8 at all. */
export function encodingOf(start: Buffer, validUtf8: boolean): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const head = start.subarray(0, 4096)
  const zeroAt = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length
  if (zeroAt(1) > head.length / 8 && zeroAt(0) === 0) return 'utf-16le'
  if (zeroAt(0) > head.length / 8 && zeroAt(1) === 0) return 'utf-16be'
  return validUtf8 ? 'utf-8' : 'windows-1252'
}

/** The bytes as text, without a byte order mark. */
export async function* textOf(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) yield encoding === 'windows-1252' ? fromWindows1252(chunk) : decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** A piece of a file at once; a character cut off at its end becomes U+FFFD. */
export const decodeStart = (bytes: Buffer, encoding: Encoding): string =>
  encoding === 'windows-1252' ? fromWindows1252(bytes) : new TextDecoder(encoding).decode(bytes)

/** Bytes 0x80 to 0x9F; Node 20 decodes them as control characters whichever name it is asked for. */
const upperHalf = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

// oxlint-disable-next-line no-control-regex -- exactly the control characters are meant
const upperLetters = /[\x80-\x9f]/g

const fromWindows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(upperLetters, (letter) => upperHalf[letter.charCodeAt(0) - 0x80]!)

function decodes(decoder: TextDecoder, chunk: Buffer, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream })
    return true
  } catch {
    return false
  }
}

function count(chunk: Buffer, byte: number): number {
  let found = 0
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) found++
  return found
}
