/** A message as DKIM hashes it: header fields and body in relaxed form (RFC 6376 §3.4.2, §3.4.4). For messages with CRLF line ends. */

const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20]

/** Where the body begins: behind the first empty line. */
export function bodyStart(message: Buffer): number {
  const at = message.indexOf('\r\n\r\n')
  if (at < 0) throw new TypeError('A message without an end of its header cannot be signed.')
  return at + 4
}

/**
 * The canonical fields by lower-case name, topmost first, each as `name:value` with its CRLF.
 * Bytes stand as Latin-1 characters: what is not ASCII (RFC 6531) goes through unharmed.
 */
export function relaxedFields(message: Buffer, headerEnd: number): Map<string, string[]> {
  const head = message.toString('latin1', 0, headerEnd)
  const fields = new Map<string, string[]>()
  for (let start = 0; start < head.length;) {
    const end = endOfField(head, start)
    const colon = head.indexOf(':', start)
    const name = head.slice(start, colon).trimEnd().toLowerCase()
    const field = `${name}:${relaxedValue(head.slice(colon + 1, end))}\r\n`
    const same = fields.get(name)
    if (same) same.push(field)
    else fields.set(name, [field])
    start = end + 2
  }
  return fields
}

/** A line that begins with white space goes on with the field before it. */
function endOfField(head: string, start: number): number {
  let end = head.indexOf('\r\n', start)
  while (head.charCodeAt(end + 2) === space || head.charCodeAt(end + 2) === tab) end = head.indexOf('\r\n', end + 2)
  return end
}

/** Nothing but SP, HTAB and CRLF is white space here: in Latin-1 characters `\s` would also take bytes of UTF-8. */
export function relaxedValue(value: string): string {
  const single = unevenSpace.test(value) ? value.replace(whiteSpace, ' ') : value
  return single.slice(single.startsWith(' ') ? 1 : 0, single.endsWith(' ') && single.length > 1 ? -1 : undefined)
}
const unevenSpace = /[\t\r\n]| {2}/
const whiteSpace = /[ \t\r\n]+/g

/** Kept from message to message: whoever calls must be done with the canonical body before the next one. */
let scratch = Buffer.allocUnsafe(64 * 1024)

/** The canonical body: the very bytes of the message where they are canonical already, else a copy that the next call overwrites. */
export function relaxedBody(message: Buffer, start: number): Buffer {
  const end = endOfText(message, start)
  if (end === start) return message.subarray(start, start)
  const uneven = firstUnevenSpace(message, start, end)
  if (uneven === end && message[end] === carriageReturn && message[end + 1] === lineFeed) return message.subarray(start, end + 2)
  if (scratch.length < end - start + 2) scratch = Buffer.allocUnsafe((end - start) * 2)
  message.copy(scratch, 0, start, uneven)
  const length = copyRelaxed(message, uneven, end, uneven - start)
  scratch[length] = carriageReturn
  scratch[length + 1] = lineFeed
  return scratch.subarray(0, length + 2)
}

/** Behind the last byte that is no white space: empty lines at the end do not count, and the last line ends with CRLF in any case. */
function endOfText(message: Buffer, start: number): number {
  let end = message.length
  while (end > start && isWhite(message[end - 1]!)) end--
  return end
}
const isWhite = (byte: number) => byte === lineFeed || byte === carriageReturn || byte === space || byte === tab

/**
 * The first white space that the canonical form changes: a tab, a run of spaces, a space at the end of a line; `end` when there is none.
 * This loop and the next look at every byte of every mail, so what is no white space (nearly all) is passed in a loop of its own: half the time.
 */
function firstUnevenSpace(message: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    while (message[at]! > space) at++
    const next = message[at + 1]
    if (message[at] === tab || (message[at] === space && (next === space || next === tab || next === carriageReturn))) return Math.min(at, end)
  }
  return end
}

/** Runs of white space become one space, or nothing before a line end. Behind `end` is none but white space. Answers where it stopped writing. */
function copyRelaxed(message: Buffer, from: number, end: number, to: number): number {
  const target = scratch
  let out = to
  for (let at = from; at < end; at++) {
    for (let byte = message[at]!; byte > space; byte = message[++at]!) target[out++] = byte
    if (at >= end) break
    if (message[at] !== space && message[at] !== tab) {
      target[out++] = message[at]!
      continue
    }
    while (message[at + 1] === space || message[at + 1] === tab) at++
    if (message[at + 1] !== carriageReturn || message[at + 2] !== lineFeed) target[out++] = space
  }
  return out
}
