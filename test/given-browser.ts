/** People in front of browsers, as the server sees them: a cookie, a CSRF token, a password, an authenticator app. */
import { hashPassword } from '../src/access/passwords.ts'
import { codeAt, stepAt } from '../src/access/totp.ts'
import { fromBase32 } from '../src/platform/base32.ts'
import type { TestApp } from './app.ts'

export const password = 'correct horse battery'

export type Browser = ReturnType<typeof browser>

/** A browser: keeps its cookie, sends the CSRF token once it knows it. */
export function browser(app: TestApp) {
  let cookie = ''
  let csrfToken = ''
  const send = async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: Record<string, string> = {}) => {
    const answer = await app.server.inject({
      method, url: `/api/v1${url}`, ...(payload && { payload }), headers: { ...(cookie && { cookie }), ...(csrfToken && { 'x-csrf-token': csrfToken }), ...headers },
    })
    if (answer.headers['set-cookie']) cookie = String(answer.headers['set-cookie']).split(';')[0]!
    const body = answer.body ? answer.json() : null
    if (body?.csrfToken) csrfToken = body.csrfToken
    return { status: answer.statusCode, body, headers: answer.headers }
  }
  return { send, forgetCsrf: () => { csrfToken = '' } }
}

/** Somebody who signs in by the password above. */
export async function withPassword(app: TestApp, type: 'admin' | 'regular' | 'api' = 'regular') {
  const { actor } = await app.givenUser(type)
  await app.db.updateTable('user').set({ passwordHash: await hashPassword(password) }).where('id', '=', actor.userId).execute()
  return actor
}

/** Comes in by the password above, with a code where one is needed. */
export const signIn = (app: TestApp, userName: string, code?: string, person: Browser = browser(app)) =>
  person.send('POST', '/session', { userName, password, ...(code !== undefined && { code }) })

/** What the app on the phone shows, `steps` half minutes from now. */
export const shown = (app: TestApp, secret: string, steps = 0) => codeAt(fromBase32(secret), stepAt(app.clock.read()) + steps)

/** Sets up an app, as whoever is signed in there; two minutes later, so that its codes are new ones. */
export async function setUpSecondFactor(app: TestApp, person: Browser): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { body: { secret } } = await person.send('POST', '/session/second-factor', { password })
  const { body: { recoveryCodes } } = await person.send('POST', '/session/second-factor/confirm', { code: shown(app, secret) })
  app.clock.advance({ minutes: 2 })
  return { secret, recoveryCodes }
}
