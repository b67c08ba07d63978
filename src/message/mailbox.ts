/** Mailboxes in header fields: a display name and an address, quoted or encoded as RFC 5322 §3.4 and RFC 2047 §5 want it. */
import { domainToASCII } from 'node:url'
import { encodedWords, foldWords, lineLimit, mustBeEncoded, oneLine } from './header-text.ts'

export type Mailbox = { address: string; name?: string | null | undefined }

/** A whole field with one mailbox, such as From or To, folded, without the final CRLF. */
export function mailboxField(field: string, mailbox: Mailbox): string {
  const address = headerAddress(mailbox.address)
  const name = oneLine(mailbox.name ?? '').trim()
  if (name === '') return `${field}: ${address}`
  return foldWords(`${field}:`, [...phraseWords(name, lineLimit - field.length - 2), `<${address}>`])
}

/** The words of a phrase: plain atoms, a quoted string, or encoded words, whichever is needed. */
export function phraseWords(text: string, firstLimit: number): string[] {
  if (mustBeEncoded(text)) return encodedWords(text, firstLimit)
  if (atoms.test(text)) return text.split(' ')
  return `"${text.replace(/["\\]/g, '\\$&')}"`.split(' ')
}
const atoms = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?: [A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/

/** An address as it may stand in a header: the local part quoted if it is no dot-atom, the domain in ASCII. Throws on what no header can hold. */
export function headerAddress(address: string): string {
  if (plainAddress.test(address)) return address
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = domainToASCII(address.slice(at + 1)) || address.slice(at + 1)
  if (at < 1 || oneLine(address) !== address || !domainForm.test(domain)) throw new TypeError('Not an address that a header can hold.')
  if (dotAtom.test(local) || quotedString.test(local)) return `${local}@${domain}`
  return `"${local.replace(/["\\]/g, '\\$&')}"@${domain}`
}
/** Nearly all are: nothing to quote, nothing to translate. */
const plainAddress = /^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/
const domainForm = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[A-Za-z0-9.:-]+\])$/
// RFC 6532 §3.2 adds everything outside ASCII to atext.
const dotAtom = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\u0080-\u{10ffff}]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\u0080-\u{10ffff}]+)*$/u
const quotedString = /^"(?:[^"\\]|\\.)*"$/

/** RFC 6531: an address whose local part is not ASCII can only travel by SMTPUTF8. */
export const needsSmtpUtf8 = (address: string): boolean => notAscii.test(address.slice(0, address.lastIndexOf('@')))
const notAscii = /[^\x20-\x7e]/
