/** What is shown of target lists: pages of lists with their counts, of members with their state, of opt-outs. */
import { sql } from 'kysely'
import { type Actor, may } from '../access/actor.ts'
import { allowed } from '../access/row-rights.ts'
import { pageWithComputed } from '../listing/computed-fields.ts'
import { type Item, listPage, type Page } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { inBulk } from './bulk.ts'
import { memberSources, type MemberState, memberStates } from './codes.ts'
import { audienceTypes, type MailableType, overTypes } from './mailable.ts'
import { members, membersJoined, stateJoined, stateLookedUp } from './member-state.ts'

const targetLists: Listable = {
  from: sql`target_list l`,
  where: sql<boolean>`l.deleted_at is null`,
  id: sql`l.id`,
  columns: {
    id: { type: 'link', sql: sql`l.id` },
    name: { type: 'text', sql: sql`l.name`, notNull: true },
    description: { type: 'longText', sql: sql`l.description` },
    category: { type: 'text', sql: sql`l.category` },
    publicTopic: { type: 'boolean', sql: sql`l.public_topic` },
    assignedUserId: { type: 'link', sql: sql`l.assigned_user_id` },
    assignedUserName: { type: 'text', sql: sql`(select name from "user" where id = l.assigned_user_id)` },
    teamIds: { type: 'linkMultiple', sql: sql`l.team_ids`, notNull: true },
    reportSync: {
      type: 'boolean', sql: sql`(select s.active from report_sync s where s.target_list_id = l.id)`,
      select: sql`(
        select jsonb_build_object('active', s.active, 'mode', s.mode, 'lastOutcome', n.outcome, 'lastAdded', n.added, 'lastRemoved', n.removed, 'lastRunAt', to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          from report_sync s left join lateral (select at, outcome, added, removed from report_sync_run where target_list_id = l.id order by at desc, id desc limit 1) n on true
         where s.target_list_id = l.id)`,
    },
    createdAt: { type: 'dateTime', sql: sql`l.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`l.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`l.version` },
  },
  search: [sql`l.name`, sql`l.category`],
  defaultSort: '-createdAt',
}

/** How many are in a list, and in which state; the states add up to the members. */
export type Counts = { members: number; deliverable: number; optedOut: number; invalid: number; noAddress: number; otherwise: Partial<Record<MemberState, number>> }
const countNames = ['members', 'deliverable', 'optedOut', 'invalid', 'noAddress', 'otherwise']

export const targetListsPage = (db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext): Promise<Page> =>
  withCounts(db, { ...targetLists, where: sql<boolean>`l.deleted_at is null and ${allowed(actor, 'TargetList', 'read', 'l')}` }, query, context)

function withCounts(db: Db, lists: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  return pageWithComputed(db, lists, query, context, { names: countNames, of: (ids) => countMembers(db, ids, context.now) })
}

/** Rights are asked before. */
export async function readTargetList(db: Db, id: string, context: ListContext): Promise<Item> {
  const filter = { field: 'id', op: 'equals', value: id }
  const { items } = isId(id) ? await withCounts(db, targetLists, { filter, limit: 1 }, context) : { items: [] }
  if (!items[0]) throw notFound('target list', id)
  return { ...items[0], optedOutElsewhere: await optedOutElsewhere(db, id) }
}

/** Set-based, for all lists of a page at once. */
async function countMembers(db: Db, ids: readonly string[], now: Date): Promise<Map<string, Counts>> {
  const rows = await inBulk(db, async (tx) => (await sql<{ targetListId: string; state: MemberState; count: number }>`
    select m.target_list_id, ${stateJoined} as state, count(*) as count
      from ${membersJoined(ids, audienceTypes(), now)} group by 1, 2`.execute(tx)).rows)
  return new Map(ids.map((id) => [id, countsOf(rows.filter(({ targetListId }) => targetListId === id))]))
}

function countsOf(rows: readonly { state: MemberState; count: number }[]): Counts {
  const { deliverable = 0, optedOut = 0, invalid = 0, noAddress = 0, ...otherwise } =
    Object.fromEntries(rows.map(({ state, count }) => [state, count])) as Partial<Record<MemberState, number>>
  return { members: rows.reduce((sum, { count }) => sum + count, 0), deliverable, optedOut, invalid, noAddress, otherwise }
}

/** Members whose address left another list, though not this one. */
async function optedOutElsewhere(db: Db, id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (${membersOptedOutElsewhere(id)}) elsewhere`.execute(db)
  return rows[0]!.count
}

/** (entity_type, record_id) of them. */
export const membersOptedOutElsewhere = (targetListId: string) => sql`
  select m.entity_type, m.record_id
    from (${sql.join(audienceTypes().map(({ name, table }) => sql`
      select m.entity_type, m.record_id, r.email_key
        from target_list_member m join ${sql.table(table)} r on r.id = m.record_id
       where m.entity_type = ${name} and m.target_list_id = ${targetListId}::uuid and r.email_key <> ''`), sql` union all `)}) m
   where m.email_key in (select email_key from opt_out where target_list_id <> ${targetListId}::uuid)
     and not exists (select from opt_out o where o.target_list_id = ${targetListId}::uuid and o.email_key = m.email_key)`

/** Newest records first; only those that may be read. */
export function membersPage(db: Db, actor: Actor, targetListId: string, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  const types = audienceTypes()
  const who = ({ name }: MailableType) => allowed(actor, name, 'read')
  // Where the state decides who is on the page, it is needed of everybody.
  const ofEverybody = JSON.stringify([query.filter, query.sort]).includes('state')
  return listPage(db, {
    from: ofEverybody ? membersJoined([targetListId], types, context.now, who) : members([targetListId], types, who),
    id: sql`m.record_id`,
    columns: {
      id: { type: 'link', sql: sql`m.record_id`, notNull: true },
      entityType: { type: 'enum', sql: sql`m.entity_type`, options: types.map(({ name }) => name) },
      record: { type: 'text', sql: sql`m.record_id::text`, select: sql`jsonb_build_object('entityType', m.entity_type, 'id', m.record_id)` },
      name: { type: 'text', sql: sql`m.name` },
      emailAddress: { type: 'email', sql: sql`m.email_address`, folded: sql`m.email_key` },
      state: { type: 'enum', sql: ofEverybody ? stateJoined : stateLookedUp(types, context.now), options: memberStates },
      source: { type: 'enum', sql: sql`m.source`, options: memberSources },
      addedAt: { type: 'dateTime', sql: sql`m.added_at`, notNull: true },
      addedByName: { type: 'text', sql: sql`(select name from "user" where id = m.added_by)` },
    },
    search: [sql`m.name`, sql`m.email_address`],
    defaultSort: '-id',
  }, query, context)
}

/** Everybody who said "no" to the list, members or not; without the permission for them only people whom the actor may read. */
export function optOutsPage(db: Db, actor: Actor, targetListId: string, query: ListQuery, context: ListContext): Promise<Page> {
  return listPage(db, {
    from: sql`opt_out o`,
    where: sql<boolean>`o.target_list_id = ${targetListId}::uuid and ${may(actor, 'changeOptOuts') ? sql`true` : ofReadable(actor)}`,
    id: sql`o.email_key`,
    columns: {
      emailAddress: { type: 'email', sql: sql`o.email_address`, folded: sql`o.email_key`, notNull: true },
      entityType: { type: 'text', sql: sql`o.entity_type` },
      recordId: { type: 'link', sql: sql`o.record_id` },
      source: { type: 'text', sql: sql`o.source` },
      reason: { type: 'text', sql: sql`o.reason` },
      at: { type: 'dateTime', sql: sql`o.at`, notNull: true },
      byUserName: { type: 'text', sql: sql`(select name from "user" where id = o.by_user_id)` },
    },
    search: [sql`o.email_address`],
    defaultSort: '-at',
  }, query, context)
}

const ofReadable = (actor: Actor) => sql`exists (${overTypes(audienceTypes(), ({ name, table }) => sql`
  select from ${sql.table(table)} r where o.entity_type = ${name} and r.id = o.record_id and ${allowed(actor, name, 'read')}`)})`
