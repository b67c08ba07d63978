/** Notices in the database: said once to whom they concern, read by each for himself, ended when the fault is over. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { NoticeKind, NoticeLevel } from './kinds.ts'

export type NoticeInput = {
  kind: NoticeKind
  level: NoticeLevel
  /** One line: what happened. */
  title: string
  /** Why, and what to do. */
  text?: string
  about?: { type: string; id: string; name: string }
  /** To whom. Where none of them is active, and with `administrators`, it goes to all administrators. */
  to: { userIds: readonly (string | null)[] } | 'administrators'
  /** Names the fault: until `endNotice` says it is over there is one notice of it. */
  onceKey?: string
}

/** Says it, in the caller's transaction if there is one. Answers false when the fault is known already. */
export async function notify(db: Db, notice: NoticeInput, now: Date): Promise<boolean> {
  const { about, to, onceKey = null, kind, level, title, text = '' } = notice
  const userIds = to === 'administrators' ? [] : [...new Set(to.userIds)].filter((id) => id !== null)
  const { numAffectedRows } = await sql`
    with said as (
      insert into notice (id, kind, level, title, text, about_type, about_id, about_name, once_key, created_at)
      values (${newId()}, ${kind}, ${level}, ${title}, ${text}, ${about?.type ?? null}, ${about?.id ?? null}, ${about?.name ?? null}, ${onceKey}, ${now})
      on conflict (once_key) where once_key is not null and over_at is null do nothing
      returning id),
    named as (select id from "user" where id = any(${userIds}::uuid[]) and is_active),
    reader as (
      select id from named
      union all
      select id from "user" where type = 'admin' and is_active and not exists (select from named))
    insert into notice_reader (user_id, notice_id) select reader.id, said.id from reader, said`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** The fault is over: the next one is said again. Answers whether there was one. */
export const endNotice = async (db: Db, onceKey: string, now: Date): Promise<boolean> => (await endNotices(db, [onceKey], now)) > 0

/** The same of many faults. Answers how many there were. */
export async function endNotices(db: Db, onceKeys: readonly string[], now: Date): Promise<number> {
  if (onceKeys.length === 0) return 0
  const { numUpdatedRows } = await db.updateTable('notice').set({ overAt: now }).where(sql<boolean>`once_key = any(${onceKeys}::text[])`).where('onceKey', 'is not', null).where('overAt', 'is', null).executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Whether this fault lasts, or was said since then: one that comes and goes is not said each time. */
export const saidSince = async (db: Db, onceKey: string, since: Date): Promise<boolean> =>
  await db.selectFrom('notice').select('id').where('onceKey', '=', onceKey).where((where) => where.or([where('overAt', 'is', null), where('createdAt', '>', since)])).executeTakeFirst() !== undefined

/** The faults of a kind that are not over, by what they are about. */
export const openFaults = (db: Db, kind: NoticeKind) =>
  db.selectFrom('notice').select(['onceKey', 'aboutId', 'aboutName']).where('kind', '=', kind).where('onceKey', 'is not', null).where('overAt', 'is', null).execute()

/** Throws notFound for what was never said to this user. */
export async function markRead(db: Db, userId: string, noticeId: string, now: Date): Promise<void> {
  const { rows } = isId(noticeId)
    ? await sql`update notice_reader set read_at = coalesce(read_at, ${now}) where user_id = ${userId} and notice_id = ${noticeId} returning 1`.execute(db)
    : { rows: [] }
  if (rows.length === 0) throw notFound('notice', noticeId)
}

/** Answers how many there were. */
export async function markAllRead(db: Db, userId: string, now: Date): Promise<number> {
  const { numUpdatedRows } = await db.updateTable('noticeReader').set({ readAt: now }).where('userId', '=', userId).where('readAt', 'is', null).executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Clean Up: old ones, but faults that last. */
export async function forgetOldNotices(db: Tx | Db, keptSince: Date): Promise<number> {
  const gone = await db.deleteFrom('notice').where('createdAt', '<', keptSince)
    .where((where) => where.or([where('onceKey', 'is', null), where('overAt', 'is not', null)])).executeTakeFirst()
  return Number(gone.numDeletedRows)
}
