/** Runs of reports end in time, and leave connections for everybody else: with an answer, or with what to do. */
import { readWithin, tooLate } from '../listing/deadline.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'

const patienceMs = 28_000

/** Compiling a statement takes longer than most of them run; groups are kept in memory where they fit. */
const settings = { jit: 'off', work_mem: '64MB', hash_mem_multiplier: '4' }

type Patience = { milliseconds?: number; more?: Record<string, string> }

export function inTime<Result>(db: Db, read: (db: Db) => Promise<Result>, { milliseconds = patienceMs, more = {} }: Patience = {}): Promise<Result> {
  return runs.within(async () => {
    const result = await readWithin(db, milliseconds, read, { ...settings, ...more })
    if (result === tooLate) throw tooSlow()
    return result
  })
}

export const tooSlow = () => new AppError('unavailable', 'reportTooSlow',
  'This report takes too long on so much data. Narrow it, for example to one campaign or to the last 30 days, or group by a field with fewer values.')

const tooMany = () => new AppError('unavailable', 'reportsBusy', 'Other reports are being run. Try again in a moment.')

/** So many at a time in this process, each on a connection of its own; who waits longer than `waitMs` is told. */
export class Places {
  private free: number
  private readonly waitMs: number
  private readonly waiting = new Set<() => void>()

  constructor(count: number, waitMs: number) {
    this.free = count
    this.waitMs = waitMs
  }

  async within<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.take()
    try {
      return await work()
    } finally {
      this.leave()
    }
  }

  async take(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.waiting.delete(go)
        reject(tooMany())
      }, this.waitMs)
      this.waiting.add(go)
    })
  }

  leave(): void {
    const [next] = this.waiting
    if (!next) {
      this.free += 1
      return
    }
    this.waiting.delete(next)
    next()
  }
}

const runs = new Places(5, 20_000)
/** A file goes as slowly as it is fetched. */
export const files = new Places(4, 20_000)
