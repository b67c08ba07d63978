/** Which target lists keep people from getting mail: those must not shrink by accident. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

/**
 * An excluding list of any campaign that is not complete, or of a mass email of one; also of what was started in a complete one, as long as it may be sent
 * to new members. Not only of what is Pending now: a run of the job an hour before somebody sets Pending would have emptied it already.
 */
export async function isExcluding(db: Db, targetListId: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`
    select exists (
      select from campaign_target_list x join campaign c on c.id = x.campaign_id
       where x.target_list_id = ${targetListId}::uuid and x.excluding and c.deleted_at is null and c.status <> 'complete'
      union all
      select from mass_email_target_list x join mass_email m on m.id = x.mass_email_id join campaign c on c.id = m.campaign_id
       where x.target_list_id = ${targetListId}::uuid and x.excluding and m.deleted_at is null and c.deleted_at is null
         and (c.status <> 'complete' or m.status in ('inProcess', 'paused', 'complete'))) as yes`.execute(db)
  return rows[0]!.yes
}
