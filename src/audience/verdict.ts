/**
 * The verdict on every candidate of a mass email, as one set-based SELECT: whether it will be mailed and, if not, why.
 * No query per person. What is written from it (deliveries, the frozen funnel) is delivery's business.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { Verdict } from './codes.ts'
import { inMailingOrder, type MailableType, overTypes } from './mailable.ts'

/**
 * Who is asked about. Lists in their order; `informational` ignores list and entire opt-outs; with `alreadyInMassEmailId` only
 * people whom that mass email has not judged yet are candidates, and an address in its ledger is a duplicate.
 */
export type Audience = {
  targetListIds: readonly string[]
  excludingTargetListIds: readonly string[]
  informational: boolean
  now: Date
  /** Only records that this person may read are mailed; left out: all. */
  reader?: Actor | undefined
  alreadyInMassEmailId?: string
}

export type VerdictRow = {
  lane: number
  entityType: string
  recordId: string
  emailAddress: string
  emailKey: string
  verdict: Verdict
  /** Included, though opted out of some of the lists it is in. */
  partlyOptedOut: boolean
  typeRank: number
  listPosition: number
}

/**
 * `with … select …`, to be put in parentheses: one row for each distinct record over the lists (columns of VerdictRow in snake case),
 * sorted by lane and address: that is how the ledger's indexes are filled fastest.
 */
export function verdicts(audience: Audience, types: readonly MailableType[]): RawBuilder<VerdictRow> {
  const ordered = inMailingOrder(types)
  return sql<VerdictRow>`
    with candidate as (${overTypes(ordered, (type, rank) => candidatesOf(type, rank, audience))}),
    excluded_record as (${excludedRecords(audience)}),
    address as (${knownAddresses(ordered, audience)}),
    judged as (${judged(audience)})
    select lane, entity_type, record_id, coalesce(other_spelling, email_key) as email_address, email_key,
           coalesce(hindrance, case when place > 1 then 'duplicateAddress' else 'included' end) as verdict,
           hindrance is null and place = 1 and some_opted_out and ${!audience.informational}::boolean as partly_opted_out,
           type_rank, list_position
      from (
        select located.*, row_number() over (
                 partition by lane, email_key, hindrance is null order by type_rank, list_position, record_id) as place
          from (select judged.*, lane_of(email_key) as lane from judged) located) ranked`
}

/** The records of one type that are in the lists: each once, at its first list. An address is carried beside its key only where it is spelled otherwise: what is sorted and set aside is smaller by a fifth. */
function candidatesOf(type: MailableType, rank: number, audience: Audience): RawBuilder<unknown> {
  const lists = sql`${audience.targetListIds}::uuid[]`
  const leftIt = sql`o.email_key is not null`
  // In one list everybody is once: grouping half a million people for nothing took a quarter of the time.
  const one = audience.targetListIds.length === 1
  return sql`
    select ${rank}::int as type_rank, ${type.name}::text as entity_type, r.id as record_id, nullif(r.email_address, r.email_key) as other_spelling,
           r.email_key collate "C" as email_key, r.email_malformed, ${inactive(type)} as inactive, ${!type.mailable}::boolean as not_mailable, ${notReadable(type, audience)} as not_readable,
           ${one ? sql`1` : sql`min(array_position(${lists}, m.target_list_id))`} as list_position,
           ${one ? leftIt : sql`bool_and(${leftIt})`} as all_opted_out, ${one ? leftIt : sql`bool_or(${leftIt})`} as some_opted_out
      from target_list_member m
      join ${sql.table(type.table)} r on r.id = m.record_id
      left join opt_out o on o.target_list_id = m.target_list_id and o.email_key = r.email_key
     where m.target_list_id = any(${lists}) and m.entity_type = ${type.name} ${onlyNew(type, audience)}
     ${one ? sql`` : sql`group by r.id`}`
}

const notReadable = ({ name }: MailableType, { reader }: Audience) =>
  reader && !reachesAll(reader, name, 'read') ? sql`not coalesce(${allowed(reader, name, 'read')}, false)` : sql`false`

const inactive = (type: MailableType) => (type.name === 'User' ? sql`not r.is_active` : sql`false`)

const onlyNew = (type: MailableType, { alreadyInMassEmailId: massEmailId }: Audience) => massEmailId === undefined ? sql`` : sql`
       and not exists (select from delivery d where d.mass_email_id = ${massEmailId}::uuid
                          and d.entity_type = ${type.name} and d.record_id = r.id and not d.test)
       and not exists (select from not_mailed n where n.mass_email_id = ${massEmailId}::uuid
                          and n.entity_type = ${type.name} and n.record_id = r.id)`

const excludedRecords = ({ excludingTargetListIds }: Audience) => sql`
      select entity_type, record_id from target_list_member
       where target_list_id = any(${excludingTargetListIds}::uuid[]) group by entity_type, record_id`

/**
 * What is known of addresses as such: excluded (that of any member of an excluding list, opted out or not), suppressed, not to be mailed.
 * One row an address: joining each kind of fact by itself hashed every candidate's address three times.
 */
const knownAddresses = (types: readonly MailableType[], { excludingTargetListIds, now }: Audience) => sql`
      select email_key, bool_or(fact = 'excluded') as excluded, bool_or(fact = 'complained') as complained, bool_or(fact = 'optedOut') as opted_out,
             bool_or(fact = 'invalid') as invalid, bool_or(fact = 'softBounced') as soft_bounced, bool_or(fact = 'doNotEmail') as do_not_email
        from (${overTypes(types, (type) => sql`
              select r.email_key, 'excluded' as fact from target_list_member m join ${sql.table(type.table)} r on r.id = m.record_id
               where m.target_list_id = any(${excludingTargetListIds}::uuid[]) and m.entity_type = ${type.name}`)}
              union all select email_key, reason from suppression where until is null or until > ${now}
              union all ${overTypes(types, (type) => sql`
              select email_key, 'doNotEmail' from ${sql.table(type.table)} where do_not_email`)}) fact
       where email_key <> '' group by email_key`

/** Every candidate with the first hindrance that concerns it alone, or null. The order is that of `hindrances`. */
const judged = ({ informational, alreadyInMassEmailId: massEmailId }: Audience) => sql`
      select c.*, case
               when er.record_id is not null then 'excludedRecord'
               when c.email_key = '' then 'noAddress'
               when c.email_malformed then 'malformedAddress'
               when a.excluded then 'excludedAddress'
               when a.complained then 'complained'
               ${informational ? sql`` : sql`
               when c.all_opted_out then 'optedOutOfList'
               when a.opted_out then 'optedOutEntirely'`}
               when a.invalid then 'invalidAddress'
               when a.soft_bounced then 'softBounced'
               when a.do_not_email then 'doNotEmail'
               when c.inactive then 'inactiveUser'
               when c.not_readable then 'notReadable'
               when c.not_mailable then 'notMailable'
               ${massEmailId === undefined ? sql`` : sql`when ledger.email_key is not null then 'duplicateAddress'`}
             end as hindrance
        from candidate c
        -- "is true": hashed by the id alone, which nearly always decides.
        left join excluded_record er on er.record_id = c.record_id and (er.entity_type = c.entity_type) is true
        left join address a on a.email_key = c.email_key
        ${massEmailId === undefined ? sql`` : sql`
        left join (select distinct email_key from delivery where mass_email_id = ${massEmailId}::uuid and not test) ledger
               on ledger.email_key = c.email_key`}`
