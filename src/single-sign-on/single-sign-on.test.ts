import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { openIdProvider, type ProviderAccount, signInAtProvider } from '../../test/openid-provider.ts'
import { hashPassword } from '../access/passwords.ts'
import { beginAttempt, sealAttempt } from './attempt.ts'

const settingsPath = '/settings/single-sign-on'
const callback = 'http://localhost:8080/api/v1/single-sign-on/callback'

/** The product with a provider that knows these accounts. */
async function given(accounts: Record<string, ProviderAccount> = {}, settings: object = {}) {
  const app = await startApp()
  const provider = await openIdProvider(callback, accounts)
  const saved = await app.api.patch(settingsPath, { issuer: provider.issuer, ...provider.client, active: true, buttonLabel: 'Acme', ...settings })
  expect(saved.status).toBe(200)
  return { app, provider, [Symbol.asyncDispose]: async () => { await provider[Symbol.asyncDispose](); await app[Symbol.asyncDispose]() } }
}

/** A browser: keeps its cookies, follows nothing by itself. */
function browser(app: TestApp) {
  const jar = new Map<string, string>()
  const get = async (url: string) => {
    const { pathname, search } = new URL(url, 'http://localhost:8080')
    const answer = await app.server.inject({ method: 'GET', url: `${pathname}${search}`, headers: { cookie: [...jar].map(([key, value]) => `${key}=${value}`).join('; '), host: 'evil.example' } })
    for (const { name, value } of answer.cookies) if (value) jar.set(name, value); else jar.delete(name)
    return { location: String(answer.headers['location'] ?? ''), status: answer.statusCode, body: String(answer.headers['content-type']).includes('json') ? answer.json() : null }
  }
  const start = async (to = '/') => (await get(`/api/v1/single-sign-on/start?${new URLSearchParams({ to })}`)).location
  return { jar, get, start, who: async () => (await get('/api/v1/session')).body.user }
}

/** All the way: out, in at the provider, and back. Answers where the browser ends and as whom. */
async function comeIn(app: TestApp, name: string, to = '/') {
  const person = browser(app)
  const back = await signInAtProvider(await person.start(to), name)
  const { location } = await person.get(back)
  return { location, refused: new URL(location, 'http://here').searchParams.get('refused'), back, person, user: await person.who() }
}

const auditOf = async (app: TestApp, action: string) => (await app.api.get(`/audit-log?${new URLSearchParams({ filter: JSON.stringify({ field: 'action', op: 'equals', value: action }) })}`)).body.items

test('somebody whom only the provider knows becomes a regular user with the chosen roles and teams, and is back where he wanted to go', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example', firstName: 'Anna', lastName: 'Berg' } })
  const { app } = it
  const role = (await app.api.post('/roles', { name: 'Sales' })).body
  const team = (await app.api.post('/teams', { name: 'North' })).body
  await app.api.patch(settingsPath, { createUsers: true, roleIds: [role.id], teamIds: [team.id] })
  const { location, user } = await comeIn(app, 'anna', '/campaigns?q=spring')
  expect([location, user]).toEqual(['/campaigns?q=spring', expect.objectContaining({ userName: 'anna@acme.example', name: 'Anna Berg', type: 'regular' })])
  expect((await app.api.get(`/users/${user.id}`)).body).toMatchObject({ roleIds: [role.id], teamIds: [team.id], isActive: true })
  expect((await comeIn(app, 'anna')).user.id).toBe(user.id)
  expect((await auditOf(app, 'signedIn'))[0]).toMatchObject({ userName: 'anna@acme.example', detail: { how: 'singleSignOn' } })
})

test('whoever comes in by the provider is asked for no second factor of ours, also where one is required of everybody', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true, secondFactorFor: 'everybody' })
  const { person } = await comeIn(it.app, 'anna')
  expect((await person.get('/api/v1/session')).body).toMatchObject({ secondFactorRequired: false, rights: {} })
  expect((await person.get('/api/v1/session/sessions')).body.items).toMatchObject([{ cameBy: 'singleSignOn', current: true }])
})

test('an address is compared and stored as every address is, whatever the provider makes of its domain', async () => {
  await using it = await given({ anna: { emailAddress: ' Anna@BÜCHER.example' }, ben: { emailAddress: 'ben at home' } }, { createUsers: true, domains: ['bücher.example'] })
  expect((await comeIn(it.app, 'anna')).user).toMatchObject({ userName: 'Anna@xn--bcher-kva.example', emailAddress: 'Anna@xn--bcher-kva.example' })
  expect((await comeIn(it.app, 'ben')).refused).toBe('emailNotVerified')
})

test('an existing user is linked by his verified address, and stays linked when the provider gives the address to somebody else', async () => {
  await using it = await given({ anna: { emailAddress: 'Anna@Acme.example' } })
  const { app, provider } = it
  const { actor } = await app.givenUser('regular', { userName: 'anna@acme.example' })
  expect((await comeIn(app, 'anna')).user.id).toBe(actor.userId)
  provider.accounts['anna'] = { emailAddress: 'other@acme.example', emailVerified: false }
  provider.accounts['eve'] = { emailAddress: 'anna@acme.example' }
  expect((await comeIn(app, 'anna')).user.id).toBe(actor.userId)
  expect((await comeIn(app, 'eve')).refused).toBe('notLetIn')
  const { items: [identity] } = (await app.api.get('/single-sign-on/identities')).body
  expect(identity).toMatchObject({ subject: 'anna', userId: actor.userId, userName: 'anna@acme.example' })
  expect((await app.api.delete(`/single-sign-on/identities/${identity.id}`)).status).toBe(204)
  expect((await comeIn(app, 'eve')).user.id).toBe(actor.userId)
})

test.each<[string, ProviderAccount, object, string]>([
  ['an address that the provider has not verified', { emailAddress: 'anna@acme.example', emailVerified: false }, {}, 'emailNotVerified'],
  ['an account without an address', {}, { createUsers: true }, 'emailNotVerified'],
  ['somebody whom nobody here knows', { emailAddress: 'ben@acme.example' }, {}, 'notLetIn'],
  ['an address of a domain that is not allowed', { emailAddress: 'anna@acme.example' }, { domains: ['other.example'], createUsers: true }, 'notLetIn'],
])('%s comes not in, and is told no more than he must know', async (_, account, settings, refusal) => {
  await using it = await given({ anna: account }, settings)
  await it.app.givenUser('regular', { userName: 'anna@acme.example' })
  const { refused, user, person } = await comeIn(it.app, 'anna')
  expect([refused, user, [...person.jar.keys()]]).toEqual([refusal, null, []])
  expect((await auditOf(it.app, 'signInRefused'))[0].detail).toMatchObject({ refusal, subject: 'anna', why: expect.any(String) })
})

test('an inactive user and a program are refused, linked or not', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' }, robot: { emailAddress: 'robot@acme.example' } })
  const { app } = it
  const { actor } = await app.givenUser('regular', { userName: 'anna@acme.example' })
  await app.givenUser('api', { userName: 'robot@acme.example' })
  const off = (isActive: boolean) => app.db.updateTable('user').set({ isActive }).where('id', '=', actor.userId).execute()
  await off(false)
  expect([(await comeIn(app, 'anna')).refused, (await comeIn(app, 'robot')).refused]).toEqual(['notLetIn', 'notLetIn'])
  await off(true)
  expect((await comeIn(app, 'anna')).user.id).toBe(actor.userId)
  await off(false)
  expect((await comeIn(app, 'anna')).refused).toBe('notLetIn')
})

test('of several users with one address none is guessed', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  for (const userName of ['one', 'two']) await it.app.api.post('/users', { userName, emailAddress: 'anna@acme.example' })
  expect((await comeIn(it.app, 'anna')).refused).toBe('notLetIn')
})

test('an answer with another state, for another browser, or too old opens nothing', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  const { app } = it
  const [mine, foreign] = [browser(app), browser(app)]
  const back = await signInAtProvider(await mine.start(), 'anna')
  await foreign.start()
  const changed = new URL(back)
  changed.searchParams.set('state', 'guessed')
  expect((await foreign.get(back)).location).toContain('refused=expired')
  expect((await mine.get(changed.href)).location).toContain('refused=expired')
  expect((await mine.get(back)).location).toContain('refused=expired')
  const late = browser(app)
  const lateBack = await signInAtProvider(await late.start(), 'anna')
  app.clock.advance({ minutes: 16 })
  expect((await late.get(lateBack)).location).toContain('refused=expired')
  expect(await late.who()).toBeNull()
})

test('a state opens the door once, also to whoever kept the cookie', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  const { app } = it
  const person = browser(app)
  const back = await signInAtProvider(await person.start(), 'anna')
  const kept = new Map(person.jar)
  expect((await person.get(back)).location).toBe('/')
  const thief = browser(app)
  for (const [name, value] of kept) thief.jar.set(name, value)
  expect((await thief.get(back)).location).toContain('refused=expired')
  expect(await thief.who()).toBeNull()
  expect((await auditOf(app, 'signInRefused'))[0].detail.why).toBe('The state was used before.')
})

test('an identity token of an earlier sign-in, with its nonce, is refused', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  expect((await comeIn(it.app, 'anna')).refused).toBeNull()
  it.provider.replayTokens()
  const { refused, user } = await comeIn(it.app, 'anna')
  expect([refused, user]).toEqual(['refusedThere', null])
  expect((await auditOf(it.app, 'signInRefused'))[0].detail.why).toContain('nonce')
})

test('a code without the verifier of its own browser is refused', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  const { app } = it
  const [mine, other] = [browser(app), browser(app)]
  const stolen = new URL(await signInAtProvider(await mine.start(), 'anna')).searchParams.get('code')!
  const back = new URL(await signInAtProvider(await other.start(), 'anna'))
  back.searchParams.set('code', stolen)
  expect((await other.get(back.href)).location).toContain('refused=refusedThere')
  expect(await other.who()).toBeNull()
})

test('what the provider says against it ends on the sign-in page with a sentence, its own words in the audit log only', async () => {
  await using it = await given()
  const person = browser(it.app)
  const state = new URL(await person.start('/contacts')).searchParams.get('state')!
  const { location } = await person.get(`${callback}?${new URLSearchParams({ state, error: 'access_denied', error_description: 'Not in group crm', iss: it.provider.issuer })}`)
  expect(location).toBe('/sign-in?refused=refusedThere&to=%2Fcontacts')
  expect((await auditOf(it.app, 'signInRefused'))[0].detail.why).toContain('Not in group crm')
})

test('the way back is what was configured, whatever the request calls its host; afterwards only a local path is gone to', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  const away = new URL(await browser(it.app).start())
  expect(away.searchParams.get('redirect_uri')).toBe(callback)
  expect([away.searchParams.get('code_challenge_method'), away.searchParams.get('response_type')]).toEqual(['S256', 'code'])
  for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example']) expect((await comeIn(it.app, 'anna', to)).location).toBe('/')
})

test('another text that we sealed is no attempt', async () => {
  await using it = await given()
  const { app } = it
  const attempt = beginAttempt('/', app.clock.read())
  const person = browser(app)
  person.jar.set('tidings_single_sign_on', app.secrets.seal(JSON.stringify(attempt)))
  expect((await person.get(`${callback}?state=${attempt.state}`)).location).toContain('refused=expired')
  person.jar.set('tidings_single_sign_on', sealAttempt(app.secrets, attempt))
  expect((await person.get(`${callback}?state=${attempt.state}`)).location).toContain('refused=refusedThere')
})

test('from one address nobody tries without end; a sign-in that works ends the waiting, and passwords are counted apart', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  const { app } = it
  for (let tries = 0; tries < 21; tries++) await browser(app).get(callback)
  expect((await browser(app).get(callback)).location).toContain('refused=tooOften')
  expect((await browser(app).get('/api/v1/single-sign-on/start')).location).toContain('refused=tooOften')
  expect((await app.as(null).post('/session', { userName: 'x', password: 'y' })).status).toBe(401)
  app.clock.advance({ minutes: 20 })
  expect((await comeIn(app, 'anna')).refused).toBeNull()
  expect((await browser(app).start()).startsWith(it.provider.issuer)).toBe(true)
})

test('switched off it lets nobody in, and the sign-in page shows no button', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  const { app } = it
  expect((await app.as(null).get('/single-sign-on')).body).toEqual({ button: { label: 'Acme', url: 'http://localhost:8080/api/v1/single-sign-on/start' }, passwordsForAdministratorsOnly: false })
  const person = browser(app)
  const back = await signInAtProvider(await person.start(), 'anna')
  await app.api.patch(settingsPath, { active: false })
  expect((await app.as(null).get('/single-sign-on')).body.button).toBeNull()
  expect([(await person.get(back)).location, await browser(app).start()]).toEqual([expect.stringContaining('refused=switchedOff'), expect.stringContaining('refused=switchedOff')])
})

test('with passwords for administrators only everybody else needs the button, while there is one', async () => {
  await using it = await given({}, { passwordsForAdministratorsOnly: true })
  const { app } = it
  const passwordHash = await hashPassword('correct horse battery')
  await app.db.updateTable('user').set({ passwordHash }).execute()
  const { actor } = await app.givenUser('regular', { userName: 'ben@acme.example' })
  await app.db.updateTable('user').set({ passwordHash }).where('id', '=', actor.userId).execute()
  const signIn = (userName: string, password = 'correct horse battery') => app.as(null).post('/session', { userName, password })
  expect((await signIn(app.admin.userName)).status).toBe(201)
  expect(await signIn('ben@acme.example')).toMatchObject({ status: 403, body: { code: 'passwordNotAllowed' } })
  expect((await signIn('ben@acme.example', 'wrong')).status).toBe(401)
  await app.api.patch(settingsPath, { active: false })
  expect((await signIn('ben@acme.example')).status).toBe(201)
})

test('the client secret is never shown, lies sealed, and goes when issuer or client change', async () => {
  await using it = await given()
  const { app, provider } = it
  const secret = provider.client.clientSecret
  const shown = await app.api.get(settingsPath)
  expect(shown.body).toMatchObject({ clientSecretSet: true, redirectUri: callback })
  expect(shown.text + JSON.stringify(await auditOf(app, 'settingsChanged'))).not.toContain(secret)
  const row = await app.db.selectFrom('singleSignOn').selectAll().executeTakeFirstOrThrow()
  expect(JSON.stringify(row)).not.toContain(secret)
  expect((await app.api.patch(settingsPath, { buttonLabel: 'Company' })).body.clientSecretSet).toBe(true)
  expect((await app.api.patch(settingsPath, { issuer: 'https://evil.example' })).body.clientSecretSet).toBe(false)
})

test('every wrong setting is named; http is for machines of one\'s own network', async () => {
  await using app = await startApp()
  const paths = async (change: object) => {
    const { status, body } = await app.api.patch(settingsPath, change)
    return [status, ...(body.errors ?? []).map(({ path }: { path: string }) => path)]
  }
  expect(await paths({ active: true })).toEqual([400, 'issuer', 'clientId'])
  expect(await paths({ issuer: 'http://login.example', domains: ['acme.example', 'no domain'], roleIds: ['nobody'], teamIds: ['nobody'] })).toEqual([400, 'issuer', 'domains.1', 'roleIds.0', 'teamIds.0'])
  expect(await paths({ issuer: 'ftp://login.example' })).toEqual([400, 'issuer'])
  expect(await paths({ issuer: 'https://user:word@login.example' })).toEqual([400, 'issuer'])
  expect(await paths({ colour: 'red' })).toEqual([400, 'colour'])
  for (const issuer of ['https://login.example', 'http://localhost:9000', 'http://keycloak:8080/realms/acme', 'http://192.168.1.5', 'http://[::1]:9000', 'http://login.internal']) expect(await paths({ issuer })).toEqual([200])
  for (const issuer of ['http://8.8.8.8', 'http://[2001:db8::1]']) expect(await paths({ issuer })).toEqual([400, 'issuer'])
  expect((await app.api.patch(settingsPath, { domains: ['@Bücher.example'] })).body.domains).toEqual(['xn--bcher-kva.example'])
})

test('who administers but gives no rights cannot say who is who', async () => {
  await using app = await startApp()
  const { key } = await app.givenUser('regular', { rights: { permissions: ['administer'] } })
  expect([(await app.as(key).get(settingsPath)).status, (await app.as(key).patch(settingsPath, { active: false })).status]).toEqual([403, 403])
})

test('Test asks the provider what it is, and quotes the system where nobody answers', async () => {
  await using it = await given()
  const { app, provider } = it
  const ask = async () => (await app.api.post(`${settingsPath}/test`)).body
  expect(await ask()).toMatchObject({ ok: true, reply: expect.stringContaining(provider.issuer) })
  await app.api.patch(settingsPath, { issuer: 'http://127.0.0.1:2' })
  expect(await ask()).toMatchObject({ ok: false, reply: expect.stringContaining('ECONNREFUSED') })
  await app.api.patch(settingsPath, { issuer: `${provider.issuer}/nowhere` })
  expect(await ask()).toMatchObject({ ok: false, reply: expect.stringContaining('404') })
  expect((await browser(app).start())).toContain('refused=unreachable')
})

test('a role and a team that are deleted leave new users without them, and keep no setting from being changed', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  const { app } = it
  const role = (await app.api.post('/roles', { name: 'Sales' })).body
  const team = (await app.api.post('/teams', { name: 'North' })).body
  await app.api.patch(settingsPath, { roleIds: [role.id], teamIds: [team.id] })
  await app.api.delete(`/roles/${role.id}`)
  await app.api.delete(`/teams/${team.id}`)
  await app.settle()
  expect((await app.api.patch(settingsPath, { buttonLabel: 'Company' })).body.teamIds).toEqual([])
  const { user } = await comeIn(app, 'anna')
  expect((await app.api.get(`/users/${user.id}`)).body).toMatchObject({ roleIds: [], teamIds: [] })
})

test('Clean Up forgets used states when they are too old anyway', async () => {
  await using it = await given({ anna: { emailAddress: 'anna@acme.example' } }, { createUsers: true })
  await comeIn(it.app, 'anna')
  const left = async () => (await it.app.db.selectFrom('singleSignOnUsedState').selectAll().execute()).length
  expect(await left()).toBe(1)
  it.app.clock.advance({ hours: 24 })
  await it.app.settle()
  expect(await left()).toBe(0)
})
