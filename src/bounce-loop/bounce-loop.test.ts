import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { sendThrough } from '../../test/given-mass-email.ts'
import { givenMailbox, givenSent, report } from '../../test/given-returned-mail.ts'
import { type Script, scriptedServer } from '../../test/scripted-smtp-server.ts'
import { ingest } from '../mailbox/ingest.ts'

const read = async (app: TestApp) => (await app.api.get('/health/bounce-loop')).body
const states = async (app: TestApp) => (await read(app)).steps.map(({ state }: { state: string }) => state)

/** Started through a real SMTP conversation, and carried. */
async function given(script?: Script, settings: object = {}, loop: object = {}) {
  const server = await scriptedServer(script)
  const app = await startApp()
  await sendThrough(app, server, { bounceAddress: 'bounces@acme.example', ...settings })
  const { status, body, text } = await app.api.post('/health/bounce-loop', loop)
  expect(status, text).toBe(200)
  await app.settle()
  const content = server.contents[0] ?? ''
  const accountId = await givenMailbox(app, { emailAddress: 'bounces@acme.example', imapHost: 'imap.acme.example' })
  let uid = 0
  const bringBack = (raw: Buffer) => ingest(app.ground, { accountId, folder: 'INBOX', uidValidity: 1, afterReading: {} }, [{ uid: ++uid, receivedAt: app.clock.read(), raw }], uid, app.clock.read())
  return {
    app, server, address: body.address as string, messageId: /^Message-ID: .*$/m.exec(content)?.[0] ?? '', bringBack,
    async [Symbol.asyncDispose]() { await app[Symbol.asyncDispose](); await server[Symbol.asyncDispose]() },
  }
}

test('a bounce that carries our signature closes the loop, and counts and acts nowhere', async () => {
  await using loop = await given()
  const { app, address, bringBack, messageId } = loop
  expect(await read(app)).toMatchObject({ status: 'running', returnPath: 'bounces@acme.example', message: expect.stringContaining('Nothing has come back to bounces@acme.example') })
  expect(await states(app)).toEqual(['done', 'done', 'waiting', 'open', 'open'])
  app.clock.advance({ seconds: 20 })
  await bringBack(report({ recipients: [address], original: [messageId] }))
  expect(await read(app)).toMatchObject({ status: 'succeeded', message: expect.stringContaining('after 20 seconds') })
  for (const table of ['logEntry', 'suppression', 'mailboxFinding', 'figure'] as const) expect(await app.db.selectFrom(table).selectAll().execute()).toEqual([])
  expect((await app.api.get('/mailbox-messages')).body.items).toMatchObject([{ outcome: 'logged', kind: 'bounce', findings: [] }])
})

test('a loop to an address that somebody has hides no bounce of what is mailed to him afterwards', async () => {
  await using loop = await given(undefined, {}, { address: 'anna@example.com' })
  const { app, bringBack } = loop
  app.clock.advance({ hours: 1 })
  const { deliveries: [delivery] } = await givenSent(app, ['anna@example.com'])
  app.clock.advance({ minutes: 1 })
  await bringBack(report({ recipients: ['anna@example.com'] }))
  expect(await app.db.selectFrom('mailboxFinding').select(['deliveryId', 'kind']).execute()).toEqual([{ deliveryId: delivery!.id, kind: 'hard' }])
  expect(await app.db.selectFrom('bounceLoop').select('returnedAt').execute()).toEqual([{ returnedAt: null }])
})

test('with VERP the return address alone brings it home, also to the receiver of our own', async () => {
  await using loop = await given(undefined, { verp: true, bounceDomain: 'return.acme.example' })
  const { returnPath, address } = await read(loop.app)
  expect(returnPath).toMatch(/^bounce\+[a-z2-7]+@return\.acme\.example$/)
  await loop.bringBack(report({ to: returnPath, recipients: [address] }))
  expect(await read(loop.app)).toMatchObject({ status: 'succeeded' })
})

test('of several messages the one that says most counts, whatever their order', async () => {
  await using loop = await given()
  const { app, address, messageId, bringBack } = loop
  const returned = async (given: object) => { await bringBack(report({ recipients: [address], ...given })); return (await read(app)).message }
  expect(await returned({ action: 'delayed', status: '4.4.1', original: [messageId] })).toContain('keeps trying')
  expect(await returned({})).toContain('does not carry our signature')
  expect(await returned({ original: [messageId] })).toContain('came back')
  expect(await returned({ action: 'delayed', status: '4.4.1', original: [messageId] })).toContain('came back')
})

test('what comes back without our signature is seen, and the loop says what is missing', async () => {
  await using loop = await given()
  await loop.bringBack(report({ recipients: [loop.address] }))
  expect(await read(loop.app)).toMatchObject({ status: 'failed', message: expect.stringContaining('“attributed and logged”'), advice: expect.stringContaining('VERP') })
  expect(await states(loop.app)).toEqual(['done', 'done', 'done', 'done', 'failed'])
})

test('a server that refuses the address at once, one that takes no mail, and silence are told apart when they stop it', async () => {
  await using refused = await given((line) => (line.startsWith('RCPT') ? '550 5.1.1 Nobody here' : undefined))
  expect(await read(refused.app)).toMatchObject({ status: 'failed', message: expect.stringContaining('550 5.1.1 Nobody here'), advice: expect.stringContaining('kept elsewhere') })
  await using closed = await given((line) => (line.startsWith('MAIL') ? '451 4.3.0 Later' : undefined))
  expect(await read(closed.app)).toMatchObject({ status: 'running' })
  closed.app.clock.advance({ minutes: 11 })
  expect(await read(closed.app)).toMatchObject({ status: 'failed', message: expect.stringContaining('451 4.3.0 Later'), advice: expect.stringContaining('SMTP') })
  await using silent = await given()
  silent.app.clock.advance({ minutes: 11 })
  expect(await read(silent.app)).toMatchObject({ status: 'failed', message: expect.stringMatching(/“bounce came back”: Nothing .* Ten minutes/), advice: expect.stringContaining('folder that is not monitored') })
})

test('in the Sandbox the loop closes too, and says that it was the Sandbox', async () => {
  await using app = await startApp({ sandbox: true })
  expect((await app.api.post('/health/bounce-loop', {})).status).toBe(409)
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  expect((await app.api.post('/health/bounce-loop', { address: 'anna@acme.example' })).body.errors).toMatchObject([{ path: 'address' }])
  expect((await app.api.post('/health/bounce-loop', {})).body.address).toMatch(/^hard-bounce-/)
  await app.settle()
  expect(await read(app)).toMatchObject({ status: 'succeeded', sandbox: true, advice: expect.stringContaining('Sandbox') })
})
