/** The token in a confirmation link: the subscription's id and an HMAC-SHA-256 cut to 96 bits. Nothing to enumerate, one spelling. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Keys } from '../platform/token.ts'

/** For `secrets.key()`. */
export const confirmKeyPurpose = 'subscription'

const macBytes = 12
const idBytes = 16

export function encodeConfirmToken(key: Buffer, subscriptionId: string): string {
  const id = Buffer.from(subscriptionId.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, mac(key, id)]).toString('base64url')
}

/** The subscription's id, or null when the token is not exactly what we would have written. */
export function decodeConfirmToken(keys: Keys, token: string): string | null {
  if (token.length > 64) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== idBytes + macBytes || bytes.toString('base64url') !== token) return null
  const id = bytes.subarray(0, idBytes)
  if (!keys.some((key) => timingSafeEqual(mac(key, id), bytes.subarray(idBytes)))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const mac = (key: Buffer, id: Buffer) => createHmac('sha256', key).update('confirm:').update(id).digest().subarray(0, macBytes)
