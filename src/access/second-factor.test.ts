/** Signing in with a second factor, and everything by which it could be lost or got around. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { browser, password, setUpSecondFactor, shown, signIn, withPassword } from '../../test/given-browser.ts'
import { takeCode } from './second-factor.ts'

/** Somebody who has set one up, and is signed in. */
async function withSecondFactor(app: TestApp) {
  const actor = await withPassword(app)
  const person = browser(app)
  await person.send('POST', '/session', { userName: actor.userName, password })
  return { ...actor, person, ...await setUpSecondFactor(app, person) }
}

test('setting one up takes the password and a code of the app; only then it is asked for', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const person = browser(app)
  await signIn(app, userName, undefined, person)
  expect(await person.send('POST', '/session/second-factor', { password: 'wrong' })).toMatchObject({ status: 400, body: { code: 'passwordWrong', errors: [{ path: 'password' }] } })
  expect(await person.send('POST', '/session/second-factor/confirm', { code: '123456' })).toMatchObject({ status: 409, body: { code: 'secondFactorNotBegun' } })
  const { body: begun } = await person.send('POST', '/session/second-factor', { password })
  expect(begun.url).toContain(`secret=${begun.secret}`)
  expect(await person.send('POST', '/session/second-factor/confirm', { code: shown(app, begun.secret, 5) })).toMatchObject({ status: 400, body: { code: 'secondFactorWrong', errors: [{ path: 'code' }] } })
  expect((await signIn(app, userName)).status).toBe(201)
  const { status, body } = await person.send('POST', '/session/second-factor/confirm', { code: shown(app, begun.secret) })
  expect([status, new Set(body.recoveryCodes).size]).toEqual([200, 10])
  expect((await person.send('GET', '/session/second-factor')).body).toEqual({ on: true, since: app.clock.read().toISOString(), recoveryCodesLeft: 10, required: false, hasPassword: true })
  expect(await signIn(app, userName)).toMatchObject({ status: 401, body: { code: 'secondFactorNeeded' } })
  expect(await person.send('POST', '/session/second-factor/confirm', { code: shown(app, begun.secret, 1) })).toMatchObject({ status: 409, body: { code: 'secondFactorNotBegun' } })
})

test('another app takes the place of the one before once a code of it was given, with recovery codes of its own; until then the old one opens', async () => {
  await using app = await startApp()
  const { userName, person, secret, recoveryCodes: [oldCode] } = await withSecondFactor(app)
  expect(await person.send('POST', '/session/second-factor', { password: 'wrong' })).toMatchObject({ status: 400, body: { code: 'passwordWrong' } })
  const { body: { secret: next } } = await person.send('POST', '/session/second-factor', { password })
  expect((await signIn(app, userName, shown(app, next))).status).toBe(401)
  expect((await signIn(app, userName, shown(app, secret))).status).toBe(201)
  expect((await person.send('POST', '/session/second-factor/confirm', { code: shown(app, secret) })).status).toBe(400)
  const { body } = await person.send('POST', '/session/second-factor/confirm', { code: shown(app, next) })
  app.clock.advance({ minutes: 2 })
  expect([(await signIn(app, userName, shown(app, secret))).status, (await signIn(app, userName, oldCode)).status]).toEqual([401, 401])
  expect([(await signIn(app, userName, shown(app, next))).status, (await signIn(app, userName, body.recoveryCodes[0])).status]).toEqual([201, 201])
  expect((await app.api.get('/audit-log?q=secondFactorReplaced')).body.items).toMatchObject([{ userName }])
})

test('that somebody has a second factor is told to nobody without the password', async () => {
  await using app = await startApp()
  const { userName, secret } = await withSecondFactor(app)
  const wrong = await Promise.all([{ userName, password: 'wrong' }, { userName, password: 'wrong', code: shown(app, secret) }, { userName: 'nobody', password, code: '123456' }]
    .map(async (body) => (await browser(app).send('POST', '/session', body)).body))
  expect(new Set(wrong.map((body) => JSON.stringify(body))).size).toBe(1)
  expect(wrong[0]).toMatchObject({ code: 'signInRefused' })
})

/** How many of eight who give the same code at the same moment come in. */
async function comeIn(app: TestApp, userId: string, code: string): Promise<number> {
  // Each has a connection by now: else the first would be done before the others begin.
  await Promise.all(Array.from({ length: 8 }, () => sql`select pg_sleep(0.05)`.execute(app.db)))
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => takeCode(app.db, app.secrets, userId, code, app.clock.read())))
  return tries.filter(({ status }) => status === 'fulfilled').length
}

test('a code opens once, also for many who give it at the same moment, and none older than it opens afterwards', async () => {
  await using app = await startApp()
  const { userName, userId, secret } = await withSecondFactor(app)
  const code = shown(app, secret)
  expect((await signIn(app, userName, ` ${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(201)
  expect(await signIn(app, userName, code)).toMatchObject({ status: 401, body: { code: 'secondFactorWrong' } })
  expect((await signIn(app, userName, shown(app, secret, -1))).status).toBe(401)
  expect(await comeIn(app, userId, shown(app, secret, 1))).toBe(1)
  expect((await app.api.get('/audit-log?q=signedIn&limit=1')).body.items[0].detail).toEqual({ how: 'password', secondFactor: 'authenticatorApp' })
})

test('a recovery code opens once, however it is typed; new ones make the old ones worthless', async () => {
  await using app = await startApp()
  const { userName, userId, person, recoveryCodes: [first, second, third] } = await withSecondFactor(app)
  expect((await signIn(app, userName, first!.toUpperCase().replaceAll('-', ' '))).status).toBe(201)
  expect((await signIn(app, userName, first)).status).toBe(401)
  expect(await comeIn(app, userId, third!)).toBe(1)
  expect((await person.send('GET', '/session/second-factor')).body.recoveryCodesLeft).toBe(8)
  expect(await person.send('POST', '/session/second-factor/recovery-codes', { password: 'wrong' })).toMatchObject({ status: 400, body: { code: 'passwordWrong' } })
  const { body } = await person.send('POST', '/session/second-factor/recovery-codes', { password })
  expect((await signIn(app, userName, second)).status).toBe(401)
  expect((await signIn(app, userName, body.recoveryCodes[9])).status).toBe(201)
})

test('whoever knows the password and guesses at codes must wait', async () => {
  await using app = await startApp()
  const { userName, secret } = await withSecondFactor(app)
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => signIn(app, userName, `abcd${n}`)))
  expect(answers.filter(({ body }) => body.code === 'secondFactorWrong').length).toBeLessThanOrEqual(5)
  expect(await signIn(app, userName, shown(app, secret))).toMatchObject({ status: 429, body: { code: 'signInTooOften' } })
  app.clock.advance({ minutes: 1 })
  expect((await signIn(app, userName, shown(app, secret))).status).toBe(201)
})

test('turning it off takes the password; a new password does not turn it off', async () => {
  await using app = await startApp()
  const { userName, userId, person, secret } = await withSecondFactor(app)
  expect((await person.send('POST', '/session/second-factor/turn-off', { password: 'wrong' })).status).toBe(400)
  await app.api.patch(`/users/${userId}`, { password })
  expect((await signIn(app, userName)).body.code).toBe('secondFactorNeeded')
  await signIn(app, userName, shown(app, secret), person)
  expect((await person.send('POST', '/session/second-factor/turn-off', { password })).status).toBe(204)
  expect((await signIn(app, userName)).status).toBe(201)
})

test('whoever manages users resets that of another, in the audit log, but not his own', async () => {
  await using app = await startApp()
  const { userName, userId } = await withSecondFactor(app)
  expect((await app.api.get(`/users/${userId}/second-factor`)).body).toMatchObject({ on: true, recoveryCodesLeft: 10 })
  expect((await app.api.delete(`/users/${userId}/second-factor`)).status).toBe(204)
  expect((await signIn(app, userName)).status).toBe(201)
  expect((await app.api.get('/audit-log?q=secondFactorReset')).body.items).toMatchObject([{ userName: app.admin.userName, aboutName: userName }])
  expect(await app.api.delete(`/users/${app.admin.userId}/second-factor`)).toMatchObject({ status: 409, body: { code: 'ownSecondFactor' } })
})

test('neither secret nor recovery codes stand in the database in the clear', async () => {
  await using app = await startApp()
  const { secret, recoveryCodes } = await withSecondFactor(app)
  const rows = JSON.stringify([await app.db.selectFrom('user').selectAll().execute(), await app.db.selectFrom('auditEntry').selectAll().execute()])
  expect([secret, ...recoveryCodes, recoveryCodes[0]!.replaceAll('-', '')].filter((text) => rows.includes(text))).toEqual([])
})
