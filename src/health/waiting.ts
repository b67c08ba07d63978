/** Mass emails whose mail is due now and only waits to be let out: for the portion, or for the window. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

export type Waiting = { id: string; name: string; userIds: (string | null)[] }

/** Of active campaigns, the one that was frozen first before the others; `userIds` are those whom it concerns. */
export async function waitingMassEmails(db: Db, now: Date): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select m.id, m.name, array[coalesce(m.author_id, m.created_by), c.assigned_user_id] as user_ids
      from mass_email m join campaign c on c.id = m.campaign_id
     where m.status = 'inProcess' and m.deleted_at is null and c.status = 'active'
       and exists (select from delivery d where d.mass_email_id = m.id and d.status = 'pending' and not d.test and d.due_at <= ${now}) order by m.frozen_at`.execute(db)
  return rows
}
