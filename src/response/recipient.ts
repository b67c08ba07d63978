/** The delivery behind a token, as the pages need it: who got which mail, and from which lists. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'

export type Recipient = {
  lane: number
  id: number
  massEmailId: string
  campaignId: string
  entityType: string
  recordId: string
  emailAddress: string
  templateVersionId: string | null
  test: boolean
  optOutEntirely: boolean
  /** What opting out concerns: the lists the mass email was frozen with, else its own, else the campaign's; deleted ones too. */
  targetListIds: string[]
}

/** Null when there is no such delivery: its page is then the one of a wrong token. */
export async function readRecipient(db: Db, { lane, id }: { lane: number; id: number }): Promise<Recipient | null> {
  const { rows } = await sql<Recipient>`
    select d.lane, d.id, d.mass_email_id, m.campaign_id, d.entity_type, d.record_id, d.email_address, d.template_version_id, d.test, m.opt_out_entirely,
           coalesce(
             (select array_agg(listed::uuid) from jsonb_array_elements_text(m.frozen -> 'targetListIds') as listed),
             (select array_agg(target_list_id order by position) from mass_email_target_list where mass_email_id = m.id and not excluding),
             (select array_agg(target_list_id order by position) from campaign_target_list where campaign_id = m.campaign_id and not excluding),
             '{}') as target_list_ids
      from delivery d join mass_email m on m.id = d.mass_email_id
     where d.lane = ${lane} and d.id = ${id}`.execute(db)
  return rows[0] ?? null
}
