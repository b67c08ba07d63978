/** The members of target lists, and what stands between each and the next mail: the same meaning for counts and for single pages. */
import { type RawBuilder, sql } from 'kysely'
import { type MemberState, type SuppressionReason, suppressionReasons } from './codes.ts'
import { type MailableType, overTypes } from './mailable.ts'

type Condition = RawBuilder<unknown>
/** What has to be known about a member `m`. */
type Known = Record<SuppressionReason | 'ownOptOut' | 'saidByRecord', Condition>

/** The first that applies; what concerns a mass email alone (exclusions, duplicates) is its verdict. */
const stateWhere = (known: Known): RawBuilder<MemberState> => sql<MemberState>`case
  when m.email_key = '' then 'noAddress'
  when m.email_malformed then 'malformed'
  when ${known.complained} then 'complained'
  when ${known.ownOptOut} or ${known.optedOut} then 'optedOut'
  when ${known.invalid} then 'invalid'
  when ${known.softBounced} then 'softBounced'
  when ${known.doNotEmail} or ${known.saidByRecord} then 'doNotEmail'
  when m.inactive then 'inactiveUser'
  when m.not_mailable then 'notMailable'
  else 'deliverable' end`

/** For counts, where nobody is named. */
const everybody = (): RawBuilder<boolean> => sql<boolean>`true`

/** Members as rows `m`, each with its record's name and address; `who` is a condition over the record `r` of a type. */
export const members = (targetListIds: readonly string[], types: readonly MailableType[], who: (type: MailableType) => RawBuilder<boolean> = everybody): RawBuilder<unknown> => sql`
  (${overTypes(types, (type) => sql`
    select m.target_list_id, m.entity_type, m.record_id, m.source, m.added_by, m.added_at, r.name, r.email_address, r.email_key,
           r.email_malformed, ${type.name === 'User' ? sql`not r.is_active` : sql`false`} as inactive, ${!type.mailable}::boolean as not_mailable
      from target_list_member m join ${sql.table(type.table)} r on r.id = m.record_id
     where m.entity_type = ${type.name} and m.target_list_id = any(${targetListIds}::uuid[]) and ${who(type)}`)}) m`

/** For a page: look-ups by index for the rows that are shown, however many others there are. */
export const stateLookedUp = (types: readonly MailableType[], now: Date): RawBuilder<MemberState> => stateWhere({
  ...byReason((reason) => sql`exists (select from suppression s where s.email_key = m.email_key and s.reason = ${reason} and ${inForce(now)})`),
  ownOptOut: sql`exists (select from opt_out o where o.target_list_id = m.target_list_id and o.email_key = m.email_key)`,
  saidByRecord: sql`exists (${overTypes(types, ({ table }) => sql`select from ${sql.table(table)} d where d.email_key = m.email_key and d.do_not_email`)})`,
})

/** For all: joined once, to go with `membersJoined`. */
export const stateJoined: RawBuilder<MemberState> = stateWhere({
  ...byReason((reason) => sql`${sql.id(reason)}.email_key is not null`),
  ownOptOut: sql`own_opt_out.email_key is not null`,
  saidByRecord: sql`said_by_record.email_key is not null`,
})

export const membersJoined = (
  targetListIds: readonly string[], types: readonly MailableType[], now: Date, who: (type: MailableType) => RawBuilder<boolean> = everybody,
): RawBuilder<unknown> => sql`
  ${members(targetListIds, types, who)}
  left join opt_out own_opt_out on own_opt_out.target_list_id = m.target_list_id and own_opt_out.email_key = m.email_key
  ${sql.join(suppressionReasons.map((reason) => sql`
  left join (select s.email_key from suppression s where s.reason = ${reason} and ${inForce(now)}) as ${sql.id(reason)}
    on ${sql.id(reason)}.email_key = m.email_key`), sql` `)}
  left join (select distinct email_key from (${overTypes(types, ({ table }) => sql`
    select email_key from ${sql.table(table)} where do_not_email and email_key <> ''`)}) marked) said_by_record on said_by_record.email_key = m.email_key`

const inForce = (now: Date) => sql`(s.until is null or s.until > ${now})`

function byReason(condition: (reason: SuppressionReason) => Condition) {
  return Object.fromEntries(suppressionReasons.map((reason) => [reason, condition(reason)])) as Record<SuppressionReason, Condition>
}
