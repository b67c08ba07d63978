/**
 * Whether somebody whose delivery was frozen may still be mailed: one SQL expression for a delivery row, index look-ups only, so
 * that it can stand in the statement that claims and in the one that sets the mark before the wire.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed, reachesAll } from '../access/row-rights.ts'
import type { LateHindrance } from './codes.ts'
import { type MailableType, overTypes } from './mailable.ts'

/** What the mass email was frozen with. */
export type FrozenAudience = {
  targetListIds: readonly string[]
  excludingTargetListIds: readonly string[]
  informational: boolean
  /** Setting: somebody removed from all lists after freezing is not mailed. */
  honourRemovals: boolean
  now: Date
  /** The author, with today's rights; left out: may read all. */
  reader?: Actor | undefined
}

/**
 * Null, or why the delivery in the row `alias` (entity_type, record_id, email_key) must not leave. To ask about the present address
 * of a record whose address changed, give a row with that address as email_key.
 */
export function stillAllowed(alias: string, frozen: FrozenAudience, types: readonly MailableType[]): RawBuilder<LateHindrance | null> {
  const d = { type: sql.ref(`${alias}.entity_type`), record: sql.ref(`${alias}.record_id`), key: sql.ref(`${alias}.email_key`) }
  const suppressed = (reason: string) => sql`${reason} = any(said_no.reasons)`
  return sql<LateHindrance | null>`(
    select case
      when ${d.type} <> all(${types.filter(({ mailable }) => mailable).map(({ name }) => name)}::text[]) then 'notMailable'
      when now_is.email_key is null then 'recordDeleted'
      when ${isMember(d, frozen.excludingTargetListIds)} then 'excludedRecord'
      when ${hasLeft(d, frozen)} then 'removedFromLists'
      when now_is.email_key = '' then 'noAddress'
      when now_is.email_key <> ${d.key} then 'addressChanged'
      when now_is.email_malformed then 'malformedAddress'
      when ${belongsToExcluded(d, frozen, types)} then 'excludedAddress'
      when ${suppressed('complained')} then 'complained'
      ${frozen.informational ? sql`` : sql`
      when ${isOptedOut(d, frozen)} then 'optedOutOfList'
      when ${suppressed('optedOut')} then 'optedOutEntirely'`}
      when ${suppressed('invalid')} then 'invalidAddress'
      when ${suppressed('softBounced')} then 'softBounced'
      when ${suppressed('doNotEmail')} or ${someoneSaidDoNotEmail(d, types)} then 'doNotEmail'
      when now_is.inactive then 'inactiveUser'
      when now_is.not_readable then 'notReadable'
    end
    from (${suppressions(d, frozen)}) as said_no left join lateral (${presentRecord(d, frozen, types)}) as now_is on true)`
}

/** All reasons of an address in one look-up: an array, empty for nearly everybody. `offset 0` keeps PostgreSQL from asking once for each use. */
const suppressions = ({ key }: DeliveryColumns, { now }: FrozenAudience) => sql`
      select array(select s.reason from suppression s where s.email_key = ${key} and (s.until is null or s.until > ${now})) as reasons offset 0`

type DeliveryColumns = { type: RawBuilder<unknown>; record: RawBuilder<unknown>; key: RawBuilder<unknown> }

const presentRecord = ({ type, record }: DeliveryColumns, { reader }: FrozenAudience, types: readonly MailableType[]) => overTypes(types, ({ name, table }) => sql`
      select r.email_key, r.email_malformed, ${name === 'User' ? sql`not r.is_active` : sql`false`} as inactive,
             ${reader && !reachesAll(reader, name, 'read') ? sql`not coalesce(${allowed(reader, name, 'read')}, false)` : sql`false`} as not_readable
        from ${sql.table(table)} r where ${type} = ${name} and r.id = ${record}`)

const isMember = ({ type, record }: DeliveryColumns, listIds: readonly string[]) => listIds.length === 0 ? sql`false` : sql`exists (
      select from target_list_member m
       where m.entity_type = ${type} and m.record_id = ${record} and m.target_list_id = any(${listIds}::uuid[]))`

/** In none of the lists any more; a deleted list has no members, whatever the setting says. */
const hasLeft = ({ type, record }: DeliveryColumns, { targetListIds, honourRemovals }: FrozenAudience) => sql`not exists (
      select from target_list l
       where l.id = any(${targetListIds}::uuid[]) and l.deleted_at is null ${honourRemovals ? sql`
         and exists (select from target_list_member m
                      where m.target_list_id = l.id and m.entity_type = ${type} and m.record_id = ${record})` : sql``})`

const belongsToExcluded = ({ key }: DeliveryColumns, { excludingTargetListIds }: FrozenAudience, types: readonly MailableType[]) =>
  excludingTargetListIds.length === 0 ? sql`false` : sql`exists (${overTypes(types, ({ name, table }) => sql`
      select from ${sql.table(table)} r join target_list_member m on m.entity_type = ${name} and m.record_id = r.id
       where r.email_key = ${key} and r.email_key <> '' and m.target_list_id = any(${excludingTargetListIds}::uuid[])`)})`

/** Opted out of at least one of the lists, and of every one that the record is in. */
const isOptedOut = ({ type, record, key }: DeliveryColumns, { targetListIds }: FrozenAudience) => sql`
      exists (select from opt_out o where o.email_key = ${key} and o.target_list_id = any(${targetListIds}::uuid[]))
      and not exists (
        select from target_list_member m
         where m.entity_type = ${type} and m.record_id = ${record} and m.target_list_id = any(${targetListIds}::uuid[])
           and not exists (select from opt_out o where o.target_list_id = m.target_list_id and o.email_key = ${key}))`

const someoneSaidDoNotEmail = ({ key }: DeliveryColumns, types: readonly MailableType[]) => sql`exists (${overTypes(types, ({ table }) => sql`
      select from ${sql.table(table)} r where r.email_key = ${key} and r.do_not_email`)})`
