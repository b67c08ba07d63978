/** Sender identities as shown: each with what DNS says of its domain. */
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import type { Dns } from '../signing/dns.ts'
import { freshFacts } from '../signing/domain-facts.ts'
import { presentAccount } from './account-list.ts'
import type { SenderIdentity } from './contract.ts'

/** Where none is listed: the address that the account sends from when a mass email names no other. Nothing for the Sandbox: nobody outside sees it. */
export async function presentIdentities(db: Db, dns: Dns, accountId: string, now: Date): Promise<SenderIdentity[]> {
  const { kind, senderIdentities, fromAddress } = await presentAccount(db, accountId, now)
  const usual = fromAddress || (await readOutboundEmails(db)).fromAddress
  const identities = senderIdentities.length > 0 ? senderIdentities : usual ? [usual] : []
  if (kind === 'sandbox') return []
  const facts = await freshFacts(db, dns, [...new Set(identities.map(domainOf))], now)
  return identities.map((identity) => {
    const domain = domainOf(identity)
    const { spf, dkim, dmarc, checkedAt } = facts.get(domain)!
    return { identity, domain, spf, dkim, dmarc, checkedAt: checkedAt.toISOString() }
  })
}
