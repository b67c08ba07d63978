/** Runs of reports end in time: with an answer, or with what to do. */
import { type Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { readWithin, tooLate } from '../listing/deadline.ts'

const patienceMs = 28_000

/** Compiling a statement takes longer than most of them run; groups are kept in memory where they fit. */
const settings = { jit: 'off', work_mem: '64MB', hash_mem_multiplier: '4' }

export async function inTime<Result>(db: Db, read: (db: Db) => Promise<Result>, milliseconds = patienceMs): Promise<Result> {
  const result = await readWithin(db, milliseconds, read, settings)
  if (result === tooLate) throw tooSlow()
  return result
}

export const tooSlow = () => new AppError('unavailable', 'reportTooSlow',
  'This report takes too long on so much data. Narrow it, for example to one campaign or to the last 30 days, or group by a field with fewer values.')
