/** Finding addresses in words that were not made for programs. */
import { phrases } from './phrases.ts'

const local = '(?:"[^"\\s<>]{1,64}"|[^\\s<>()\\[\\]:;,"\'@\\\\|（）：；，。、「」【】《》]{1,128})'
/** Vowels of Thai and Hindi are marks (RFC 5892). */
const domain = '[\\p{L}\\p{N}#](?:[\\p{L}\\p{N}\\p{M}._-]{0,253}[\\p{L}\\p{N}\\p{M}])?'

const anywhere = new RegExp(`${local}@${domain}`, 'giu')

const sign = '[ \\t<>*•=-]{0,30}'
const replyCode = '(?:[45]\\d\\d[ -](?:[45]\\.\\d+\\.\\d+ )?)?'
/** `Recipient:`, `To =`; but not what names the sender. */
const label = '(?:(?!mail from|from|sender|reply|return|cc:|message)[\\p{L}][\\p{L}\\p{N} .\'"()/_-]{0,40} ?[:=] ?)?'
const markup = '["\'\\[(]?(?:smtp:|rfc822;|mailto:)? ?<?'

/** At the beginning of a line, or behind a reply code or a label: there a report names whom it is about. */
const atLineStart = new RegExp(`^${sign}${replyCode}${label}${markup}(${local}@${domain})`, 'gimu')

export const addressesIn = (text: string): string[] => [...text.matchAll(anywhere)].map(([match]) => withoutMarkup(match)).filter(isLikely)

export const addressesAtLineStarts = (text: string): string[] => [...text.matchAll(atLineStart)].map(([, match]) => withoutMarkup(match!)).filter(isLikely)

/** Exchange writes `dda:SMTP=x@y`; lists put a bullet before it. */
const withoutMarkup = (address: string): string => address.replace(/^.{0,100}?(?:smtp=|rfc822=|mailto:|internet=)/i, '').replace(/^[.*=-]{0,5}(?=[^.])/, '')

const isLikely = (address: string) => address.indexOf('@') > 0

/** Mailboxes that speak for a server: mentioned for help in a report, hardly ever mailed to. */
export const isServerAddress = (address: string): boolean => serverMailboxes.test(address.toLowerCase())

const serverMailboxes = phrases`^(postmaster|mailer-daemon|abuse|support|helpdesk|hostmaster|webmaster|help|admin|administrator|no-?reply|security)@`

/** Each address once, in whatever case it is written. */
export function distinct(addresses: readonly string[]): string[] {
  const seen = new Set<string>()
  return addresses.filter((address) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()))
}
