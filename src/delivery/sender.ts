/**
 * A sender: feeds what is open and due to the carriers of its accounts, under a lease. Any number of them may run, on any number of
 * machines. `feed` and `keepHouse` are single turns; who calls them again and again is sending.ts, in tests the test.
 */
import { dropHolds, grant } from '../pace/allowance.ts'
import { isWindowOpen } from '../pace/sending-window.ts'
import { instance } from '../pace/scopes.ts'
import { asksForPatience } from '../pace/slow-routes.ts'
import { Traffic } from '../pace/traffic.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { domainOf } from '../platform/email-address.ts'
import type { Log } from '../platform/log.ts'
import type { Secrets } from '../platform/secrets.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { createAcknowledger } from './acknowledge.ts'
import { Carriers } from './carriers.ts'
import { Circuits } from './circuits.ts'
import { batchSize, Claiming, type Turn } from './claiming.ts'
import { completeDone } from './finish.ts'
import { HouseKeeper } from './house.ts'
import type { Judged } from './judge.ts'
import { type Lease, takeLease } from './lease.ts'
import { closeBatches } from './open-batches.ts'
import { OutlookKeeper } from './outlook.ts'
import { type Plan, planTurn, Tallies } from './plan.ts'
import { stopHarmful } from './safety-stop.ts'
import { Settler } from './settler.ts'
import { Ways } from './ways.ts'
import { WorkFinder } from './work.ts'

export type SenderGround = { db: Db; clock: Clock; secrets: Secrets; log: Log }

export class Sender {
  readonly #ground: SenderGround
  readonly #carriers: Carriers
  readonly #settler: Settler
  readonly #finder: WorkFinder
  readonly #outlook: OutlookKeeper
  readonly #house: HouseKeeper
  readonly #traffic = new Traffic()
  readonly #tallies = new Tallies()
  readonly #ways: Ways
  readonly #claiming: Claiming
  readonly #circuits: Circuits
  #turns = 0
  #inDoubt = false
  #isOver = false
  #lease: Lease

  private constructor(ground: SenderGround, lease: Lease, onRoom: () => void) {
    this.#ground = ground
    this.#lease = lease
    this.#finder = new WorkFinder(ground.db)
    this.#outlook = new OutlookKeeper(ground.db)
    this.#house = new HouseKeeper(ground, this.#traffic)
    this.#settler = new Settler({ ...ground, onSettled: (ids) => this.#complete(ids) })
    this.#carriers = new Carriers({
      ...ground, onRoom, acknowledge: createAcknowledger(ground.db),
      settle: (judged, senderId) => this.#settle(judged, senderId),
      giveBackAllowance: ({ owners = [] }, senderId) => this.#settler.giveBack(1, owners, senderId),
      onFailure: (account, outcome) => this.#circuits.fail(account, outcome),
      onSuccess: (account) => this.#circuits.recover(account),
    })
    this.#circuits = new Circuits(ground, () => this.#outlook.forget())
    this.#ways = new Ways(ground, this.#carriers)
    this.#claiming = new Claiming({ ...ground, finder: this.#finder, settler: this.#settler, ways: this.#ways, tallies: this.#tallies })
  }

  static async start(ground: SenderGround, onRoom: () => void = () => {}): Promise<Sender> {
    return new Sender(ground, await takeLease(ground.db), onRoom)
  }

  /** Claims what is due, as much as there is room and allowance for. Answers how many: until it is none, there may be more. */
  async feed(): Promise<number> {
    if (this.#inDoubt) await this.#beginAnew()
    const now = this.#ground.clock()
    const work = await this.#finder.find(now)
    if (work.length === 0) return 0
    await this.#circuits.written()
    const outlook = await this.#outlook.read()
    if (!isWindowOpen(outlook.settings.window, now)) return this.#closeWindow()
    const turn: Turn = { now, outlook, lease: this.#lease }
    const plans = planTurn(work, await this.#ways.of(work, turn), this.#tallies, this.#turns++, batchSize)
    if (plans.length === 0) return 0
    try {
      return await this.#spend(plans, turn)
    } catch (error) {
      // Something may be claimed or granted that this sender does not know of.
      this.#inDoubt = true
      throw error
    }
  }

  /** What is not on the wire yet waits for the next opening. */
  async #closeWindow(): Promise<number> {
    this.#finder.forget()
    this.#carriers.giveBack()
    await closeBatches(this.#ground.db)
    return 0
  }

  async #spend(plans: readonly Plan[], turn: Turn): Promise<number> {
    const { db, clock } = this.#ground
    const accountIds = new Set(plans.map(({ accountId }) => accountId))
    const given = await grant(db, clock, turn.lease.id, plans, turn.outlook.scopesFor(accountIds, turn.now))
    if (given.usedUp.has(instance)) {
      this.#finder.forget()
      await closeBatches(db)
    }
    this.#ways.noteGrant(plans, given.granted)
    return this.#claiming.spend(plans, given.granted, turn)
  }

  /** With a new lease, once everything known is settled: the rest of the old one is found like that of a dead sender. */
  async #beginAnew(): Promise<void> {
    await this.idle()
    await this.#lease.end()
    this.#lease = await takeLease(this.#ground.db)
    this.#inDoubt = false
  }

  /** Renews the lease. When others have taken over, everything held is theirs; this sender begins anew. */
  async renew(): Promise<void> {
    if (await this.#lease.renew() || this.#isOver) return
    this.#ground.log.warn('the lease was lost: what was held belongs to others now')
    this.#carriers.drop()
    this.#lease = await takeLease(this.#ground.db)
  }

  /** What falls to anybody: dead senders' leftovers, Uncertain ones to be sent again, ends, the state of routes. */
  async keepHouse(): Promise<void> {
    if (await this.#house.keep(this.#carriers.isIdle)) this.#outlook.forget()
  }

  /** Connections are being given up for other ones: there may be more to claim, though nothing could be just now. */
  get isChanging(): boolean {
    return this.#carriers.isChanging
  }

  /** Everything that was claimed is settled. */
  async idle(): Promise<void> {
    await this.#carriers.idle()
    await this.#settler.idle()
  }

  /** Drains: gives back what is not on the wire, waits for what is, settles. */
  async stop(): Promise<void> {
    this.#carriers.giveBack()
    await this.#carriers.close()
    await this.#settler.idle()
    await dropHolds(this.#ground.db, [this.#lease.id])
    this.#isOver = true
    await this.#lease.end()
  }

  #settle(judged: Judged, senderId: number): void {
    const { delivery, status, reasonCode, reason } = judged.settlement
    if (status === 'sent') this.#traffic.note(domainOf(delivery.emailAddress), delivery.owners?.[1], null)
    else if (reasonCode === 'deferred' && asksForPatience(reason)) this.#traffic.note(domainOf(delivery.emailAddress), delivery.owners?.[1], reason)
    this.#settler.add(judged, senderId)
  }

  async #complete(massEmailIds: Set<string>): Promise<void> {
    const { db, clock, log } = this.#ground
    try {
      await stopHarmful(db, clock(), massEmailIds)
      // More is on its way: the end is not now. Looking for it in a large ledger is not free.
      if (!this.#carriers.isIdle) return
      await completeDone(db, massEmailIds, await readOutboundEmails(db), clock())
    } catch (error) {
      log.error({ error: (error as Error).message }, 'an end could not be written; house-keeping will')
    }
  }
}
