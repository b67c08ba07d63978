/** What DNS was last seen to say of a mass email's sender. Nobody waits for DNS here but who asks to (learnNow). */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import { isId } from '../platform/id.ts'
import type { Dns } from '../signing/dns.ts'
import { askBehind, freshFacts, knownFacts } from '../signing/domain-facts.ts'
import { activeKeys } from '../signing/keys.ts'
import { judgeProvider } from '../signing/spf.ts'
import { type Authentication, largeProviders } from './authentication.ts'
import { type Sender, senderOf } from './sender.ts'

export async function authenticationOf(db: Db, sender: Sender): Promise<Authentication | null> {
  const [fromDomain, envelopeDomain] = domainsOf(sender)
  const known = await knownFacts(db, [fromDomain, envelopeDomain])
  const [from, envelope] = [known.get(fromDomain), known.get(envelopeDomain)]
  if (!from || !envelope) return null
  const signed = (await activeKeys(db, fromDomain)).length > 0
  const spf = judgeProvider({ spf: envelope.spf, reached: envelope.spfReached }, envelopeDomain, sender.mailedBy)
  return { fromDomain, envelopeDomain, signed, spf, dkim: from.dkim, dmarc: from.dmarc }
}

/** Asks DNS behind the caller's back, so that the facts are there when they are looked for. */
export async function learnBehind(db: Db, massEmailId: string, now: Date): Promise<void> {
  await askBehind(db, await domainsToAsk(db, massEmailId), now)
}

/** For whoever looks at the pre-flight and may wait: five seconds at most, and only where nothing fresh is known. */
export async function learnNow(db: Db, dns: Dns, massEmailId: string, now: Date): Promise<void> {
  await freshFacts(db, dns, await domainsToAsk(db, massEmailId), now)
}

/** None for the Sandbox, which sends nothing out. */
async function domainsToAsk(db: Db, massEmailId: string): Promise<string[]> {
  const massEmail = isId(massEmailId)
    ? await db.selectFrom('massEmail').select(['accountId', 'fromAddress', 'fromName']).where('id', '=', massEmailId).executeTakeFirst()
    : undefined
  const sender = massEmail && await senderOf(db, massEmail)
  return sender && sender.kind !== 'sandbox' && sender.fromAddress !== '' ? [...new Set(domainsOf(sender))] : []
}

const domainsOf = ({ fromAddress, envelopeDomain }: Sender): [from: string, envelope: string] => [domainOf(fromAddress), envelopeDomain]

/** Whether an address is at one of the large providers: `hotmail.com`, `yahoo.fr`, `live.co.uk`; as a condition over its key. */
export const atLargeProvider: RawBuilder<boolean> = sql<boolean>`
  split_part(split_part(email_key, '@', 2), '.', 1) = any(${[...largeProviders]}::text[]) and email_key ~ '[.](com|[a-z]{2})$'`
