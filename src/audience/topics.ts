/** Public topics: target lists that a recipient switches on and off for an address by a link in a mail. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { addMembers } from './members.ts'
import { type OptOutOrigin, optOutOfLists, type Person } from './opt-outs.ts'

/** `fixed`: a "no" that the recipient did not say by a link, so no link may lift it. */
export type Topic = { id: string; name: string; description: string; on: boolean; fixed: boolean }

/** Every public topic, and whether this person gets it: a member without a "no". */
export async function topicsOf(db: Db, { emailAddress, entityType, recordId }: Person): Promise<Topic[]> {
  const { rows } = await sql<Topic>`
    select l.id, l.name, l.description,
           o.email_key is null and exists (
             select from target_list_member m where m.target_list_id = l.id and m.entity_type = ${entityType ?? null} and m.record_id = ${recordId ?? null}::uuid) as "on",
           o.email_key is not null and o.delivery_id is null as fixed
      from target_list l left join opt_out o on o.target_list_id = l.id and o.email_key = lower(${emailAddress}::text)
     where l.public_topic and l.deleted_at is null order by lower(l.name), l.id`.execute(db)
  return rows
}

/** Brings the topics to what was chosen; answers which were really switched, by name. `chosen`: the ids that shall be on. */
export async function chooseTopics(tx: Tx, person: Person, chosen: readonly string[], origin: OptOutOrigin, now: Date): Promise<{ on: string[]; off: string[] }> {
  const topics = await topicsOf(tx, person)
  const turnedOff = topics.filter(({ id, on }) => on && !chosen.includes(id))
  const turnedOn = topics.filter(({ id, on, fixed }) => !on && !fixed && chosen.includes(id))
  await optOutOfLists(tx, turnedOff.map(({ id }) => id), person, origin, now)
  for (const { id } of turnedOn) await switchOn(tx, id, person, now)
  return { on: turnedOn.map(({ name }) => name), off: turnedOff.map(({ name }) => name) }
}

/** Lifts only what a link in a mail to this address has set. */
async function switchOn(tx: Tx, targetListId: string, { emailAddress, entityType, recordId }: Person, now: Date): Promise<void> {
  await sql`delete from opt_out where target_list_id = ${targetListId}::uuid and email_key = lower(${emailAddress}::text) and delivery_id is not null`.execute(tx)
  const record = sql`select ${entityType ?? null}::text as entity_type, ${recordId ?? null}::uuid as record_id`
  await addMembers(tx, { targetListId, source: 'form' }, record, now)
}
