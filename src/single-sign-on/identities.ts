/** Which account at a provider is which user here. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { addressKey } from '../platform/email-address.ts'
import { notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Claims, Known } from './judge.ts'

const identities: Listable = {
  from: sql`single_sign_on_identity i join "user" u on u.id = i.user_id`,
  id: sql`i.id`,
  columns: {
    id: { type: 'link', sql: sql`i.id` },
    issuer: { type: 'text', sql: sql`i.issuer` },
    subject: { type: 'text', sql: sql`i.subject` },
    userId: { type: 'link', sql: sql`i.user_id` },
    userName: { type: 'text', sql: sql`u.user_name`, notNull: true },
    createdAt: { type: 'dateTime', sql: sql`i.created_at`, notNull: true },
    lastAt: { type: 'dateTime', sql: sql`i.last_at`, notNull: true },
  },
  search: [sql`u.user_name`, sql`i.subject`],
  defaultSort: '-lastAt',
}

export const identitiesPage = (db: Db, query: ListQuery, now: Date) => listPage(db, identities, query, { now, timeZone: 'UTC' })

/** Who came in by this account before. */
export async function findLinked(tx: Tx, { issuer, subject }: Claims): Promise<Known | undefined> {
  const row = await tx.selectFrom('singleSignOnIdentity as i').innerJoin('user', 'user.id', 'i.userId')
    .select(['user.id', 'user.type', 'user.isActive']).where('i.issuer', '=', issuer).where('i.subject', '=', subject).executeTakeFirst()
  return row && { ...row, linkedTo: subject }
}

export async function findByAddress(tx: Tx, { issuer, emailAddress }: Claims): Promise<Known[]> {
  if (emailAddress === '') return []
  return tx.selectFrom('user').leftJoin('singleSignOnIdentity as i', (join) => join.onRef('i.userId', '=', 'user.id').on('i.issuer', '=', issuer))
    .select(['user.id', 'user.type', 'user.isActive', 'i.subject as linkedTo']).where('user.emailKey', '=', addressKey(emailAddress)).execute()
}

export const link = (tx: Tx, { issuer, subject }: Claims, userId: string, now: Date) =>
  tx.insertInto('singleSignOnIdentity').values({ id: newId(), issuer, subject, userId, createdAt: now, lastAt: now }).execute()

export const seen = (tx: Tx, { issuer, subject }: Claims, now: Date) =>
  tx.updateTable('singleSignOnIdentity').set({ lastAt: now }).where('issuer', '=', issuer).where('subject', '=', subject).execute()

export async function removeIdentity(tx: Tx, actor: Actor, id: string): Promise<void> {
  const gone = isId(id) ? await tx.deleteFrom('singleSignOnIdentity').where('id', '=', id).returning(['userId', 'issuer', 'subject']).executeTakeFirst() : undefined
  if (!gone) throw notFound('identity', id)
  await audit(tx, actor, 'singleSignOnUnlinked', { type: 'User', id: gone.userId, detail: { issuer: gone.issuer, subject: gone.subject } })
}
