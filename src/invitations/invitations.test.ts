/** Ways in by mail, through the Sandbox: what mail opens, for whom, how often and how long. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { browser, password, withPassword } from '../../test/given-browser.ts'

/** The links in mail to an address, oldest first, without what stands before the page. */
async function linksTo(app: TestApp, address: string): Promise<{ url: string; token: string }[]> {
  const { body: { items } } = await app.api.get(`/sandbox/messages?q=${address}&sort=receivedAt`)
  const sources = await Promise.all(items.map(async ({ id }: { id: string }) => (await app.api.get(`/sandbox/messages/${id}`)).body.text as string))
  return sources.flatMap((text) => [...text.matchAll(/http\S+#(\S+)/g)].map(([url, token]) => ({ url, token: token! })))
}

const ask = (app: TestApp, userName: string, headers = {}) => browser(app).send('POST', '/password-resets', { userName }, headers)

test('a forgotten password is set by a link from the mail, once; every browser is signed out and wrong tries are forgotten', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/general', { siteUrl: 'https://crm.shop.example' })
  const { userName } = await withPassword(app)
  const person = browser(app)
  await person.send('POST', '/session', { userName, password })
  for (let i = 0; i < 8; i++) await browser(app).send('POST', '/session', { userName, password: 'wrong' })
  expect((await ask(app, userName.toUpperCase(), { host: 'evil.example' })).status).toBe(204)
  await app.settle()
  const [link] = await linksTo(app, userName)
  expect(link!.url).toBe(`https://crm.shop.example/reset-password#${link!.token}`)
  expect((await browser(app).send('POST', '/password-resets/look', { token: link!.token })).body).toEqual({ userName })
  const use = (newPassword = 'another good one') => browser(app).send('POST', '/password-resets/use', { token: link!.token, newPassword })
  expect(await use('short')).toMatchObject({ status: 400, body: { errors: [{ path: 'newPassword' }] } })
  const both = await Promise.all([use(), use()])
  expect(both.map(({ status }) => status).sort()).toEqual([204, 404])
  expect((await person.send('GET', '/tasks')).status).toBe(401)
  expect((await browser(app).send('POST', '/session', { userName, password: 'another good one' })).status).toBe(201)
  expect((await browser(app).send('POST', '/password-resets/look', { token: link!.token })).body.code).toBe('linkOver')
  expect((await app.api.get('/audit-log?q=passwordReset')).body.items).toMatchObject([{ userName, detail: { how: 'mail' } }])
})

test('whoever has a second factor needs it with the new password, too', async () => {
  await using app = await startApp({ sandbox: true })
  const { userName, userId } = await withPassword(app)
  await app.db.updateTable('user').set({ secondFactorSince: app.clock.read(), secondFactorSealed: app.secrets.seal('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ') }).where('id', '=', userId).execute()
  await ask(app, userName)
  await app.settle()
  const [link] = await linksTo(app, userName)
  await browser(app).send('POST', '/password-resets/use', { token: link!.token, newPassword: 'another good one' })
  expect((await browser(app).send('POST', '/session', { userName, password: 'another good one' })).body.code).toBe('secondFactorNeeded')
})

test('where a second factor is required, a link from a mail lets in to set one up first', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/single-sign-on', { secondFactorFor: 'everybody' })
  await app.api.post('/invitations', { emailAddresses: ['ben@shop.example'] })
  await app.settle()
  const [invitation] = await linksTo(app, 'ben@shop.example')
  const invited = browser(app)
  expect((await invited.send('POST', '/invitations/accept', { token: invitation!.token, firstName: 'Ben', lastName: '', newPassword: password })).body).toMatchObject({ secondFactorRequired: true, rights: null })
  expect((await invited.send('GET', '/tasks')).body.code).toBe('secondFactorRequired')
  await ask(app, 'ben@shop.example')
  await app.settle()
  const [, reset] = await linksTo(app, 'ben@shop.example')
  await browser(app).send('POST', '/password-resets/use', { token: reset!.token, newPassword: 'another good one' })
  expect((await browser(app).send('POST', '/session', { userName: 'ben@shop.example', password: 'another good one' })).body.secondFactorRequired).toBe(true)
})

test('nobody learns by asking who is a user, and no mail goes to whoever does not sign in by a password', async () => {
  await using app = await startApp({ sandbox: true })
  const [inactive, program, right] = [await withPassword(app), await withPassword(app, 'api'), await withPassword(app)]
  const { actor: withoutPassword } = await app.givenUser('regular')
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', inactive.userId).execute()
  const answers = await Promise.all([inactive, program, withoutPassword, right, { userName: 'nobody@shop.example' }].map(({ userName }) => ask(app, userName)))
  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
  await app.settle()
  expect((await app.db.selectFrom('systemMail').select('toAddress').execute()).map(({ toAddress }) => toAddress)).toEqual([right.userName])
})

test('an admin gets no link by mail that somebody could read who administers and is no admin, unless a second factor stands behind it', async () => {
  await using app = await startApp({ sandbox: true })
  const admin = await withPassword(app, 'admin')
  const mailed = async () => {
    await ask(app, admin.userName)
    await app.settle()
    return (await app.db.selectFrom('systemMail').select('id').execute()).length
  }
  expect(await mailed()).toBe(1)
  await app.givenUser('regular', { rights: { permissions: ['administer'] } })
  expect(await mailed()).toBe(1)
  await app.db.updateTable('user').set({ secondFactorSince: app.clock.read() }).where('id', '=', admin.userId).execute()
  expect(await mailed()).toBe(2)
})

test('an admin gets no link by mail while a key could have it read that changes settings and no users', async () => {
  await using app = await startApp({ sandbox: true })
  const admin = await withPassword(app, 'admin')
  const mailed = async () => {
    await ask(app, admin.userName)
    await app.settle()
    return (await app.db.selectFrom('systemMail').select('id').execute()).length
  }
  await app.api.post('/api-keys', { name: 'For figures', scopes: ['settings:read'] })
  await app.api.post('/api-keys', { name: 'For everything', scopes: ['settings:write', 'users:write'] })
  expect(await mailed()).toBe(1)
  const { body: key } = await app.api.post('/api-keys', { name: 'For settings', scopes: ['settings:write'], expiresAt: '2030-01-01T12:30:00Z' })
  expect(await mailed()).toBe(1)
  const { body: { id } } = await app.api.post('/users', { userName: 'ada', emailAddress: 'ada@shop.example', type: 'admin' })
  expect(await app.api.post(`/invitations/${id}/send`)).toMatchObject({ status: 409, body: { code: 'othersReadMail', detail: expect.stringContaining('API key') } })
  app.clock.advance({ minutes: 31 })
  expect((await app.api.post(`/invitations/${id}/send`)).status).toBe(201)
  expect(key.name).toBe('For settings')
})

test('a link opens for an hour; three mails an hour go to one user, and whoever asks on and on must wait', async () => {
  await using app = await startApp({ sandbox: true })
  const { userName } = await withPassword(app)
  for (let i = 0; i < 5; i++) expect((await ask(app, userName)).status).toBe(204)
  expect(await ask(app, userName)).toMatchObject({ status: 429, body: { code: 'signInTooOften' } })
  await app.settle()
  const links = await linksTo(app, userName)
  expect(links).toHaveLength(3)
  app.clock.advance({ minutes: 61 })
  expect((await browser(app).send('POST', '/password-resets/use', { token: links[0]!.token, newPassword: 'another good one' })).body.code).toBe('linkOver')
  await app.jobs['clean-up']!.run({ ...app.ground, signal: new AbortController().signal } as never)
  expect(await app.db.selectFrom('passwordReset').selectAll().execute()).toEqual([])
})

test('a mail that was killed on its way is queued once more, and neither link stands in the database in the clear', async () => {
  await using app = await startApp({ sandbox: true })
  const { userName } = await withPassword(app)
  await ask(app, userName)
  // The worker died with the task: nothing of it was committed.
  await sql`update task set status = 'running', heartbeat_at = now() - interval '1 hour' where kind = 'mailPasswordReset'`.execute(app.db)
  await app.settle()
  await app.api.post('/invitations', { emailAddresses: ['ben@shop.example'] })
  await app.settle()
  const tokens = [...await linksTo(app, userName), ...await linksTo(app, 'ben@shop.example')].map(({ token }) => token)
  expect(tokens).toHaveLength(2)
  const rows = JSON.stringify(await Promise.all((['systemMail', 'passwordReset', 'invitation', 'task', 'auditEntry'] as const).map((table) => app.db.selectFrom(table).selectAll().execute())))
  expect(tokens.filter((token) => rows.includes(token))).toEqual([])
})

test('invited people are users without a password until they accept, with the roles and teams that they were given', async () => {
  await using app = await startApp({ sandbox: true })
  const { body: role } = await app.api.post('/roles', { name: 'Sales' })
  const { body: team } = await app.api.post('/teams', { name: 'North' })
  const { status, body: { items } } = await app.api.post('/invitations', { emailAddresses: [' Ben@SHOP.example', 'cleo@shop.example', 'ben@shop.example'], roleIds: [role.id], teamIds: [team.id] })
  expect([status, items.map(({ emailAddress }: { emailAddress: string }) => emailAddress).sort()]).toEqual([201, ['Ben@shop.example', 'cleo@shop.example']])
  await app.settle()
  expect((await app.api.get('/invitations')).body).toMatchObject({ total: 2, items: [{ invitedByName: 'Test admin', mailStatus: 'sent', roleIds: [role.id] }, {}] })
  expect((await browser(app).send('POST', '/session', { userName: 'Ben@shop.example', password })).status).toBe(401)
  const [{ token } = { token: '' }] = await linksTo(app, 'Ben@shop.example')
  expect((await browser(app).send('POST', '/invitations/look', { token })).body).toEqual({ userName: 'Ben@shop.example', firstName: '', lastName: '' })
  const person = browser(app)
  const accepted = await person.send('POST', '/invitations/accept', { token, firstName: 'Ben', lastName: 'Berg', newPassword: password })
  expect(accepted).toMatchObject({ status: 201, body: { user: { name: 'Ben Berg', type: 'regular' } } })
  expect((await person.send('GET', '/tasks')).status).toBe(200)
  expect((await browser(app).send('POST', '/invitations/accept', { token, firstName: '', lastName: '', newPassword: password })).body.code).toBe('linkOver')
  expect((await app.api.get('/users?q=ben')).body.items).toMatchObject([{ roleIds: [role.id], teamIds: [team.id], isActive: true }])
  expect((await app.api.get('/invitations')).body.total).toBe(1)
})

test('whoever cannot be invited is named, and then nobody is', async () => {
  await using app = await startApp()
  const answer = await app.api.post('/invitations', { emailAddresses: ['new@shop.example', 'nonsense', app.admin.userName.toUpperCase()], roleIds: [] })
  expect([answer.status, answer.body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['emailAddresses.1', 'emailAddresses.2']])
  expect((await app.api.post('/invitations', { emailAddresses: ['new@shop.example'], roleIds: ['nonsense'], teamIds: ['00000000-0000-7000-8000-000000000000'] })).body.errors.map(({ path }: { path: string }) => path)).toEqual(['roleIds', 'teamIds'])
  expect((await app.api.get('/users?q=new')).body.items).toEqual([])
})

test('two administrators who invite the same person at once make one user', async () => {
  await using app = await startApp()
  const answers = await Promise.all(Array.from({ length: 4 }, () => app.api.post('/invitations', { emailAddresses: ['ben@shop.example'] })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400])
  expect((await app.api.get('/users?q=ben')).body.total).toBe(1)
})

test('the link is shown to whoever invites while the Sandbox captures mail, and to nobody once mail leaves', async () => {
  await using app = await startApp({ sandbox: true })
  const { body: { items: [first] } } = await app.api.post('/invitations', { emailAddresses: ['ben@shop.example'] })
  await app.settle()
  expect(first.url).toBe((await linksTo(app, 'ben@shop.example'))[0]!.url)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: 1, security: 'none' }, fromAddress: 'crm@shop.example' })
  expect((await app.api.post('/invitations', { emailAddresses: ['cleo@shop.example'] })).body.items).toMatchObject([{ url: null, mailStatus: 'queued' }])
  expect((await app.api.post(`/invitations/${first.id}/send`)).body).toMatchObject({ url: null })
})

test('an invitation that is sent again opens by its newest link alone, and one that is over can be sent again', async () => {
  await using app = await startApp({ sandbox: true })
  const { body: { items: [{ id }] } } = await app.api.post('/invitations', { emailAddresses: ['ben@shop.example'] })
  await app.settle()
  app.clock.advance({ hours: 7 * 24 + 1 })
  const look = async (token: string) => (await browser(app).send('POST', '/invitations/look', { token })).status
  expect(await look((await linksTo(app, 'ben@shop.example'))[0]!.token)).toBe(404)
  await app.api.post(`/invitations/${id}/send`)
  await app.settle()
  const { body: again } = await app.api.post(`/invitations/${id}/send`)
  const [, second] = await linksTo(app, 'ben@shop.example')
  expect([await look(second!.token), await look(again.url.split('#')[1])]).toEqual([404, 200])
})

test('a withdrawn invitation opens nothing, its mail does not go out, and the user is gone; who came in by another door stays', async () => {
  await using app = await startApp({ sandbox: true })
  const { body: { items } } = await app.api.post('/invitations', { emailAddresses: ['ben@shop.example', 'cleo@shop.example'] })
  const [ben, cleo] = ['ben@shop.example', 'cleo@shop.example'].map((address) => items.find(({ emailAddress }: { emailAddress: string }) => emailAddress === address))
  await app.db.updateTable('user').set({ lastSignInAt: app.clock.read() }).where('id', '=', cleo.id).execute()
  for (const { id } of [ben, cleo]) expect((await app.api.delete(`/invitations/${id}`)).status).toBe(204)
  await app.settle()
  expect(await linksTo(app, 'shop.example')).toEqual([])
  expect((await browser(app).send('POST', '/invitations/look', { token: ben.url.split('#')[1] })).status).toBe(404)
  expect((await app.api.get('/users?q=shop.example')).body.items.map(({ userName }: { userName: string }) => userName)).toEqual(['cleo@shop.example'])
  expect((await app.api.delete(`/invitations/${ben.id}`)).status).toBe(404)
})

test('a user who was made without a password is invited, stays when that is withdrawn, and cannot be invited once he has one', async () => {
  await using app = await startApp({ sandbox: true })
  const { body: { id } } = await app.api.post('/users', { userName: 'ben', emailAddress: 'ben@shop.example', firstName: 'Ben' })
  await app.api.post(`/invitations/${id}/send`)
  expect((await app.api.delete(`/invitations/${id}`)).status).toBe(204)
  expect((await app.api.get(`/users/${id}`)).status).toBe(200)
  const { body: { url } } = await app.api.post(`/invitations/${id}/send`)
  const token = url.split('#')[1]
  expect((await browser(app).send('POST', '/invitations/look', { token })).body).toEqual({ userName: 'ben', firstName: 'Ben', lastName: '' })
  await browser(app).send('POST', '/invitations/accept', { token, firstName: 'Ben', lastName: 'Berg', newPassword: password })
  expect((await browser(app).send('POST', '/session', { userName: 'ben', password })).status).toBe(201)
  expect(await app.api.post(`/invitations/${id}/send`)).toMatchObject({ status: 409, body: { code: 'cannotBeInvited' } })
  const { actor: program } = await app.givenUser('api')
  expect((await app.api.post(`/invitations/${program.userId}/send`)).status).toBe(409)
})

/** An open invitation, and what its link answers. */
async function invited(app: TestApp, emailAddress = 'ben@shop.example') {
  const { body: { items: [{ id, url }] } } = await app.api.post('/invitations', { emailAddresses: [emailAddress] })
  const token = url.split('#')[1]
  return {
    id: id as string,
    look: async () => (await browser(app).send('POST', '/invitations/look', { token })).body.code ?? 'open',
    accept: () => browser(app).send('POST', '/invitations/accept', { token, firstName: '', lastName: '', newPassword: 'of somebody else' }),
  }
}

const meanwhile: [string, (app: TestApp, id: string) => Promise<unknown>][] = [
  ['an administrator set a password', (app, id) => app.api.patch(`/users/${id}`, { password: 'a good password' })],
  ['the address was corrected', (app, id) => app.api.patch(`/users/${id}`, { emailAddress: 'right@shop.example' })],
  ['the user was made an admin', (app, id) => app.api.patch(`/users/${id}`, { type: 'admin' })],
  ['the user was made a program', (app, id) => app.api.patch(`/users/${id}`, { type: 'api' })],
  ['the user came in by another door', (app, id) => app.db.updateTable('user').set({ lastSignInAt: app.clock.read() }).where('id', '=', id).execute()],
  ['a second factor went on', (app, id) => app.db.updateTable('user').set({ secondFactorSince: app.clock.read() }).where('id', '=', id).execute()],
]

test.each(meanwhile)('an invitation opens nothing once %s', async (_, change) => {
  await using app = await startApp({ sandbox: true })
  const { id, look, accept } = await invited(app)
  expect(await look()).toBe('open')
  app.clock.advance({ minutes: 1 })
  await change(app, id)
  expect([await look(), (await accept()).body.code]).toEqual(['linkOver', 'linkOver'])
})

test('who has a way in is no open invitation any more, and Clean Up forgets it', async () => {
  await using app = await startApp({ sandbox: true })
  const { id } = await invited(app)
  await app.api.patch(`/users/${id}`, { password: 'a good password' })
  expect((await app.api.get('/invitations')).body.total).toBe(0)
  await app.jobs['clean-up']!.run({ ...app.ground, signal: new AbortController().signal } as never)
  expect(await app.db.selectFrom('invitation').selectAll().execute()).toEqual([])
})

test('the list of invitations names the address that one was mailed to; sent again it goes to the corrected one', async () => {
  await using app = await startApp({ sandbox: true })
  const { id } = await invited(app)
  await app.api.patch(`/users/${id}`, { emailAddress: 'right@shop.example' })
  expect((await app.api.get('/invitations')).body.items).toMatchObject([{ emailAddress: 'ben@shop.example' }])
  await app.api.post(`/invitations/${id}/send`)
  expect((await app.api.get('/invitations')).body.items).toMatchObject([{ emailAddress: 'right@shop.example' }])
})

test('nobody is invited as an admin where somebody could read the mail who administers and is no admin', async () => {
  await using app = await startApp({ sandbox: true })
  const { body: { id } } = await app.api.post('/users', { userName: 'ada', emailAddress: 'ada@shop.example', type: 'admin' })
  const { status, body: { url } } = await app.api.post(`/invitations/${id}/send`)
  expect(status).toBe(201)
  const look = async () => (await browser(app).send('POST', '/invitations/look', { token: url.split('#')[1] })).status
  expect(await look()).toBe(200)
  await app.givenUser('regular', { rights: { permissions: ['administer'] } })
  expect(await look()).toBe(404)
  expect(await app.api.post(`/invitations/${id}/send`)).toMatchObject({ status: 409, body: { code: 'othersReadMail', detail: expect.stringContaining('Set a password') } })
})

test('where passwords are for administrators only, an invitation gives nobody else one', async () => {
  await using app = await startApp({ sandbox: true })
  const { accept, look, id } = await invited(app)
  const { body: role } = await app.api.post('/roles', { name: 'Administration', permissions: ['administer'] })
  expect((await app.api.patch('/settings/single-sign-on', { active: true, issuer: 'https://login.example', clientId: 'tidings', passwordsForAdministratorsOnly: true })).status).toBe(200)
  expect([await look(), (await accept()).body.code]).toEqual(['passwordNotAllowed', 'passwordNotAllowed'])
  expect(await app.api.post('/invitations', { emailAddresses: ['cleo@shop.example'] })).toMatchObject({ status: 409, body: { code: 'passwordNotAllowed', detail: expect.stringContaining('single sign-on') } })
  expect(await app.api.post(`/invitations/${id}/send`)).toMatchObject({ status: 409, body: { code: 'passwordNotAllowed' } })
  expect((await app.api.get('/users?q=cleo')).body.total).toBe(0)
  await app.api.patch(`/users/${id}`, { roleIds: [role.id] })
  expect((await accept()).status).toBe(201)
})

const afterReset: [string, (app: TestApp, id: string) => Promise<unknown>][] = [
  ['a new password', (app, id) => app.api.patch(`/users/${id}`, { password: 'a good password' })],
  ['another address', (app, id) => app.api.patch(`/users/${id}`, { emailAddress: 'right@shop.example' })],
]

test.each(afterReset)('a link for a forgotten password does not outlive %s', async (_, change) => {
  await using app = await startApp({ sandbox: true })
  const { userName, userId } = await withPassword(app)
  await ask(app, userName)
  await app.settle()
  const [{ token } = { token: '' }] = await linksTo(app, userName)
  expect((await browser(app).send('POST', '/password-resets/look', { token })).status).toBe(200)
  await change(app, userId)
  for (const path of ['look', 'use']) expect((await browser(app).send('POST', `/password-resets/${path}`, { token, ...(path === 'use' && { newPassword: 'of somebody else' }) })).body.code).toBe('linkOver')
})

test('whoever tries links at random must wait', async () => {
  await using app = await startApp()
  const look = (path: string) => browser(app).send('POST', path, { token: 'guess' })
  for (let i = 0; i < 20; i++) expect((await look(i % 2 ? '/invitations/look' : '/password-resets/look')).status).toBe(404)
  expect((await look('/invitations/look')).status).toBe(429)
})
