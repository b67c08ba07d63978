/**
 * A sender: feeds what is open and due to the carriers of its accounts, under a lease. Any number of them may run, on any number of
 * machines. `feed` and `keepHouse` are single turns; who calls them again and again is sending.ts, in tests the test.
 */
import { type Account, ehloNameFor, readAccount } from '../outbound/accounts.ts'
import { closeCircuit, openCircuit } from '../outbound/breaker.ts'
import type { Outcome } from '../outbound/outcome.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import type { Secrets } from '../platform/secrets.ts'
import { type GeneralSettings, type OutboundEmailSettings, publicUrlOf, readGeneral, readOutboundEmails } from '../settings/settings.ts'
import { createAcknowledger } from './acknowledge.ts'
import { dropHolds, forgetOldUses, grant } from '../pace/allowance.ts'
import { Carriers } from './carriers.ts'
import { createClaimer } from './claim.ts'
import { valuesKey } from './composer.ts'
import { cancelWithoutTemplate, completeAllDone, completeDone, skipCanceled } from './finish.ts'
import { type Lease, takeLease } from './lease.ts'
import type { Delivery } from './ledger.ts'
import { createMailings, type Mailing } from './mailing.ts'
import { closeBatches } from './open-batches.ts'
import { recoverFromDeadSenders } from './recover.ts'
import { isWindowOpen } from '../pace/sending-window.ts'
import { Settler } from './settler.ts'
import { stopHarmful } from './safety-stop.ts'
import { requeueUncertain } from './uncertain.ts'
import { keepWatch } from './watch.ts'
import { type Work, WorkFinder } from './work.ts'

export type SenderGround = { db: Db; clock: Clock; secrets: Secrets; log: Log }

/** Claimed with one statement at most. */
const batchSize = 500

type Settings = OutboundEmailSettings & { version: number; ehloName: string }
/** What one turn of feeding rests on; `purse` is the allowance that is left of what was granted for it. */
type Turn = { now: Date; settings: Settings; general: GeneralSettings & { version: number }; accounts: Map<string, Account>; lease: Lease; purse: number }

export class Sender {
  readonly #ground: SenderGround
  readonly #claim: ReturnType<typeof createClaimer>
  readonly #mailings: ReturnType<typeof createMailings>
  readonly #carriers: Carriers
  readonly #settler: Settler
  readonly #finder: WorkFinder
  #inDoubt = false
  #lease: Lease

  private constructor(ground: SenderGround, lease: Lease, onRoom: () => void) {
    this.#ground = ground
    this.#lease = lease
    this.#finder = new WorkFinder(ground.db)
    this.#claim = createClaimer(ground.db)
    this.#mailings = createMailings(ground.db, ground.secrets)
    this.#settler = new Settler({ ...ground, onSettled: (ids) => this.#complete(ids) })
    this.#carriers = new Carriers({
      ...ground, onRoom, acknowledge: createAcknowledger(ground.db),
      settle: (judged, senderId) => this.#settler.add(judged, senderId),
      giveBackAllowance: (senderId) => this.#settler.giveBack(1, senderId),
      onFailure: (account, outcome) => this.#fail(account, outcome),
      onSuccess: (account) => { closeCircuit(ground.db, account.id).catch(() => {}) },
    })
  }

  static async start(ground: SenderGround, onRoom: () => void = () => {}): Promise<Sender> {
    return new Sender(ground, await takeLease(ground.db), onRoom)
  }

  /** Claims what is due, as much as there is room and allowance for. Answers how many. */
  async feed(): Promise<number> {
    if (this.#inDoubt) await this.#beginAnew()
    const now = this.#ground.clock()
    const work = await this.#finder.find(now)
    if (work.length === 0) return 0
    const turn = await this.#turn(work, now)
    if (!isWindowOpen(turn.settings.window, now)) {
      this.#finder.forget()
      await closeBatches(this.#ground.db)
      return 0
    }
    const room = [...turn.accounts.values()].reduce((sum, account) => sum + this.#roomOf(account, turn), 0)
    if (room === 0) return 0
    try {
      return await this.#spend(work, turn, room)
    } catch (error) {
      // Something may be claimed or granted that this sender does not know of.
      this.#inDoubt = true
      throw error
    }
  }

  async #spend(work: readonly Work[], turn: Turn, room: number): Promise<number> {
    const { db } = this.#ground
    const { granted, isUsedUp } = await grant(db, turn.lease.id, Math.min(room, work.length * batchSize), turn.settings.maxPerHour, turn.now)
    if (isUsedUp) await closeBatches(db)
    turn.purse = granted
    const claimed = await this.#claimAll(work, turn)
    this.#settler.giveBack(turn.purse, turn.lease.id)
    return claimed
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

  /** What falls to anybody: dead senders' leftovers, Uncertain ones to be sent again, ends. */
  async keepHouse(): Promise<void> {
    const { db, clock, log } = this.#ground
    const settings = await readOutboundEmails(db)
    const uncertain = await recoverFromDeadSenders(db, clock())
    if (uncertain > 0) log.warn({ deliveries: uncertain }, 'a sender was lost: some deliveries are uncertain')
    await requeueUncertain(db, settings, clock())
    await cancelWithoutTemplate(db, clock())
    await skipCanceled(db, clock())
    await keepWatch(db, clock())
    await completeAllDone(db, settings, clock())
    await forgetOldUses(db, clock())
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

  async #turn(work: readonly Work[], now: Date): Promise<Turn> {
    const { db } = this.#ground
    const general = await readGeneral(db)
    const settings = { ...(await readOutboundEmails(db)), ehloName: ehloNameFor(publicUrlOf(general)) }
    const accounts = new Map<string, Account>()
    for (const id of new Set(work.map(({ accountId }) => accountId))) accounts.set(id, await readAccount(db, id))
    return { now, settings, general, accounts, lease: this.#lease, purse: 0 }
  }

  async #claimAll(work: readonly Work[], turn: Turn): Promise<number> {
    let claimed = 0
    for (const item of work) {
      const account = turn.accounts.get(item.accountId)!
      const limit = Math.min(batchSize, turn.purse, this.#roomOf(account, turn))
      if (limit > 0) claimed += await this.#claimSome(item, account, limit, turn)
    }
    return claimed
  }

  /** None while the circuit is open; after a failure a single delivery tries whether it works again. */
  #roomOf(account: Account, { now, settings }: Turn): number {
    const carrier = this.#carriers.of(account, settings)
    if (account.brokenUntil && account.brokenUntil > now) return 0
    return account.failuresInRow > 0 ? Math.min(1, carrier.isIdle ? 1 : 0) : carrier.room
  }

  async #claimSome(item: Work, account: Account, limit: number, turn: Turn): Promise<number> {
    const { settings, general, now } = turn
    // A Sandbox delivery and a real account, or the other way round, never meet.
    if (item.sandbox !== (account.kind === 'sandbox')) return 0
    const mailing = await this.#mailings({ ...item, account, settings, general })
    const deliveries = await this.#claim({ ...item, senderId: turn.lease.id, throughId: item.openedThrough, limit, now })
    this.#finder.claimed(item, deliveries, limit)
    turn.purse -= deliveries.length
    await this.#handOver(deliveries, mailing, account, turn)
    return deliveries.length
  }

  async #handOver(deliveries: readonly Delivery[], mailing: Mailing, account: Account, { lease, settings }: Turn): Promise<void> {
    if (deliveries.length === 0) return
    const values = await mailing.composer.load(deliveries)
    this.#carriers.of(account, settings).add(deliveries.map((delivery) => ({ delivery, mailing, lease, values: values.get(valuesKey(delivery)) })))
  }

  #fail(account: Account, outcome: Outcome): void {
    const { db, clock, log } = this.#ground
    openCircuit(db, account.id, outcome, clock()).then(
      (isFirst) => { if (isFirst) log.warn({ account: account.name, stage: outcome.stage, code: outcome.code }, 'an outbound account is broken; nothing is sent through it for now') },
      (error: Error) => log.error({ error: error.message }, 'the state of an account could not be written'))
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
