/** Browser sessions: begun by a password or at the provider, ended by sign-out or after 30 days; a stolen table opens nothing. */
import { createHmac } from 'node:crypto'
import type { Db } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import type { Actor } from './actor.ts'
import { actorOf, rolesOfUser } from './actors.ts'
import { deviceInWords } from './device-words.ts'
import { keptIp } from './kept-ip.ts'
import { isLimited } from './second-factor-rule.ts'
import { hashOf, newSecretText } from './secret-text.ts'

const lifetimeMs = 30 * 24 * 3600_000

export type Session = { secret: string; csrfToken: string; expiresAt: Date }

export type CameBy = 'password' | 'singleSignOn'

/** Who a browser speaks for. `limited`: he must set up a second factor, and nothing else is open to him before. */
export type SignedIn = { actor: Actor; csrfToken: string; limited: boolean }

export async function beginSession(db: Db, userId: string, from: { ip: string; userAgent: string; cameBy: CameBy }, now: Date): Promise<Session> {
  const secret = newSecretText('')
  const session = { secret, csrfToken: csrfTokenOf(secret), expiresAt: new Date(now.getTime() + lifetimeMs) }
  await db.insertInto('session').values({
    id: newId(), userId, secretHash: hashOf(secret), cameBy: from.cameBy,
    ip: await keptIp(db, from.ip), userAgent: from.userAgent.slice(0, 400), createdAt: now, seenAt: now, expiresAt: session.expiresAt,
  }).execute()
  await db.updateTable('user').set({ lastSignInAt: now }).where('id', '=', userId).execute()
  return session
}

/**
 * The person behind a session cookie, and the token that a change must carry; null when it is over, or the user is inactive or became a program, which has keys only.
 * When it was last seen is kept to the minute: a write per request would cost more than it tells.
 */
export async function readSession(db: Db, secret: string, ip: string, now: Date): Promise<SignedIn | null> {
  const row = await db.selectFrom('session').innerJoin('user', 'user.id', 'session.userId')
    .select(['session.id as sessionId', 'session.seenAt', 'user.id', 'user.userName', 'user.type', 'user.teamIds', rolesOfUser.as('roles'), isLimited.as('limited')])
    .where('session.secretHash', '=', hashOf(secret)).where('session.expiresAt', '>', now).where('user.isActive', '=', true).where('user.type', '<>', 'api')
    .executeTakeFirst()
  if (!row) return null
  if (now.getTime() - row.seenAt.getTime() > 60_000) await db.updateTable('session').set({ seenAt: now }).where('id', '=', row.sessionId).execute()
  return { actor: { ...actorOf(row, 'session', ip), sessionId: row.sessionId }, csrfToken: csrfTokenOf(secret), limited: row.limited }
}

/** Follows from the cookie, so that it need not be kept; the cookie does not follow from it. */
const csrfTokenOf = (secret: string): string => createHmac('sha256', secret).update('csrf').digest('base64url')

export const endSession = (db: Db, secret: string) => db.deleteFrom('session').where('secretHash', '=', hashOf(secret)).execute()

export type Shown = { id: string; device: string; cameBy: CameBy; ip: string; createdAt: string; seenAt: string; expiresAt: string; current: boolean }

/** Somebody's browsers, the one seen last before the others. `currentId` is that of whoever asks. */
export async function sessionsOf(db: Db, userId: string, currentId: string | undefined, now: Date): Promise<Shown[]> {
  const rows = await db.selectFrom('session').select(['id', 'ip', 'userAgent', 'cameBy', 'createdAt', 'seenAt', 'expiresAt'])
    .where('userId', '=', userId).where('expiresAt', '>', now).orderBy('seenAt', 'desc').orderBy('id', 'desc').limit(mostShown).execute()
  return rows.map(({ id, ip, userAgent, cameBy, createdAt, seenAt, expiresAt }) => ({
    id, ip, device: deviceInWords(userAgent), cameBy: cameBy as CameBy, createdAt: createdAt.toISOString(), seenAt: seenAt.toISOString(), expiresAt: expiresAt.toISOString(), current: id === currentId,
  }))
}

const mostShown = 200

/** One of somebody's browsers must sign in again. */
export async function endOneSession(db: Db, userId: string, id: string): Promise<void> {
  const { numDeletedRows } = isId(id) ? await db.deleteFrom('session').where('id', '=', id).where('userId', '=', userId).executeTakeFirst() : { numDeletedRows: 0n }
  if (numDeletedRows === 0n) throw notFound('session', id)
}

/** All but the one that is kept; answers how many. */
export async function endOtherSessions(db: Db, userId: string, keptId: string | undefined): Promise<number> {
  const others = db.deleteFrom('session').where('userId', '=', userId)
  const { numDeletedRows } = await (keptId === undefined ? others : others.where('id', '<>', keptId)).executeTakeFirst()
  return Number(numDeletedRows)
}

/** After a new password every other browser must sign in again. */
export const endSessionsOf = (db: Db, userId: string) => db.deleteFrom('session').where('userId', '=', userId).execute()

/** Clean Up: sessions that are over, and failures at the door of which nothing follows any more. */
export async function forgetOldSessions(db: Db, now: Date): Promise<number> {
  const gone = await db.deleteFrom('session').where('expiresAt', '<', now).executeTakeFirst()
  await db.deleteFrom('signInFailure').where('lastAt', '<', new Date(now.getTime() - 24 * 3600_000)).execute()
  return Number(gone.numDeletedRows)
}
