/** What DNS was last seen to say of a domain, kept for everybody who must not wait for it. Asked anew by whoever may wait, or behind by a task. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { enqueueTask, type TaskKind } from '../platform/task.ts'
import { checkDomain, type DomainCheck } from './check-domain.ts'
import { type Dns, openDns } from './dns.ts'
import { activeKeys, identityOf } from './keys.ts'

export type DomainFacts = DomainCheck & { checkedAt: Date }

/** What is in order stays so for a while; what is not is about to be mended, and whoever mends it looks again at once. */
const freshSeconds = 60
const faultyFreshSeconds = 10

/** The facts, fresh or not, by domain; a domain that was never asked about is missing. */
export async function knownFacts(db: Db, domains: readonly string[]): Promise<Map<string, DomainFacts>> {
  const rows = await db.selectFrom('domainCheck').select(['domain', 'facts', 'checkedAt'])
    .where(sql<boolean>`domain = any(${domains}::text[])`).where('facts', 'is not', null).execute()
  return new Map(rows.map(({ domain, facts, checkedAt }) => [domain, { ...facts as unknown as DomainCheck, checkedAt: checkedAt! }]))
}

export function areFresh(facts: DomainFacts | undefined, now: Date): facts is DomainFacts {
  if (!facts) return false
  const isFine = [facts.spf, facts.dkim, facts.dmarc].every(({ state }) => state === 'ok')
  return now.getTime() - facts.checkedAt.getTime() < (isFine ? freshSeconds : faultyFreshSeconds) * 1000
}

/** Asks DNS now (five seconds at most) and keeps the answer. */
export async function askDomain(db: Db, dns: Dns, domain: string, now: Date): Promise<DomainFacts> {
  const facts = await checkDomain(dns, domain, (await activeKeys(db, domain)).map(identityOf))
  const value = JSON.stringify(facts)
  await db.insertInto('domainCheck').values({ domain, askedAt: now, checkedAt: now, facts: value })
    .onConflict((conflict) => conflict.column('domain').doUpdateSet({ askedAt: now, checkedAt: now, facts: value })).execute()
  return { ...facts, checkedAt: now }
}

/** For whoever may wait: what is fresh is not asked again. */
export async function freshFacts(db: Db, dns: Dns, domains: readonly string[], now: Date): Promise<Map<string, DomainFacts>> {
  const known = await knownFacts(db, domains)
  const asked = await Promise.all(domains.map(async (domain) => {
    const facts = known.get(domain)
    return [domain, areFresh(facts, now) ? facts : await askDomain(db, dns, domain, now)] as const
  }))
  return new Map(asked)
}

/** For whoever must not wait: a task asks, once for all who want to know at the same time. */
export async function askBehind(db: Db, domains: readonly string[], now: Date): Promise<void> {
  const known = await knownFacts(db, domains)
  for (const domain of domains.filter((name) => !areFresh(known.get(name), now))) {
    const mine = await db.insertInto('domainCheck').values({ domain, askedAt: now })
      .onConflict((conflict) => conflict.column('domain').doUpdateSet({ askedAt: now })
        .where('domainCheck.askedAt', '<=', new Date(now.getTime() - faultyFreshSeconds * 1000)))
      .returning('domain').executeTakeFirst()
    if (mine) await enqueueTask(db, { kind: 'askDomain', title: `Ask DNS about ${domain}`, input: { domain } })
  }
}

export const askDomainTask = (dnsServer: string | undefined): TaskKind => async ({ db, clock }, { domain }: { domain: string }) => {
  await askDomain(db, openDns(dnsServer), domain, clock())
  return { domain }
}
