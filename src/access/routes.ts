/** Signing in and out, the first administrator, roles and teams, API keys, the audit log. */
import { sql } from 'kysely'
import { sessionCookie } from '../http/identity.ts'
import { type Call, type Route, serve, serveRaw } from '../http/serve.ts'
import type { Db } from '../platform/db.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { accountRoutes } from './account-routes.ts'
import { type Actor, isAdministrator, managesUsers, needsApproval } from './actor.ts'
import { giveApiKey, removeApiKey, renameApiKey } from './api-keys.ts'
import { audit } from './audit.ts'
import * as api from './contract.ts'
import { createFirstAdministrator, setupNeeded } from './first-administrator.ts'
import { apiKeysPage, auditPage, presentApiKey, presentRole, presentTeam, rolesPage, teamsPage } from './lists.ts'
import { everything, noRights, permissions } from './rights.ts'
import { changeRole, createRole, expectKnownTypes, removeRole, rightsOfUser } from './roles.ts'
import { beginSession, endSession, readSession, type SignedIn } from './sessions.ts'
import { passwordNotAllowed, type PasswordRule, signIn } from './sign-in.ts'
import { changeTeam, createTeam, removeTeam } from './teams.ts'

/** `typeNames`: of everything that a role can speak of, as it is known then; the application knows them. */
export const accessRoutes = (typeNames: () => readonly string[], passwordsForAdministratorsOnly: PasswordRule): Route[] => [...signingIn(passwordsForAdministratorsOnly), ...accountRoutes, ...apiKeysAndAudit, ...roleRoutes(typeNames), ...teamRoutes]

const signingIn = (passwordsForAdministratorsOnly: PasswordRule): Route[] => [
  // Raw, because it reads the cookie without asking for it.
  serveRaw('GET', '/api/v1/session', { allow: 'public', summary: api.getSession.summary }, async (request, reply, { db, now }) => {
    const secret = request.cookies?.[sessionCookie]
    const session = secret ? await readSession(db, secret, request.ip, now) : null
    return reply.send(await present(db, session))
  }),
  serveRaw('DELETE', '/api/v1/session', { allow: 'public', summary: api.signOut.summary }, async (request, reply, { db }) => {
    const secret = request.cookies?.[sessionCookie]
    if (secret) await endSession(db, secret)
    return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send()
  }),
  serve(api.signIn, async (call) => {
    const { actor, by } = await signIn(call, { ...call.body, ip: call.visit.ip }, call.now)
    // Only after the password was right: who is an administrator is told to nobody else.
    if (!isAdministrator(actor) && (await passwordsForAdministratorsOnly(call.db))) throw passwordNotAllowed()
    await audit(call.db, actor, 'signedIn', { type: 'User', id: actor.userId, name: actor.userName, detail: { how: 'password', ...(by && { secondFactor: by }) } })
    return welcome(call, actor)
  }),
  serve(api.setUp, async (call) => {
    const actor = await createFirstAdministrator(call.db, call.body, call.visit.ip)
    return welcome(call, actor)
  }),
]

const roleRoutes = (typeNames: () => readonly string[]): Route[] => [
  serve(api.readUserRights, ({ db, params }) => rightsOfUser(db, params.id, typeNames())),
  serve(api.listRoles, ({ db, query, now }) => rolesPage(db, query, now)),
  serve(api.readRole, ({ db, params }) => presentRole(db, params.id)),
  serve(api.createRole, async ({ db, actor, body, now }) => {
    expectKnownTypes(body.types, typeNames())
    return presentRole(db, await db.transaction().execute((tx) => createRole(tx, actor, body, now)))
  }),
  serve(api.changeRole, async ({ db, actor, params, body, now, expectVersion }) => {
    expectKnownTypes(body.types, typeNames())
    await db.transaction().execute((tx) => changeRole(tx, actor, params.id, body, now, expectVersion))
    return presentRole(db, params.id)
  }),
  serve(api.removeRole, ({ db, actor, params }) => db.transaction().execute((tx) => removeRole(tx, actor, params.id))),
]

const teamRoutes: Route[] = [
  serve(api.listTeams, ({ db, query, now }) => teamsPage(db, query, now)),
  serve(api.readTeam, ({ db, params }) => presentTeam(db, params.id)),
  serve(api.createTeam, async ({ db, actor, body, now }) => presentTeam(db, await db.transaction().execute((tx) => createTeam(tx, actor, body, now)))),
  serve(api.changeTeam, async ({ db, actor, params, body, now, expectVersion }) => {
    await db.transaction().execute((tx) => changeTeam(tx, actor, params.id, body, now, expectVersion))
    return presentTeam(db, params.id)
  }),
  serve(api.removeTeam, ({ db, actor, params }) => db.transaction().execute((tx) => removeTeam(tx, actor, params.id))),
]

const apiKeysAndAudit: Route[] = [
  serve(api.listApiKeys, ({ db, query, now }) => apiKeysPage(db, query, now)),
  serve(api.createApiKey, async ({ db, actor, body, now }) => {
    const { userId = actor.userId, expiresAt, ...given } = body
    const { id, secret } = await db.transaction().execute((tx) => giveApiKey(tx, actor, { ...given, userId, createdBy: actor.userId, expiresAt: expiresAt ? new Date(expiresAt) : null }, now))
    return { ...await presentApiKey(db, id), key: secret }
  }),
  serve(api.renameApiKey, async ({ db, actor, params, body, expectVersion }) => {
    await db.transaction().execute((tx) => renameApiKey(tx, actor, params.id, body.name, expectVersion))
    return presentApiKey(db, params.id)
  }),
  serve(api.removeApiKey, ({ db, actor, params }) => db.transaction().execute((tx) => removeApiKey(tx, actor, params.id))),
  serve(api.listAuditLog, ({ db, query, now }) => auditPage(db, query, now)),
]

/** Begins a session for whoever came in by a password, typed or just chosen. */
export async function welcome(call: Call<Endpoint>, actor: Actor) {
  const session = await beginSession(call.db, actor.userId, { ...call.visit, cameBy: 'password' }, call.now)
  call.setCookie(sessionCookie, session.secret, { maxAgeSeconds: Math.floor((session.expiresAt.getTime() - call.now.getTime()) / 1000) })
  return present(call.db, await readSession(call.db, session.secret, call.visit.ip, call.now))
}

async function present(db: Db, session: SignedIn | null): Promise<api.Session> {
  if (!session) return { setupNeeded: await setupNeeded(db), user: null, secondFactorRequired: false, rights: null, csrfToken: null }
  const { actor, csrfToken, limited } = session
  const user = await db.selectFrom('user').select(['id', 'userName', sql<string>`name`.as('name'), 'firstName', 'lastName', 'emailAddress'])
    .where('id', '=', actor.userId).executeTakeFirstOrThrow()
  return { setupNeeded: false, user: { ...user, type: actor.type }, secondFactorRequired: limited, rights: limited ? null : rightsShown(actor), csrfToken }
}

function rightsShown(actor: Actor): api.Rights {
  const { types, otherTypes, permissions: given } = managesUsers(actor) ? { types: {}, otherTypes: everything, permissions } : actor.rights ?? noRights
  return { types, otherTypes, permissions: [...given], sendNeedsApproval: needsApproval(actor) }
}
