/**
 * What is looked at of a message, whoever wrote it: bytes before they are parsed, characters and counts after. A report says what it
 * has to say near its beginning; what follows is the returned message. With these a message takes milliseconds and a few megabytes.
 */

/** The beginning holds the report and the header of what is returned; the end holds a report that was put behind it. */
const headBytes = 384 * 1024
const tailBytes = 64 * 1024
/** The MIME parser takes its time for each line, however short. */
const headLines = 6_000
const tailLines = 1_000

/** For the MIME parser: deeper or longer, and the message is read as plain text instead. */
export const parserLimits = { maxNestingDepth: 64, maxHeadersSize: 256 * 1024 }

/** Characters of the part written for people, of the returned message, and of the words on which one recipient is judged. */
export const textLength = 64 * 1024
export const evidenceLength = 3_000
export const diagnosticLength = 500

export const maxParts = 200
export const maxFields = 2_000
export const maxFieldLength = 4_000
export const maxRecipients = 200
export const maxReferences = 50

/** The part of a message that is parsed. */
export function beginningAndEnd(raw: Uint8Array): Uint8Array {
  const head = firstLines(raw.subarray(0, headBytes))
  if (head.length === raw.length) return raw
  return Buffer.concat([head, Buffer.from('\r\n'), lastLines(raw.subarray(Math.max(head.length, raw.length - tailBytes)))])
}

function firstLines(bytes: Uint8Array): Uint8Array {
  let end = 0
  for (let line = 0; line < headLines; line++) {
    end = bytes.indexOf(lineFeed, end) + 1
    if (end === 0) return bytes
  }
  return bytes.subarray(0, end)
}

function lastLines(bytes: Uint8Array): Uint8Array {
  let start = bytes.length
  for (let line = 0; line < tailLines; line++) {
    start = start === 0 ? -1 : bytes.lastIndexOf(lineFeed, start - 1)
    if (start < 0) return bytes
  }
  return bytes.subarray(start + 1)
}

const lineFeed = 10
