/** By which account and under which name a mass email goes out: its own, else the account's, else the system's; and who may choose the name. */
import { type Actor, isAdministrator } from '../access/actor.ts'
import type { Db } from '../platform/db.ts'
import { parseAddress } from '../platform/email-address.ts'
import type { Fault } from '../platform/errors.ts'
import { type Account, defaultAccount, readAccount } from '../outbound/accounts.ts'
import { presetOf } from '../outbound/presets.ts'
import { identitiesOf, isSenderOf } from '../outbound/sender-identities.ts'
import { readOutboundEmails } from '../settings/settings.ts'

export type Sender = {
  accountId: string
  kind: 'system' | 'group' | 'sandbox'
  fromAddress: string
  fromName: string
  /** Of the address that bounces go to: what receivers ask SPF about. */
  envelopeDomain: string
  /** Names of which SPF must include one, where the account's provider is known. */
  mailedBy: readonly string[]
}

/** Without an account of its own: the default one. Null when there is none at all, or it was removed. */
export async function senderOf(db: Db, massEmail: { accountId: string | null; fromAddress: string; fromName: string }): Promise<Sender | null> {
  const account = await accountOf(db, massEmail)
  if (!account || account.removedAt) return null
  const settings = await readOutboundEmails(db)
  const fromAddress = massEmail.fromAddress || account.fromAddress || settings.fromAddress
  const envelope = account.bounceAddress || settings.bounceAddress || fromAddress
  return {
    accountId: account.id,
    kind: account.kind as Sender['kind'],
    fromAddress,
    fromName: massEmail.fromName || account.fromName || settings.fromName,
    envelopeDomain: (settings.verp && settings.bounceDomain) || envelope.slice(envelope.lastIndexOf('@') + 1),
    mailedBy: presetOf(account.host)?.spfIncludes ?? [],
  }
}

const accountOf = (db: Db, { accountId }: { accountId: string | null }): Promise<Account | null> =>
  accountId ? readAccount(db, accountId) : defaultAccount(db)

type Named = { accountId: string | null; fromAddress: string }

/** Where an account has sender identities, only administrators name any other From. What somebody else named before stays until it is changed. */
export async function senderFaults(db: Db, actor: Actor, before: Named, change: Partial<{ [Key in keyof Named]: Named[Key] | undefined }>): Promise<Fault[]> {
  if (isAdministrator(actor) || (change.fromAddress === undefined && change.accountId === undefined)) return []
  const accountId = change.accountId === undefined ? before.accountId : change.accountId
  const { address } = parseAddress(change.fromAddress ?? before.fromAddress)
  const account = address ? await accountOf(db, { accountId }) : null
  if (!account) return []
  const [identities, settings] = [await identitiesOf(db, account.id), await readOutboundEmails(db)]
  const usual = [account.fromAddress, settings.fromAddress].map((own) => own.toLowerCase())
  if (usual.includes(address.toLowerCase()) || isSenderOf(identities, address)) return []
  const message = `${account.name} sends only as ${identities.join(', ')}. Choose one of them, or ask an administrator to add ${address}.`
  return [{ path: 'fromAddress', message }]
}
