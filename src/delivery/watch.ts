/** What is watched while mail goes out: harm that a mass email does, and accounts that break. Part of house-keeping. */
import type { Db } from '../platform/db.ts'
import { tellAboutAccounts } from './account-notices.ts'
import { stopHarmful } from './safety-stop.ts'

export async function keepWatch(db: Db, now: Date): Promise<void> {
  await stopHarmful(db, now)
  await tellAboutAccounts(db, now)
}
