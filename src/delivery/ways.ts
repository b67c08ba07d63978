/** What each account could carry now, as far as this sender knows, and by which carrier. */
import type { Account } from '../outbound/accounts.ts'
import { shareConnections } from '../pace/connections.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Carrier } from './carrier.ts'
import type { Carriers } from './carriers.ts'
import { aliveMs, type Lease } from './lease.ts'
import type { Outlook } from './outlook.ts'
import type { Plan, Way } from './plan.ts'
import type { Work } from './work.ts'

/** Less room than this is left to grow while there is something to carry: each claim costs a commit, so it should be worth one. */
const worthClaiming = 500
/** So long an account that was granted nothing is passed over by those that share a mass email with it. */
const passedOverMs = 1_000

/** How long others may wait for connections that this sender has and they should. */
const sharesServeMs = 1_000

type Turn = { now: Date; outlook: Outlook; lease: Lease }

export class Ways {
  readonly #ground: { db: Db; clock: Clock }
  readonly #carriers: Carriers
  #shares = new Map<string, number>()
  #sharedAt = -Infinity
  #grantedNothingAt = new Map<string, number>()

  constructor(ground: { db: Db; clock: Clock }, carriers: Carriers) {
    this.#ground = ground
    this.#carriers = carriers
  }

  async of(work: readonly Work[], { outlook, lease, now }: Turn): Promise<Map<string, Way>> {
    const accounts = [...new Set(work.flatMap(({ accountIds }) => accountIds))].flatMap((id) => outlook.accounts.get(id) ?? [])
    await this.#share(accounts, outlook, lease.id)
    return new Map(accounts.map((account) => [account.id, this.#wayOf(account, outlook, now)]))
  }

  noteGrant(plans: readonly Plan[], granted: readonly number[]): void {
    for (const [index, { accountId }] of plans.entries()) {
      if (granted[index]! > 0) this.#grantedNothingAt.delete(accountId)
      else this.#grantedNothingAt.set(accountId, performance.now())
    }
  }

  carrierOf(account: Account, { settings }: Outlook): Carrier | null {
    return this.#carriers.of(account, settings, this.#shares.get(account.id) ?? 0)
  }

  async #share(accounts: readonly Account[], { settings }: Outlook, senderId: number): Promise<void> {
    if (accounts.every(({ id }) => this.#shares.has(id)) && performance.now() - this.#sharedAt < sharesServeMs) return
    this.#sharedAt = performance.now()
    const asks = accounts.map(({ id, connections }) => ({ accountId: id, max: connections ?? settings.connections, open: this.#carriers.openTo(id) }))
    this.#shares = await shareConnections(this.#ground.db, this.#ground.clock, senderId, asks, { aliveMs })
  }

  /** No room while the circuit is open; after a failure a single delivery tries whether it works again. */
  #wayOf(account: Account, outlook: Outlook, now: Date): Way {
    const { id, weight, brokenUntil, failuresInRow, removedAt } = account
    const carrier = this.carrierOf(account, outlook)
    if (!carrier) return { id, weight, room: 0, usable: false }
    if (brokenUntil && brokenUntil > now) return { id, weight, room: 0, usable: false }
    if (failuresInRow > 0) return { id, weight, room: carrier.isIdle ? 1 : 0, usable: false }
    const room = carrier.isIdle || carrier.room >= worthClaiming ? carrier.room : 0
    return { id, weight, room, usable: removedAt === null && performance.now() - (this.#grantedNothingAt.get(id) ?? -Infinity) > passedOverMs }
  }
}
