/** Whether a process that sends mail is missing: Delivery Health and why nothing goes out tell it by the same judgement, in the same words. */
import { noSenderSince } from '../delivery/lease.ts'
import { timeInWords } from '../platform/date-and-time.ts'
import type { Db } from '../platform/db.ts'
import { readGeneral } from '../settings/settings.ts'
import { startRole } from './check.ts'

/** A restart takes less. */
const restartMs = 30_000

export type MissingSender = { message: string; advice: string }

/** Null while one lives, and while it may only be starting again. */
export async function missingSender(db: Db): Promise<MissingSender | null> {
  const since = await noSenderSince(db, restartMs)
  if (!since) return null
  return { message: `No process that sends mail has been alive since ${timeInWords(since, (await readGeneral(db)).timeZone)}.`, advice: startRole('sender') }
}
