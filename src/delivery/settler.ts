/** Gathers settlements and writes them in batches by lane, with the allowance they used. What could not be written is tried again: an answer is never dropped. */
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import { settleAllowance, type Spent } from '../pace/allowance.ts'
import type { Judged } from './judge.ts'
import { settleLane, type Settlement } from './settle.ts'

/** Long enough that a batch comes together, short enough that nobody notices: what the server took is written down already. */
const gatherMs = 250
/** Bad news waits less: the safety stop counts what is settled. */
const gatherFailedMs = 50
const retryMs = 1_000
const lanesAtOnce = 4

type Entry = { judged: Judged; senderId: number }
type Unused = { owners: readonly string[]; count: number; senderId: number }

export class Settler {
  readonly #db: Db
  readonly #clock: Clock
  readonly #log: Log
  readonly #onSettled: (massEmailIds: Set<string>) => Promise<void>
  #waiting: Entry[] = []
  #unused: Unused[] = []
  #running: Promise<void> | null = null
  /** Ends the gathering before its time. */
  #hurry = () => {}
  #hasBadNews = false
  /** So many wait for everything to be written. */
  #impatient = 0

  constructor(tools: { db: Db; clock: Clock; log: Log; onSettled: (massEmailIds: Set<string>) => Promise<void> }) {
    this.#db = tools.db
    this.#clock = tools.clock
    this.#log = tools.log
    this.#onSettled = tools.onSettled
  }

  add(judged: Judged, senderId: number): void {
    this.#waiting.push({ judged, senderId })
    this.#running ??= this.#run()
    if (judged.settlement.status === 'failed' && !this.#hasBadNews) {
      this.#hasBadNews = true
      setTimeout(() => this.#hurry(), gatherFailedMs)
    }
  }

  /** Allowance that was granted and not needed. */
  giveBack(count: number, owners: readonly string[], senderId: number): void {
    if (count === 0) return
    this.#unused.push({ owners, count, senderId })
    this.#running ??= this.#run()
  }

  /** Everything added so far is in the database; nothing more is waited for. */
  async idle(): Promise<void> {
    this.#impatient++
    this.#hurry()
    while (this.#running) await this.#running
    this.#impatient--
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0 || this.#unused.length > 0) {
      await this.#gather()
      this.#hasBadNews = false
      const entries = this.#waiting.splice(0)
      const unused = this.#unused.splice(0)
      await this.#untilWritten(() => this.#payAllowance(entries, unused))
      await inTurns(byLane(entries), lanesAtOnce, (batch) => this.#untilWritten(() => this.#writeLane(batch)))
      await this.#onSettled(new Set(entries.map(({ judged }) => judged.settlement.delivery.massEmailId)))
    }
    this.#running = null
  }

  async #gather(): Promise<void> {
    if (this.#impatient > 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, gatherMs)
      this.#hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #payAllowance(entries: readonly Entry[], unused: readonly Unused[]): Promise<void> {
    for (const senderId of new Set([...entries, ...unused].map((each) => each.senderId))) {
      const spent = spentOn(entries.filter((entry) => entry.senderId === senderId))
      const back = unused.filter((each) => each.senderId === senderId).map(({ owners, count }) => ({ owners, left: 0, unused: count }))
      await settleAllowance(this.#db, this.#clock, senderId, [...spent, ...back])
    }
  }

  async #writeLane(batch: readonly Entry[]): Promise<void> {
    const settlements = batch.map(({ judged }): Settlement => judged.settlement)
    await settleLane(this.#db, settlements[0]!.delivery.lane, batch[0]!.senderId, settlements, this.#clock())
  }

  /** The database may be away: what the server said stays in memory until it is back. */
  async #untilWritten(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        this.#log.error({ error: (error as Error).message }, 'settlements could not be written; they are kept and tried again')
        await pause(retryMs)
      }
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms) })

/** What of their allowance was used. Deliveries claimed together share the list of its owners. */
function spentOn(entries: readonly Entry[]): Spent[] {
  const sums = new Map<readonly string[], { left: number; unused: number }>()
  for (const { judged: { left, settlement: { delivery: { owners = [] } } } } of entries) {
    const sum = sums.get(owners)
    if (!sum) sums.set(owners, { left: left ? 1 : 0, unused: left ? 0 : 1 })
    else if (left) sum.left++
    else sum.unused++
  }
  return [...sums].map(([owners, sum]) => ({ owners, ...sum }))
}

/** Entries of one lane and one sender: what one transaction may settle. */
function byLane(entries: readonly Entry[]): Entry[][] {
  const batches = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = `${entry.judged.settlement.delivery.lane} ${entry.senderId}`
    const batch = batches.get(key)
    if (batch) batch.push(entry)
    else batches.set(key, [entry])
  }
  return [...batches.values()]
}

async function inTurns<Item>(items: Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, async () => {
    for (let item = items.shift(); item !== undefined; item = items.shift()) await work(item)
  })
  await Promise.all(workers)
}
