/** Clean Up: what was never confirmed, a month after its time; and how often networks sent forms, a day later. Proofs of consent stay. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

const keptDays = 30

export async function forgetUnconfirmed(db: Db, now: Date): Promise<number> {
  await sql`delete from subscription_attempt where since < ${now}::timestamptz - interval '1 day'`.execute(db)
  const { numAffectedRows } = await sql`
    delete from subscription where status = 'pending' and expires_at < ${now}::timestamptz - ${keptDays} * interval '1 day'`.execute(db)
  return Number(numAffectedRows ?? 0)
}
