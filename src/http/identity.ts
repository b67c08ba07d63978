/** Who is calling: an API key or a session cookie; and whether that person may call this endpoint. */
import type { FastifyRequest } from 'fastify'
import { type Actor, expectMay, expectScope, expectSome, managesUsers } from '../access/actor.ts'
import { readApiKey } from '../access/api-keys.ts'
import type { Permission } from '../access/rights.ts'
import { secondFactorRequired } from '../access/second-factor-rule.ts'
import { readSession } from '../access/sessions.ts'
import type { Allow } from '../platform/endpoint.ts'
import { AppError } from '../platform/errors.ts'
import type { Ground } from '../platform/ground.ts'
import { scopeOf } from './areas.ts'

export const sessionCookie = 'tidings_session'

/** The person behind a request, or null; a change by cookie must carry the session's CSRF token. A browser that must set up a second factor first opens what lets him in, and nothing else. */
async function identify(request: FastifyRequest, { db, clock }: Ground, allow: Allow): Promise<Actor | null> {
  const [scheme, key] = (request.headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer' && key) return readApiKey(db, key, request.ip, clock())
  const secret = request.cookies?.[sessionCookie]
  if (!secret) return null
  const session = await readSession(db, secret, request.ip, clock())
  if (!session) return null
  if (request.method !== 'GET' && request.method !== 'HEAD' && request.headers['x-csrf-token'] !== session.csrfToken) {
    throw new AppError('forbidden', 'csrfTokenWrong', 'This page is out of date. Load it again and repeat what you did.')
  }
  if (session.limited && allow !== 'comingIn') throw secondFactorRequired()
  return session.actor
}

/** Throws 401 or 403; answers the actor otherwise. What an API key may be used for is asked here, for every route. A public endpoint never fails for a bad cookie or key. */
export async function admit(request: FastifyRequest, ground: Ground, allow: Allow): Promise<Actor | null> {
  if (allow === 'public') return null
  const actor = await identify(request, ground, allow)
  if (!actor) throw new AppError('unauthenticated', 'signInFirst', 'Sign in first, or send a valid API key.')
  const { slug } = request.params as { slug?: string }
  expectScope(actor, scopeOf(request.method, request.routeOptions.url!, slug))
  expectAllowed(actor, allow)
  return actor
}

function expectAllowed(actor: Actor, allow: Exclude<Allow, 'public'>): void {
  if (allow === 'signedIn' || allow === 'comingIn') return
  if (allow === 'administrator') return expectMay(actor, 'administer')
  if (allow === 'userManager') {
    if (!managesUsers(actor)) throw new AppError('forbidden', 'userManagersOnly', 'Only users of type Admin may do this.')
    return
  }
  const [kind, name] = allow.split(':') as ['may' | 'some', string]
  if (kind === 'may') expectMay(actor, name as Permission)
  else expectSome(actor, name, 'read')
}
