/** How system mail leaves: by the default account (what tells of a broken one by any that works), over a few connections, signed where we have a key for the sender's domain. */
import { type Account, accountsInUse, ehloNameFor, smtpTarget } from '../outbound/accounts.ts'
import { impatientDeadlines } from '../outbound/deadlines.ts'
import { SmtpPool } from '../outbound/pool.ts'
import { domainOf } from '../platform/email-address.ts'
import type { Ground } from '../platform/ground.ts'
import { type OutboundEmailSettings, publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { signerFor } from '../signing/signer.ts'

export type MailGround = Pick<Ground, 'db' | 'clock' | 'secrets' | 'log'>

export const connections = 3

export type Way = {
  account: Account
  pool: SmtpPool
  settings: OutboundEmailSettings
  /** Null: there is no address to send from. */
  from: { address: string; name: string } | null
}

/** The ways of one pass; each is opened when it is first needed. */
export type Ways = { of(mail: { anyAccount: boolean; attempts: number }): Promise<Way>; close(): Promise<void> }

/** Null while there is no account at all. */
export async function openWays(ground: MailGround): Promise<Ways | null> {
  const accounts = await accountsInUse(ground.db)
  const [usual] = accounts
  if (!usual) return null
  // What the Sandbox is for must not leave by another account.
  const any = usual.kind === 'sandbox' ? [usual] : [...accounts].sort((a, b) => Number(a.brokenSince !== null) - Number(b.brokenSince !== null))
  const opened = new Map<string, Promise<Way>>()
  const wayBy = (account: Account) => opened.get(account.id) ?? opened.set(account.id, openWay(ground, account)).get(account.id)!
  return {
    // Whoever may leave by any account tries the next one that works each time.
    of: ({ anyAccount, attempts }) => wayBy(anyAccount ? any[Math.max(0, attempts - 1) % any.length]! : usual),
    close: async () => { await Promise.all([...opened.values()].map(async (way) => (await way).pool.close())) },
  }
}

async function openWay({ db, clock, secrets }: MailGround, account: Account): Promise<Way> {
  const [settings, general] = [await readOutboundEmails(db), await readGeneral(db)]
  const address = account.fromAddress || settings.fromAddress || (account.kind === 'sandbox' ? 'sandbox@localhost.localdomain' : '')
  const target = smtpTarget({ db, clock, secrets }, account, ehloNameFor(publicUrlOf(general)), impatientDeadlines)
  return {
    account, settings, from: address ? { address, name: account.fromName || settings.fromName || general.companyName } : null,
    pool: new SmtpPool(target, { connections, messagesPerConnection: null }),
  }
}

/** The signed message; as it is where there is no key for the domain. */
export async function signed({ db, secrets }: MailGround, from: string, message: Buffer, now: Date): Promise<Buffer> {
  const signer = await signerFor(db, secrets, domainOf(from))
  return signer ? Buffer.concat([await signer.sign(message, now), message]) : message
}
