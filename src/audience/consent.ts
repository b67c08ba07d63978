/** What an address agreed to by itself: it joins lists with its consent, and takes back a "no" for these lists alone. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { audienceTypes, overTypes } from './mailable.ts'

/** `proved`: the address has shown that it wants this itself; else anybody may have typed it in. */
export type Consent = { at: Date; source: string; text: string; proved: boolean }

/**
 * Whoever is a member already keeps his source, but for a report's: what he wants himself no mirror takes away. His consent is the newest
 * one that was proved; one without proof never stands in the place of another.
 */
export async function joinWithConsent(tx: Tx, targetListIds: readonly string[], record: { entityType: string; id: string }, { at, source, text, proved }: Consent): Promise<void> {
  await sql`
    insert into target_list_member as known (target_list_id, entity_type, record_id, source, added_at, consent_at, consent_source, consent_text)
    select id, ${record.entityType}, ${record.id}::uuid, 'form', ${at}::timestamptz, ${at}::timestamptz, ${source}, ${text}
      from target_list where id = any(${targetListIds}::uuid[]) and deleted_at is null
     order by id
        on conflict (target_list_id, entity_type, record_id) do update
       set source = case when known.source = 'report' then excluded.source else known.source end,
           (consent_at, consent_source, consent_text) = (
             select case when kept then known.consent_at else excluded.consent_at end, case when kept then known.consent_source else excluded.consent_source end,
                    case when kept then known.consent_text else excluded.consent_text end
               from (select known.consent_at is not null and not ${proved}::boolean as kept) k)`.execute(tx)
}

/**
 * `lists` by name; `others`: lists for which "no" to everything, or a complaint, goes on counting. `still`: what else stands against mail
 * to this address. `deliveries`: those whose link, or complaint, had said the "no".
 */
export type Lifted = {
  lists: string[]; entirely: boolean; complaint: boolean; others: number; still: string[]; deliveries: { lane: number; deliveryId: number }[]
}

/** For a confirmed double opt-in only. Invalid and soft bounced stay: they are no "no", the address does not work; do not email stays as the company's own decision. */
export async function liftByConsent(tx: Tx, emailAddress: string, targetListIds: readonly string[], now: Date): Promise<Lifted> {
  const { rows: lists } = await sql<Origin & { name: string }>`
    delete from opt_out o using target_list l
     where l.id = o.target_list_id and o.email_key = lower(${emailAddress}::text) and o.target_list_id = any(${targetListIds}::uuid[])
    returning l.name, o.lane, o.delivery_id`.execute(tx)
  const others = await turnIntoListOptOuts(tx, emailAddress, targetListIds)
  const { rows: suppressions } = await sql<Origin & { reason: string }>`
    delete from suppression where email_key = lower(${emailAddress}::text) and reason in ('optedOut', 'complained')
    returning reason, lane, delivery_id`.execute(tx)
  return {
    lists: lists.map(({ name }) => name), others, still: await stillAgainst(tx, emailAddress, now),
    entirely: suppressions.some(({ reason }) => reason === 'optedOut'), complaint: suppressions.some(({ reason }) => reason === 'complained'),
    deliveries: deliveriesOf([...lists, ...suppressions]),
  }
}

type Origin = { lane: number | null; deliveryId: number | null }

/**
 * Of two the complaint is kept: no link may lift it. A "no" that a link had said to everything may still be taken back by that link.
 * Lists put away are among them: one that comes back does not forget.
 */
async function turnIntoListOptOuts(tx: Tx, emailAddress: string, except: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into opt_out (target_list_id, email_key, email_address, entity_type, record_id, source, reason, lane, delivery_id, at, by_user_id, ip, user_agent)
    select l.id, s.email_key, s.email_address, s.entity_type, s.record_id, s.source, s.detail,
           case when s.reason = 'optedOut' then s.lane end, case when s.reason = 'optedOut' then s.delivery_id end, s.at, s.by_user_id, s.ip, s.user_agent
      from (select * from suppression where email_key = lower(${emailAddress}::text) and reason in ('optedOut', 'complained')
             order by reason = 'complained' desc limit 1) s
      cross join target_list l
     where l.id <> all(${except}::uuid[])
     order by l.id
        on conflict (target_list_id, email_key) do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

async function stillAgainst(tx: Tx, emailAddress: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ reason: string }>`
    select reason from suppression where email_key = lower(${emailAddress}::text) and (until is null or until > ${now})
    union
    select 'doNotEmail' where exists (${overTypes(audienceTypes(), ({ table }) => sql`
      select from ${sql.table(table)} d where d.email_key = lower(${emailAddress}::text) and d.do_not_email`)})
     order by reason`.execute(tx)
  return rows.map(({ reason }) => reason)
}

function deliveriesOf(origins: readonly Origin[]): Lifted['deliveries'] {
  const known = origins.flatMap(({ lane, deliveryId }) => (lane !== null && deliveryId !== null ? [{ lane, deliveryId }] : []))
  return known.filter((one, index) => known.findIndex((other) => other.lane === one.lane && other.deliveryId === one.deliveryId) === index)
}
