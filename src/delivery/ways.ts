/** What each account could carry now, as far as this sender knows. */
import type { Account } from '../outbound/accounts.ts'
import type { Carriers } from './carriers.ts'
import type { Outlook } from './outlook.ts'
import type { Plan, Way } from './plan.ts'
import type { Work } from './work.ts'

/** Less room than this is left to grow while there is something to carry: each claim costs a commit, so it should be worth one. */
const worthClaiming = 250
/** So long an account that was granted nothing is passed over by those that share a mass email with it. */
const passedOverMs = 1_000

export class Ways {
  readonly #carriers: Carriers
  #grantedNothingAt = new Map<string, number>()

  constructor(carriers: Carriers) {
    this.#carriers = carriers
  }

  of(work: readonly Work[], outlook: Outlook, now: Date): Map<string, Way> {
    const accounts = [...new Set(work.flatMap(({ accountIds }) => accountIds))].flatMap((id) => outlook.accounts.get(id) ?? [])
    return new Map(accounts.map((account) => [account.id, this.#wayOf(account, outlook, now)]))
  }

  noteGrant(plans: readonly Plan[], granted: readonly number[]): void {
    for (const [index, { accountId }] of plans.entries()) {
      if (granted[index]! > 0) this.#grantedNothingAt.delete(accountId)
      else this.#grantedNothingAt.set(accountId, performance.now())
    }
  }

  /** No room while the circuit is open; after a failure a single delivery tries whether it works again. */
  #wayOf(account: Account, outlook: Outlook, now: Date): Way {
    const { id, weight, brokenUntil, failuresInRow, removedAt } = account
    const carrier = this.#carriers.of(account, outlook.settings)
    if (brokenUntil && brokenUntil > now) return { id, weight, room: 0, usable: false }
    if (failuresInRow > 0) return { id, weight, room: carrier.isIdle ? 1 : 0, usable: false }
    const room = carrier.isIdle || carrier.room >= worthClaiming ? carrier.room : 0
    return { id, weight, room, usable: removedAt === null && performance.now() - (this.#grantedNothingAt.get(id) ?? -Infinity) > passedOverMs }
  }
}
