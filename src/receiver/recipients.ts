/** Whom the receiver takes mail for: return addresses with our signature, and the addresses that our List-Unsubscribe names. Nobody else. */
import { sql } from 'kysely'
import { linkKeyPurpose } from '../message/recipient-links.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { decodeVerp } from '../platform/token.ts'

/** Of one delivery, whatever the domain: the signature says that it is ours. Anything may come back to it. */
export function isReturnAddress(secrets: Secrets, address: string): boolean {
  const token = /^bounce\+([a-z2-7]+)@[^@]+$/i.exec(address)?.[1]
  return token !== undefined && decodeVerp(secrets.keys(linkKeyPurpose), token) !== null
}

/** Mails name the address of a group email account (src/campaign/return-mailbox.ts); where its domain is led here, requests to leave come here. */
export async function isUnsubscribeAddress(db: Db, address: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from group_email_account
       where status = 'active' and deleted_at is null and lower(email_address) = lower(${address}::text)) as found`.execute(db)
  return rows[0]!.found
}
