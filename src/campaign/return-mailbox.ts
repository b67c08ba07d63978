/** Where mail that cannot be delivered returns to, and whether a group email account reads it there. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { readOutboundEmails } from '../settings/settings.ts'

export type ReturnMailbox = {
  /** The address, or with VERP the domain of a return address for each message. */
  returnsTo: string
  /** The account that reads it, and what stopped its last check. Null: nobody reads it. */
  readBy: { name: string; emailAddress: string; checkedAt: Date | null; error: string | null } | null
  /** Where nobody reads it: the account that would, were it active and had it a server. */
  idle: { name: string; active: boolean } | null
}

/** Of mail that leaves by this account under this From. */
export async function returnMailboxOf(db: Db, { accountId, fromAddress }: { accountId: string; fromAddress: string }): Promise<ReturnMailbox> {
  const settings = await readOutboundEmails(db)
  const account = await db.selectFrom('outboundAccount').select('bounceAddress').where('id', '=', accountId).executeTakeFirst()
  const address = account?.bounceAddress || settings.bounceAddress || fromAddress
  const domain = settings.bounceDomain || address.slice(address.lastIndexOf('@') + 1)
  return settings.verp
    ? { returnsTo: `bounce+…@${domain}`, ...await readersOf(db, ofDomain(domain)) }
    : { returnsTo: address, ...await readersOf(db, ofAddress(address)) }
}

/** Where a mail program may send "unsubscribe" (unsubscribeMailto in src/message): an address whose mail is read, or null. */
export async function unsubscribeAddress(db: Db, sender: { accountId: string; fromAddress: string }): Promise<string | null> {
  const { readBy } = await returnMailboxOf(db, sender)
  return readBy?.emailAddress || null
}

/** Where answers go when the mass email names no address: to the one that the group email account behind the outbound account names. */
export async function replyToOf(db: Db, outboundAccountId: string): Promise<{ address: string; name: string } | null> {
  const account = await db.selectFrom('groupEmailAccount').select(['replyToAddress', 'fromName']).where('outboundAccountId', '=', outboundAccountId).executeTakeFirst()
  return account?.replyToAddress ? { address: account.replyToAddress, name: account.fromName } : null
}

const ofAddress = (address: string) => sql<boolean>`lower(${address}::text) in (lower(email_address), lower(bounce_address), lower(imap_username))`
/** A return address for each message reaches a mailbox by its +suffix or a catch-all: the domain is all that can be looked at from here. */
const ofDomain = (domain: string) => sql<boolean>`lower(${domain}::text) in (split_part(lower(email_address), '@', 2), split_part(lower(bounce_address), '@', 2), split_part(lower(imap_username), '@', 2))`

async function readersOf(db: Db, matches: ReturnType<typeof ofAddress>): Promise<Pick<ReturnMailbox, 'readBy' | 'idle'>> {
  const readBy = await readerOf(db, matches)
  return { readBy, idle: readBy ? null : await idleReaderOf(db, matches) }
}

async function idleReaderOf(db: Db, matches: ReturnType<typeof ofAddress>): Promise<ReturnMailbox['idle']> {
  const { rows } = await sql<NonNullable<ReturnMailbox['idle']>>`
    select name, status = 'active' as active from group_email_account where deleted_at is null and ${matches} order by name limit 1`.execute(db)
  return rows[0] ?? null
}

async function readerOf(db: Db, matches: ReturnType<typeof ofAddress>): Promise<ReturnMailbox['readBy']> {
  const { rows } = await sql<NonNullable<ReturnMailbox['readBy']>>`
    select name, email_address, checked_at, check_error as error from group_email_account
     where status = 'active' and deleted_at is null and imap_host <> '' and ${matches} order by check_error is not null, name limit 1`.execute(db)
  return rows[0] ?? null
}
