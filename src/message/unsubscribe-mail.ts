/** Unsubscribing by mail (RFC 2369 3.2): the address and subject that a mail program fills in, and how they are known again. */

/** The token stands in the subject: mailboxes that know no +suffixes get it too. */
export const unsubscribeSubject = /\bunsubscribe\s+([\w-]{18,64})\s*$/i

/** A `mailto:` URI for List-Unsubscribe. `address` is one whose mail is read; the token is that of the delivery's opt-out link. */
export function unsubscribeMailto(address: string, optOutUrl: string): string {
  const token = optOutUrl.slice(optOutUrl.lastIndexOf('/') + 1)
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}?subject=unsubscribe%20${token}`
}
