/** Browser sessions: begun by a password, ended by sign-out or after 30 days; a stolen table opens nothing. */
import { randomBytes } from 'node:crypto'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Actor } from './actor.ts'
import { actorOf, rolesOfUser } from './actors.ts'
import { hashOf, newSecretText } from './secret-text.ts'

const lifetimeMs = 30 * 24 * 3600_000

export type Session = { secret: string; csrfToken: string; expiresAt: Date }

export async function beginSession(db: Db, userId: string, from: { ip: string; userAgent: string }, now: Date): Promise<Session> {
  const session = { secret: newSecretText(''), csrfToken: randomBytes(24).toString('base64url'), expiresAt: new Date(now.getTime() + lifetimeMs) }
  await db.insertInto('session').values({
    id: newId(), userId, secretHash: hashOf(session.secret), csrfToken: session.csrfToken,
    ip: from.ip, userAgent: from.userAgent.slice(0, 400), createdAt: now, seenAt: now, expiresAt: session.expiresAt,
  }).execute()
  return session
}

/** The person behind a session cookie, and the token that a change must carry; null when it is over or the user is inactive. */
export async function readSession(db: Db, secret: string, ip: string, now: Date): Promise<{ actor: Actor; csrfToken: string } | null> {
  const row = await db.selectFrom('session').innerJoin('user', 'user.id', 'session.userId')
    .select(['user.id', 'user.userName', 'user.type', 'user.teamIds', 'session.csrfToken', rolesOfUser.as('roles')])
    .where('session.secretHash', '=', hashOf(secret)).where('session.expiresAt', '>', now).where('user.isActive', '=', true)
    .executeTakeFirst()
  if (!row) return null
  return { actor: actorOf(row, 'session', ip), csrfToken: row.csrfToken }
}

export const endSession = (db: Db, secret: string) => db.deleteFrom('session').where('secretHash', '=', hashOf(secret)).execute()

/** After a new password every other browser must sign in again. */
export const endSessionsOf = (db: Db, userId: string) => db.deleteFrom('session').where('userId', '=', userId).execute()

/** Clean Up: sessions that are over, and failures at the door of which nothing follows any more. */
export async function forgetOldSessions(db: Db, now: Date): Promise<number> {
  const gone = await db.deleteFrom('session').where('expiresAt', '<', now).executeTakeFirst()
  await db.deleteFrom('signInFailure').where('lastAt', '<', new Date(now.getTime() - 24 * 3600_000)).execute()
  return Number(gone.numDeletedRows)
}
