import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { deliveryTokenOf, givenSent, messageIdOf, report, verpOf } from '../../test/given-returned-mail.ts'
import { handOver } from '../mailbox/hand-over.ts'
import { openProviders } from './providers.ts'
import { type SnsMessage, signedText } from './sns.ts'
import { forgetUsedTokens, takePost } from './take-post.ts'
import { findWebhook } from './webhooks.ts'

const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const sendGridKey = elliptic.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const mailgunKey = 'key-0123456789abcdef'
const password = 'a long password, really'
const topic = 'arn:aws:sns:eu-west-1:123456789012:bounces'

/** Adds the webhook and answers its path. */
async function given(app: TestApp, provider: string, key: string | null) {
  const { body } = await app.api.post('/provider-webhooks', { name: provider, provider, key })
  return { id: body.id as string, path: new URL(body.url).pathname }
}

const invalid = async (app: TestApp) => (await app.db.selectFrom('suppression').select(['emailKey', 'reason']).orderBy('emailKey').orderBy('reason').execute()).map(({ emailKey, reason }) => `${emailKey} ${reason}`)
const log = async (app: TestApp, campaignId: string) => ((await app.api.get(`/campaigns/${campaignId}/log?sort=at`)).body.items as { action: string; emailAddress: string; detail: Record<string, unknown> }[])
  .filter(({ action }) => action !== 'sent')
const nobody = (app: TestApp) => app.as(null)
const inSeconds = (app: TestApp) => Math.floor(app.clock.read().getTime() / 1000)

let events = 0
const sendGridEvent = (app: TestApp, values: object) => ({ sg_event_id: `event-${++events}`, timestamp: inSeconds(app), event: 'bounce', type: 'bounce', reason: '550 5.1.1 no such user here', status: '5.1.1', ...values })

async function postSendGrid(app: TestApp, path: string, list: object[], tampered?: (body: string) => string) {
  const [timestamp, body] = [String(inSeconds(app)), JSON.stringify(list)]
  const signature = sign('sha256', Buffer.from(timestamp + body), elliptic.privateKey).toString('base64')
  const headers = { 'content-type': 'application/json', 'x-twilio-email-event-webhook-signature': signature, 'x-twilio-email-event-webhook-timestamp': timestamp }
  return (await nobody(app).post(path, tampered?.(body) ?? body, headers)).status
}

const postMailgun = async (app: TestApp, path: string, event: object, { token = `token-${++events}`, timestamp = String(inSeconds(app)), key = mailgunKey } = {}) =>
  (await nobody(app).post(path, {
    signature: { timestamp, token, signature: createHmac('sha256', key).update(timestamp + token).digest('hex') },
    'event-data': { id: `mg-${++events}`, timestamp: inSeconds(app), event: 'failed', severity: 'permanent', 'delivery-status': { code: 550, message: '5.1.1 user unknown' }, ...event },
  })).status

const postPostmark = async (app: TestApp, path: string, event: object, user = `tidings:${password}`) =>
  (await nobody(app).post(path, event, { authorization: `Basic ${Buffer.from(user).toString('base64')}` })).status

const keyOfAmazon = readFileSync('test/tls/localhost.key')
const certificateUrl = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem'

function sns(app: TestApp, values: Partial<SnsMessage>, version: '1' | '2' = '2'): SnsMessage {
  const message: SnsMessage = {
    Type: 'Notification', MessageId: `sns-${++events}`, TopicArn: topic, Message: '{}', Timestamp: app.clock.read().toISOString(), SignatureVersion: version, Signature: '', SigningCertURL: certificateUrl, ...values,
  }
  const signature = createSign(version === '1' ? 'sha1' : 'sha256').update(signedText(message)).sign(keyOfAmazon, 'base64')
  return { ...message, Signature: signature }
}

/** Amazon, as far as it is asked: what for is kept. */
function amazon(app: TestApp) {
  const asked: string[] = []
  const providers = openProviders(async (url) => {
    asked.push(url)
    return url.endsWith('.pem') ? readFileSync('test/tls/localhost.crt', 'utf8') : '<Confirmed/>'
  })
  const post = async (id: string, message: object) => {
    const webhook = (await findWebhook(app.db, id))!
    return takePost(app, providers, webhook, { body: Buffer.from(JSON.stringify(message)), headers: {}, now: app.clock.read() }).then(() => 'taken', (error: Error) => error.message)
  }
  return { asked, post }
}

const sesBounce = (headers: { name: string; value: string }[], bounce: object = {}) => JSON.stringify({
  notificationType: 'Bounce', mail: { destination: ['ann@x.test'], headers },
  bounce: {
    bounceType: 'Permanent', bounceSubType: 'General', feedbackId: `feedback-${++events}`, timestamp: '2030-01-01T12:00:00.000Z',
    bouncedRecipients: [{ emailAddress: 'ann@x.test', action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }], ...bounce,
  },
})

test('SendGrid: a signed bounce of our Message-ID makes the address invalid; told again it is one entry', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  const { id, path } = await given(app, 'sendGrid', sendGridKey)
  const list = [
    sendGridEvent(app, { email: 'ann@x.test', 'smtp-id': messageIdOf(app, ann!) }), sendGridEvent(app, { email: 'ben@x.test', 'smtp-id': messageIdOf(app, ben!), event: 'spamreport' }),
    sendGridEvent(app, { email: 'ann@x.test', event: 'open' }), { nonsense: true },
  ]
  expect([await postSendGrid(app, path, list), await postSendGrid(app, path, list)]).toEqual([204, 204])
  expect(await invalid(app)).toEqual(['ann@x.test invalid', 'ben@x.test complained', 'ben@x.test optedOut'])
  expect((await log(app, campaignId)).filter(({ action }) => action === 'bounced')).toMatchObject([{ detail: { bounce: 'hard', verified: true } }])
  const shown = await app.api.get('/mailbox-messages')
  expect(shown.body.items).toHaveLength(2)
  expect(shown.body.items[0]).toMatchObject({ door: 'webhook', webhook: { id, name: 'sendGrid' }, account: null })
  expect((await app.api.get(`/provider-webhooks/${id}`)).body).toMatchObject({ lastEventAt: app.clock.read().toISOString(), lastRefusal: null })
})

test('SendGrid: what was changed on its way, is unsigned, or is signed by another key is refused, and the screen says why', async () => {
  await using app = await startApp()
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const { id, path } = await given(app, 'sendGrid', sendGridKey)
  const list = [sendGridEvent(app, { email: 'ann@x.test', 'smtp-id': messageIdOf(app, ann!) })]
  expect(await postSendGrid(app, path, list, (body) => body.replace('550', '551'))).toBe(403)
  expect((await nobody(app).post(path, list)).status).toBe(403)
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  await app.api.patch(`/provider-webhooks/${id}`, { key: other })
  expect(await postSendGrid(app, path, list)).toBe(403)
  expect(await invalid(app)).toEqual([])
  expect((await app.api.get(`/provider-webhooks/${id}`)).body).toMatchObject({ lastEventAt: null, lastRefusal: 'The signature is not made by the verification key.' })
})

test('an event that shows no mail of ours proves nothing: unverified where we know the address, nothing where we do not', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [, mallory] } = await givenSent(app, ['ann@x.test', 'mallory@evil.test'])
  const { path } = await given(app, 'sendGrid', sendGridKey)
  await postSendGrid(app, path, [
    sendGridEvent(app, { email: 'ann@x.test', 'smtp-id': '<unknown@acme.example>' }), sendGridEvent(app, { email: 'stranger@x.test', 'smtp-id': '<unknown@acme.example>' }),
    sendGridEvent(app, { email: 'ann@x.test', 'smtp-id': messageIdOf(app, mallory!), event: 'unsubscribe' }),
  ])
  expect(await invalid(app)).toEqual([])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'bounced', emailAddress: 'ann@x.test', detail: { verified: false, doubt: 'noToken' } }])
  expect((await app.api.get('/mailbox-messages')).body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['unverified', 'unverified'])
})

test.each([
  ['a server that calls the mailbox full', { reason: '552 5.2.2 mailbox full', status: '5.2.2', bounce_classification: 'Invalid Address' }, 'soft'],
  ['a refusal for now', { type: 'blocked' }, 'soft'],
  ['a class that names a dead address, where the words are vague', { reason: '550 rejected', status: '', bounce_classification: 'Invalid Address' }, 'hard'],
  ['a class that names none', { reason: '550 rejected', status: '', bounce_classification: 'Reputation' }, 'soft'],
])('hard is only what will never work: %s', async (_, values, bounce) => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const { path } = await given(app, 'sendGrid', sendGridKey)
  await postSendGrid(app, path, [sendGridEvent(app, { email: 'ann@x.test', 'x-delivery': deliveryTokenOf(app, ann!), ...values })])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'bounced', detail: { bounce, verified: true } }])
})

test('Mailgun: a signed event acts; a token that was used for another event, an old one and a wrong key are refused', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  const { id, path } = await given(app, 'mailgun', mailgunKey)
  const about = (delivery: typeof ann) => ({ recipient: delivery!.emailAddress, message: { headers: { 'message-id': messageIdOf(app, delivery!).slice(1, -1) } } })
  const event = { ...about(ann), id: 'one' }
  expect([await postMailgun(app, path, event, { token: 'once' }), await postMailgun(app, path, event, { token: 'once' })]).toEqual([204, 204])
  expect(await postMailgun(app, path, { ...about(ben), id: 'two' }, { token: 'once' })).toBe(403)
  expect((await app.api.get(`/provider-webhooks/${id}`)).body.lastRefusal).toBe('Its signature was used before, for another event.')
  expect(await postMailgun(app, path, about(ben), { timestamp: String(inSeconds(app) - 13 * 3600) })).toBe(403)
  expect(await postMailgun(app, path, about(ben), { key: 'another-key-0123456789' })).toBe(403)
  expect(await invalid(app)).toEqual(['ann@x.test invalid'])
  expect(await log(app, campaignId)).toHaveLength(1)
  app.clock.advance({ hours: 25 })
  expect(await forgetUsedTokens(app.db, app.clock.read())).toBe(1)
})

test('Mailgun: a failure that is tried again is a delay and no bounce; opting out at the provider opts out here', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await app.db.updateTable('massEmail').set({ optOutEntirely: true }).where('id', '=', massEmail.id).execute()
  const { path } = await given(app, 'mailgun', mailgunKey)
  const about = { recipient: 'ann@x.test', 'user-variables': { 'X-Delivery': deliveryTokenOf(app, ann!) } }
  await postMailgun(app, path, { ...about, severity: 'temporary', 'delivery-status': { message: '4.2.0 greylisted' } })
  expect(await log(app, campaignId)).toEqual([])
  await postMailgun(app, path, { ...about, event: 'unsubscribed' })
  expect(await invalid(app)).toEqual(['ann@x.test optedOut'])
})

test('Postmark: the password proves the post, the returned mail inside proves the bounce', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  const { path } = await given(app, 'postmark', password)
  const bounce = (delivery: typeof ann, values: object = {}) => ({
    RecordType: 'Bounce', ID: ++events, Type: 'HardBounce', MessageID: '883953f4', Email: delivery!.emailAddress, BouncedAt: '2030-01-01T12:00:00Z',
    Details: 'The server did not say why', Content: `Received: by mx\nX-Delivery: ${deliveryTokenOf(app, delivery!)}\n`, ...values,
  })
  const event = bounce(ann)
  expect([await postPostmark(app, path, event), await postPostmark(app, path, event)]).toEqual([204, 204])
  expect(await postPostmark(app, path, bounce(ben), 'tidings:wrong')).toBe(403)
  expect(await postPostmark(app, path, bounce(ben), password)).toBe(403)
  expect(await postPostmark(app, path, bounce(ben, { Type: 'SpamNotification', Details: '550 5.7.1 looks like spam' }))).toBe(204)
  expect(await postPostmark(app, path, bounce(ben, { Type: 'AutoResponder' }))).toBe(204)
  expect(await invalid(app)).toEqual(['ann@x.test invalid'])
  expect((await log(app, campaignId)).map(({ emailAddress, detail }) => [emailAddress, detail['bounce']])).toEqual([['ann@x.test', 'hard'], ['ben@x.test', 'soft']])
})

test.each(['1', '2'] as const)('Amazon SES: a bounce that SNS signed (version %s) acts; the certificate is asked for once', async (version) => {
  await using app = await startApp()
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const { id } = await given(app, 'amazonSes', topic)
  const { asked, post } = amazon(app)
  expect(await post(id, sns(app, { Message: sesBounce([{ name: 'X-Delivery', value: deliveryTokenOf(app, ann!) }]) }, version))).toBe('taken')
  expect(await post(id, sns(app, { Message: sesBounce([{ name: 'Message-ID', value: messageIdOf(app, ann!) }]) }, version))).toBe('taken')
  expect(await invalid(app)).toEqual(['ann@x.test invalid'])
  expect(asked).toEqual([certificateUrl])
})

test('Amazon SES: a subscription is confirmed at Amazon only, and only for the topic that is set', async () => {
  await using app = await startApp()
  const { id } = await given(app, 'amazonSes', topic)
  const { asked, post } = amazon(app)
  const confirmation = (values: Partial<SnsMessage> = {}) => sns(app, { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription', ...values })
  expect(await post(id, confirmation())).toBe('taken')
  expect(await post(id, confirmation({ TopicArn: 'arn:aws:sns:eu-west-1:999999999999:theirs' }))).toBe('It comes from another topic than the one that is set.')
  expect(await post(id, confirmation({ SubscribeURL: 'http://169.254.169.254/latest/meta-data' }))).toBe('It names an address that is not one of Amazon SNS.')
  expect(asked).toEqual([certificateUrl, 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription'])
})

test('Amazon SES: a message that was changed, or whose certificate lies elsewhere, is not believed, and nobody else is asked', async () => {
  await using app = await startApp()
  await givenSent(app, ['ann@x.test'])
  const { id } = await given(app, 'amazonSes', topic)
  const { asked, post } = amazon(app)
  expect(await post(id, { ...sns(app, { Message: sesBounce([]) }), Message: sesBounce([]) })).toBe('The signature is not Amazon’s.')
  for (const SigningCertURL of ['https://evil.test/x.pem', 'https://sns.eu-west-1.amazonaws.com.evil.test/x.pem', 'http://sns.eu-west-1.amazonaws.com/x.pem', 'https://s3.eu-west-1.amazonaws.com/x.pem', 'https://me@sns.eu-west-1.amazonaws.com:8443/x.pem', 'x']) {
    expect(await post(id, sns(app, { SigningCertURL }))).toBe('It names an address that is not one of Amazon SNS.')
  }
  expect(await post(id, { notificationType: 'Bounce' })).toContain('raw message delivery')
  expect(asked).toEqual([certificateUrl])
  expect(await invalid(app)).toEqual([])
})

test('the same bounce told by a provider and by a mail is one entry', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const { path } = await given(app, 'sendGrid', sendGridKey)
  await handOver(app, { door: { door: 'smtp' }, raws: [report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] })], now: app.clock.read(), done: async () => {} })
  await postSendGrid(app, path, [sendGridEvent(app, { email: 'ann@x.test', 'smtp-id': messageIdOf(app, ann!) })])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'bounced', detail: { bounce: 'hard' } }])
})

test('that a mail arrived settles what was uncertain, and leaves nothing else behind', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'], { status: 'uncertain' })
  const { path } = await given(app, 'sendGrid', sendGridKey)
  await postSendGrid(app, path, [sendGridEvent(app, { email: 'ann@x.test', 'smtp-id': messageIdOf(app, ann!), event: 'delivered' })])
  expect((await app.api.get(`/campaigns/${campaignId}/figures`)).body).toMatchObject({ sent: 1, uncertain: 0 })
  expect((await app.api.get('/mailbox-messages')).body.items).toEqual([])
})
