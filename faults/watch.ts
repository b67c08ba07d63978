/** Looks into the ledger while a scenario runs: no claim may outlive its lease (I6). */
import { setTimeout as wait } from 'node:timers/promises'

const lookEveryMs = 500
/** Once its lease is over, others must have taken a claim over within this (spec: recovery in ten seconds). */
const takeoverMs = 10_000

type Look = () => Promise<{ key: string; senderId: string }[]>

export class Watch {
  readonly #look: Look
  readonly #isAnybodyThere: () => boolean
  /** By claim: since when its lease is seen to be over. */
  #orphanedSince = new Map<string, number>()
  #longestMs = 0
  #stopping = false
  readonly #running: Promise<void>

  /** `isAnybodyThere`: a sender runs that could take over. */
  constructor(look: Look, isAnybodyThere: () => boolean) {
    this.#look = look
    this.#isAnybodyThere = isAnybodyThere
    this.#running = this.#run()
  }

  async stop(): Promise<string[]> {
    this.#stopping = true
    await this.#running
    return this.#longestMs > takeoverMs ? [`I6: a claim outlived its lease by ${Math.round(this.#longestMs / 1000)} s.`] : []
  }

  async #run(): Promise<void> {
    for (; !this.#stopping; await wait(lookEveryMs)) {
      // Without the database or a sender nobody can take over: the time counts from when both are there.
      const seen = this.#isAnybodyThere() ? await this.#look().catch(() => null) : null
      if (seen) this.#note(seen.map(({ key, senderId }) => `${key} of ${senderId}`))
      else this.#orphanedSince.clear()
    }
  }

  #note(claims: string[]): void {
    const now = performance.now()
    this.#orphanedSince = new Map(claims.map((claim) => [claim, this.#orphanedSince.get(claim) ?? now]))
    for (const since of this.#orphanedSince.values()) this.#longestMs = Math.max(this.#longestMs, now - since)
  }
}
