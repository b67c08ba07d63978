/** Clean Up: links that open nothing any more. The user of an invitation that is over stays, to be invited again. */
import type { Db } from '../platform/db.ts'

export async function forgetOldResets(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('passwordReset').where('expiresAt', '<', now).executeTakeFirst()
  return Number(numDeletedRows)
}
