/**
 * A sender: feeds what is open and due to the carriers of its accounts, under a lease. Any number of them may run, on any number of
 * machines. `feed` and `keepHouse` are single turns; who calls them again and again is sending.ts, in tests the test.
 */
import type { Account } from '../outbound/accounts.ts'
import { closeCircuit, openCircuit } from '../outbound/breaker.ts'
import type { Outcome } from '../outbound/outcome.ts'
import { domainOf } from '../outbound/sender-identities.ts'
import { dropHolds, type Grant, grant } from '../pace/allowance.ts'
import { isWindowOpen } from '../pace/sending-window.ts'
import { instance } from '../pace/scopes.ts'
import { asksForPatience } from '../pace/slow-routes.ts'
import { Traffic } from '../pace/traffic.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import type { Secrets } from '../platform/secrets.ts'
import { readOutboundEmails } from '../settings/settings.ts'
import { createAcknowledger } from './acknowledge.ts'
import { Carriers } from './carriers.ts'
import { createClaimer } from './claim.ts'
import { valuesKey } from './composer.ts'
import { DomainGate } from './domain-gate.ts'
import { completeDone } from './finish.ts'
import { HouseKeeper } from './house.ts'
import type { Judged } from './judge.ts'
import { type Lease, takeLease } from './lease.ts'
import type { Delivery } from './ledger.ts'
import { createMailings, type Mailing } from './mailing.ts'
import { closeBatches } from './open-batches.ts'
import { type Outlook, OutlookKeeper } from './outlook.ts'
import { type Plan, planTurn, Tallies } from './plan.ts'
import { stopHarmful } from './safety-stop.ts'
import { Settler } from './settler.ts'
import { Ways } from './ways.ts'
import { type Work, WorkFinder } from './work.ts'

export type SenderGround = { db: Db; clock: Clock; secrets: Secrets; log: Log }

/** Claimed with one statement at most. */
const batchSize = 500

/** What one turn of feeding rests on. Mailings are looked at once in a turn. */
type Turn = { now: Date; outlook: Outlook; lease: Lease; mailings: Map<string, Promise<Mailing>> }

/** What is left of the allowance that was granted for a plan. */
type Purse = { plan: Plan; granted: number; left: number }

export class Sender {
  readonly #ground: SenderGround
  readonly #claim: ReturnType<typeof createClaimer>
  readonly #mailings: ReturnType<typeof createMailings>
  readonly #carriers: Carriers
  readonly #settler: Settler
  readonly #finder: WorkFinder
  readonly #outlook: OutlookKeeper
  readonly #gate: DomainGate
  readonly #house: HouseKeeper
  readonly #traffic = new Traffic()
  readonly #tallies = new Tallies()
  readonly #ways: Ways
  /** The states of accounts are written one after the other. */
  #circuits: Promise<unknown> = Promise.resolve()
  #turns = 0
  #inDoubt = false
  #lease: Lease

  private constructor(ground: SenderGround, lease: Lease, onRoom: () => void) {
    this.#ground = ground
    this.#lease = lease
    this.#finder = new WorkFinder(ground.db)
    this.#outlook = new OutlookKeeper(ground.db)
    this.#gate = new DomainGate(ground.db, ground.clock)
    this.#house = new HouseKeeper(ground, this.#traffic)
    this.#claim = createClaimer(ground.db)
    this.#mailings = createMailings(ground.db, ground.secrets)
    this.#settler = new Settler({ ...ground, onSettled: (ids) => this.#complete(ids) })
    this.#carriers = new Carriers({
      ...ground, onRoom, acknowledge: createAcknowledger(ground.db),
      settle: (judged, senderId) => this.#settle(judged, senderId),
      giveBackAllowance: ({ owners = [] }, senderId) => this.#settler.giveBack(1, owners, senderId),
      onFailure: (account, outcome) => this.#fail(account, outcome),
      onSuccess: (account) => this.#recover(account),
    })
    this.#ways = new Ways(ground, this.#carriers)
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
    await this.#circuits
    const outlook = await this.#outlook.read()
    if (!isWindowOpen(outlook.settings.window, now)) return this.#closeWindow()
    const turn: Turn = { now, outlook, lease: this.#lease, mailings: new Map() }
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
    return this.#claimAll(plans, given, turn)
  }

  async #claimAll(plans: readonly Plan[], { granted }: Grant, turn: Turn): Promise<number> {
    const purses = plans.map((plan, index): Purse => ({ plan, granted: granted[index]!, left: granted[index]! }))
    const filled = purses.filter(({ left }) => left > 0)
    for (const massEmailId of new Set(filled.map(({ plan }) => plan.massEmailId))) {
      await this.#claimFor(filled.filter(({ plan }) => plan.massEmailId === massEmailId), turn)
    }
    for (const { plan, granted: given, left } of purses) {
      this.#settler.giveBack(left, plan.owners, turn.lease.id)
      this.#tallies.took(plan.massEmailId, plan.accountId, given - left)
    }
    return purses.reduce((sum, { granted: given, left }) => sum + given - left, 0)
  }

  /** One mass email, lane by lane: of the accounts that share it each time the one that has most of its part left. */
  async #claimFor(purses: readonly Purse[], turn: Turn): Promise<void> {
    for (const item of purses[0]!.plan.items) {
      const purse = purses.reduce((most, each) => (each.left / each.granted > most.left / most.granted ? each : most))
      if (purse.left === 0) return
      purse.left -= await this.#claimSome(item, purse.plan, Math.min(batchSize, purse.left), turn)
    }
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
    if (await this.#lease.renew()) return
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
    await dropHolds(this.#ground.db, this.#lease.id)
    await this.#lease.end()
  }

  /** Answers how many it took; what their domains may not have yet among them. */
  async #claimSome(item: Work, { accountId, owners }: Plan, limit: number, turn: Turn): Promise<number> {
    const account = turn.outlook.accounts.get(accountId)!
    // A Sandbox delivery and a real account, or the other way round, never meet.
    if (item.sandbox !== (account.kind === 'sandbox')) return 0
    const mailing = await this.#mailingOf(item, account, turn)
    const deliveries = await this.#claim({ ...item, accountId, senderId: turn.lease.id, throughId: item.openedThrough, limit, now: turn.now })
    this.#finder.claimed(item, deliveries, limit)
    const { through, waiting } = await this.#gate.pass(deliveries.map((delivery) => ({ ...delivery, owners })), turn.outlook, turn.lease.id)
    for (const judged of waiting) this.#settler.add(judged, turn.lease.id)
    await this.#handOver(through, mailing, account, turn)
    return deliveries.length
  }

  #mailingOf(item: Work, account: Account, { mailings, outlook: { settings, general } }: Turn): Promise<Mailing> {
    const key = `${item.massEmailId} ${account.id}`
    const mailing = mailings.get(key) ?? this.#mailings({ ...item, account, settings, general })
    mailings.set(key, mailing)
    return mailing
  }

  async #handOver(deliveries: readonly Delivery[], mailing: Mailing, account: Account, { lease, outlook }: Turn): Promise<void> {
    if (deliveries.length === 0) return
    const values = await mailing.composer.load(deliveries)
    this.#ways.carrierOf(account, outlook)!.add(deliveries.map((delivery) => ({ delivery, mailing, lease, values: values.get(valuesKey(delivery)) })))
  }

  #settle(judged: Judged, senderId: number): void {
    const { delivery, status, reasonCode, reason } = judged.settlement
    if (status === 'sent') this.#traffic.note(domainOf(delivery.emailAddress), delivery.owners?.[1], null)
    else if (reasonCode === 'deferred' && asksForPatience(reason)) this.#traffic.note(domainOf(delivery.emailAddress), delivery.owners?.[1], reason)
    this.#settler.add(judged, senderId)
  }

  #fail(account: Account, outcome: Outcome): void {
    const { db, clock, log } = this.#ground
    this.#writeCircuit(async () => {
      const isFirst = await openCircuit(db, account.id, outcome, clock())
      if (isFirst) log.warn({ account: account.name, stage: outcome.stage, code: outcome.code }, 'an outbound account is broken; nothing is sent through it for now')
    })
  }

  #recover(account: Account): void {
    this.#writeCircuit(() => closeCircuit(this.#ground.db, account.id))
  }

  #writeCircuit(write: () => Promise<unknown>): void {
    this.#circuits = this.#circuits.then(write).catch((error: Error) => {
      this.#ground.log.error({ error: error.message }, 'the state of an account could not be written')
    }).finally(() => this.#outlook.forget())
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
