/** The carriers of a sender: one for each account in use, with its kept connections. A changed account gets a new one. */
import { type Account, smtpTarget } from '../outbound/accounts.ts'
import type { Outcome } from '../outbound/outcome.ts'
import { SmtpPool } from '../outbound/pool.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { OutboundEmailSettings } from '../settings/settings.ts'
import type { Acknowledgement } from './acknowledge.ts'
import { Carrier } from './carrier.ts'
import type { Judged } from './judge.ts'
import type { Delivery } from './ledger.ts'

export type CarriersTools = {
  db: Db
  clock: Clock
  log: Log
  secrets: Secrets
  settle(judged: Judged, senderId: number): void
  acknowledge(acknowledgement: Acknowledgement): Promise<void>
  giveBackAllowance(delivery: Delivery, senderId: number): void
  onFailure(account: Account, outcome: Outcome): void
  onSuccess(account: Account): void
  onRoom(): void
}

type InUse = { key: string; account: Account; carrier: Carrier; pool: SmtpPool }
type Limits = Pick<OutboundEmailSettings, 'connections' | 'messagesPerConnection' | 'retryForHours'> & { version: number; /** What we call ourselves. */ ehloName: string }

/** The process has 30 seconds to stop: what remains is for settling and closing. */
const drainMs = 20_000

export class Carriers {
  readonly #tools: CarriersTools
  #inUse = new Map<string, InUse>()
  /** Replaced ones that still have something on the wire. */
  #leaving: InUse[] = []

  constructor(tools: CarriersTools) {
    this.#tools = tools
  }

  of(account: Account, limits: Limits): Carrier {
    const key = `${account.version} ${account.host}:${account.port} ${limits.version} ${limits.ehloName}`
    const found = this.#inUse.get(account.id)
    if (found?.key === key) {
      found.account = account
      return found.carrier
    }
    if (found) void this.#leave(found)
    const made = this.#make(key, account, limits)
    this.#inUse.set(account.id, made)
    return made.carrier
  }

  get isIdle(): boolean {
    return this.#all().every(({ carrier }) => carrier.isIdle)
  }

  async idle(): Promise<void> {
    await Promise.all(this.#all().map(({ carrier }) => carrier.idle()))
  }

  giveBack(): void {
    for (const { carrier } of this.#all()) carrier.giveBack()
  }

  drop(): void {
    for (const { carrier } of this.#all()) carrier.drop()
  }

  /** Finishes what is on the wire; a server that does not answer in time is hung up on, and its deliveries are uncertain. */
  async close(): Promise<void> {
    const late = setTimeout(() => { for (const { pool } of this.#all()) pool.abort() }, drainMs)
    await this.idle()
    clearTimeout(late)
    await Promise.all(this.#all().map(({ pool }) => pool.close()))
    this.#inUse.clear()
  }

  #all(): InUse[] {
    return [...this.#inUse.values(), ...this.#leaving]
  }

  async #leave(old: InUse): Promise<void> {
    this.#leaving.push(old)
    old.carrier.giveBack()
    await old.carrier.idle()
    await old.pool.close()
    this.#leaving = this.#leaving.filter((each) => each !== old)
  }

  #make(key: string, account: Account, limits: Limits): InUse {
    const { db, clock, log, secrets, settle, acknowledge, giveBackAllowance, onRoom, onFailure, onSuccess } = this.#tools
    const connections = account.connections ?? limits.connections
    const pool = new SmtpPool(smtpTarget({ db, clock, secrets }, account, limits.ehloName), {
      connections, messagesPerConnection: account.messagesPerConnection ?? limits.messagesPerConnection,
    })
    const made: InUse = { key, account, pool, carrier: new Carrier({
      clock, log, connections, retryForHours: limits.retryForHours, settle, acknowledge, giveBackAllowance, onRoom,
      carryOn: (first, next) => pool.carryOn(first, next),
      onFailure: (outcome) => onFailure(made.account, outcome),
      onSuccess: () => { if (made.account.failuresInRow > 0) { made.account = { ...made.account, failuresInRow: 0 }; onSuccess(made.account) } },
    }) }
    return made
  }
}
