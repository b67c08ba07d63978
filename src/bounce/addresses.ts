/** Finding addresses in words that were not made for programs. */

const local = '(?:"[^"\\s<>]{1,64}"|[^\\s<>()\\[\\]:;,"\'@\\\\|]{1,128})'
const domain = '[\\p{L}\\p{N}#](?:[\\p{L}\\p{N}._-]{0,253}[\\p{L}\\p{N}])?'
const localOfMarkup = /^.{0,100}?(?:smtp=|rfc822=|mailto:|internet=)/i

const anywhere = new RegExp(`${local}@${domain}`, 'giu')

/** An address at the beginning of a line, or behind a label such as `Recipient:`; nothing but signs before it. */
const atLineStart = new RegExp(`^[ \\t<>*•=-]{0,30}(?:[45]\\d\\d[ -](?:[45]\\.\\d+\\.\\d+ )?)?(?:(?!mail from|from|sender|reply|return|cc:|message)[\\p{L}][\\p{L}\\p{N} .'"()/_-]{0,40} ?[:=] ?)?["'\\[(]?(?:smtp:|rfc822;|mailto:)? ?<?(${local}@${domain})`, 'gimu')

export type Found = { address: string; at: number }

export const addressesIn = (text: string): Found[] =>
  [...text.matchAll(anywhere)].map((match) => found(match[0], match.index)).filter(isLikely)

export const addressesAtLineStarts = (text: string): Found[] =>
  [...text.matchAll(atLineStart)].map((match) => found(match[1]!, match.index + match[0].length - match[1]!.length)).filter(isLikely)

const found = (address: string, at: number): Found => ({ address: address.replace(localOfMarkup, '').replace(/^[.*=-]{0,5}(?=[^.])/, ''), at })

const isLikely = ({ address }: Found) => address.indexOf('@') > 0

/** Mailboxes that speak for a server: mentioned for help in a report, hardly ever mailed to. */
export const isServerAddress = (address: string): boolean => /^(?:postmaster|mailer-daemon|abuse|support|helpdesk|hostmaster|webmaster|help|admin|administrator|noreply|no-reply|security)@/i.test(address)

export const sameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Each address once, where it is met first. */
export function distinct(all: readonly Found[]): Found[] {
  const seen = new Set<string>()
  return all.filter(({ address }) => !seen.has(address.toLowerCase()) && seen.add(address.toLowerCase()))
}
