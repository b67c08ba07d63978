import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { browser, password, withPassword } from '../../test/given-browser.ts'

test('on a fresh installation the first visitor becomes the administrator, and only the first', async () => {
  await using app = await startApp()
  await app.db.deleteFrom('user').execute()
  const first = browser(app)
  expect((await first.send('GET', '/session')).body).toEqual({ setupNeeded: true, user: null, secondFactorRequired: false, rights: null, csrfToken: null })
  expect((await first.send('POST', '/setup', { emailAddress: 'anna@shop.example', password })).body.user).toMatchObject({ type: 'admin', userName: 'anna@shop.example' })
  expect((await first.send('GET', '/session')).body.user.userName).toBe('anna@shop.example')
  expect(await browser(app).send('POST', '/setup', { emailAddress: 'eve@shop.example', password })).toMatchObject({ status: 409, body: { code: 'administratorExists' } })
})

test('a short password is refused, naming the field', async () => {
  await using app = await startApp()
  const { status, body } = await browser(app).send('POST', '/setup', { emailAddress: 'nobody', password: 'short' })
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['emailAddress', 'password']])
})

test('signing in and out: the cookie is out of the reach of scripts, and opens nothing afterwards', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const person = browser(app)
  const signedIn = await person.send('POST', '/session', { userName: userName.toUpperCase(), password })
  expect(signedIn.status).toBe(201)
  expect(String(signedIn.headers['set-cookie'])).toMatch(/HttpOnly/)
  expect((await person.send('GET', '/tasks')).status).toBe(200)
  expect((await person.send('DELETE', '/session')).status).toBe(204)
  expect((await person.send('GET', '/tasks')).status).toBe(401)
})

test('a change by cookie without the CSRF token is refused', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app, 'admin')
  const person = browser(app)
  await person.send('POST', '/session', { userName, password })
  expect((await person.send('POST', '/api-keys', { name: 'mine' })).status).toBe(201)
  person.forgetCsrf()
  expect(await person.send('POST', '/api-keys', { name: 'forged' })).toMatchObject({ status: 403, body: { code: 'csrfTokenWrong' } })
})

test('wrong name, wrong password, inactive and API users get the same answer', async () => {
  await using app = await startApp()
  const { userName, userId } = await withPassword(app)
  const apiUser = await withPassword(app, 'api')
  const tries = [{ userName: 'nobody', password }, { userName, password: 'wrong' }, { userName: apiUser.userName, password }]
  const answers = await Promise.all(tries.map(async (body) => (await browser(app).send('POST', '/session', body)).body))
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', userId).execute()
  answers.push((await browser(app).send('POST', '/session', { userName, password })).body)
  expect(new Set(answers.map((body) => JSON.stringify(body))).size).toBe(1)
  expect(answers[0]).toMatchObject({ status: 401, code: 'signInRefused' })
})

test('after many wrong passwords even the right one must wait, and the answer says how long', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  for (let i = 0; i < 5; i++) await browser(app).send('POST', '/session', { userName, password: 'wrong' })
  const refused = await browser(app).send('POST', '/session', { userName, password })
  expect(refused).toMatchObject({ status: 429, body: { code: 'signInTooOften' } })
  expect(refused.headers['retry-after']).toBe('1')
  app.clock.advance({ seconds: 2 })
  expect((await browser(app).send('POST', '/session', { userName, password })).status).toBe(201)
})

test('blanks around a name bring no new tries', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  for (let i = 0; i < 5; i++) await browser(app).send('POST', '/session', { userName: userName + ' '.repeat(i), password: 'wrong' })
  expect((await browser(app).send('POST', '/session', { userName: ` ${userName}`, password })).status).toBe(429)
})

test('forty tries at once are forty tries: no more than the free ones are looked at', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const answers = await Promise.all(Array.from({ length: 40 }, () => browser(app).send('POST', '/session', { userName, password: 'wrong' })))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(35)
})

test('whoever guesses at the password of a browser that is signed in must wait, too', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const person = browser(app)
  await person.send('POST', '/session', { userName, password })
  for (let i = 0; i < 5; i++) expect((await person.send('POST', '/session/password', { currentPassword: 'wrong', newPassword: 'another good one' })).status).toBe(400)
  expect(await person.send('POST', '/session/password', { currentPassword: password, newPassword: 'another good one' })).toMatchObject({ status: 429 })
})

test('a new password ends every session of that person', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const [here, there] = [browser(app), browser(app)]
  for (const place of [here, there]) await place.send('POST', '/session', { userName, password })
  expect((await here.send('POST', '/session/password', { currentPassword: 'wrong', newPassword: 'another good one' })).status).toBe(400)
  expect((await here.send('POST', '/session/password', { currentPassword: password, newPassword: 'another good one' })).status).toBe(204)
  expect((await there.send('GET', '/tasks')).status).toBe(401)
})

test('an API key is shown once, works at once, is stored hashed, and a removed one opens nothing', async () => {
  await using app = await startApp()
  const { body } = await app.api.post('/api-keys', { name: 'For the shop' })
  expect(body.key).toMatch(/^tdk_.{40,}/)
  expect((await app.as(body.key).get('/tasks')).status).toBe(200)
  expect(JSON.stringify((await app.api.get('/api-keys')).body)).not.toContain(body.key)
  expect(JSON.stringify(await app.db.selectFrom('apiKey').selectAll().execute())).not.toContain(body.key)
  await app.api.delete(`/api-keys/${body.id}`)
  expect((await app.as(body.key).get('/tasks')).status).toBe(401)
})

test('an API key for somebody who does not exist is refused, naming the field', async () => {
  await using app = await startApp()
  for (const userId of ['nobody', '00000000-0000-7000-8000-000000000000']) {
    expect(await app.api.post('/api-keys', { name: 'For the shop', userId })).toMatchObject({ status: 400, body: { errors: [{ path: 'userId' }] } })
  }
})

test('a name longer than any is refused before it is looked for', async () => {
  await using app = await startApp()
  const answer = await browser(app).send('POST', '/session', { userName: Buffer.alloc(9_000, 'q7Z-').toString('base64'), password })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'userName' }] } })
})

test('a regular user may not reach Administration, and nothing is changed by trying', async () => {
  await using app = await startApp()
  const { key } = await app.givenUser('regular')
  const before = (await app.api.get('/settings/outbound-emails')).body
  expect((await app.as(key).patch('/settings/outbound-emails', { maxPerHour: 7 })).status).toBe(403)
  expect((await app.as(key).get('/api-keys')).status).toBe(403)
  expect((await app.api.get('/settings/outbound-emails')).body).toEqual(before)
})

test('the audit log says who changed the settings', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { companyName: 'Acme' })
  expect((await app.api.get('/audit-log?q=settingsChanged')).body.items).toMatchObject([{ action: 'settingsChanged', userName: app.admin.userName, aboutType: 'General' }])
})
