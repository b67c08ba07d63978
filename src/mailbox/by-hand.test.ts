import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMailbox, givenSent, letter, messageIdOf, report, verpOf } from '../../test/given-returned-mail.ts'
import { verifyFigures } from '../log/recount.ts'
import { ingest } from './ingest.ts'

async function read(app: TestApp, ...messages: Buffer[]) {
  const place = { accountId: await givenMailbox(app), folder: 'INBOX', uidValidity: 1, afterReading: {} }
  return ingest(app, place, messages.map((raw, index) => ({ uid: index + 1, receivedAt: app.clock.read(), raw })), messages.length, app.clock.read())
}
const invalidOnes = async (app: TestApp) => (await app.db.selectFrom('suppression').select('emailKey').orderBy('emailKey').execute()).map(({ emailKey }) => emailKey)
const messagesOf = async (app: TestApp, outcome: string) =>
  (await app.api.get(`/mailbox-messages?filter=${encodeURIComponent(JSON.stringify({ field: 'outcome', op: 'equals', value: outcome }))}`)).body.items

test('what the rules did not understand is shown with its words, and becomes a bounce when a person says so', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await read(app, letter({ from: 'it@x.test', subject: 'About Ann', to: verpOf(app, ann!), text: 'Ann has left the company.' }))
  const [message] = await messagesOf(app, 'notUnderstood')
  expect(message).toMatchObject({ subject: 'About Ann', from: 'it@x.test', account: { name: 'Bounces' } })
  const { status, body } = await app.api.post(`/mailbox-messages/${message.id}/classify`, { as: 'hard' })
  expect([status, body.outcome, body.findings]).toEqual([200, 'logged', [expect.objectContaining({ kind: 'hard', doubt: null, emailAddress: 'ann@x.test' })]])
  expect(await invalidOnes(app)).toEqual(['ann@x.test'])
  expect((await app.api.get(`/campaigns/${campaignId}/figures`)).body).toMatchObject({ bouncedHard: 1 })
  expect((await app.api.get('/audit-log')).body.items).toContainEqual(expect.objectContaining({ action: 'mailboxMessageClassified', detail: { as: 'hard' } }))
  expect(await verifyFigures(app.db)).toEqual([])
})

test('what a person ignores leaves the list and changes nothing', async () => {
  await using app = await startApp()
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await read(app, report({ recipients: ['ann@x.test'] }))
  expect(ann).toBeDefined()
  const [message] = await messagesOf(app, 'unverified')
  await app.api.post(`/mailbox-messages/${message.id}/classify`, { as: 'ignore' })
  expect([await messagesOf(app, 'unverified'), await invalidOnes(app)]).toEqual([[], []])
})

test('unverified bounces of one domain and time are marked invalid together', async () => {
  await using app = await startApp()
  await givenSent(app, ['a@x.test', 'b@x.test', 'c@y.test'])
  await read(app, report({ recipients: ['a@x.test'] }), report({ recipients: ['b@x.test'] }), report({ recipients: ['c@y.test'] }))
  const later = new Date(app.clock.read().getTime() + 1000).toISOString()
  expect((await app.api.post('/mailbox-messages/mark-invalid', { domain: 'X.test', from: later })).body).toEqual({ marked: 0 })
  expect((await app.api.post('/mailbox-messages/mark-invalid', { domain: 'X.test', to: later })).body).toEqual({ marked: 2 })
  expect(await invalidOnes(app)).toEqual(['a@x.test', 'b@x.test'])
  expect(await messagesOf(app, 'unverified')).toHaveLength(1)
  expect((await app.api.post('/mailbox-messages/mark-invalid', {})).status).toBe(400)
  expect(await verifyFigures(app.db)).toEqual([])
})

test('the raw text of what belongs to a delivery can be read; of other mail there is none', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await read(app, letter({ from: 'ann@x.test', subject: 'Re: News', headers: [`In-Reply-To: ${messageIdOf(app, ann!)}`] }), letter({ from: 'ann@x.test', subject: 'Lunch' }))
  const { body: { items: [replied] } } = await app.api.get(`/campaigns/${campaignId}/log?action=replied`)
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).get(`/mailbox-messages/${replied.detail.mailboxMessageId}`)).body.raw).toContain('Subject: Re: News')
  const [other] = await messagesOf(app, 'ignored')
  expect((await app.api.get(`/mailbox-messages/${other.id}`)).status).toBe(404)
})

test('the lists of the screen: what needs a decision, and what people answered', async () => {
  await using app = await startApp()
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await read(app, letter({ from: 'ann@x.test', subject: 'Re: News', headers: [`In-Reply-To: ${messageIdOf(app, ann!)}`] }), report({ recipients: ['ann@x.test'] }), letter({ from: 'a@b.test', subject: 'Lunch' }))
  const subjects = async (filter: object) => (await app.api.get(`/mailbox-messages?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items.map(({ kind, subject }: { kind: string; subject: string }) => [kind, subject])
  expect(await subjects({ field: 'outcome', op: 'in', value: ['notUnderstood', 'unverified', 'setAside'] })).toEqual([['bounce', 'Undelivered Mail Returned to Sender']])
  expect(await subjects({ and: [{ field: 'kind', op: 'equals', value: 'reply' }, { field: 'outcome', op: 'notEquals', value: 'ignored' }] })).toEqual([['reply', 'Re: News']])
})
