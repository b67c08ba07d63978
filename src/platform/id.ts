/** Ids of records and configuration: UUIDv7 (RFC 9562 5.7), so that new rows lie together in an index. SQL's twin is uuid_v7(). */
import { randomFillSync } from 'node:crypto'

let lastMs = 0
let lastCount = 0

/** Ids of one process grow in the order in which they are made: the 12 bits after the time count within a millisecond (method 1 of 6.2). */
export function newId(now = Date.now()): string {
  const [ms, count] = nextTick(now)
  const bytes = sixteenRandomBytes()
  bytes.writeUIntBE(ms, 0, 6)
  bytes.writeUInt16BE(0x7000 | count, 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Asking for randomness costs more than using it: an import of a million rows asks once for each 256 ids. */
const pool = Buffer.alloc(4096)
let used = pool.length

function sixteenRandomBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}

function nextTick(now: number): [ms: number, count: number] {
  if (now > lastMs) [lastMs, lastCount] = [now, 0]
  else if (lastCount < 0xfff) lastCount++
  else [lastMs, lastCount] = [lastMs + 1, 0]
  return [lastMs, lastCount]
}

/** Whether a text can be an id at all; what cannot is simply not found, never an error of the database. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
