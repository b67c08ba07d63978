/** What sending rests on: settings, accounts, limits. Read together and kept for a moment, so that a turn of a sender costs no more than what it claims. */
import { type Account, ehloNameFor } from '../outbound/accounts.ts'
import { readSlowRoutes } from '../pace/slow-routes.ts'
import { accountOwner, accountScopes, type DomainLimits, domainOwner, instanceScopes, isDomain, type Scope } from '../pace/scopes.ts'
import { readHeldDomains } from '../pace/outages.ts'
import type { Db } from '../platform/db.ts'
import { type GeneralSettings, type OutboundEmailSettings, publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'

export type Outlook = {
  settings: OutboundEmailSettings & { version: number; ehloName: string }
  general: GeneralSettings & { version: number }
  accounts: ReadonlyMap<string, Account>
  /** Of the installation and of these accounts. */
  scopesFor(accountIds: Iterable<string>, now: Date): Scope[]
  /** Domains that may not have all they could get. */
  domains: ReadonlyMap<string, DomainLimits>
  /** Domains whose outage nobody has judged yet. */
  heldDomains: ReadonlySet<string>
}

/** How long what others change may stay unseen here. What this process learns itself it sees at once. */
const servesMs = 1_000

export class OutlookKeeper {
  readonly #db: Db
  #outlook: Outlook | null = null
  #readAt = 0

  constructor(db: Db) {
    this.#db = db
  }

  async read(): Promise<Outlook> {
    if (this.#outlook && performance.now() - this.#readAt < servesMs) return this.#outlook
    this.#readAt = performance.now()
    return this.#outlook = await readOutlook(this.#db)
  }

  forget(): void {
    this.#outlook = null
  }
}

async function readOutlook(db: Db): Promise<Outlook> {
  const general = await readGeneral(db)
  const settings = { ...(await readOutboundEmails(db)), ehloName: ehloNameFor(publicUrlOf(general)) }
  const accounts = new Map((await db.selectFrom('outboundAccount').selectAll().execute()).map((account) => [account.id, account]))
  const slow = await readSlowRoutes(db)
  return {
    settings, general, accounts, domains: await readDomains(db, slow), heldDomains: await readHeldDomains(db),
    scopesFor: (accountIds, now) => [
      ...instanceScopes(settings), ...[...accountIds].flatMap((id) => accountScopes(accounts.get(id)!, now, slow.get(accountOwner(id)))),
    ],
  }
}

/** Those with a rule, and those that were told to slow down. */
async function readDomains(db: Db, slow: ReadonlyMap<string, number>): Promise<Map<string, DomainLimits>> {
  const rules = await db.selectFrom('domainRule').select(['domain', 'maxPerHour', 'maxPerSecond', 'connections']).execute()
  const slowDomains = [...slow.keys()].filter(isDomain).map((route) => route.slice(domainOwner('').length))
  const limits = [...slowDomains.map((domain) => ({ domain, maxPerHour: null, maxPerSecond: null, connections: null })), ...rules]
  return new Map(limits.map((each) => [each.domain, { ...each, perMinute: slow.get(domainOwner(each.domain)) }]))
}
