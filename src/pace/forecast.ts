/** When a mass email will be out: what waits is played through all limits, from now on. Pure. */

import type { ForecastCause } from './forecast-causes.ts'

/** At most `max` in any time of `windowMs`, of which `uses` are gone. */
export type ForecastLimit = { cause: ForecastCause; windowMs: number; max(at: Date): number; uses: { at: number; count: number }[] }

export type ForecastInput = {
  from: Date
  waiting: number
  /** What waits in other mass emails that share the portion. */
  others: readonly number[]
  /** Of the installation. */
  portion: readonly ForecastLimit[]
  /** Of each account that carries it. */
  accounts: readonly (readonly ForecastLimit[])[]
  /** Null: not known, taken to be faster than any limit. */
  perMinute: number | null
  isOpen(at: Date): boolean
  nextOpening(at: Date): Date
  /** After a portion was used up, the first run that finds allowance opens the next one. */
  nextRun(at: Date): Date | null
}

export type Forecast = { finishesAt: Date | null; limitedBy: ForecastCause | null; /** By the hour. */ planned: { hour: Date; count: number }[] }

const hourMs = 3_600_000
/** What takes longer than that is not worth telling to the minute. */
const horizonMs = 366 * 24 * hourMs
const mostSteps = 50_000

export function forecast(input: ForecastInput): Forecast {
  const run = new Run(input)
  for (let step = 0; step < mostSteps && !run.isOver; step++) run.step()
  return run.result()
}

class Run {
  readonly #input: ForecastInput
  readonly #portion: Window[]
  readonly #accounts: Window[][]
  #others: number[]
  #waiting: number
  #at: number
  #planned = new Map<number, number>()
  #waited = new Map<ForecastCause, number>()

  constructor(input: ForecastInput) {
    this.#input = input
    this.#portion = input.portion.map((limit) => new Window(limit))
    this.#accounts = input.accounts.map((limits) => limits.map((limit) => new Window(limit)))
    this.#others = [...input.others]
    this.#waiting = input.waiting
    this.#at = input.from.getTime()
  }

  get isOver(): boolean {
    return this.#waiting === 0 || this.#at - this.#input.from.getTime() > horizonMs
  }

  step(): void {
    const { isOpen, nextOpening } = this.#input
    const at = new Date(this.#at)
    if (!isOpen(at)) return this.#wait('window', nextOpening(at).getTime())
    const [free, carried] = [roomOf(this.#portion, this.#at), this.#accounts.map((limits) => roomOf(limits, this.#at))]
    const count = Math.min(this.#waiting, Math.ceil(free / (this.#others.length + 1)), sum(carried))
    if (count > 0) return this.#send(count, free, carried)
    if (free === 0) {
      const { cause, freeAt } = blockOf(this.#portion, this.#at)
      return this.#wait(cause, this.#input.nextRun(new Date(freeAt))?.getTime() ?? Infinity)
    }
    const { cause, freeAt } = this.#accounts.map((limits) => blockOf(limits, this.#at)).reduce((first, each) => (each.freeAt < first.freeAt ? each : first))
    this.#wait(cause, freeAt)
  }

  result(): Forecast {
    const planned = [...this.#planned].map(([hour, count]) => ({ hour: new Date(hour), count }))
    const [longest] = [...this.#waited].sort(([, a], [, b]) => b - a)
    return {
      finishesAt: this.#waiting > 0 ? null : new Date(this.#at), planned,
      limitedBy: longest ? longest[0] : this.#input.perMinute === null ? null : 'speed',
    }
  }

  #wait(cause: ForecastCause, until: number): void {
    const next = Math.max(until, this.#at + 1_000)
    if (Number.isFinite(next)) this.#waited.set(cause, (this.#waited.get(cause) ?? 0) + next - this.#at)
    this.#at = next
  }

  #send(count: number, free: number, carried: readonly number[]): void {
    const hour = Math.floor(this.#at / hourMs) * hourMs
    this.#planned.set(hour, (this.#planned.get(hour) ?? 0) + count)
    let left = count
    for (const [index, room] of carried.entries()) {
      const part = Math.min(left, room)
      for (const window of this.#accounts[index]!) window.use(this.#at, part)
      left -= part
    }
    const theirs = this.#sendOthers(free - count)
    for (const window of this.#portion) window.use(this.#at, count + theirs)
    this.#waiting -= count
    if (this.#input.perMinute) this.#at += (count / this.#input.perMinute) * 60_000
  }

  /** Each of the others takes as much as this one may. */
  #sendOthers(free: number): number {
    const share = Number.isFinite(free) ? Math.floor(free / Math.max(1, this.#others.length)) : Infinity
    const taken = this.#others.map((waiting) => Math.min(waiting, share))
    this.#others = this.#others.map((waiting, index) => waiting - taken[index]!).filter((waiting) => waiting > 0)
    return sum(taken)
  }
}

/** A limit with what was used of it, the oldest first. */
class Window {
  readonly cause: ForecastCause
  readonly #limit: ForecastLimit
  #uses: { at: number; count: number }[]

  constructor(limit: ForecastLimit) {
    this.cause = limit.cause
    this.#limit = limit
    this.#uses = limit.uses.map((use) => ({ ...use })).sort((a, b) => a.at - b.at)
  }

  room(at: number): number {
    while (this.#uses.length > 0 && this.#uses[0]!.at <= at - this.#limit.windowMs) this.#uses.shift()
    return Math.max(0, this.#limit.max(new Date(at)) - sum(this.#uses.map(({ count }) => count)))
  }

  freeAt(at: number): number {
    return (this.#uses[0]?.at ?? at) + this.#limit.windowMs
  }

  use(at: number, count: number): void {
    if (count > 0) this.#uses.push({ at, count })
  }
}

/** What holds it back longest, and until when. */
const blockOf = (windows: readonly Window[], at: number): { cause: ForecastCause; freeAt: number } =>
  windows.filter((window) => window.room(at) === 0).map((window) => ({ cause: window.cause, freeAt: window.freeAt(at) })).reduce((last, each) => (each.freeAt > last.freeAt ? each : last))

const roomOf = (windows: readonly Window[], at: number): number => Math.min(Infinity, ...windows.map((window) => window.room(at)))
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
