/**
 * Signed tokens in links, Message-IDs and envelope senders: (purpose, lane, delivery id, link) and an HMAC-SHA-256 cut to 96 bits.
 * Nothing to enumerate, nothing to forge, one spelling: what decodes must encode to the same text.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { base32, fromBase32 } from './base32.ts'
import { type ShortHmac, shortHmac } from './short-hmac.ts'

const purposes = ['click', 'open', 'optOut', 'preferences', 'view', 'messageId', 'delivery', 'verp', 'honeypot'] as const
export type TokenPurpose = (typeof purposes)[number]

/**
 * `lane` (0 to 63) and `id` name the delivery; `link` is the tracking URL's number, for a click only; `test` says that it is a test
 * mail, so that its links can tell without asking anybody. Return addresses and Message-IDs have it for a bounce loop, whose number `id` is then.
 */
export type Token = { purpose: TokenPurpose; lane: number; id: number; link?: number | undefined; test?: boolean | undefined }

/** One of them has signed it: the present one, or one from before it was changed. */
export type Keys = readonly Buffer[]

const macBytes = 12

export const encodeToken = (key: Buffer, token: Token): string => bytesOf(key, token).toString('base64url')

/** The token, or null when it is not exactly what we would have written for this purpose. */
export function decodeToken(keys: Keys, purpose: TokenPurpose, text: string): Token | null {
  return text.length > 64 ? null : read(keys, purpose, Buffer.from(text, 'base64url'), (bytes) => bytes.toString('base64url') === text)
}

/** For a VERP envelope sender (local part in lower case, ≤ 64): base32, RFC 4648 without padding. */
export const encodeVerp = (key: Buffer, lane: number, id: number, test?: boolean): string => base32(bytesOf(key, { purpose: 'verp', lane, id, test }))

export function decodeVerp(keys: Keys, text: string): Token | null {
  return text.length > 64 ? null : read(keys, 'verp', fromBase32(text), (bytes) => base32(bytes) === text.toLowerCase())
}

/** Beside the lane's six bits in the first byte. */
const testBit = 0x40

const signers = new WeakMap<Buffer, ShortHmac>()

function signerOf(key: Buffer): ShortHmac {
  let signer = signers.get(key)
  if (!signer) signers.set(key, signer = shortHmac(key))
  return signer
}

/** What is signed: the purpose's number and a colon, then the body. Used again for each token. */
const signed = Buffer.alloc(32)

/** The bytes of a token, valid until the next one is made. */
function bytesOf(key: Buffer, { purpose, lane, id, link, test }: Token): Buffer {
  const start = signed.write(`${purposes.indexOf(purpose)}:`, 'latin1')
  signed[start] = test ? lane | testBit : lane
  let end = writeVarint(signed, start + 1, id)
  if (link !== undefined) end = writeVarint(signed, end, link)
  const mac = signerOf(key)(signed, end)
  const length = end - start
  signed.copy(token, 0, start, end)
  for (let index = 0; index < macBytes; index++) token[length + index] = mac[index]!
  return token.subarray(0, length + macBytes)
}

const token = Buffer.alloc(32 + macBytes)

function read(keys: Keys, purpose: TokenPurpose, bytes: Buffer, isCanonical: (bytes: Buffer) => boolean): Token | null {
  if (bytes.length < macBytes + 2 || !isCanonical(bytes)) return null
  const body = bytes.subarray(0, -macBytes)
  if (!keys.some((key) => timingSafeEqual(mac(key, purpose, body), bytes.subarray(-macBytes)))) return null
  const [id, afterId] = readVarint(body, 1)
  const link = afterId < body.length ? readVarint(body, afterId)[0] : undefined
  const test = (body[0]! & testBit) !== 0
  return { purpose, lane: body[0]! & ~testBit, id, ...(link !== undefined && { link }), ...(test && { test }) }
}

const mac = (key: Buffer, purpose: TokenPurpose, body: Buffer) =>
  createHmac('sha256', key).update(`${purposes.indexOf(purpose)}:`).update(body).digest().subarray(0, macBytes)

/** Unsigned LEB128: 7 bits a byte, the highest bit says that more follow. Numbers up to 2^53. Answers where it ends. */
function writeVarint(bytes: Buffer, start: number, value: number): number {
  let at = start
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes[at++] = rest < 128 ? rest : (rest % 128) | 0x80
    if (rest < 128) return at
  }
}

function readVarint(bytes: Buffer, start: number): [value: number, next: number] {
  let value = 0
  let factor = 1
  let at = start
  for (; at < bytes.length; at++, factor *= 128) {
    value += (bytes[at]! & 0x7f) * factor
    if (bytes[at]! < 0x80) return [value, at + 1]
  }
  return [value, at]
}
