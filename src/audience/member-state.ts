/** The members of target lists with what stands between each and the next mail: one FROM clause for pages and for counts. */
import { type RawBuilder, sql } from 'kysely'
import type { MemberState } from './codes.ts'
import { type MailableType, overTypes } from './mailable.ts'

/** The first that applies; what concerns a mass email alone (exclusions, duplicates) is its verdict. */
export const stateOfMember = sql<MemberState>`case
  when m.email_key = '' then 'noAddress'
  when m.email_malformed then 'malformed'
  when complained.email_key is not null then 'complained'
  when own_opt_out.email_key is not null or opted_out.email_key is not null then 'optedOut'
  when invalid.email_key is not null then 'invalid'
  when soft_bounced.email_key is not null then 'softBounced'
  when do_not_email.email_key is not null then 'doNotEmail'
  when m.inactive then 'inactiveUser'
  when m.not_mailable then 'notMailable'
  else 'deliverable' end`

/** `m` (member and its record), `own_opt_out` (the list's "no" of that address), and what is known about the address. */
export const membersWithState = (targetListIds: readonly string[], types: readonly MailableType[], now: Date): RawBuilder<unknown> => sql`
  (${overTypes(types, (type) => membersOfType(type, targetListIds))}) m
  left join opt_out own_opt_out on own_opt_out.target_list_id = m.target_list_id and own_opt_out.email_key = m.email_key
  left join ${suppressed('complained', now)} on complained.email_key = m.email_key
  left join ${suppressed('optedOut', now)} on opted_out.email_key = m.email_key
  left join ${suppressed('invalid', now)} on invalid.email_key = m.email_key
  left join ${suppressed('softBounced', now)} on soft_bounced.email_key = m.email_key
  left join (select distinct email_key from (${overTypes(types, ({ table }) => sql`
    select email_key from ${sql.table(table)} where do_not_email and email_key <> ''`)}) marked) do_not_email on do_not_email.email_key = m.email_key`

const membersOfType = (type: MailableType, targetListIds: readonly string[]) => sql`
    select m.target_list_id, m.entity_type, m.record_id, m.source, m.added_by, m.added_at, r.name, r.email_address, r.email_key,
           r.email_malformed, ${type.name === 'User' ? sql`not r.is_active` : sql`false`} as inactive, ${!type.mailable}::boolean as not_mailable
      from target_list_member m join ${sql.table(type.table)} r on r.id = m.record_id
     where m.entity_type = ${type.name} and m.target_list_id = any(${targetListIds}::uuid[])`

const aliases = { complained: 'complained', optedOut: 'opted_out', invalid: 'invalid', softBounced: 'soft_bounced' } as const

const suppressed = (reason: keyof typeof aliases, now: Date) => sql`
    (select email_key from suppression where reason = ${reason} and (until is null or until > ${now})) ${sql.raw(aliases[reason])}`
