/** Notices as shown: those of one user, page by page. */
import { sql } from 'kysely'
import { listPage, readItems } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import type { Notice } from './contract.ts'
import { noticeKinds, noticeLevels } from './kinds.ts'

const noticesOf = (userId: string): Listable => ({
  from: sql`notice n join notice_reader r on r.notice_id = n.id`,
  where: sql<boolean>`r.user_id = ${userId}::uuid`,
  id: sql`n.id`,
  columns: {
    id: { type: 'link', sql: sql`n.id`, notNull: true },
    kind: { type: 'enum', sql: sql`n.kind`, options: noticeKinds },
    level: { type: 'enum', sql: sql`n.level`, options: noticeLevels },
    title: { type: 'text', sql: sql`n.title`, notNull: true },
    text: { type: 'text', sql: sql`n.text`, notNull: true },
    about: {
      type: 'text', sql: sql`n.about_name`,
      select: sql`case when n.about_id is not null then jsonb_build_object('type', n.about_type, 'id', n.about_id, 'name', n.about_name) end`,
    },
    createdAt: { type: 'dateTime', sql: sql`n.created_at`, notNull: true },
    readAt: { type: 'dateTime', sql: sql`r.read_at` },
    overAt: { type: 'dateTime', sql: sql`n.over_at` },
  },
  search: [sql`n.title`, sql`n.text`, sql`coalesce(n.about_name, '')`],
  defaultSort: '-createdAt',
})

export async function noticesPage(db: Db, userId: string, query: Partial<ListQuery>, context: ListContext) {
  const [page, unread] = await Promise.all([listPage(db, noticesOf(userId), query, context), countUnread(db, userId)])
  return { ...page, items: page.items as (Partial<Notice> & { id: string })[], unread }
}

export async function presentNotice(db: Db, userId: string, id: string): Promise<Notice> {
  return (await readItems(db, noticesOf(userId), sql<boolean>`n.id = ${id}::uuid`))[0] as Notice
}

async function countUnread(db: Db, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from notice_reader where user_id = ${userId}::uuid and read_at is null`.execute(db)
  return rows[0]!.count
}
