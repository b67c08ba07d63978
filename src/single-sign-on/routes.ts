/** The API of single sign-on, and the two addresses that browsers are sent to on the way through the provider. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { setCookie } from '../http/cookie.ts'
import { sessionCookie } from '../http/identity.ts'
import { type Route, serve, serveRaw } from '../http/serve.ts'
import { readGeneral } from '../settings/settings.ts'
import { attemptCookie, lifetimeSeconds, sealAttempt } from './attempt.ts'
import { comeBack, goOut } from './come-in.ts'
import * as api from './contract.ts'
import { identitiesPage, removeIdentity } from './identities.ts'
import { changeSettings, labelOf, passwordsForAdministratorsOnly, path, presentSettings, readSettings } from './settings.ts'
import { testProvider } from './test-provider.ts'
import { withoutSecondFactorPage } from './without-second-factor.ts'

export const singleSignOnRoutes: Route[] = [
  serve(api.getSettings, ({ db }) => presentSettings(db)),
  serve(api.changeSettings, async (call) => {
    await call.db.transaction().execute((tx) => changeSettings(tx, call.secrets, call.body, call))
    return presentSettings(call.db)
  }),
  serve(api.listWithoutSecondFactor, async ({ db, query, now }) => await withoutSecondFactorPage(db, query, now) as never),
  serve(api.test, async ({ db, secrets }) => testProvider(secrets, await readSettings(db))),
  serve(api.getButton, async ({ db }) => {
    const settings = await readSettings(db)
    const button = settings.active ? { label: labelOf(settings), url: `${(await readGeneral(db)).siteUrl}${path}/start` } : null
    return { button, passwordsForAdministratorsOnly: await passwordsForAdministratorsOnly(db) }
  }),
  serve(api.listIdentities, async ({ db, query, now }) => await identitiesPage(db, query, now) as never),
  serve(api.removeIdentity, ({ db, actor, params }) => db.transaction().execute((tx) => removeIdentity(tx, actor, params.id))),
  serveRaw('GET', `${path}/start`, { allow: 'public', summary: 'Begin to sign in by the provider' }, async (request, reply, context) => {
    const to = searchOf(request).get('to') ?? '/'
    const out = await goOut(context, to)
    if ('refusal' in out) return toSignIn(reply, out.refusal, to)
    setCookie(request, reply, attemptCookie, sealAttempt(context.secrets, out.attempt), { maxAgeSeconds: lifetimeSeconds, path })
    return reply.redirect(out.url)
  }),
  serveRaw('GET', `${path}/callback`, { allow: 'public', summary: 'Where the provider sends people back to' }, async (request, reply, context) => {
    const back = await comeBack(context, { search: searchOf(request), cookie: request.cookies[attemptCookie] })
    reply.clearCookie(attemptCookie, { path })
    if ('refusal' in back) return toSignIn(reply, back.refusal, back.to)
    const { secret, expiresAt } = back.session
    setCookie(request, reply, sessionCookie, secret, { maxAgeSeconds: Math.floor((expiresAt.getTime() - context.now.getTime()) / 1000) })
    return reply.redirect(back.to)
  }),
]

const searchOf = (request: FastifyRequest) => new URL(request.url, 'http://here').searchParams

const toSignIn = (reply: FastifyReply, refusal: api.Refusal, to = '/') => reply.redirect(`/sign-in?${new URLSearchParams({ refused: refusal, to })}`)
