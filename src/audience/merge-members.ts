/** Two records become one: memberships join, with the earliest consent; every "no" holds for every address of the person. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { audienceTypes, overTypes } from './mailable.ts'

/** `members` is a SELECT of (record_id, member): memberships of the others as JSON. Whoever came first says how the record came into a list, but a report only where nobody else does: a mirror would take the person out. */
export async function mergeMembers(tx: Tx, entityType: string, recordId: string, members: RawBuilder<unknown>): Promise<void> {
  await sql`
    with kept as (select m.* from (${members}) k, jsonb_populate_record(null::target_list_member, k.member) m),
    first as (select distinct on (target_list_id) target_list_id, source, added_by, added_at from kept order by target_list_id, source = 'report', added_at),
    consent as (select distinct on (target_list_id) target_list_id, consent_at, consent_source, consent_text from kept order by target_list_id, consent_at nulls last)
    insert into target_list_member as t (target_list_id, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text)
    select f.target_list_id, ${entityType}, ${recordId}::uuid, f.source, f.added_by, f.added_at, c.consent_at, c.consent_source, c.consent_text
      from first f join consent c using (target_list_id)
     order by f.target_list_id
        on conflict (target_list_id, entity_type, record_id) do update
       set (source, added_by, added_at) = (select e.* from (
             select t.source, t.added_by, t.added_at union all select excluded.source, excluded.added_by, excluded.added_at) e order by e.source = 'report', 3 limit 1),
           (consent_at, consent_source, consent_text) = (select e.* from (
             select t.consent_at, t.consent_source, t.consent_text
             union all select excluded.consent_at, excluded.consent_source, excluded.consent_text) e order by 1 nulls last limit 1)`.execute(tx)
}

/** Back to `before` (JSON rows of this record), in the lists that the others brought along. */
export async function unmergeMembers(tx: Tx, entityType: string, recordId: string, before: RawBuilder<unknown>, others: RawBuilder<unknown>): Promise<void> {
  await sql`
    delete from target_list_member where entity_type = ${entityType} and record_id = ${recordId}::uuid
       and target_list_id in (select (o.member ->> 'target_list_id')::uuid from (${others}) o)`.execute(tx)
  await sql`
    insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text)
    select m.target_list_id, m.entity_type, m.record_id, m.source, m.added_by, m.added_at, m.consent_at, m.consent_source, m.consent_text
      from (${before}) k, jsonb_populate_record(null::target_list_member, k.member) m
     where m.target_list_id in (select (o.member ->> 'target_list_id')::uuid from (${others}) o)
        on conflict do nothing`.execute(tx)
}

/**
 * What any of these addresses said "no" to, all of them have said "no" to. Dead and full mailboxes are facts of one address and stay
 * there. What an address has said itself stays as it is. `doNotEmail`: one of the merged records said it. Answers how many were added.
 */
export async function shareRefusals(tx: Tx, addresses: readonly string[], of: Merged): Promise<number> {
  const given = [...new Map(addresses.filter((address) => address !== '').map((address) => [address.toLowerCase(), address])).values()]
  if (given.length === 0) return 0
  const person = sql`unnest(${given}::text[]) as p (email_address)`
  const lists = await sql`
    insert into opt_out (target_list_id, email_key, email_address, entity_type, record_id, source, reason, at, by_user_id, ip, user_agent)
    select distinct on (o.target_list_id, lower(p.email_address)) o.target_list_id, lower(p.email_address), p.email_address, ${of.entityType}, ${of.recordId}::uuid,
           'merge', o.reason, o.at, ${of.byUserId}::uuid, o.ip, o.user_agent
      from opt_out o, ${person}
     where o.email_key in (select lower(email_address) from ${person})
     order by o.target_list_id, lower(p.email_address), o.at
        on conflict (target_list_id, email_key) do nothing`.execute(tx)
  const entirely = await sql`
    insert into suppression (email_key, email_address, reason, source, detail, entity_type, record_id, at, by_user_id)
    select distinct on (lower(p.email_address), s.reason) lower(p.email_address), p.email_address, s.reason, 'merge', s.detail, ${of.entityType}, ${of.recordId}::uuid,
           s.at, ${of.byUserId}::uuid
      from suppression s, ${person}
     where s.email_key in (select lower(email_address) from ${person}) and s.reason in ('optedOut', 'complained', 'doNotEmail')
     order by lower(p.email_address), s.reason, s.at
        on conflict (email_key, reason) do nothing`.execute(tx)
  return Number(lists.numAffectedRows ?? 0) + Number(entirely.numAffectedRows ?? 0) + await keepDoNotEmail(tx, given, of)
}

type Merged = { entityType: string; recordId: string; byUserId: string; now: Date; doNotEmail: boolean }

/** "Do not email" holds for the address of whatever record says it. An address of this person without such a record keeps it by itself. */
async function keepDoNotEmail(tx: Tx, addresses: readonly string[], of: Merged): Promise<number> {
  const saidFor = (keys: RawBuilder<unknown>) => sql`exists (${overTypes(audienceTypes(), ({ table }) => sql`
      select from ${sql.table(table)} r where r.do_not_email and r.email_key in (${keys})`)})`
  const { numAffectedRows } = await sql`
    insert into suppression (email_key, email_address, reason, source, entity_type, record_id, at, by_user_id)
    select lower(p.email_address), p.email_address, 'doNotEmail', 'merge', ${of.entityType}, ${of.recordId}::uuid, ${of.now}, ${of.byUserId}::uuid
      from unnest(${addresses}::text[]) as p (email_address)
     where (${of.doNotEmail} or ${saidFor(sql`select lower(a) from unnest(${addresses}::text[]) a`)}) and not ${saidFor(sql`lower(p.email_address)`)}
        on conflict (email_key, reason) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
