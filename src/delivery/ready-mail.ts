/** From marked to ready for the wire: composed at once, and signed or stored off the event loop where that is wanted. Of one carrier. */
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Parcel } from './carrier.ts'
import type { Composed } from './composer.ts'
import { givenBack, type Judged, notComposed, skipped } from './judge.ts'

/** A marked delivery with its mail as it goes out. */
export type ReadyParcel = Parcel & { markedAt: Date; composed: Composed }

export type ReadyMailTools = {
  clock: Clock
  log: Log
  settle(judged: Judged, senderId: number): void
  /** Something became ready, or ended, in its own time. */
  onReady(): void
}

/** The database or a signature failed, not the mail: others go first for a moment. */
const afterFailureMs = 10_000

export class ReadyMail {
  readonly #tools: ReadyMailTools
  #completing = 0
  #ready: ReadyParcel[] = []

  constructor(tools: ReadyMailTools) {
    this.#tools = tools
  }

  /** Ready, or on the way there. */
  get size(): number {
    return this.#completing + this.#ready.length
  }

  add(parcel: Parcel, markedAt: Date, { verp }: { verp: boolean }): void {
    const { delivery, mailing, values, lease } = parcel
    const now = this.#tools.clock()
    if (!values) return this.#tools.settle(skipped(delivery, 'recordDeleted'), lease.id)
    try {
      const composed = mailing.composer.compose(delivery, values, { now, verp })
      const ready = { delivery, mailing, values, lease, markedAt, composed }
      if (mailing.complete) this.#complete(ready, mailing.complete(delivery, composed, now))
      else this.#ready.push(ready)
    } catch (error) {
      this.#tools.settle(notComposed(delivery, error as Error), lease.id)
    }
  }

  take(): ReadyParcel | null {
    return this.#ready.shift() ?? null
  }

  takeAll(): ReadyParcel[] {
    return this.#ready.splice(0)
  }

  #complete(parcel: ReadyParcel, completed: Promise<Composed>): void {
    this.#completing++
    completed.then((composed) => { this.#ready.push({ ...parcel, composed }) }, (error: Error) => this.#notCompleted(parcel, error)).finally(() => {
      this.#completing--
      this.#tools.onReady()
    })
  }

  #notCompleted({ delivery, lease }: ReadyParcel, error: Error): void {
    this.#tools.log.error({ error: error.message }, 'a mail could not be signed or stored; tried again later')
    this.#tools.settle(givenBack(delivery, new Date(this.#tools.clock().getTime() + afterFailureMs)), lease.id)
  }
}
