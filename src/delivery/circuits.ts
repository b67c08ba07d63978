/** How accounts fare, written one after the other: what fails pauses for all senders, what works again is free for all. */
import type { Account } from '../outbound/accounts.ts'
import { closeCircuit, openCircuit } from '../outbound/breaker.ts'
import type { Outcome } from '../outbound/outcome.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'

export class Circuits {
  readonly #ground: { db: Db; clock: Clock; log: Log }
  readonly #onChange: () => void
  #writing: Promise<void> = Promise.resolve()

  constructor(ground: { db: Db; clock: Clock; log: Log }, onChange: () => void) {
    this.#ground = ground
    this.#onChange = onChange
  }

  fail(account: Account, outcome: Outcome): void {
    const { db, clock, log } = this.#ground
    this.#write(async () => {
      const isFirst = await openCircuit(db, account.id, outcome, clock())
      if (isFirst) log.warn({ account: account.name, stage: outcome.stage, code: outcome.code }, 'an outbound account is broken; nothing is sent through it for now')
    })
  }

  recover(account: Account): void {
    this.#write(() => closeCircuit(this.#ground.db, account.id))
  }

  /** Whoever looks at the accounts afterwards sees what is known here. */
  written(): Promise<void> {
    return this.#writing
  }

  #write(work: () => Promise<unknown>): void {
    this.#writing = this.#writing.then(work).then(
      () => {}, (error: Error) => this.#ground.log.error({ error: error.message }, 'the state of an account could not be written')).then(this.#onChange)
  }
}
