/** The carriers of a sender: one for each account in use, with its kept connections. A changed account, or another number of connections, gets a new one. */
import { type Account, smtpTarget } from '../outbound/accounts.ts'
import { type Outcome, without } from '../outbound/outcome.ts'
import { SmtpPool } from '../outbound/pool.ts'
import type { SmtpTarget } from '../outbound/session.ts'
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

type InUse = { key: string; account: Account; connections: number; carrier: Carrier; pool: SmtpPool }
type Limits = Pick<OutboundEmailSettings, 'messagesPerConnection' | 'retryForHours'> & { version: number; /** What we call ourselves. */ ehloName: string }

/** The process has 30 seconds to stop: what remains is for settling and closing. */
const drainMs = 20_000

export class Carriers {
  readonly #tools: CarriersTools
  #inUse = new Map<string, InUse>()
  /** Replaced ones that still have something on the wire. */
  #leaving: InUse[] = []
  readonly #leaves = new Set<Promise<void>>()

  constructor(tools: CarriersTools) {
    this.#tools = tools
  }

  /** Null while there are no connections to be had, or those of a replaced one are still open. */
  of(account: Account, limits: Limits, connections: number): Carrier | null {
    const key = `${account.version} ${account.host}:${account.port} ${limits.version} ${limits.ehloName} ${connections}`
    const found = this.#inUse.get(account.id)
    if (found?.key === key) {
      found.account = account
      return found.carrier
    }
    if (found) this.#leave(found)
    if (connections === 0 || this.#leaving.some((leaving) => leaving.account.id === account.id)) return null
    const target = this.#targetOf(account, limits)
    if (!target) return null
    const made = this.#make(key, account, limits, connections, target)
    this.#inUse.set(account.id, made)
    return made.carrier
  }

  /** Null, and the account is broken, where its password cannot be opened: the others have nothing to do with it. */
  #targetOf(account: Account, { ehloName }: Limits): SmtpTarget | null {
    const { db, clock, secrets, onFailure } = this.#tools
    try {
      return smtpTarget({ db, clock, secrets }, account, ehloName)
    } catch {
      onFailure(account, without('accountFailure', 'auth', 'Its password was sealed with another TIDINGS_SECRET: enter it again.'))
      return null
    }
  }

  /** How many connections to an account may be open now. */
  openTo(accountId: string): number {
    return this.#all().filter(({ account }) => account.id === accountId).reduce((sum, { connections }) => sum + connections, 0)
  }

  get isIdle(): boolean {
    return this.#all().every(({ carrier }) => carrier.isIdle)
  }

  get isChanging(): boolean {
    return this.#leaving.length > 0
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#all().map(({ carrier }) => carrier.idle()), ...this.#leaves])
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

  #leave(old: InUse): void {
    this.#inUse.delete(old.account.id)
    this.#leaving.push(old)
    old.carrier.giveBack()
    const left = old.carrier.idle().then(() => old.pool.close()).then(() => {
      this.#leaving = this.#leaving.filter((each) => each !== old)
      this.#leaves.delete(left)
      this.#tools.onRoom()
    })
    this.#leaves.add(left)
  }

  #make(key: string, account: Account, limits: Limits, connections: number, target: SmtpTarget): InUse {
    const { clock, log, settle, acknowledge, giveBackAllowance, onRoom, onFailure, onSuccess } = this.#tools
    const pool = new SmtpPool(target, {
      connections, messagesPerConnection: account.messagesPerConnection ?? limits.messagesPerConnection,
    })
    const made: InUse = { key, account, connections, pool, carrier: new Carrier({
      clock, log, connections, retryForHours: limits.retryForHours, settle, acknowledge, giveBackAllowance, onRoom,
      carryOn: (first, next) => pool.carryOn(first, next),
      onFailure: (outcome) => onFailure(made.account, outcome),
      onSuccess: () => { if (made.account.failuresInRow > 0) { made.account = { ...made.account, failuresInRow: 0 }; onSuccess(made.account) } },
    }) }
    return made
  }
}
