/** API keys: belong to a user, reach no further than that user's rights and their own scopes, shown once, stored hashed. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { AppError, type Fault, invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { type Actor, expectScope } from './actor.ts'
import { actorOf, rolesOfUser } from './actors.ts'
import { audit } from './audit.ts'
import { keptIp } from './kept-ip.ts'
import { userFaults } from './owners.ts'
import { beyond, fullScope, type Scope } from './scopes.ts'
import { hashOf, newSecretText } from './secret-text.ts'

export type NewApiKey = { name: string; userId: string; createdBy?: string | undefined; scopes?: readonly Scope[] | undefined; expiresAt?: Date | null | undefined; secret?: string }

/** Answers the key's only appearance in clear. A `secret` of one's own must have 32 characters or more. */
export async function createApiKey(db: Db, { name, userId, createdBy, scopes = fullScope, expiresAt, secret = newSecretText('tdk_') }: NewApiKey) {
  const row = await db.insertInto('apiKey')
    .values({ id: newId(), name, userId, createdBy: createdBy ?? null, scopes: [...scopes], expiresAt: expiresAt ?? null, secretHash: hashOf(secret), hint: `${secret.slice(0, 8)}…` })
    .returningAll().executeTakeFirstOrThrow()
  return { ...row, secret }
}

/** A key that is asked for, checked, and in the audit log. One that a key asks for must not reach further than that key. */
export async function giveApiKey(tx: Tx, actor: Actor, given: NewApiKey, now: Date) {
  const faults: Fault[] = [...await userFaults(tx, 'userId', given.userId), ...(given.expiresAt && given.expiresAt <= now ? [{ path: 'expiresAt', message: 'This is over already. Choose a later time.' }] : [])]
  if (faults.length > 0) throw invalid(faults)
  const { scopes = fullScope } = given
  for (const scope of beyond(actor.scopes ?? fullScope, scopes)) expectScope(actor, scope)
  const key = await createApiKey(tx, given)
  await audit(tx, actor, 'apiKeyCreated', { type: 'ApiKey', id: key.id, name: key.name, detail: { userId: given.userId, scopes, ...(given.expiresAt && { expiresAt: given.expiresAt }) } })
  return key
}

/** The user behind a key; null for one that there is not, 401 for one that is over. */
export async function readApiKey(db: Db, secret: string, ip: string, now: Date): Promise<Actor | null> {
  const row = await db.selectFrom('apiKey').innerJoin('user', 'user.id', 'apiKey.userId')
    .select(['apiKey.id as keyId', 'apiKey.lastUsedAt', 'apiKey.scopes', 'apiKey.expiresAt', 'user.id', 'user.userName', 'user.type', 'user.teamIds', rolesOfUser.as('roles')])
    .where('apiKey.secretHash', '=', hashOf(secret)).where('user.isActive', '=', true).executeTakeFirst()
  if (!row) return null
  if (row.expiresAt && row.expiresAt <= now) throw new AppError('unauthenticated', 'apiKeyExpired', `This API key was good until ${row.expiresAt.toISOString()}. Make a new one under Administration > API Keys.`)
  await noteUse(db, row, ip, now)
  return { ...actorOf(row, 'apiKey', ip), scopes: row.scopes as Scope[] }
}

const noteEveryMs = 60_000

/** Kept to the minute: a write per request would cost more than it tells. Of many requests at once one writes. */
async function noteUse(db: Db, { keyId, lastUsedAt }: { keyId: string; lastUsedAt: Date | null }, ip: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - noteEveryMs)
  if (lastUsedAt && lastUsedAt >= before) return
  await db.updateTable('apiKey').set({ lastUsedAt: now, lastUsedIp: await keptIp(db, ip) }).where('id', '=', keyId)
    .where((key) => key.or([key('lastUsedAt', 'is', null), key('lastUsedAt', '<', before)])).execute()
}

export async function renameApiKey(tx: Tx, actor: Actor, id: string, name: string, expectVersion: (version: number) => void): Promise<void> {
  const row = await lockApiKey(tx, id)
  expectVersion(row.version)
  await tx.updateTable('apiKey').set({ name, version: sql`version + 1` }).where('id', '=', id).execute()
  await audit(tx, actor, 'apiKeyRenamed', { type: 'ApiKey', id, name, detail: { from: row.name, to: name } })
}

export async function removeApiKey(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { name } = await lockApiKey(tx, id)
  await tx.deleteFrom('apiKey').where('id', '=', id).execute()
  await audit(tx, actor, 'apiKeyRemoved', { type: 'ApiKey', id, name })
}

async function lockApiKey(tx: Tx, id: string) {
  const row = isId(id) ? await tx.selectFrom('apiKey').select(['name', 'version']).where('id', '=', id).forUpdate().executeTakeFirst() : undefined
  if (!row) throw notFound('API key', id)
  return row
}
