/** What everybody does with his own account: name, password, second factor, browsers; and what whoever manages users does with those of others. */
import { type Route, serve } from '../http/serve.ts'
import type { Db } from '../platform/db.ts'
import { AppError, notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import { audit } from './audit.ts'
import * as api from './contract.ts'
import { changeName } from './own-name.ts'
import { beginSecondFactor, confirmSecondFactor, readSecondFactor, removeSecondFactor, replaceRecoveryCodes, turnOffSecondFactor } from './second-factor.ts'
import { endOneSession, endOtherSessions, sessionsOf } from './sessions.ts'
import { setPassword } from './set-password.ts'
import { confirmPassword, tryingCode } from './sign-in.ts'

export const accountRoutes: Route[] = [
  serve(api.changeName, ({ db, actor, body, now }) => db.transaction().execute((tx) => changeName(tx, actor, body, now))),
  serve(api.changePassword, async ({ db, actor, body, now }) => {
    await confirmPassword(db, actor.userId, { field: 'currentPassword', password: body.currentPassword }, now)
    await db.transaction().execute(async (tx) => {
      await setPassword(tx, actor.userId, body.newPassword)
      await audit(tx, actor, 'passwordChanged', { type: 'User', id: actor.userId, name: actor.userName })
    })
  }),

  serve(api.readSecondFactor, ({ db, actor }) => presentSecondFactor(db, actor.userId)),
  serve(api.beginSecondFactor, async ({ db, secrets, actor, body, now }) => {
    await confirmPassword(db, actor.userId, { field: 'password', password: body.password }, now)
    return beginSecondFactor(db, secrets, actor)
  }),
  serve(api.confirmSecondFactor, async ({ db, secrets, actor, body, now }) => ({
    recoveryCodes: await tryingCode(db, actor.userId, now, () => db.transaction().execute((tx) => confirmSecondFactor(tx, secrets, actor, body.code, now))),
  })),
  serve(api.replaceRecoveryCodes, async ({ db, actor, body, now }) => {
    await confirmPassword(db, actor.userId, { field: 'password', password: body.password }, now)
    return { recoveryCodes: await db.transaction().execute((tx) => replaceRecoveryCodes(tx, actor)) }
  }),
  serve(api.turnOffSecondFactor, async ({ db, actor, body, now }) => {
    await confirmPassword(db, actor.userId, { field: 'password', password: body.password }, now)
    await db.transaction().execute((tx) => turnOffSecondFactor(tx, actor))
  }),

  serve(api.listOwnSessions, async ({ db, actor, now }) => ({ items: await sessionsOf(db, actor.userId, actor.sessionId, now) })),
  serve(api.endOwnSession, async ({ db, actor, params }) => {
    await endOneSession(db, actor.userId, params.id)
    await audit(db, actor, 'sessionEnded', { type: 'User', id: actor.userId, name: actor.userName })
  }),
  serve(api.endOtherOwnSessions, async ({ db, actor }) => {
    const ended = await endOtherSessions(db, actor.userId, actor.sessionId)
    await audit(db, actor, 'sessionsEnded', { type: 'User', id: actor.userId, name: actor.userName, detail: { sessions: ended } })
    return { ended }
  }),

  serve(api.listSessionsOfUser, async ({ db, actor, params, now }) => ({ items: await sessionsOf(db, (await userWithId(db, params.id)).id, actor.sessionId, now) })),
  serve(api.endSessionOfUser, async ({ db, actor, params }) => {
    const { id, userName } = await userWithId(db, params.id)
    await endOneSession(db, id, params.sessionId)
    await audit(db, actor, 'sessionEnded', { type: 'User', id, name: userName })
  }),
  serve(api.endSessionsOfUser, async ({ db, actor, params }) => {
    const { id, userName } = await userWithId(db, params.id)
    const ended = await endOtherSessions(db, id, undefined)
    await audit(db, actor, 'sessionsEnded', { type: 'User', id, name: userName, detail: { sessions: ended } })
    return { ended }
  }),
  serve(api.readSecondFactorOfUser, async ({ db, params }) => presentSecondFactor(db, (await userWithId(db, params.id)).id)),
  serve(api.resetSecondFactorOfUser, async ({ db, actor, params }) => {
    const user = await userWithId(db, params.id)
    // By a browser that was left open nobody may do without the password what asks for it under My account.
    if (user.id === actor.userId) throw new AppError('conflict', 'ownSecondFactor', 'See to your own second factor under My account, with your password.')
    await db.transaction().execute((tx) => removeSecondFactor(tx, actor, user))
  }),
]

async function presentSecondFactor(db: Db, userId: string) {
  const { since, ...rest } = await readSecondFactor(db, userId)
  return { ...rest, since: since?.toISOString() ?? null }
}

async function userWithId(db: Db, id: string): Promise<{ id: string; userName: string }> {
  const user = isId(id) ? await db.selectFrom('user').select(['id', 'userName']).where('id', '=', id).executeTakeFirst() : undefined
  if (!user) throw notFound('user', id)
  return user
}
