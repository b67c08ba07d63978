import { expect, test } from 'vitest'
import { noon, startApp } from '../../test/app.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { defaultAccount, readAccount } from './accounts.ts'
import { closeCircuit, openCircuit, pauseSeconds } from './breaker.ts'
import { without } from './outcome.ts'
import { saveSandboxAccount } from './sandbox-account.ts'

const system = (port: number) => ({ systemSmtp: { host: '127.0.0.1', port, security: 'none', username: 'news', password: 'secret' }, fromAddress: 'news@acme.example' })

test('the Sandbox is the default account until a mail server is named, and again when it is taken away', async () => {
  await using app = await startApp()
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: 2525 })
  const kind = async () => (await defaultAccount(app.db))?.kind
  expect(await kind()).toBe('sandbox')
  await app.api.patch('/settings/outbound-emails', system(25))
  expect(await kind()).toBe('system')
  await app.api.patch('/settings/outbound-emails', { systemSmtp: null })
  expect(await kind()).toBe('sandbox')
})

test('an account is shown with its state, never with its password', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/outbound-emails', system(25))
  const { body, text } = await app.api.get('/outbound-accounts')
  expect(body.items).toMatchObject([{ kind: 'system', host: '127.0.0.1', port: 25, state: 'ok', isDefault: true, fromAddress: 'news@acme.example', senderIdentities: [], warmUp: null, oauth2: null }])
  expect(text).not.toMatch(/secret|password/i)
  expect((await app.api.get('/outbound-accounts/nonsense')).status).toBe(404)
})

test('a test answers with the server\'s own words, closes the circuit when all is well, and its mail counts in the hour', async () => {
  await using server = await scriptedServer((line) => (line.startsWith('RCPT TO:<nobody') ? '550 5.1.1 who?' : undefined))
  await using app = await startApp()
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: server.port, security: 'none' }, fromAddress: 'news@acme.example' })
  const account = (await defaultAccount(app.db))!
  await openCircuit(app.db, account.id, without('accountFailure', 'connect', 'connect ECONNREFUSED'), noon)
  expect((await app.api.post(`/outbound-accounts/${account.id}/test`, {})).body).toMatchObject({ ok: true, stage: 'auth', message: 'The server accepts us.', reply: expect.stringMatching(/^220 /) })
  expect((await readAccount(app.db, account.id)).brokenUntil).toBe(null)
  expect((await app.api.post(`/outbound-accounts/${account.id}/test`, { to: 'nobody@example.net' })).body).toMatchObject({ ok: false, stage: 'rcpt', reply: '550 5.1.1 who?', message: expect.stringContaining('refuses the address'), advice: expect.stringContaining('address of your own') })
  expect((await app.api.post(`/outbound-accounts/${account.id}/test`, { to: 'anna@example.net' })).body.ok).toBe(true)
  expect(server.contents[0]).toContain('Subject: [Test] Mail from Tidings works')
  const { checks } = (await app.api.post('/health/delivery/check', { code: 'portion' })).body
  expect(checks.find(({ code }: { code: string }) => code === 'portion').message).toBe('1 of 1000 sent in the last hour.')
})

test('pauses grow, short ones for a server that is away, long ones for one that refused', () => {
  const away = without('accountFailure', 'connect', '')
  expect([1, 2, 3, 4, 5, 9].map((failures) => pauseSeconds(failures, away))).toEqual([1, 2, 4, 8, 10, 10])
  const refused = { ...away, stage: 'auth', code: 535 } as const
  expect([1, 5, 12].map((failures) => pauseSeconds(failures, refused))).toEqual([1, 16, 300])
})

test('failures of one burst count once and are announced once; a success ends it', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/outbound-emails', system(25))
  const { id } = (await defaultAccount(app.db))!
  const outcome = without('accountFailure', 'connect', 'connect ECONNREFUSED 127.0.0.1:25')
  const announced = await Promise.all(Array.from({ length: 8 }, () => openCircuit(app.db, id, outcome, noon)))
  expect(announced.filter(Boolean).length).toBe(1)
  expect(await readAccount(app.db, id)).toMatchObject({ failuresInRow: 1, brokenReason: 'connect ECONNREFUSED 127.0.0.1:25', brokenSince: noon })
  expect(await openCircuit(app.db, id, outcome, new Date(noon.getTime() + 2000))).toBe(false)
  await closeCircuit(app.db, id)
  expect(await readAccount(app.db, id)).toMatchObject({ failuresInRow: 0, brokenReason: null, brokenSince: null, brokenUntil: null })
})
