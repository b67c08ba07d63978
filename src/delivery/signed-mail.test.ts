import { sql } from 'kysely'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, sendThrough } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'

async function givenKey(app: TestApp) {
  const { body } = await app.api.post('/dkim-keys', { domain: 'acme.example', algorithm: 'rsa' })
  return (await app.api.post(`/dkim-keys/${body.id}/activate`, { override: true })).body
}

/** What arrived, without the dots that stuffed it. */
const received = (contents: readonly string[]) => contents.map((content) => Buffer.from(`${content.replace(/^\.\./gm, '.')}\r\n`))

test('every mail of a domain with a key leaves signed, and the signature covers the unsubscribe fields', async () => {
  await using server = await scriptedServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: '127.0.0.1:1' } })
  await sendThrough(app, server)
  const key = await givenKey(app)
  await givenMassEmail(app, { to: 30 })
  await app.settle()
  expect(server.contents.length).toBe(30)
  for (const bytes of received(server.contents)) {
    const { results } = await dkimVerify(bytes, { resolver: async () => [[key.recordValue]], curTime: app.clock.read() })
    expect(results.map(({ status, signingDomain }) => [status.result, signingDomain])).toEqual([['pass', 'acme.example']])
    const signed = /h=([^;]+);/.exec(bytes.toString('latin1'))![1]!.replace(/\s/g, '').toLowerCase().split(':')
    expect(signed).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post', 'list-id']))
  }
})

test('a test is signed as the mail itself would be', async () => {
  await using server = await scriptedServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: '127.0.0.1:1' } })
  await sendThrough(app, server)
  await givenKey(app)
  const massEmail = await givenMassEmail(app, { to: ['anna'], status: 'draft' })
  const { body: { items: [anna] } } = await app.api.get('/contacts')
  await app.api.post(`/mass-emails/${massEmail.id}/send-test`, { recipients: [{ entityType: 'Contact', id: anna.id }] })
  expect(server.contents[0]).toMatch(/^DKIM-Signature: /)
})

test('while sent mail cannot be stored nothing leaves and nobody fails; afterwards it goes on', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: 5, status: 'draft' })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { storeSentEmails: true })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  await sql`alter table stored_mail rename to stored_mail_away`.execute(app.db)
  await app.settle()
  expect([server.contents.length, await countsOf(app, massEmail)]).toEqual([0, { pending: 5 }])
  await sql`alter table stored_mail_away rename to stored_mail`.execute(app.db)
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect([server.contents.length, await countsOf(app, massEmail)]).toEqual([5, { sent: 5 }])
})

test('however many wait behind those that cannot be stored, nobody is forgotten', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { connections: 1 })
  const massEmail = await givenMassEmail(app, { to: 20, status: 'draft' })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { storeSentEmails: true })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  await sql`alter table stored_mail rename to stored_mail_away`.execute(app.db)
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ pending: 20 })
})
