/** Signing in and out, the first administrator, API keys, the audit log. */
import { sql } from 'kysely'
import { sessionCookie } from '../http/identity.ts'
import { type Call, type Route, serve, serveRaw } from '../http/serve.ts'
import type { Db } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { AppError } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Actor } from './actor.ts'
import { createApiKey, removeApiKey } from './api-keys.ts'
import { audit } from './audit.ts'
import * as api from './contract.ts'
import { createFirstAdministrator, setupNeeded } from './first-administrator.ts'
import { apiKeysPage, auditPage } from './lists.ts'
import { hashPassword, passwordMatches } from './passwords.ts'
import { beginSession, endSession, endSessionsOf, readSession } from './sessions.ts'
import { checkPassword } from './sign-in.ts'

export const routes: Route[] = [
  // Raw, because it reads the cookie without asking for it.
  serveRaw('GET', '/api/v1/session', { allow: 'public', summary: api.getSession.summary }, async (request, reply, { db, now }) => {
    const secret = request.cookies?.[sessionCookie]
    const session = secret ? await readSession(db, secret, request.ip, now) : null
    return reply.send(await present(db, session?.actor ?? null, session?.csrfToken ?? null))
  }),
  serveRaw('DELETE', '/api/v1/session', { allow: 'public', summary: api.signOut.summary }, async (request, reply, { db }) => {
    const secret = request.cookies?.[sessionCookie]
    if (secret) await endSession(db, secret)
    return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send()
  }),
  serve(api.signIn, async (call) => {
    const actor = await checkPassword(call.db, { ...call.body, ip: call.visit.ip }, call.now)
    await audit(call.db, actor, 'signedIn', { type: 'User', id: actor.userId, name: actor.userName })
    return welcome(call, actor)
  }),
  serve(api.setUp, async (call) => {
    const actor = await createFirstAdministrator(call.db, call.body, call.visit.ip)
    await audit(call.db, actor, 'firstAdministratorCreated', { type: 'User', id: actor.userId, name: actor.userName })
    return welcome(call, actor)
  }),
  serve(api.changePassword, async ({ db, actor, body }) => {
    const { passwordHash } = await db.selectFrom('user').select('passwordHash').where('id', '=', actor.userId).executeTakeFirstOrThrow()
    if (!(await passwordMatches(body.currentPassword, passwordHash))) {
      throw new AppError('invalid', 'passwordWrong', 'The current password is wrong.', { errors: [{ path: 'currentPassword', message: 'This is not your password.' }] })
    }
    await db.updateTable('user').set({ passwordHash: await hashPassword(body.newPassword) }).where('id', '=', actor.userId).execute()
    await endSessionsOf(db, actor.userId)
    await audit(db, actor, 'passwordChanged', { type: 'User', id: actor.userId, name: actor.userName })
  }),
  serve(api.listApiKeys, ({ db, query, now }) => apiKeysPage(db, query, now)),
  serve(api.createApiKey, async ({ db, actor, body }) => {
    const userId = body.userId ?? actor.userId
    const user = isId(userId) ? await db.selectFrom('user').select('userName').where('id', '=', userId).executeTakeFirst() : undefined
    if (!user) throw new AppError('invalid', 'userUnknown', 'There is no such user.', { errors: [{ path: 'userId', message: 'There is no such user.' }] })
    const { secret, createdAt, id, name, hint, version } = await createApiKey(db, { name: body.name, userId, createdBy: actor.userId })
    await audit(db, actor, 'apiKeyCreated', { type: 'ApiKey', id, name })
    return { id, name, userId, userName: user.userName, hint, createdAt: createdAt.toISOString(), lastUsedAt: null, version, key: secret }
  }),
  serve(api.removeApiKey, async ({ db, actor, params }) => {
    const { name } = await removeApiKey(db, params.id)
    await audit(db, actor, 'apiKeyRemoved', { type: 'ApiKey', id: params.id, name })
  }),
  serve(api.listAuditLog, ({ db, query, now }) => auditPage(db, query, now)),
]

async function welcome(call: Call<Endpoint>, actor: Actor) {
  const session = await beginSession(call.db, actor.userId, call.visit, call.now)
  call.setCookie(sessionCookie, session.secret, { maxAgeSeconds: Math.floor((session.expiresAt.getTime() - call.now.getTime()) / 1000) })
  return present(call.db, actor, session.csrfToken)
}

async function present(db: Db, actor: Actor | null, csrfToken: string | null): Promise<api.Session> {
  if (!actor) return { setupNeeded: await setupNeeded(db), user: null, csrfToken: null }
  const user = await db.selectFrom('user').select(['id', 'userName', sql<string>`name`.as('name'), 'emailAddress'])
    .where('id', '=', actor.userId).executeTakeFirstOrThrow()
  return { setupNeeded: false, user: { ...user, type: actor.type }, csrfToken }
}
