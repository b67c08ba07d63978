/** When the next portion goes: the first run of Send Mass Emails that finds allowance. */
import { readPortion, type Portion } from '../pace/portion.ts'
import { nextRuns } from '../jobs/schedule.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral, readOutboundEmails } from '../settings/settings.ts'

export type NextPortion = Portion & {
  /** Null while there is allowance, or when no run is to come. */
  nextAt: Date | null
}

export async function nextPortion(db: Db, clock: Clock): Promise<NextPortion> {
  const portion = await readPortion(db, clock, await readOutboundEmails(db))
  return { ...portion, nextAt: portion.freeAt && (await nextRun(db, portion.freeAt)) }
}

/** The first run at or after `from`; null when the job is inactive. */
export const nextRun = async (db: Db, from: Date): Promise<Date | null> => (await runsAfter(db))(from)

/** The same for many times, asked once. */
export async function runsAfter(db: Db): Promise<(from: Date) => Date | null> {
  const job = await db.selectFrom('scheduledJob').select(['schedule', 'status']).where('name', '=', 'send-mass-emails').executeTakeFirst()
  if (job?.status !== 'active') return () => null
  const { timeZone } = await readGeneral(db)
  // A run looks for times after the last one; one that falls on `from` itself counts.
  return (from) => nextRuns(job.schedule, new Date(from.getTime() - 1), timeZone, 1)[0] ?? null
}
