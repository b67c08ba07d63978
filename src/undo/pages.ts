/** The bin as lists: deleted records, and actions that can be taken back. Everybody sees their own, where they may still read it; administrators all. */
import { sql } from 'kysely'
import { type Actor, managesUsers } from '../access/actor.ts'
import { keptSince } from '../bin/forget.ts'
import { actionKinds } from '../bin/keep.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import { listPage } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { findDefinition } from '../records/entity-types.ts'
import { columnOf, keyOf } from '../records/definition.ts'
import { readableInBin, readableTypes } from './allowed.ts'

const visible = (actor: Actor, { now }: ListContext, at: string, byUserId: string) =>
  sql<boolean>`${sql.ref(at)} >= ${keptSince(now)} ${managesUsers(actor) ? sql`` : sql`and ${sql.ref(byUserId)} = ${actor.userId}::uuid`}`

const userName = (column: string) => sql`(select name from "user" u where u.id = ${sql.ref(column)})`

const records: Listable = {
  from: sql`bin_record b join bin_action a on a.id = b.action_id`,
  plain: sql`bin_record b`,
  id: sql`b.record_id`,
  columns: {
    id: { type: 'link', sql: sql`b.record_id`, notNull: true },
    entityType: { type: 'text', sql: sql`b.entity_type`, notNull: true },
    name: { type: 'text', sql: sql`b.name`, notNull: true },
    emailAddress: { type: 'email', sql: sql`b.email_address`, folded: sql`b.email_key`, notNull: true },
    deletedAt: { type: 'dateTime', sql: sql`b.deleted_at`, notNull: true },
    deletedById: { type: 'link', sql: sql`b.by_user_id` },
    deletedByName: { type: 'text', sql: userName('b.by_user_id') },
    actionId: { type: 'link', sql: sql`b.action_id`, notNull: true },
    action: { type: 'enum', sql: sql`a.kind`, options: actionKinds, notNull: true, joined: true },
    mergedIntoId: { type: 'link', sql: sql`b.merged_into` },
    problem: { type: 'text', sql: sql`b.problem` },
  },
  search: [sql`b.name || ' ' || b.email_address`],
  defaultSort: '-deletedAt',
  large: true,
}

export const binPage = (db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext) =>
  listPage(db, { ...records, where: sql<boolean>`${visible(actor, context, 'b.deleted_at', 'b.by_user_id')} and ${readableInBin(actor)}` }, query, context)

const left = sql`(case when a.undone_at is null then a.remaining else 0 end)`

const actions: Listable = {
  from: sql`bin_action a`,
  id: sql`a.id`,
  columns: {
    id: { type: 'link', sql: sql`a.id`, notNull: true },
    kind: { type: 'enum', sql: sql`a.kind`, options: actionKinds, notNull: true },
    entityType: { type: 'text', sql: sql`a.entity_type`, notNull: true },
    records: { type: 'integer', sql: sql`a.records`, notNull: true },
    columns: { type: 'multiEnum', sql: sql`array(select jsonb_array_elements_text(coalesce(a.detail -> 'columns', '[]')))` },
    at: { type: 'dateTime', sql: sql`a.at`, notNull: true },
    byId: { type: 'link', sql: sql`a.by_user_id` },
    byName: { type: 'text', sql: userName('a.by_user_id') },
    undoneAt: { type: 'dateTime', sql: sql`a.undone_at` },
    left: { type: 'integer', sql: left, notNull: true },
  },
  search: [sql`a.entity_type`],
  defaultSort: '-at',
  large: true,
}

export async function actionsPage(db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext) {
  const seen = visible(actor, context, 'a.at', 'a.by_user_id')
  const page = await listPage(db, { ...actions, where: sql<boolean>`a.records > 0 and ${seen} and ${managesUsers(actor) ? sql`true` : sql`a.entity_type = any(${readableTypes(actor)})`}` }, query, context)
  return { ...page, items: page.items.map(({ columns, ...item }) => ({ ...item, fields: fieldsOf(String(item['entityType']), (columns ?? []) as string[]) })) }
}

const fieldsOf = (entityType: string, columns: string[]): string[] => {
  const fields = findDefinition(entityType)?.fields ?? []
  return fields.filter((field) => columns.includes(columnOf(field))).map(keyOf)
}
