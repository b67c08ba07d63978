/**
 * One account's way out: deliveries that were claimed wait here, are marked a few ahead, composed and carried by as many workers as
 * there are connections. After a crash the marked ones are Uncertain; at most twice as many as there are connections can have been
 * taken by the server without that being written down, and only those can come twice.
 */
import type { Values } from '../content/fill.ts'
import type { Envelope } from '../outbound/envelope.ts'
import type { Outcome } from '../outbound/outcome.ts'
import type { Job } from '../outbound/pool.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Acknowledgement } from './acknowledge.ts'
import { Exposure } from './exposure.ts'
import { givenBack, judge, type Judged, skipped } from './judge.ts'
import type { Lease } from './lease.ts'
import type { Delivery } from './ledger.ts'
import type { Mailing } from './mailing.ts'
import { ReadyMail, type ReadyParcel } from './ready-mail.ts'

/** A claimed delivery with what is needed to write its mail. Without values its record is gone. */
export type Parcel = { delivery: Delivery; mailing: Mailing; values: Values | undefined; lease: Lease }

export type CarrierTools = {
  clock: Clock
  log: Log
  connections: number
  retryForHours: number
  /** Carries a job and then whatever `next` gives, over one connection; resolves when it gives nothing. */
  carryOn(first: Job, next: () => Job | null): Promise<void>
  settle(judged: Judged, senderId: number): void
  /** Writes down that the server took it; resolves when that is committed. */
  acknowledge(acknowledgement: Acknowledgement): Promise<void>
  /** One that was granted is not needed, and there is nothing to settle for it. */
  giveBackAllowance(delivery: Delivery, senderId: number): void
  /** The account failed: everything not on the wire was given back. */
  onFailure(outcome: Outcome): void
  onSuccess(): void
  /** There is room for another batch. */
  onRoom(): void
}

const capacity = 2_000
/** Marked ones for each connection: when no more are left than the first, as many as the second, because each group costs a statement and a commit. */
const [fewMarked, mostMarked] = [2, 5]
const retryMarkMs = 1_000
const retryAcknowledgeMs = 1_000
/** More than so many connections lost in a row, and it is the server's doing. */
const lossesForgiven = 2

export class Carrier {
  readonly #tools: CarrierTools
  #claimed: Parcel[] = []
  readonly #ready: ReadyMail
  #isMarking = false
  /** Connections at work, and messages handed to them. */
  #working = 0
  #carrying = 0
  readonly #exposure: Exposure
  #verp = true
  /** Connections lost in the middle of a message since the last one that was answered. */
  #lossesInRow = 0
  #waiters: (() => void)[] = []

  constructor(tools: CarrierTools) {
    this.#tools = tools
    this.#exposure = new Exposure(2 * tools.connections)
    this.#ready = new ReadyMail({ ...tools, onReady: () => this.#readied() })
  }

  /** How many more may be claimed for this account. */
  get room(): number {
    return capacity - this.#claimed.length
  }

  get isIdle(): boolean {
    return this.#claimed.length + this.#ready.size + this.#carrying + this.#working === 0 && !this.#isMarking
  }

  add(parcels: readonly Parcel[]): void {
    this.#claimed.push(...parcels)
    void this.#mark()
  }

  /** Resolves when nothing is waiting or on the wire. */
  async idle(): Promise<void> {
    while (!this.isIdle) await new Promise<void>((resolve) => { this.#waiters.push(resolve) })
  }

  /** Whatever is not on the wire waits again in the ledger. */
  giveBack(): void {
    for (const { delivery, lease } of [...this.#claimed.splice(0), ...this.#ready.takeAll()]) this.#tools.settle(givenBack(delivery), lease.id)
    this.#rest()
  }

  /** The lease is lost: these belong to others now, and are not touched. */
  drop(): void {
    this.#claimed = []
    this.#ready.takeAll()
    this.#rest()
  }

  async #mark(): Promise<void> {
    if (this.#isMarking) return
    this.#isMarking = true
    for (let limit = this.#mayMark(); limit > 0; limit = this.#mayMark()) {
      const wasFull = this.#claimed.length >= capacity / 2
      const group = this.#nextGroup(limit)
      try {
        await this.#markGroup(group)
      } catch (error) {
        this.#tools.log.error({ error: (error as Error).message }, 'the mark could not be set; tried again')
        this.#claimed.unshift(...group)
        await new Promise<void>((resolve) => { setTimeout(resolve, retryMarkMs) })
      }
      this.#pump()
      if (this.#claimed.length === 0 || (wasFull && this.#claimed.length < capacity / 2)) this.#tools.onRoom()
    }
    this.#isMarking = false
    this.#rest()
  }

  /** How many may be marked now. */
  #mayMark(): number {
    const { connections } = this.#tools
    return this.#claimed.length === 0 || this.#ready.size > fewMarked * connections ? 0 : mostMarked * connections - this.#ready.size
  }

  /** From the front: one lane of one mass email, which is what one statement may mark. */
  #nextGroup(limit: number): Parcel[] {
    const { delivery: { lane }, mailing, lease } = this.#claimed[0]!
    const other = this.#claimed.findIndex((parcel) => parcel.delivery.lane !== lane || parcel.mailing !== mailing || parcel.lease !== lease)
    return this.#claimed.splice(0, Math.min(limit, other === -1 ? this.#claimed.length : other))
  }

  async #markGroup(group: readonly Parcel[]): Promise<void> {
    const { delivery: { lane }, mailing, lease } = group[0]!
    const markedAt = this.#tools.clock()
    const marks = await mailing.mark({ lane, ids: group.map(({ delivery }) => delivery.id), senderId: lease.id, now: markedAt })
    for (const parcel of group) {
      const mark = marks.get(parcel.delivery.id)!
      if (mark === 'marked') this.#ready.add(parcel, markedAt, { verp: this.#verp })
      else if (mark === 'addressChanged') await this.#follow(parcel)
      else this.#tools.settle(mark === 'stopped' ? givenBack(parcel.delivery) : skipped(parcel.delivery, mark), lease.id)
    }
  }

  /** Never throws: the others of the group have their marks already, and must not be marked a second time. */
  async #follow({ delivery, mailing, lease }: Parcel): Promise<void> {
    try {
      if (await mailing.follow(delivery, lease.id, this.#tools.clock())) this.#tools.giveBackAllowance(delivery, lease.id)
      else this.#tools.settle(skipped(delivery, 'addressChanged'), lease.id)
    } catch (error) {
      this.#tools.log.error({ error: (error as Error).message }, 'a changed address could not be followed; tried again later')
      this.#tools.settle(givenBack(delivery), lease.id)
    }
  }

  /** Where nothing became ready, because it could not be completed, nobody else goes on with those behind it. */
  #readied(): void {
    this.#pump()
    void this.#mark()
    this.#rest()
  }

  #pump(): void {
    while (this.#working < this.#tools.connections) {
      const job = this.#nextJob()
      if (!job) return
      this.#working++
      void this.#tools.carryOn(job, () => this.#nextJob()).finally(() => {
        this.#working--
        this.#pump()
        this.#rest()
      })
    }
  }

  /** What may be handed to a connection now. */
  #nextJob(): Job | null {
    const parcel = this.#exposure.isFull ? null : this.#ready.take()
    if (!parcel) return null
    this.#carrying++
    void this.#mark()
    let isExposed = false
    const mayLeave = async () => {
      if (!(await this.#exposure.enter())) return false
      isExposed = true
      return parcel.lease.isValid()
    }
    return { envelope: parcel.composed.envelope, beforeFinalDot: mayLeave, done: (outcome) => this.#answered(parcel, outcome, isExposed) }
  }

  #answered(parcel: ReadyParcel, outcome: Outcome, isExposed: boolean): void {
    const { delivery, lease, markedAt, composed: { messageId, envelope } } = parcel
    const { clock, retryForHours, settle } = this.#tools
    this.#carrying--
    if (isExposed && outcome.kind !== 'sent') this.#exposure.leave()
    if (this.#isVerpRefused(outcome, envelope)) return this.#again(parcel)
    if (outcome.kind === 'sent') this.#acknowledge(parcel, messageId)
    const judged = this.#isOwnDoing(outcome) ? { ...outcome, kind: 'deferred' as const } : outcome
    settle(judge(delivery, judged, { messageId, markedAt, retryForHours, now: clock() }), lease.id)
    if (judged.kind === 'accountFailure') this.#fail(outcome)
    else if (outcome.code !== null) this.#tools.onSuccess()
    this.#rest()
  }

  /** A server that hangs up at this message and takes the others: the message has to wait, not the account. */
  #isOwnDoing({ kind, stage, code }: Outcome): boolean {
    const isLoss = kind === 'accountFailure' && code === null && (stage === 'rcpt' || stage === 'data')
    if (!isLoss) this.#lossesInRow = kind === 'sent' || kind === 'failed' || kind === 'deferred' ? 0 : this.#lossesInRow
    return isLoss && ++this.#lossesInRow <= lossesForgiven
  }

  #acknowledge({ delivery: { lane, id }, lease }: Parcel, messageId: string): void {
    const done = () => {
      this.#exposure.leave()
      this.#pump()
    }
    const at = this.#tools.clock()
    // Until it is written down it may arrive twice, so nothing takes its place.
    const write = () => void this.#tools.acknowledge({ lane, id, senderId: lease.id, messageId, at }).then(done, () => setTimeout(write, retryAcknowledgeMs).unref())
    write()
  }

  /** A server that takes no sender made for one delivery gets the plain one from here on. */
  #isVerpRefused({ kind, stage, code }: Outcome, { from }: Envelope): boolean {
    if (kind !== 'accountFailure' || stage !== 'mail' || code === null || code < 500 || !from.startsWith('bounce+')) return false
    if (this.#verp) this.#tools.log.warn({ code }, 'the server refuses VERP senders; going on without')
    this.#verp = false
    return true
  }

  #again(parcel: ReadyParcel): void {
    this.#ready.add(parcel, parcel.markedAt, { verp: this.#verp })
    this.#pump()
  }

  #fail(outcome: Outcome): void {
    this.giveBack()
    this.#tools.onFailure(outcome)
  }

  #rest(): void {
    if (this.isIdle) for (const waiter of this.#waiters.splice(0)) waiter()
  }
}
