/** API keys and the audit log as lists. */
import { sql } from 'kysely'
import type { Listable } from '../listing/listable.ts'
import { listPage } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'

const apiKeys: Listable = {
  from: sql`api_key k join "user" u on u.id = k.user_id`,
  id: sql`k.id`,
  columns: {
    id: { type: 'link', sql: sql`k.id` },
    name: { type: 'text', sql: sql`k.name` },
    userId: { type: 'link', sql: sql`k.user_id` },
    userName: { type: 'text', sql: sql`u.user_name` },
    hint: { type: 'text', sql: sql`k.hint` },
    createdAt: { type: 'dateTime', sql: sql`k.created_at` },
    lastUsedAt: { type: 'dateTime', sql: sql`k.last_used_at` },
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
    at: { type: 'dateTime', sql: sql`a.at` },
    userName: { type: 'text', sql: sql`a.user_name` },
    action: { type: 'text', sql: sql`a.action` },
    aboutType: { type: 'text', sql: sql`a.about_type` },
    aboutId: { type: 'text', sql: sql`a.about_id` },
    aboutName: { type: 'text', sql: sql`a.about_name` },
    ip: { type: 'text', sql: sql`a.ip` },
    detail: { type: 'text', sql: sql`a.detail::text`, select: sql`a.detail` },
  },
  search: [sql`a.user_name`, sql`a.action`, sql`coalesce(a.about_name, '')`],
  defaultSort: '-at',
}

export const apiKeysPage = (db: Db, query: ListQuery, now: Date) => listPage(db, apiKeys, query, { now, timeZone: 'UTC' })
export const auditPage = (db: Db, query: ListQuery, now: Date) => listPage(db, auditLog, query, { now, timeZone: 'UTC' })
