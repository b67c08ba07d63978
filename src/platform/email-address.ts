/** Email addresses: how they are stored, shown and compared. A malformed one is kept as given: nobody is lost for it. */
import { domainToASCII, domainToUnicode } from 'node:url'

/** RFC 5321 4.1.2 dot-string with the characters of RFC 6531 allowed; quoted local parts are too rare to invite their traps. */
const localPart = /^[^\s@"(),:;<>[\]\\\p{C}.]+(?:\.[^\s@"(),:;<>[\]\\\p{C}.]+)*$/u
const asciiDomain = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)$/

/**
 * The stored form: trimmed, the domain as a lower-case A-label, the local part as given (RFC 5321 2.4).
 * `wellFormed` is false for what cannot be mailed; then `address` is the trimmed text. Empty text: `{ address: '', wellFormed: true }`.
 */
export function parseAddress(text: string): { address: string; wellFormed: boolean } {
  const trimmed = text.trim()
  if (trimmed === '') return { address: '', wellFormed: true }
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, at)
  const domain = asciiOf(trimmed.slice(at + 1))
  // 64 octets for a local part, 254 for the whole path: RFC 5321 4.5.3.1.
  const fits = Buffer.byteLength(local) <= 64 && Buffer.byteLength(local) + domain.length + 1 <= 254
  const wellFormed = at > 0 && fits && localPart.test(local) && asciiDomain.test(domain)
  return wellFormed ? { address: `${local}@${domain}`, wellFormed } : { address: trimmed, wellFormed: false }
}

/** Most domains are plain already; only the others need the tables of UTS 46. */
function asciiOf(domain: string): string {
  const lower = domain.toLowerCase()
  return plainDomain.test(lower) && !lower.includes('xn--') ? lower : domainToASCII(domain)
}

const plainDomain = /^[a-z0-9.-]+$/

/** As people read it: the domain as a U-label. */
export function displayAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? address : `${address.slice(0, at + 1)}${domainToUnicode(address.slice(at + 1)) || address.slice(at + 1)}`
}

/** How addresses compare: wholly lower-case. In SQL: the generated column email_key. */
export const addressKey = (address: string): string => address.toLowerCase()

/** What follows the last @; a domain is itself. */
export const domainOf = (addressOrDomain: string): string => addressOrDomain.slice(addressOrDomain.lastIndexOf('@') + 1)
