/** Memberships come back with what was known of them: source, who added it when, consent. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

/** `members` is a SELECT of (record_id, member): rows of target_list_member as JSON. Answers, for each record, the lists that were deleted since. */
export async function restoreMembers(tx: Tx, members: RawBuilder<unknown>, since: Date): Promise<{ recordId: string; name: string }[]> {
  const { rows } = await sql<{ recordId: string; name: string }>`
    with kept as (select m.* from (${members}) k, jsonb_populate_record(null::target_list_member, k.member) m),
    back as (
      insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text)
      select k.target_list_id, k.entity_type, k.record_id, k.source, k.added_by, k.added_at, k.consent_at, k.consent_source, k.consent_text
        from kept k join target_list l on l.id = k.target_list_id
       order by k.target_list_id, k.record_id
          on conflict do nothing)
    select k.record_id, l.name from kept k join target_list l on l.id = k.target_list_id where l.deleted_at >= ${since}`.execute(tx)
  return rows
}
