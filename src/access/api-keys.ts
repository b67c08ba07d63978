/** API keys: belong to a user, carry that user's rights, shown once, stored hashed. */
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Actor } from './actor.ts'
import { actorOf, rolesOfUser } from './actors.ts'
import { hashOf, newSecretText } from './secret-text.ts'

export type NewApiKey = { name: string; userId: string; createdBy?: string | undefined; secret?: string }

/** Answers the key's only appearance in clear. A `secret` of one's own must have 32 characters or more. */
export async function createApiKey(db: Db, { name, userId, createdBy, secret = newSecretText('tdk_') }: NewApiKey) {
  const row = await db.insertInto('apiKey')
    .values({ id: newId(), name, userId, createdBy: createdBy ?? null, secretHash: hashOf(secret), hint: `${secret.slice(0, 8)}…` })
    .returningAll().executeTakeFirstOrThrow()
  return { ...row, secret }
}

/** The user behind a key. The time of the last use is kept to the minute: a write per request would cost more than it tells. */
export async function readApiKey(db: Db, secret: string, ip: string, now: Date): Promise<Actor | null> {
  const row = await db.selectFrom('apiKey').innerJoin('user', 'user.id', 'apiKey.userId')
    .select(['apiKey.id as keyId', 'apiKey.lastUsedAt', 'user.id', 'user.userName', 'user.type', 'user.teamIds', rolesOfUser.as('roles')])
    .where('apiKey.secretHash', '=', hashOf(secret)).where('user.isActive', '=', true).executeTakeFirst()
  if (!row) return null
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > 60_000) {
    await db.updateTable('apiKey').set({ lastUsedAt: now }).where('id', '=', row.keyId).execute()
  }
  return actorOf(row, 'apiKey', ip)
}

export async function removeApiKey(db: Db, id: string) {
  const removed = isId(id) ? await db.deleteFrom('apiKey').where('id', '=', id).returning('name').executeTakeFirst() : undefined
  if (!removed) throw notFound('API key', id)
  return removed
}
