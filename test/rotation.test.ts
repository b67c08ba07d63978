/** A new secret: everything sealed is sealed with it, and what was signed before stays good as long as the earlier secret is known. */
import { expect, test } from 'vitest'
import { lookAtSealed, forgetUnreadable, sealAnew, sentenceOfUnreadable } from '../src/platform/sealed.ts'
import { openSecrets } from '../src/platform/secrets.ts'
import { startApp, type TestApp } from './app.ts'
import { givenMassEmail, openBatch, sendThrough } from './given-mass-email.ts'
import { scriptedServer } from './scripted-smtp-server.ts'
import { decodeToken } from '../src/platform/token.ts'
import { givenSent, verpOf } from './given-returned-mail.ts'
import { Sender } from '../src/delivery/sender.ts'
import { isReturnAddress } from '../src/receiver/recipients.ts'
import { linkKeyPurpose, linksFor } from '../src/message/recipient-links.ts'

const unreadable = 'sealed with a secret that nobody has'

/** Something sealed in each way: a column, JSON of a settings group, JSON of a column, and one that must hold something. */
async function givenSecrets(app: TestApp) {
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'smtp.acme.example', username: 'anna', password: 'smtp secret' } })
  await app.api.post('/dkim-keys', { domain: 'acme.example' })
  await app.api.post('/provider-webhooks', { name: 'Postmark', provider: 'postmark', key: 'a webhook secret, long' })
  await app.api.post('/group-email-accounts', {
    name: 'Bounces', emailAddress: 'bounces@acme.example', imap: { host: 'imap.acme.example', port: 993, security: 'tls', auth: 'oauth2', username: 'bounces' },
    oauth2: { tokenUrl: 'https://login.acme.example/token', clientId: 'tidings', scope: '', clientSecret: 'client secret', refreshToken: 'refresh secret' },
  })
}

const total = async (app: TestApp, what: 'anew' | 'before' | 'unreadable') => (await lookAtSealed(app.db, app.secrets)).reduce((sum, each) => sum + each[what], 0)

test('after a rotation everything is sealed with the new secret alone, and reads as before', async () => {
  const ring = ['the first secret']
  await using app = await startApp({ secrets: openSecrets(() => ring) })
  await givenSecrets(app)
  const columns = (await lookAtSealed(app.db, app.secrets)).map(({ column }) => column)
  expect(columns).toEqual(expect.arrayContaining(['dkim_key.private_key_sealed', 'provider_webhook.key_sealed', 'outbound_account.password_sealed', 'setting.value', 'group_email_account.oauth']))
  const count = await total(app, 'anew')
  ring.unshift('the second secret')
  expect(await total(app, 'before')).toBe(count)
  expect(await sealAnew(app.db, app.secrets)).toBe(count)
  expect(await sealAnew(app.db, app.secrets)).toBe(0)
  ring.pop()
  expect(await total(app, 'anew')).toBe(count)
  const { keySealed } = await app.db.selectFrom('providerWebhook').select('keySealed').executeTakeFirstOrThrow()
  const { oauth } = await app.db.selectFrom('groupEmailAccount').select('oauth').executeTakeFirstOrThrow()
  expect([app.secrets.open(keySealed!), app.secrets.open(oauth.clientSecretSealed), app.secrets.open(oauth.refreshTokenSealed)]).toEqual(['a webhook secret, long', 'client secret', 'refresh secret'])
})

test('links and return addresses of mail that was sent before stay good while the earlier secret is known, and are broken without it', async () => {
  const ring = ['the first secret']
  await using app = await startApp({ secrets: openSecrets(() => ring) })
  const { deliveries: [delivery] } = await givenSent(app, ['anna@example.com'])
  const { optOutUrl } = linksFor(app.secrets.key(linkKeyPurpose), '', delivery!)
  const returnAddress = verpOf(app, delivery!)
  const seen = async () => [(await app.as(null).get(optOutUrl)).status, isReturnAddress(app.secrets, returnAddress)]
  ring.unshift('the second secret')
  expect(await seen()).toEqual([200, true])
  expect(linksFor(app.secrets.key(linkKeyPurpose), '', delivery!).optOutUrl).not.toBe(optOutUrl)
  ring.pop()
  expect(await seen()).toEqual([404, false])
})

test('a mass email that is under way goes on with the new secret: forgetting the earlier one breaks no link of what leaves afterwards', async () => {
  const ring = ['the first secret']
  await using server = await scriptedServer()
  await using app = await startApp({ secrets: openSecrets(() => ring) })
  await sendThrough(app, server, { maxPerHour: 1 })
  await givenMassEmail(app, { to: 2 })
  await openBatch(app)
  const sender = await Sender.start(app.ground)
  const send = async () => {
    await sender.renew()
    await sender.keepHouse()
    await sender.feed()
    await sender.idle()
  }
  await send()
  ring.unshift('the second secret')
  ring.pop()
  app.clock.advance({ hours: 2 })
  await openBatch(app)
  await send()
  await sender.stop()
  const isBelieved = (mail: string) => decodeToken(app.secrets.keys(linkKeyPurpose), 'messageId', /^Message-ID: <([^@]+)@/im.exec(mail)![1]!) !== null
  expect(server.contents.map(isBelieved)).toEqual([false, true])
  const optOut = /^List-Unsubscribe: .*?<https?:\/\/[^/]+(\/[^>]+)>/ims.exec(server.contents[1]!)![1]!.replace(/\r?\n\s+/g, '')
  expect((await app.as(null).get(optOut)).status).toBe(200)
})

test('a request that is repeated after the secret was changed, and after the earlier one is forgotten, gets the answer of the first', async () => {
  const ring = ['the first secret']
  await using app = await startApp({ secrets: openSecrets(() => ring) })
  const ask = (name: string) => app.api.post('/api-keys', { name }, { 'idempotency-key': 'k1' })
  const first = await ask('once')
  ring.unshift('the second secret')
  expect((await ask('once')).body).toEqual(first.body)
  await sealAnew(app.db, app.secrets)
  ring.pop()
  expect((await ask('once')).body).toEqual(first.body)
  expect((await ask('other')).body.code).toBe('idempotencyKeyReused')
  ring.unshift('one that sealed nothing')
  ring.pop()
  expect((await ask('once')).body).toMatchObject({ status: 409, code: 'answerUnknown' })
  expect(await forgetUnreadable(app.db, app.secrets)).toBe(2)
  expect((await ask('once')).body).toMatchObject({ status: 409, code: 'answerUnknown' })
  expect((await app.api.get('/api-keys?q=once')).body.total).toBe(1)
})

test('of a row with several sealed values all are sealed anew, or emptied, in one go', async () => {
  const ring = ['the first secret']
  await using app = await startApp({ secrets: openSecrets(() => ring) })
  const { seal } = app.secrets
  await givenSecrets(app)
  await app.db.updateTable('groupEmailAccount').set({ imapPasswordSealed: seal('imap'), smtpPasswordSealed: seal('smtp'), accessTokenSealed: seal('token') }).execute()
  ring.unshift('the second secret')
  await sealAnew(app.db, app.secrets)
  expect(await total(app, 'before')).toBe(0)
  ring.unshift('one that sealed nothing')
  ring.splice(1)
  await forgetUnreadable(app.db, app.secrets)
  expect(await total(app, 'unreadable')).toBe(0)
})

test('where one value cannot be opened none is lost: the others are sealed anew, and that one stays as it is', async () => {
  const ring = ['the first secret']
  await using app = await startApp({ secrets: openSecrets(() => ring) })
  await givenSecrets(app)
  await app.db.updateTable('providerWebhook').set({ keySealed: openSecrets('x').seal('y') }).execute()
  ring.unshift('the second secret')
  await sealAnew(app.db, app.secrets)
  expect([await total(app, 'before'), await total(app, 'unreadable')]).toEqual([0, 1])
})

test('a wrong secret is told in one sentence that names what cannot be opened', async () => {
  await using app = await startApp()
  await givenSecrets(app)
  expect(sentenceOfUnreadable(await lookAtSealed(app.db, app.secrets))).toBeNull()
  const sentence = sentenceOfUnreadable(await lookAtSealed(app.db, openSecrets('a wrong secret')))!
  expect(sentence).toMatch(/dkim_key\.private_key_sealed \(1\).*provider_webhook\.key_sealed \(1\).*TIDINGS_SECRET/)
  expect(sentence).not.toContain('v1.')
})

test('when a secret is lost, what it sealed is emptied, what is nothing without it goes, and the rest stays', async () => {
  await using app = await startApp()
  await givenSecrets(app)
  const lost = openSecrets(unreadable).seal('x')
  await app.db.updateTable('providerWebhook').set({ keySealed: lost }).execute()
  await app.db.updateTable('dkimKey').set({ privateKeySealed: lost }).execute()
  expect(await forgetUnreadable(app.db, app.secrets)).toBe(2)
  expect((await app.api.get('/dkim-keys')).body.items).toEqual([])
  expect(await app.db.selectFrom('providerWebhook').select(['name', 'keySealed']).execute()).toEqual([{ name: 'Postmark', keySealed: null }])
  expect((await app.api.get('/settings/outbound-emails')).body.systemSmtp.passwordSet).toBe(true)
})
