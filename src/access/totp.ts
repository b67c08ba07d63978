/** One-time codes by time (RFC 6238): HMAC-SHA-1, six digits, 30 seconds, which is what every authenticator app can do. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const digits = 6
const stepSeconds = 30

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / stepSeconds)

/** RFC 4226 5.3, with the time step as its counter. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

export const looksLikeCode = (text: string): boolean => new RegExp(`^\\d{${digits}}$`).test(text)

/**
 * The step whose code this is; null where it is none. The steps beside the present one count, too, because clocks differ (RFC 6238 5.2);
 * those up to `after` do not, because their codes may have been used.
 */
export function stepOfCode(secret: Buffer, code: string, { now, after }: { now: Date; after: number }): number | null {
  const present = stepAt(now)
  return [present, present - 1, present + 1].find((step) => step > after && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) ?? null
}

/** What an authenticator app reads from the picture. SHA-1, six digits and 30 seconds are what it takes where nothing is said: the shorter, the easier to scan. */
export const otpauthUrl = (secret: string, userName: string): string =>
  `otpauth://totp/${encodeURIComponent(`Tidings:${userName}`)}?${new URLSearchParams({ secret, issuer: 'Tidings' })}`
