/** Roles, teams, API keys and the audit log as lists. */
import { sql } from 'kysely'
import type { Listable, ListContext } from '../listing/listable.ts'
import { listItems, listPage, readItems } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { ApiKey, Role, Team } from './contract.ts'

const apiKeys: Listable = {
  from: sql`api_key k join "user" u on u.id = k.user_id left join "user" c on c.id = k.created_by`,
  id: sql`k.id`,
  columns: {
    id: { type: 'link', sql: sql`k.id` },
    name: { type: 'text', sql: sql`k.name` },
    userId: { type: 'link', sql: sql`k.user_id` },
    userName: { type: 'text', sql: sql`u.user_name` },
    hint: { type: 'text', sql: sql`k.hint` },
    scopes: { type: 'multiEnum', sql: sql`k.scopes` },
    createdAt: { type: 'dateTime', sql: sql`k.created_at` },
    createdByName: { type: 'text', sql: sql`coalesce(c.user_name, '')` },
    lastUsedAt: { type: 'dateTime', sql: sql`k.last_used_at` },
    lastUsedIp: { type: 'text', sql: sql`k.last_used_ip` },
    expiresAt: { type: 'dateTime', sql: sql`k.expires_at` },
    version: { type: 'integer', sql: sql`k.version` },
  },
  search: [sql`k.name`, sql`u.user_name`],
  defaultSort: '-createdAt',
}

const auditLog: Listable = {
  from: sql`audit_entry a`,
  id: sql`a.id`,
  columns: {
    id: { type: 'link', sql: sql`a.id` },
    at: { type: 'dateTime', sql: sql`a.at`, notNull: true },
    userId: { type: 'link', sql: sql`a.user_id` },
    userName: { type: 'text', sql: sql`a.user_name` },
    action: { type: 'enum', sql: sql`a.action` },
    aboutType: { type: 'enum', sql: sql`a.about_type` },
    aboutId: { type: 'enum', sql: sql`a.about_id` },
    aboutName: { type: 'text', sql: sql`a.about_name` },
    // As it was kept: the index is on this.
    ip: { type: 'text', sql: sql`a.ip`, folded: sql`a.ip` },
    detail: { type: 'text', sql: sql`a.detail::text`, select: sql`a.detail` },
  },
  // One text for all words, as the index has it.
  search: [sql`(a.user_name || ' ' || a.action || ' ' || a.about_type || ' ' || coalesce(a.about_name, ''))`],
  defaultSort: '-at',
  large: true,
}

const kept = (row: 'o' | 't'): Listable['columns'] => ({
  id: { type: 'link', sql: sql.ref(`${row}.id`) },
  name: { type: 'text', sql: sql.ref(`${row}.name`), notNull: true },
  description: { type: 'longText', sql: sql.ref(`${row}.description`) },
  createdAt: { type: 'dateTime', sql: sql.ref(`${row}.created_at`), notNull: true },
  modifiedAt: { type: 'dateTime', sql: sql.ref(`${row}.modified_at`), notNull: true },
  version: { type: 'integer', sql: sql.ref(`${row}.version`) },
})

const roles: Listable = {
  from: sql`role o`,
  id: sql`o.id`,
  columns: {
    ...kept('o'),
    types: { type: 'text', sql: sql`o.types::text`, select: sql`o.types` },
    otherTypes: { type: 'text', sql: sql`o.other_types::text`, select: sql`o.other_types` },
    permissions: { type: 'multiEnum', sql: sql`o.permissions` },
    sendNeedsApproval: { type: 'boolean', sql: sql`o.send_needs_approval`, notNull: true },
    users: { type: 'integer', sql: sql`(select count(*) from "user" u where u.role_ids @> array[o.id])` },
  },
  search: [sql`o.name`],
  defaultSort: 'name',
}

const teams: Listable = {
  from: sql`team t`,
  id: sql`t.id`,
  columns: { ...kept('t'), users: { type: 'integer', sql: sql`(select count(*) from "user" u where u.team_ids @> array[t.id])` } },
  search: [sql`t.name`],
  defaultSort: 'name',
}

export const rolesPage = (db: Db, query: ListQuery, now: Date) => listPage(db, roles, query, { now, timeZone: 'UTC' })
export const teamsPage = (db: Db, query: ListQuery, now: Date) => listPage(db, teams, query, { now, timeZone: 'UTC' })

export async function presentRole(db: Db, id: string): Promise<Role> {
  const [item] = isId(id) ? await readItems(db, roles, sql<boolean>`o.id = ${id}`) : []
  if (!item) throw notFound('role', id)
  return item as Role
}

export async function presentTeam(db: Db, id: string): Promise<Team> {
  const [item] = isId(id) ? await readItems(db, teams, sql<boolean>`t.id = ${id}`) : []
  if (!item) throw notFound('team', id)
  return item as Team
}

export async function presentApiKey(db: Db, id: string): Promise<ApiKey> {
  const [item] = isId(id) ? await readItems(db, apiKeys, sql<boolean>`k.id = ${id}`) : []
  if (!item) throw notFound('API key', id)
  return item as ApiKey
}

export const apiKeysPage = (db: Db, query: ListQuery, now: Date) => listPage(db, apiKeys, query, { now, timeZone: 'UTC' })
export const auditPage = async (db: Db, query: ListQuery, now: Date) => listPage(db, auditLog, query, await auditContext(db, now))

/** Page after page without a total, for whoever walks through all of it. */
export const nextAuditEntries = async (db: Db, query: Partial<ListQuery>, now: Date) => listItems(db, auditLog, query, await auditContext(db, now))

/** Days are those of the installation. Settings stand above access, so it reads what it needs of them itself. */
async function auditContext(db: Db, now: Date): Promise<ListContext> {
  const row = await db.selectFrom('setting').select(sql<string | null>`value ->> 'timeZone'`.as('timeZone')).where('name', '=', 'general').executeTakeFirst()
  return { now, timeZone: row?.timeZone ?? 'UTC' }
}
