import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { countsOf, givenMassEmail } from '../../test/given-mass-email.ts'
import { tokenEndpoint } from '../../test/token-endpoint.ts'
import { readAccount } from './accounts.ts'
import { presetOf, presets } from './presets.ts'

const smtp = { host: '127.0.0.1', port: 25, security: 'none', username: 'news@acme.example' }

async function givenAccount(app: TestApp): Promise<{ id: string; path: string }> {
  await app.api.patch('/settings/outbound-emails', { systemSmtp: smtp, fromAddress: 'news@acme.example' })
  const { id } = (await app.api.get('/outbound-accounts')).body.items.find(({ kind }: { kind: string }) => kind === 'system')
  return { id, path: `/outbound-accounts/${id}` }
}

test('limits, weight, warm-up and sender identities are kept, and null empties them', async () => {
  await using app = await startApp()
  const { path } = await givenAccount(app)
  const limits = { weight: 3, maxPerHour: 500, maxPerSecond: 5, connections: 4, messagesPerConnection: 100 }
  const { status, body } = await app.api.patch(path, { ...limits, warmUp: { startPerDay: 50, growthPercent: 20 }, senderIdentities: ['News@Acme.Example', '@bücher.example'] })
  expect([status, body]).toEqual([200, expect.objectContaining({
    ...limits, warmUp: { startPerDay: 50, growthPercent: 20, startedAt: '2030-01-01T12:00:00.000Z' }, senderIdentities: ['news@acme.example', 'xn--bcher-kva.example'],
  })])
  expect((await app.api.get(path)).body).toEqual(body)
  const emptied = await app.api.patch(path, { maxPerHour: null, warmUp: null, senderIdentities: null })
  expect(emptied.body).toMatchObject({ maxPerHour: null, maxPerSecond: 5, warmUp: null, senderIdentities: [] })
})

test('a warm-up that is changed goes on from the day it began', async () => {
  await using app = await startApp()
  const { path } = await givenAccount(app)
  await app.api.patch(path, { warmUp: { startPerDay: 50, growthPercent: 20 } })
  app.clock.advance({ hours: 48 })
  expect((await app.api.patch(path, { warmUp: { startPerDay: 50, growthPercent: 40 } })).body.warmUp.startedAt).toBe('2030-01-01T12:00:00.000Z')
})

test('all faults are named at once, and of two who change the same account the second is told', async () => {
  await using app = await startApp()
  const { path } = await givenAccount(app)
  const wrong = await app.api.patch(path, { weight: 0, maxPerHour: 0, colour: 'red', warmUp: { startPerDay: 0, growthPercent: -1 }, oauth2: { tokenUrl: 'http://elsewhere.example/', clientId: 'x' } })
  expect([wrong.status, wrong.body.errors.map((fault: { path: string }) => fault.path).sort()])
    .toEqual([400, ['colour', 'maxPerHour', 'oauth2.tokenUrl', 'warmUp.growthPercent', 'warmUp.startPerDay', 'weight']])
  expect((await app.api.patch(path, { senderIdentities: ['acme.example', 'no domain'] })).body.errors[0].path).toBe('senderIdentities.1')
  const etag = String((await app.api.get(path)).headers['etag'])
  expect((await app.api.patch(path, { weight: 2 }, { 'if-match': etag })).status).toBe(200)
  expect((await app.api.patch(path, { weight: 4 }, { 'if-match': etag })).status).toBe(412)
})

test('only an administrator changes an account', async () => {
  await using app = await startApp()
  const { path } = await givenAccount(app)
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).patch(path, { weight: 2 })).status).toBe(403)
})

test('OAuth 2.0 secrets are write-only, stay while client and token address do, and go with server or user', async () => {
  await using app = await startApp()
  const { id, path } = await givenAccount(app)
  const client = { tokenUrl: 'https://login.example/token', clientId: 'tidings' }
  expect((await app.api.patch(path, { oauth2: client })).body.errors[0].path).toBe('oauth2.refreshToken')
  const set = await app.api.patch(path, { oauth2: { ...client, clientSecret: 'hush', refreshToken: 'refresh me' } })
  expect(set.body.oauth2).toEqual({ ...client, scope: '', clientSecretSet: true, refreshTokenSet: true })
  expect(set.text + JSON.stringify(await readAccount(app.db, id))).not.toMatch(/hush|refresh me/)
  expect((await app.api.patch(path, { oauth2: { ...client, scope: 'mail' } })).body.oauth2).toMatchObject({ scope: 'mail', refreshTokenSet: true })
  expect((await app.api.patch(path, { oauth2: { ...client, tokenUrl: 'https://evil.example/token' } })).status).toBe(400)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'evil.example' } })
  expect((await app.api.get(path)).body.oauth2).toBeNull()
  expect((await readAccount(app.db, id)).refreshTokenSealed).toBeNull()
})

test('a token that cannot be had is explained when the account is tested', async () => {
  await using endpoint = await tokenEndpoint(() => ({ status: 400, body: { error: 'invalid_grant' } }))
  await using server = await scriptedServer(undefined, ['AUTH XOAUTH2'])
  await using app = await startApp()
  const { path } = await givenAccount(app)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { port: server.port } })
  await app.api.patch(path, { oauth2: { tokenUrl: endpoint.url, clientId: 'tidings', refreshToken: 'old' } })
  expect((await app.api.post(`${path}/test`, {})).body).toMatchObject({
    ok: false, stage: 'auth', reply: 'No access token: invalid_grant', message: expect.stringContaining('access token'), advice: expect.stringContaining('refresh token'),
  })
})

test('mass emails leave by an account that signs in by OAuth 2.0, with one token for all its connections', async () => {
  await using endpoint = await tokenEndpoint(() => ({ body: { access_token: 'good', expires_in: 3600 } }))
  const signIn = `AUTH XOAUTH2 ${Buffer.from('user=news@acme.example\x01auth=Bearer good\x01\x01').toString('base64')}`
  await using server = await scriptedServer((line) => (line.startsWith('AUTH') ? (line === signIn ? '235 2.7.0 welcome' : '535 5.7.8 no') : undefined), ['PIPELINING', 'AUTH XOAUTH2'])
  await using app = await startApp()
  const { path } = await givenAccount(app)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { port: server.port } })
  await app.api.patch(path, { oauth2: { tokenUrl: endpoint.url, clientId: 'tidings', refreshToken: 'refresh' } })
  const massEmail = await givenMassEmail(app, { to: 40 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 40 })
  expect([endpoint.asked.length, server.contents.length]).toEqual([1, 40])
})

test('the presets name where common providers listen and how they are signed in to', async () => {
  await using app = await startApp()
  const { items } = (await app.api.get('/outbound-accounts/presets')).body
  expect(items.map(({ name }: { name: string }) => name)).toEqual(
    ['Amazon SES', 'Google Workspace', 'Microsoft 365', 'Mailgun', 'SendGrid', 'Postmark', 'Brevo', 'Another SMTP server'])
})

test('each provider is known by all its hosts, says what to watch out for, and begins at the first of its places', () => {
  for (const { id, host, places, traps } of presets) {
    expect([id, traps.length > 0, places[0]?.host ?? host]).toEqual([id, true, host])
    expect(places.map((place) => presetOf(place.host)?.id)).toEqual(places.map(() => id))
  }
})
