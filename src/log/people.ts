/** People of the log as a target list: who did these things and did not do those, as one set-based statement. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { audit } from '../access/audit.ts'
import type { OneTargetList } from '../audience/contract.ts'
import { readTargetList } from '../audience/list-pages.ts'
import { addMembers } from '../audience/members.ts'
import { carryOptOuts } from '../audience/opt-outs.ts'
import { createTargetList, lockTargetList } from '../audience/target-lists.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import { isId } from '../platform/id.ts'
import { mailableTypes } from '../records/entity-types.ts'
import type { Action } from './entry.ts'
import { overTypes } from './record-tables.ts'

/** An empty list asks for nothing in particular, like one that is left out. */
export type PeopleSelection = {
  including: Action[]
  excluding: Action[]
  massEmailIds?: string[] | undefined
  trackingUrlIds?: string[] | undefined
  entityTypes?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
  machine: 'exclude' | 'include'
}

type Target = { name?: string | undefined; targetListId?: string | undefined }

/** Fills a new list, or one that is there, with these people; a "no" they said to the campaign's lists goes with them. */
export function targetListFromLog(db: Db, actor: Actor, campaignId: string, target: Target, selection: PeopleSelection, context: ListContext) {
  return db.transaction().execute(async (tx) => {
    const id = target.targetListId === undefined
      ? await createTargetList(tx, actor, { name: target.name! }, context.now)
      : (await lockTargetList(tx, actor, target.targetListId, 'edit')).id
    const { added } = await addMembers(tx, { targetListId: id, source: 'log', addedBy: actor.userId }, peopleOf(campaignId, selection, actor), context.now)
    await carryOptOuts(tx, await listsOf(tx, campaignId, selection), id, addressesIn(id))
    const list = await readTargetList(tx, id, context)
    await audit(tx, actor, 'targetListFilledFromLog', { type: 'TargetList', id, name: String(list['name']), detail: { campaignId, added } })
    return { ...(list as OneTargetList), added }
  })
}

/**
 * A SELECT of (entity_type, record_id): each person once, those whose record is gone, or may not be read, left out. Exclusions look at the same mass emails
 * and links but at all times: whoever opened a week later did open.
 */
export function peopleOf(campaignId: string, selection: PeopleSelection, actor: Actor): RawBuilder<unknown> {
  const { entityTypes, from, to } = selection
  const types = mailableTypes().filter(({ name }) => !entityTypes?.length || entityTypes.includes(name))
  if (types.length === 0) return sql`select null::text as entity_type, null::uuid as record_id where false`
  return sql`
    select distinct e.entity_type, e.record_id from log_entry e
     where ${entriesOf('e', campaignId, selection.including, selection)}
       ${from === undefined ? sql`` : sql`and e.at >= ${new Date(from)}`} ${to === undefined ? sql`` : sql`and e.at <= ${new Date(to)}`}
       and (e.entity_type, e.record_id) in (${overTypes(types, ({ name, table }) => sql`select ${name}::text, r.id from ${sql.table(table)} r where ${allowed(actor, name, 'read')}`)})
       ${selection.excluding.length === 0 ? sql`` : sql`and not exists (
         select from log_entry other where other.record_id = e.record_id and other.entity_type = e.entity_type
            and ${entriesOf('other', campaignId, selection.excluding, selection)})`}`
}

/** Entries of real mail with one of these actions; a click counts when it is on one of the links asked for. */
function entriesOf(alias: 'e' | 'other', campaignId: string, actions: Action[], selection: PeopleSelection): RawBuilder<boolean> {
  const { massEmailIds, trackingUrlIds, machine } = selection
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<boolean>`(${sql.join([
    sql`${column('campaign_id')} = ${campaignId}::uuid`, sql`not ${column('test')}`, sql`${column('action')} = any(${actions}::text[])`,
    ...(massEmailIds?.length ? [sql`${column('mass_email_id')} = any(${massEmailIds.filter(isId)}::uuid[])`] : []),
    ...(trackingUrlIds?.length
      ? [sql`(${column('action')} <> 'clicked' or ${column('tracking_url_id')} = any(${trackingUrlIds.filter(isId)}::uuid[]))`] : []),
    ...(machine === 'exclude' ? [sql`not ${column('machine')}`] : []),
  ], sql` and `)})`
}

/** The target lists of the mass emails asked about: their own, those they were frozen with, and the campaign's. */
async function listsOf(tx: Tx, campaignId: string, { massEmailIds }: PeopleSelection): Promise<string[]> {
  const only = massEmailIds?.length ? sql`and m.id = any(${massEmailIds.filter(isId)}::uuid[])` : sql``
  const ofMassEmails = sql`m.campaign_id = ${campaignId}::uuid ${only}`
  const { rows } = await sql<{ targetListId: string }>`
    select target_list_id from campaign_target_list where campaign_id = ${campaignId}::uuid and not excluding
    union
    select l.target_list_id from mass_email_target_list l join mass_email m on m.id = l.mass_email_id where not l.excluding and ${ofMassEmails}
    union
    select listed::uuid from mass_email m cross join lateral jsonb_array_elements_text(m.frozen -> 'targetListIds') as listed
     where ${ofMassEmails}`.execute(tx)
  return rows.map(({ targetListId }) => targetListId)
}

const addressesIn = (targetListId: string) => overTypes(mailableTypes(), ({ name, table }) => sql`
  select r.email_key from target_list_member m join ${sql.table(table)} r on r.id = m.record_id
   where m.target_list_id = ${targetListId}::uuid and m.entity_type = ${name} and r.email_key <> ''`)
