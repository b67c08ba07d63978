/**
 * A person's "no" to a target list. It belongs to the address: it holds for every record with it and survives the membership.
 * A "no" to everything is a suppression with the reason optedOut.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Db, Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type Proof, suppress } from './suppressions.ts'

/** Whose "no" it is: the address, with the record it was read from. */
export type Person = { emailAddress: string; entityType?: string | undefined; recordId?: string | undefined }

/** How it came: the page, one click of the mail program, a user, an import. */
export type OptOutOrigin = Proof & { source: string; reason?: string; byUserId?: string }

/** Adds a "no" to each of the lists; one that is there stays as it is, with its own proof. Answers how many are new. */
export async function optOutOfLists(db: Db, targetListIds: readonly string[], person: Person, origin: OptOutOrigin, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into opt_out (target_list_id, email_key, email_address, entity_type, record_id, source, reason, lane, delivery_id, at, by_user_id, ip, user_agent)
    select id, lower(${person.emailAddress}::text), ${person.emailAddress}, ${person.entityType ?? null}, ${person.recordId ?? null}::uuid,
           ${origin.source}, ${origin.reason ?? ''}, ${origin.lane ?? null}, ${origin.deliveryId ?? null}, ${now}, ${origin.byUserId ?? null}::uuid,
           ${origin.ip ?? null}, ${origin.userAgent ?? null}
      from target_list where id = any(${targetListIds}::uuid[])
     order by id
        on conflict (target_list_id, email_key) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** The same of many people, to one list. */
export async function optOutPeople(db: Db, targetListId: string, people: readonly Person[], origin: { source: string; byUserId?: string }, now: Date): Promise<number> {
  if (people.length === 0) return 0
  const list = (key: keyof Person) => people.map((person) => person[key] ?? null)
  const { numAffectedRows } = await sql`
    insert into opt_out (target_list_id, email_key, email_address, entity_type, record_id, source, at, by_user_id)
    select distinct on (lower(address)) ${targetListId}::uuid, lower(address), address, entity_type, record_id, ${origin.source}, ${now}, ${origin.byUserId ?? null}::uuid
      from unnest(${list('emailAddress')}::text[], ${list('entityType')}::text[], ${list('recordId')}::uuid[]) as given (address, entity_type, record_id)
     order by lower(address)
        on conflict (target_list_id, email_key) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** "No" to every list there is and will be. Answers whether it is new. */
export async function optOutEntirely(db: Db, person: Person, origin: OptOutOrigin, now: Date): Promise<boolean> {
  const { reason: detail = '', ...proof } = origin
  return (await suppress(db, [{ ...person, ...proof, detail, reason: 'optedOut' }], now)) > 0
}

/** Undoes exactly what the link of this delivery set, nothing that was said elsewhere. */
export async function subscribeAgain(tx: Tx, delivery: { lane: number; deliveryId: number }): Promise<{ lists: number; entirely: boolean }> {
  const lists = await tx.deleteFrom('optOut').where('lane', '=', delivery.lane).where('deliveryId', '=', delivery.deliveryId).executeTakeFirst()
  const entire = await tx.deleteFrom('suppression').where('reason', '=', 'optedOut')
    .where('lane', '=', delivery.lane).where('deliveryId', '=', delivery.deliveryId).executeTakeFirst()
  return { lists: Number(lists.numDeletedRows), entirely: entire.numDeletedRows > 0n }
}

/** What an address has said so far: the lists among these that it left, and whether it left entirely. */
export async function optOutsOf(db: Db, emailAddress: string, targetListIds: readonly string[]): Promise<{ targetListIds: string[]; entirely: boolean }> {
  const { rows } = await sql<{ targetListId: string | null }>`
    select target_list_id from opt_out where email_key = lower(${emailAddress}::text) and target_list_id = any(${targetListIds}::uuid[])
    union all
    select null from suppression where email_key = lower(${emailAddress}::text) and reason = 'optedOut'`.execute(db)
  const lists = rows.map(({ targetListId }) => targetListId)
  return { targetListIds: lists.filter((id) => id !== null), entirely: lists.includes(null) }
}

/** A user puts an address on a list's opt-outs. */
export async function optOutByUser(tx: Tx, actor: Actor, list: { id: string; name: string }, person: Person, reason: string, now: Date): Promise<void> {
  const source = actor.via === 'apiKey' ? 'api' : 'manual'
  const added = await optOutOfLists(tx, [list.id], person, { source, reason, byUserId: actor.userId }, now)
  if (added) await audit(tx, actor, 'optedOut', { type: 'TargetList', id: list.id, name: list.name, detail: { ...recordOf(person), reason } })
}

/** Lifts a "no" for a reason that is written down. */
export async function cancelOptOut(tx: Tx, actor: Actor, list: { id: string; name: string }, person: Person, reason: string): Promise<void> {
  const { numAffectedRows } = await sql`
    delete from opt_out where target_list_id = ${list.id} and email_key = lower(${person.emailAddress}::text)`.execute(tx)
  if (!numAffectedRows) throw new AppError('conflict', 'notOptedOut', `${person.emailAddress} has not opted out of ${list.name}.`)
  await audit(tx, actor, 'optOutCanceled', { type: 'TargetList', id: list.id, name: list.name, detail: { ...recordOf(person), reason } })
}

const recordOf = ({ entityType, recordId }: Person) => (recordId ? { entityType, recordId } : {})

/**
 * Takes the "no" said to some lists along to another: people never lose it by being moved. With `addresses` (a SELECT of email_key)
 * only theirs. Where several lists have one, the oldest is taken.
 */
export async function carryOptOuts(db: Db, fromTargetListIds: readonly string[], toTargetListId: string, addresses?: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into opt_out (target_list_id, email_key, email_address, entity_type, record_id, source, reason, at, by_user_id, ip, user_agent)
    select distinct on (email_key) ${toTargetListId}::uuid, email_key, email_address, entity_type, record_id, source, reason, at, by_user_id, ip, user_agent
      from opt_out
     where target_list_id = any(${fromTargetListIds}::uuid[]) ${addresses ? sql`and email_key in (${addresses})` : sql``}
     order by email_key, at
        on conflict (target_list_id, email_key) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Everybody who left this list leaves every list. Who had already keeps the older proof. */
export async function optOutAllEntirely(db: Db, targetListId: string, byUserId: string, now: Date): Promise<void> {
  await sql`
    insert into suppression (email_key, email_address, reason, source, detail, entity_type, record_id, at, by_user_id)
    select email_key, email_address, 'optedOut', 'targetListDeleted', reason, entity_type, record_id, ${now}, ${byUserId}::uuid
      from opt_out where target_list_id = ${targetListId}::uuid
        on conflict (email_key, reason) do nothing`.execute(db)
}
