/** A second factor that is required: who is held to it, what he may do before he has one, and how he gets on. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { type Browser, browser, password, setUpSecondFactor, shown, signIn, withPassword } from '../../test/given-browser.ts'
import { createApiKey } from './api-keys.ts'
import { noRights } from './rights.ts'
import { beginSession } from './sessions.ts'

const rules = '/settings/single-sign-on'
const demand = async (app: TestApp, secondFactorFor: string) => expect((await app.api.patch(rules, { secondFactorFor })).status).toBe(200)

async function signedIn(app: TestApp, userName: string, code?: string): Promise<Browser> {
  const person = browser(app)
  expect((await signIn(app, userName, code, person)).status).toBe(201)
  return person
}

/** 200, or why not. */
const opens = async (person: Browser) => {
  const { status, body } = await person.send('GET', '/contacts')
  return status === 200 ? 200 : body.code
}

test('whoever is under the rule and has none is let in only to set one up, is told so, and goes on in the same browser', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  await demand(app, 'everybody')
  const person = browser(app)
  expect((await signIn(app, userName, undefined, person)).body).toMatchObject({ user: { userName }, secondFactorRequired: true, rights: null })
  const refused = await person.send('GET', '/contacts')
  expect([refused.status, refused.headers['content-type'], refused.body.code]).toEqual([403, expect.stringContaining('application/problem+json'), 'secondFactorRequired'])
  expect(refused.body.detail).toMatch(/Set one up first/)
  expect((await person.send('GET', '/session/second-factor')).body).toMatchObject({ on: false, required: true, hasPassword: true })
  await setUpSecondFactor(app, person)
  expect((await person.send('GET', '/session')).body).toMatchObject({ secondFactorRequired: false, rights: { permissions: expect.any(Array) } })
  expect(await opens(person)).toBe(200)
})

test('a browser that is signed in when the rule comes is held to it at its next request, and free again when the rule goes', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const person = await signedIn(app, userName)
  expect(await opens(person)).toBe(200)
  await demand(app, 'everybody')
  expect(await opens(person)).toBe('secondFactorRequired')
  await demand(app, 'nobody')
  expect(await opens(person)).toBe(200)
})

test('a limited browser signs out, changes nothing without its CSRF token, and gets no answer that it was given before', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const person = await signedIn(app, userName)
  const make = () => person.send('POST', '/contacts', { lastName: 'Berg' }, { 'idempotency-key': 'once' })
  expect((await make()).status).toBe(201)
  await demand(app, 'everybody')
  expect((await make()).body.code).toBe('secondFactorRequired')
  person.forgetCsrf()
  expect((await person.send('POST', '/session/second-factor', { password })).body.code).toBe('csrfTokenWrong')
  expect((await person.send('DELETE', '/session')).status).toBe(204)
  expect(await opens(person)).toBe('signInFirst')
})

test('of administrators it is required by type and by role, from the moment on when somebody becomes one', async () => {
  await using app = await startApp()
  await demand(app, 'administrators')
  const [admin, regular] = [await withPassword(app, 'admin'), await withPassword(app)]
  expect(await opens(await signedIn(app, admin.userName))).toBe('secondFactorRequired')
  const person = await signedIn(app, regular.userName)
  expect(await opens(person)).toBe(200)
  const { body: role } = await app.api.post('/roles', { name: 'Office', otherTypes: { read: 'all' }, permissions: ['administer'] })
  await app.api.patch(`/users/${regular.userId}`, { roleIds: [role.id] })
  expect(await opens(person)).toBe('secondFactorRequired')
})

test('who came in by single sign-on is not held to it, nor is an API key', async () => {
  await using app = await startApp()
  await demand(app, 'everybody')
  const { userId } = await withPassword(app)
  const { secret } = await beginSession(app.db, userId, { ip: '', userAgent: '', cameBy: 'singleSignOn' }, app.clock.read())
  const { statusCode } = await app.server.inject({ method: 'GET', url: '/api/v1/contacts', headers: { cookie: `tidings_session=${secret}` } })
  const { secret: key } = await createApiKey(app.db, { name: 'key', userId })
  expect([statusCode, (await app.as(key).get('/contacts')).status]).toEqual([200, 200])
})

test('one that is required is not turned off by its owner, but another app takes its place', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const person = await signedIn(app, userName)
  const { secret } = await setUpSecondFactor(app, person)
  await demand(app, 'everybody')
  expect(await person.send('POST', '/session/second-factor/turn-off', { password })).toMatchObject({ status: 409, body: { code: 'secondFactorDemanded', detail: expect.stringContaining('set that one up in its place') } })
  expect((await signIn(app, userName)).body.code).toBe('secondFactorNeeded')
  const next = await setUpSecondFactor(app, person)
  expect((await signIn(app, userName, shown(app, secret))).status).toBe(401)
  expect(await opens(await signedIn(app, userName, shown(app, next.secret)))).toBe(200)
  await demand(app, 'nobody')
  expect((await person.send('POST', '/session/second-factor/turn-off', { password })).status).toBe(204)
})

test('a second factor that an administrator took away is set up anew, in browsers that are signed in and at the next sign-in', async () => {
  await using app = await startApp()
  const { userName, userId } = await withPassword(app)
  await demand(app, 'everybody')
  const person = await signedIn(app, userName)
  await setUpSecondFactor(app, person)
  expect(await opens(person)).toBe(200)
  expect((await app.api.delete(`/users/${userId}/second-factor`)).status).toBe(204)
  expect(await opens(person)).toBe('secondFactorRequired')
  expect((await app.api.get(`/users/${userId}/second-factor`)).body).toMatchObject({ on: false, required: true })
  const again = await signedIn(app, userName)
  expect(await opens(again)).toBe('secondFactorRequired')
  await setUpSecondFactor(app, again)
  expect(await opens(again)).toBe(200)
})

test('whoever sets the rule without having one sets one up next, and then takes the rule back if he likes', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app, 'admin')
  const person = await signedIn(app, userName)
  expect((await person.send('PATCH', rules, { secondFactorFor: 'administrators' })).body.secondFactorFor).toBe('administrators')
  expect((await person.send('PATCH', rules, { secondFactorFor: 'nobody' })).body.code).toBe('secondFactorRequired')
  await setUpSecondFactor(app, person)
  expect((await person.send('PATCH', rules, { secondFactorFor: 'nobody' })).status).toBe(200)
  expect((await app.api.get('/audit-log?q=secondFactorRuleChanged&sort=at')).body.items.map(({ userName: by, aboutName, detail }: Record<string, unknown>) => [by, aboutName, detail]))
    .toEqual([[userName, 'administrators', { from: 'nobody', to: 'administrators' }], [userName, 'nobody', { from: 'administrators', to: 'nobody' }]])
  expect((await app.api.get('/audit-log?q=settingsChanged')).body.items).toEqual([])
})

test('a rule that there is not is refused by name, and only users of type admin set one', async () => {
  await using app = await startApp()
  expect((await app.api.get(rules)).body.secondFactorFor).toBe('nobody')
  expect(await app.api.patch(rules, { secondFactorFor: 'some' })).toMatchObject({ status: 400, body: { errors: [{ path: 'secondFactorFor', message: 'Choose nobody, administrators or everybody.' }] } })
  const { key } = await app.givenUser('regular', { rights: { ...noRights, permissions: ['administer'] } })
  expect((await app.as(key).patch(rules, { secondFactorFor: 'everybody' })).status).toBe(403)
})

test('who has none yet is listed by name, of the rule that is set or of one that may be: who signs in by password and no others', async () => {
  await using app = await startApp()
  const [admin, ben, carl] = [await withPassword(app, 'admin'), await withPassword(app), await withPassword(app)]
  await app.givenUser('regular')
  await withPassword(app, 'api')
  const inactive = await withPassword(app)
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', inactive.userId).execute()
  await setUpSecondFactor(app, await signedIn(app, carl.userName))
  const without = async (query = '') => {
    const { body } = await app.api.get(`${rules}/without-second-factor${query}`)
    expect(body.total).toBe(body.items.length)
    return body.items.map(({ userName }: { userName: string }) => userName).sort()
  }
  expect(await without()).toEqual([])
  expect(await without('?rule=administrators')).toEqual([admin.userName])
  expect(await without('?rule=everybody')).toEqual([admin.userName, ben.userName].sort())
  await demand(app, 'everybody')
  expect(await without()).toEqual([admin.userName, ben.userName].sort())
  await app.api.patch(rules, { active: true, issuer: 'http://127.0.0.1:1', clientId: 'x', passwordsForAdministratorsOnly: true })
  expect(await without()).toEqual([admin.userName])
})
