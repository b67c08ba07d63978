/** People in front of browsers, as the server sees them: a cookie, a CSRF token, a password. */
import { hashPassword } from '../src/access/passwords.ts'
import type { TestApp } from './app.ts'

export const password = 'correct horse battery'

/** A browser: keeps its cookie, sends the CSRF token once it knows it. */
export function browser(app: TestApp) {
  let cookie = ''
  let csrfToken = ''
  const send = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers: Record<string, string> = {}) => {
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
