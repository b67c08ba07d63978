/** Clean Up: links that open nothing any more. The user of an invitation that is over stays, to be invited again. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { hasNoWayIn } from './open.ts'

export async function forgetOldResets(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('passwordReset').where('expiresAt', '<', now).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Of whom came in by another door. */
export async function forgetNeedlessInvitations(db: Db): Promise<number> {
  const { numAffectedRows } = await sql`delete from invitation i using "user" u where u.id = i.user_id and not (${hasNoWayIn})`.execute(db)
  return Number(numAffectedRows ?? 0)
}
