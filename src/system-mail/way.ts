/** How system mail leaves: by the default account, over a few connections, signed where we have a key for the sender's domain. */
import { domainOf } from '../outbound/sender-identities.ts'
import { type Account, defaultAccount, ehloNameFor, smtpTarget } from '../outbound/accounts.ts'
import { impatientDeadlines } from '../outbound/deadlines.ts'
import { SmtpPool } from '../outbound/pool.ts'
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

/** Null while there is no account at all. */
export async function openWay({ db, clock, secrets }: MailGround): Promise<Way | null> {
  const account = await defaultAccount(db)
  if (!account) return null
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
