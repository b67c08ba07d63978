/** Unsubscribing by mail (RFC 2369 3.2): the address and subject that a mail program fills in, and how they are known again. */
import { encodeToken } from '../platform/token.ts'

/** The token stands in the subject: mailboxes that know no +suffixes get it too. */
export const unsubscribeSubject = /\bunsubscribe\s+([\w-]{18,64})\s*$/i

/** A `mailto:` URI for List-Unsubscribe. `address` is one whose mail is read; `key` is the installation's key for links. */
export function unsubscribeMailto(key: Buffer, address: string, { lane, id, test }: { lane: number; id: number; test?: boolean | undefined }): string {
  const token = encodeToken(key, { purpose: 'optOut', lane, id, test })
  return `mailto:${encodeURIComponent(address).replace('%40', '@')}?subject=unsubscribe%20${token}`
}
