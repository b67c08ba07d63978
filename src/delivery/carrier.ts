/**
 * One account's way out: deliveries that were claimed wait here, are marked a few ahead, composed and carried by as many workers as
 * there are connections. After a crash the marked ones are Uncertain; at most twice as many as there are connections can have been
 * taken by the server without that being written down, and only those can come twice.
 */
import type { Values } from '../content/fill.ts'
import { type Outcome, without } from '../outbound/outcome.ts'
import type { BeforeFinalDot, Envelope } from '../outbound/transaction.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Acknowledgement } from './acknowledge.ts'
import { givenBack, judge, type Judged, notComposed, skipped } from './judge.ts'
import type { Lease } from './lease.ts'
import type { Delivery } from './ledger.ts'
import type { Mailing } from './mailing.ts'

/** A claimed delivery with what is needed to write its mail. Without values its record is gone. */
export type Parcel = { delivery: Delivery; mailing: Mailing; values: Values | undefined; lease: Lease }

type Marked = Parcel & { markedAt: Date }

export type CarrierTools = {
  clock: Clock
  log: Log
  connections: number
  retryForHours: number
  carry(envelope: Envelope, beforeFinalDot: BeforeFinalDot): Promise<Outcome>
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

const capacity = 1_000
const retryMarkMs = 1_000

export class Carrier {
  readonly #tools: CarrierTools
  #claimed: Parcel[] = []
  #marked: Marked[] = []
  #isMarking = false
  #carrying = 0
  /** Answered, and the answer not yet committed. */
  #unacknowledged = 0
  #verp = true
  #waiters: (() => void)[] = []

  constructor(tools: CarrierTools) {
    this.#tools = tools
  }

  /** How many more may be claimed for this account. */
  get room(): number {
    return capacity - this.#claimed.length
  }

  get isIdle(): boolean {
    return this.#claimed.length + this.#marked.length + this.#carrying === 0 && !this.#isMarking
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
    for (const { delivery, lease } of [...this.#claimed.splice(0), ...this.#marked.splice(0)]) this.#tools.settle(givenBack(delivery), lease.id)
    this.#rest()
  }

  /** The lease is lost: these belong to others now, and are not touched. */
  drop(): void {
    this.#claimed = []
    this.#marked = []
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

  /** How many may be marked now. A full load for all connections, because each group costs a statement and a commit. */
  #mayMark(): number {
    const { connections } = this.#tools
    return this.#claimed.length === 0 || this.#marked.length > connections ? 0 : 2 * connections - this.#marked.length
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
      if (mark === 'marked') this.#marked.push({ ...parcel, markedAt })
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

  #pump(): void {
    const { connections } = this.#tools
    while (this.#marked.length > 0 && this.#carrying < connections && this.#carrying + this.#unacknowledged < 2 * connections) {
      this.#carrying++
      void this.#carry(this.#marked.shift()!).then(() => {
        this.#carrying--
        this.#pump()
        void this.#mark()
        this.#rest()
      })
    }
  }

  async #carry(parcel: Marked): Promise<void> {
    const { delivery, mailing, values, lease, markedAt } = parcel
    const { clock, retryForHours, settle } = this.#tools
    if (!values) return settle(skipped(delivery, 'recordDeleted'), lease.id)
    let composed
    try {
      composed = mailing.composer.compose(delivery, values, { now: clock(), verp: this.#verp })
    } catch (error) {
      return settle(notComposed(delivery, error as Error), lease.id)
    }
    const outcome = await this.#tools.carry(composed.envelope, () => lease.isValid()).catch(unforeseen)
    if (this.#isVerpRefused(outcome, composed.envelope)) return this.#carry(parcel)
    if (outcome.kind === 'sent') this.#acknowledge(parcel, composed.messageId)
    settle(judge(delivery, outcome, { messageId: composed.messageId, markedAt, retryForHours, now: clock() }), lease.id)
    if (outcome.kind === 'accountFailure') this.#fail(outcome)
    else if (outcome.kind !== 'withheld') this.#tools.onSuccess()
  }

  #acknowledge({ delivery: { lane, id }, lease }: Parcel, messageId: string): void {
    this.#unacknowledged++
    const done = () => {
      this.#unacknowledged--
      this.#pump()
    }
    // If it cannot be written, the settlement says the same a little later.
    this.#tools.acknowledge({ lane, id, senderId: lease.id, messageId, at: this.#tools.clock() }).then(done, done)
  }

  /** A server that takes no sender made for one delivery gets the plain one from here on. */
  #isVerpRefused({ kind, stage, code }: Outcome, { from }: Envelope): boolean {
    if (kind !== 'accountFailure' || stage !== 'mail' || code === null || code < 500 || !from.startsWith('bounce+')) return false
    if (this.#verp) this.#tools.log.warn({ code }, 'the server refuses VERP senders; going on without')
    this.#verp = false
    return true
  }

  #fail(outcome: Outcome): void {
    this.giveBack()
    this.#tools.onFailure(outcome)
  }

  #rest(): void {
    if (this.isIdle) for (const waiter of this.#waiters.splice(0)) waiter()
  }
}

/** A bug while the message may have been on the wire: the ledger must not claim to know. */
const unforeseen = (error: Error): Outcome => without('uncertain', 'dot', error.message)
