/** Spends what was granted: claims lane by lane, puts off what domains may not have yet, hands the rest to the carriers. */
import type { Account } from '../outbound/accounts.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createClaimer } from './claim.ts'
import { valuesKey } from './composer.ts'
import { DomainGate } from './domain-gate.ts'
import type { Lease } from './lease.ts'
import type { Delivery } from './ledger.ts'
import { createMailings, type Mailing } from './mailing.ts'
import type { Outlook } from './outlook.ts'
import type { Plan, Tallies } from './plan.ts'
import type { Settler } from './settler.ts'
import type { Ways } from './ways.ts'
import type { Work, WorkFinder } from './work.ts'

/** Claimed with one statement at most. */
export const batchSize = 500

/** What one turn of feeding rests on. */
export type Turn = { now: Date; outlook: Outlook; lease: Lease }

/** What is left of the allowance that was granted for a plan. */
type Purse = { plan: Plan; granted: number; left: number }

type Parts = { db: Db; clock: Clock; secrets: Secrets; finder: WorkFinder; settler: Settler; ways: Ways; tallies: Tallies }

export class Claiming {
  readonly #parts: Parts
  readonly #claim: ReturnType<typeof createClaimer>
  readonly #mailings: ReturnType<typeof createMailings>
  readonly #gate: DomainGate

  constructor(parts: Parts) {
    this.#parts = parts
    this.#claim = createClaimer(parts.db)
    this.#mailings = createMailings(parts.db, parts.secrets)
    this.#gate = new DomainGate(parts.db, parts.clock)
  }

  /** Answers how many were claimed. */
  async spend(plans: readonly Plan[], granted: readonly number[], turn: Turn): Promise<number> {
    const purses = plans.map((plan, index): Purse => ({ plan, granted: granted[index]!, left: granted[index]! }))
    const filled = purses.filter(({ left }) => left > 0)
    for (const massEmailId of new Set(filled.map(({ plan }) => plan.massEmailId))) {
      await this.#claimFor(filled.filter(({ plan }) => plan.massEmailId === massEmailId), turn)
    }
    for (const { plan, granted: given, left } of purses) {
      this.#parts.settler.giveBack(left, plan.owners, turn.lease.id)
      this.#parts.tallies.took(plan.massEmailId, plan.accountId, given - left)
    }
    return purses.reduce((sum, { granted: given, left }) => sum + given - left, 0)
  }

  /** One mass email, lane by lane: of the accounts that share it each time the one that has most of its part left. */
  async #claimFor(purses: readonly Purse[], turn: Turn): Promise<void> {
    const mailings = new Map<string, Promise<Mailing>>()
    for (const item of purses[0]!.plan.items) {
      const purse = purses.reduce((most, each) => (each.left / each.granted > most.left / most.granted ? each : most))
      if (purse.left === 0) return
      const account = turn.outlook.accounts.get(purse.plan.accountId)!
      // A Sandbox delivery and a real account, or the other way round, never meet.
      if (item.sandbox !== (account.kind === 'sandbox')) continue
      const mailing = mailings.get(account.id) ?? this.#mailings({ ...item, ...turn.outlook, account })
      mailings.set(account.id, mailing)
      purse.left -= await this.#claimSome(item, purse, account, await mailing, turn)
    }
  }

  /** Answers how many it took; what their domains may not have yet among them. */
  async #claimSome(item: Work, { plan: { accountId, owners }, left }: Purse, account: Account, mailing: Mailing, { outlook, lease, now }: Turn): Promise<number> {
    const { finder, settler } = this.#parts
    const limit = Math.min(batchSize, left)
    const deliveries = await this.#claim({ ...item, accountId, owners, senderId: lease.id, throughId: item.openedThrough, limit, now })
    finder.claimed(item, deliveries, limit)
    const { through, waiting } = await this.#gate.pass(deliveries, outlook, lease.id)
    for (const judged of waiting) settler.add(judged, lease.id)
    await this.#handOver(through, mailing, account, { outlook, lease })
    return deliveries.length
  }

  async #handOver(deliveries: readonly Delivery[], mailing: Mailing, account: Account, { outlook, lease }: Pick<Turn, 'outlook' | 'lease'>): Promise<void> {
    if (deliveries.length === 0) return
    const values = await mailing.composer.load(deliveries)
    this.#parts.ways.carrierOf(account, outlook)!.add(deliveries.map((delivery) => ({ delivery, mailing, lease, values: values.get(valuesKey(delivery)) })))
  }
}
