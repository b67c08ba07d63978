/** By which account and under which name a mass email goes out: its own, else the account's, else the system's. */
import type { Db } from '../platform/db.ts'
import { defaultAccount, readAccount } from '../outbound/accounts.ts'
import { readOutboundEmails } from '../settings/settings.ts'

export type Sender = {
  accountId: string
  kind: 'system' | 'group' | 'sandbox'
  fromAddress: string
  fromName: string
}

/** Without an account of its own: the default one. Null when there is none at all. */
export async function senderOf(db: Db, massEmail: { accountId: string | null; fromAddress: string; fromName: string }): Promise<Sender | null> {
  const account = massEmail.accountId ? await readAccount(db, massEmail.accountId) : await defaultAccount(db)
  if (!account) return null
  const { fromAddress, fromName } = await readOutboundEmails(db)
  return {
    accountId: account.id,
    kind: account.kind as Sender['kind'],
    fromAddress: massEmail.fromAddress || account.fromAddress || fromAddress,
    fromName: massEmail.fromName || account.fromName || fromName,
  }
}
