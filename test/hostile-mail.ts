/** Messages that nobody means well with: as deep, as many and as long as it gets, and seeds for random damage. Only example domains. */
const header = 'Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net (Mail Delivery System)\r\nTo: news@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n'
const megabyte = 1024 * 1024

/** A multipart in a multipart, `levels` deep, with a report at the bottom. */
export const nested = (levels: number): string =>
  header + Array.from({ length: levels }, (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`).join('')
  + 'Content-Type: text/plain\r\n\r\n<reader@example.com>: 550 5.1.1 User unknown\r\n'

/** Messages within messages. */
export const nestedMessages = (levels: number): string => `${header}Content-Type: message/rfc822\r\n\r\n`.repeat(levels)

export const manyParts = (count: number): string =>
  `${header}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n`
  + '--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; reader@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n'.repeat(count) + '--b--\r\n'

export const manyFields = (count: number): string => Array.from({ length: count }, (_, at) => `X-Field-${at}: value\r\n`).join('') + header + '\r\n'

export const manyRecipients = (count: number): string =>
  `${header}\r\nThe following addresses failed:\r\n\r\n${Array.from({ length: count }, (_, at) => `<reader${at}@example.com>: 550 5.1.1 User unknown\r\n`).join('')}`

/** `unit` repeated to a size, as the body or as the value of a field: what patterns with many ways to match stumble over. */
export const longBody = (unit: string, bytes: number, type = 'text/plain'): string => `${header}Content-Type: ${type}\r\n\r\n${unit.repeat(Math.ceil(bytes / unit.length))}`
export const longField = (name: string, unit: string, bytes: number): string => `${name}: ${unit.repeat(Math.ceil(bytes / unit.length))}\r\n${header}\r\nnot delivered\r\n`

/** One of each kind at the limits that a mailbox may hand over. */
export function* extremes(): Generator<{ name: string; message: string }> {
  yield { name: '64 levels', message: nested(64) }
  yield { name: '5,000 levels', message: nested(5_000) }
  yield { name: '500 messages in messages', message: nestedMessages(500) }
  yield { name: '1,000 parts', message: manyParts(1_000) }
  yield { name: '100,000 fields', message: manyFields(100_000) }
  yield { name: '50,000 recipients', message: manyRecipients(50_000) }
  yield { name: '25 MB', message: longBody('All work and no play. ', 25 * megabyte) }
  yield { name: '25 MB of lines', message: longBody('a\r\n', 25 * megabyte) }
  yield { name: '25 MB of base64', message: longBody('QUJD', 25 * megabyte, 'text/plain\r\nContent-Transfer-Encoding: base64') }
  for (const unit of stumblingBlocks) {
    yield { name: `body of ${JSON.stringify(unit)}`, message: longBody(unit, megabyte) }
    yield { name: `HTML of ${JSON.stringify(unit)}`, message: longBody(unit, megabyte, 'text/html') }
    yield { name: `subject of ${JSON.stringify(unit)}`, message: longField('Subject', unit, 200_000) }
    yield { name: `report of ${JSON.stringify(unit)}`, message: `${header}Content-Type: message/delivery-status\r\n\r\n${'Final-Recipient: '}${unit.repeat(50_000)}` }
  }
}

const stumblingBlocks = [
  ' ', '\t', '\n', '(', '<', '>', '@', '.', '-', '=', '"', '\\', '&#', '<a', 'a@', 'a.', 'a b ', '550 ', '5.1.1 ', '=?utf-8?b?', '=?utf-8?q?=', 'user ', 'message ', 'mailbox ', 'domain ',
  'not ', 'delivery ', 'host not ', '\r\n ', '-----', '<a@a>\n', '<script>', '\u00e9', '\u3042', '\0', '<![CDATA[', 'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n', ';a=', 'temporarily ', '\\x{1F408}',
]

/** Random numbers that can be repeated: the same seed, the same mail (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A message with random damage: bytes changed, pieces cut out, repeated, or taken from another. */
export function damaged(message: string, other: string, random: () => number): Buffer {
  let bytes = Buffer.from(message)
  const within = (length: number) => Math.floor(random() * length)
  for (let times = 1 + within(6); times > 0; times--) {
    const at = within(bytes.length)
    const piece = bytes.subarray(at, at + within(200))
    const kind = within(4)
    if (kind === 0) bytes[at] = within(256)
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + piece.length)])
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: within(200) }, () => piece), bytes.subarray(at)])
    else bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(other).subarray(within(other.length)), bytes.subarray(at)])
  }
  return bytes
}
