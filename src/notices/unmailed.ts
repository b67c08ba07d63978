/** Notices of which nobody has decided yet whether they are mailed; the deciding is done in src/notice-mail. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { NoticeKind, NoticeLevel } from './kinds.ts'

export type Unmailed = {
  id: string; kind: NoticeKind; level: NoticeLevel; title: string; text: string
  about: { type: string; id: string; name: string } | null
  createdAt: Date; overAt: Date | null; readAt: Date | null
}

export async function usersWithUnmailed(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('noticeReader').select('userId').distinct().where('toMail', '=', true).orderBy('userId').execute()
  return rows.map(({ userId }) => userId)
}

/** Oldest first, locked: who asks at the same time waits, and finds what is left. */
export async function lockUnmailed(tx: Tx, userId: string): Promise<Unmailed[]> {
  const { rows } = await sql<Unmailed>`
    select n.id, n.kind, n.level, n.title, n.text, n.created_at, n.over_at, r.read_at,
           case when n.about_id is not null then jsonb_build_object('type', n.about_type, 'id', n.about_id, 'name', n.about_name) end as about
      from notice_reader r join notice n on n.id = r.notice_id where r.user_id = ${userId} and r.to_mail order by n.created_at, n.id for update of r`.execute(tx)
  return rows
}

/** Mailed, or not to be. */
export async function decided(tx: Tx, userId: string, noticeIds: readonly string[]): Promise<void> {
  if (noticeIds.length === 0) return
  await tx.updateTable('noticeReader').set({ toMail: false }).where('userId', '=', userId).where('noticeId', 'in', noticeIds).execute()
}
