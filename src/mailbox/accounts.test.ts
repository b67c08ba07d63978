import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'

const servers = {
  imap: { host: 'imap.acme.example', username: 'bounces', password: 'a secret word' },
  smtp: { host: 'smtp.acme.example', username: 'bounces', password: 'another secret' },
}
const given = async (app: TestApp, values: object = {}) => (await app.api.post('/group-email-accounts', { name: 'Bounces', ...values })).body
const stored = (app: TestApp) => app.db.selectFrom('groupEmailAccount').select(['imapPasswordSealed', 'smtpPasswordSealed', 'outboundAccountId']).executeTakeFirstOrThrow()

test('only the name is required; the rest has sensible values, and mail is read from now on', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/group-email-accounts', { name: 'Bounces' })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    name: 'Bounces', status: 'active', monitoredFolders: ['INBOX'], fetchSince: app.clock.read().toISOString(), afterReading: {}, forMassEmail: false, lastCheck: null,
    imap: { host: '', port: 993, security: 'tls', auth: 'password', username: '', passwordSet: false }, smtp: { port: 587, security: 'starttls' },
  })
  expect((await app.api.get(`/group-email-accounts/${body.id}`)).body).toEqual(body)
  expect((await app.api.get('/group-email-accounts')).body.items).toEqual([body])
})

test('a password is sealed and never answered, and kept only while host and user name stay', async () => {
  await using app = await startApp()
  const { id, imap } = await given(app, servers)
  expect(imap).toMatchObject({ passwordSet: true })
  expect(imap).not.toHaveProperty('password')
  expect(app.secrets.open((await stored(app)).imapPasswordSealed!)).toBe('a secret word')
  const change = async (value: object) => (await app.api.patch(`/group-email-accounts/${id}`, { imap: value })).body.imap
  expect(await change({ port: 143, security: 'starttls' })).toMatchObject({ host: 'imap.acme.example', port: 143, passwordSet: true })
  expect(await change({ host: 'evil.example' })).toMatchObject({ passwordSet: false })
  expect((await stored(app)).imapPasswordSealed).toBe(null)
})

test('bad input is named by its field, all at once', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/group-email-accounts', { name: 'B', emailAddress: 'no address', replyToAddress: 'nor this' })
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['emailAddress', 'replyToAddress']])
  const wrong = await app.api.post('/group-email-accounts', { name: '', monitoredFolders: [], imap: { port: 0 }, folder: 'INBOX' })
  expect(wrong.status).toBe(400)
  expect(wrong.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['folder', 'imap.port', 'monitoredFolders', 'name'])
})

test('nobody but administrators sees or changes them', async () => {
  await using app = await startApp()
  const { id } = await given(app)
  const { key } = await app.givenUser('regular')
  const other = app.as(key)
  const answers = [await other.get('/group-email-accounts'), await other.get(`/group-email-accounts/${id}`), await other.patch(`/group-email-accounts/${id}`, { name: 'x' }), await other.post(`/group-email-accounts/${id}/test-imap`), await other.get('/mailbox-messages')]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
})

test('for mass email it becomes a way out of its own, whose bounces return to the mailbox; without, the way out is gone', async () => {
  await using app = await startApp()
  const { id, outboundAccountId } = await given(app, { ...servers, emailAddress: 'news@acme.example', fromName: 'Acme', forMassEmail: true })
  expect((await app.api.get(`/outbound-accounts/${outboundAccountId}`)).body).toMatchObject({ kind: 'group', host: 'smtp.acme.example', fromAddress: 'news@acme.example', fromName: 'Acme' })
  const { bounceAddress, passwordSealed } = await app.db.selectFrom('outboundAccount').select(['bounceAddress', 'passwordSealed']).where('id', '=', outboundAccountId).executeTakeFirstOrThrow()
  expect([bounceAddress, app.secrets.open(passwordSealed!)]).toEqual(['news@acme.example', 'another secret'])
  expect((await app.api.patch(`/group-email-accounts/${id}`, { forMassEmail: false })).body.outboundAccountId).toBe(null)
  expect((await app.api.get('/outbound-accounts')).body.items).toEqual([])
})

test('mass email without a server or an address is refused by the fields that are missing', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/group-email-accounts', { name: 'News', forMassEmail: true })
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['smtp.host', 'emailAddress']])
  expect((await app.api.get('/group-email-accounts')).body.items).toEqual([])
})

test('a removed account is gone with its secrets; what it read stays in the log', async () => {
  await using app = await startApp()
  const { id } = await given(app, servers)
  expect((await app.api.delete(`/group-email-accounts/${id}`)).status).toBe(204)
  expect((await app.api.get(`/group-email-accounts/${id}`)).status).toBe(404)
  expect(await stored(app)).toMatchObject({ imapPasswordSealed: null, smtpPasswordSealed: null })
})

test('what somebody else changed meanwhile is not overwritten', async () => {
  await using app = await startApp()
  const { id } = await given(app)
  expect((await app.api.patch(`/group-email-accounts/${id}`, { name: 'Returned' }, { 'if-match': '"1"' })).body).toMatchObject({ name: 'Returned', version: 2 })
  expect((await app.api.patch(`/group-email-accounts/${id}`, { name: 'Late' }, { 'if-match': '"1"' })).status).toBe(412)
})

test('a test of the SMTP side says in words what is wrong', async () => {
  await using app = await startApp()
  const { id } = await given(app, { smtp: { host: '127.0.0.1', port: 1, security: 'none' } })
  expect((await app.api.post(`/group-email-accounts/${id}/test-smtp`)).body).toMatchObject({ ok: false, message: 'Nothing listens at 127.0.0.1:1.', reply: expect.stringContaining('ECONNREFUSED') })
})

test('mail by a group email account names where to answer and, for mail programs, where to unsubscribe by mail', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'system@acme.example' })
  const { outboundAccountId } = await given(app, {
    emailAddress: 'news@acme.example', replyToAddress: 'desk@acme.example', forMassEmail: true,
    imap: { host: 'imap.acme.example' }, smtp: { host: '127.0.0.1', port: server.port, security: 'none' },
  })
  const { id } = await givenMassEmail(app, { to: ['anna'], status: 'draft' })
  await app.api.patch(`/mass-emails/${id}`, { accountId: outboundAccountId, status: 'pending' })
  await app.db.updateTable('scheduledJob').set({ status: 'inactive' }).where('name', '=', 'check-group-email-accounts').execute()
  await app.settle()
  const [mail] = server.contents
  expect(mail).toMatch(/^Reply-To: desk@acme\.example/m)
  const unsubscribe = /^List-Unsubscribe: ((?:.|\r\n )*?)\r\n(?! )/m.exec(mail!)![1]!.replace(/\r\n /g, ' ')
  const [, http, mailto] = /^<([^>]*)>, <(mailto:[^>]*)>$/.exec(unsubscribe)!
  expect(mailto).toBe(`mailto:news@acme.example?subject=unsubscribe%20${http!.slice(http!.lastIndexOf('/') + 1)}`)
})
