import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail } from '../../test/given-ledger.ts'
import { complaint, deliveryTokenOf, givenMailbox, givenSent, letter, messageIdOf, report, unsubscribeMail, verpOf } from '../../test/given-returned-mail.ts'
import { verifyFigures } from '../log/recount.ts'
import { ingest } from './ingest.ts'
import { signedOrigins } from './origins.ts'

let uid = 0

/** Reads these messages as the job does. */
async function read(app: TestApp, ...messages: Buffer[]) {
  const accountId = (await app.db.selectFrom('groupEmailAccount').select('id').executeTakeFirst())?.id ?? await givenMailbox(app)
  const place = { accountId, folder: 'INBOX', uidValidity: 1, afterReading: {} }
  return ingest(app, place, messages.map((raw) => ({ uid: ++uid, receivedAt: app.clock.read(), raw })), uid, app.clock.read())
}

const suppressions = async (app: TestApp) =>
  (await app.db.selectFrom('suppression').select(['emailKey', 'reason']).orderBy('emailKey').orderBy('reason').execute()).map(({ emailKey, reason }) => `${emailKey} ${reason}`)

/** The log without what the sending wrote, as the API tells it. */
async function log(app: TestApp, campaignId: string) {
  const { body } = await app.api.get(`/campaigns/${campaignId}/log?sort=at`)
  return (body.items as { action: string; emailAddress: string; detail: Record<string, unknown>; repeats: number }[]).filter(({ action }) => action !== 'sent')
}
const figures = async (app: TestApp, campaignId: string) => (await app.api.get(`/campaigns/${campaignId}/figures`)).body

test('a hard bounce to the VERP address of a mail makes its address invalid, and the log says why', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  expect(await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }))).toEqual({ bounce: 1 })
  expect(await suppressions(app)).toEqual(['ann@x.test invalid'])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'bounced', emailAddress: 'ann@x.test', detail: { bounce: 'hard', verified: true, deadAddress: true } }])
  expect((await log(app, campaignId))[0]!.detail['reply']).toContain('no such user here')
  expect(await figures(app, campaignId)).toMatchObject({ sent: 2, delivered: 1, bouncedHard: 1 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('the signed Message-ID and X-Delivery of the returned mail prove it as well', async () => {
  await using app = await startApp()
  const { deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  await read(app,
    report({ recipients: ['Ann@X.test'], original: [`Message-ID: ${messageIdOf(app, ann!)}`] }),
    report({ recipients: ['ben@x.test'], original: [`X-Delivery: ${deliveryTokenOf(app, ben!)}`] }))
  expect(await suppressions(app)).toEqual(['ann@x.test invalid', 'ben@x.test invalid'])
})

test('a report without a signature is logged as unverified and acts on nobody; figures do not move', async () => {
  await using app = await startApp()
  const { campaignId } = await givenSent(app, ['ann@x.test'])
  await read(app, report({ recipients: ['ann@x.test'] }))
  expect(await suppressions(app)).toEqual([])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'bounced', detail: { bounce: 'hard', verified: false, doubt: 'noToken' } }])
  expect(await figures(app, campaignId)).toMatchObject({ bouncedHard: 0, delivered: 1 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('fourteen days after the mail an address alone no longer says which mail a report is about', async () => {
  await using app = await startApp()
  const { campaignId, massEmail } = await givenSent(app, ['ann@x.test'])
  await app.db.updateTable('massEmail').set({ completedAt: app.clock.read() }).where('id', '=', massEmail.id).execute()
  app.clock.advance({ hours: 14 * 24 + 1 })
  await read(app, report({ recipients: ['ann@x.test'] }))
  expect(await log(app, campaignId)).toEqual([])
})

test.each([
  ['a forged token', async (app: TestApp) => {
    const { campaignId } = await givenSent(app, ['ann@x.test'])
    return { campaignId, message: report({ to: 'bounce+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bounces.acme.example', recipients: ['ann@x.test'] }), doubt: 'noToken' }
  }],
  ['the token of another mail', async (app: TestApp) => {
    const { campaignId, deliveries: [, mallory] } = await givenSent(app, ['ann@x.test', 'mallory@evil.test'])
    return { campaignId, message: report({ to: verpOf(app, mallory!), recipients: ['ann@x.test'] }), doubt: 'otherAddress' }
  }],
  ['the token of a test mail', async (app: TestApp) => {
    const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'], { test: true })
    return { campaignId, message: report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }), doubt: 'testMail' }
  }],
  ['the token of a mail that never left', async (app: TestApp) => {
    const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'], { status: 'pending' })
    return { campaignId, message: report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }), doubt: 'notSent' }
  }],
  ['a token older than thirty days', async (app: TestApp) => {
    const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
    app.clock.advance({ hours: 30 * 24 + 1 })
    return { campaignId, message: report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }), doubt: 'tooOld' }
  }],
])('%s proves nothing: logged as unverified, nobody becomes invalid', async (_, given) => {
  await using app = await startApp()
  const { campaignId, message, doubt } = await given(app)
  await read(app, message)
  expect(await suppressions(app)).toEqual([])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'bounced', detail: { bounce: 'hard', verified: false, doubt } }])
})

test('a soft bounce is logged only; a hard one after it is logged beside it', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'], status: '5.2.2', diagnostic: 'smtp; 552 5.2.2 mailbox full' }))
  expect(await suppressions(app)).toEqual([])
  expect(await figures(app, campaignId)).toMatchObject({ bouncedSoft: 1, bouncedHard: 0 })
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }))
  expect((await log(app, campaignId)).map(({ detail }) => detail['bounce'])).toEqual(['soft', 'hard'])
  expect(await figures(app, campaignId)).toMatchObject({ bouncedSoft: 0, bouncedHard: 1 })
})

test('with the setting, an address that bounced softly often enough is left out for ninety days', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/outbound-emails', { suppressAfterSoft: { count: 2, days: 7 } })
  for (const expected of [[], ['ann@x.test softBounced']]) {
    const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
    await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'], status: '4.2.2', diagnostic: 'smtp; 452 4.2.2 mailbox full' }))
    expect(await suppressions(app)).toEqual(expected)
  }
})

test('a notice of delay is a detail of the mail that was sent, never a bounce', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'], action: 'delayed', status: '4.4.1', diagnostic: 'smtp; 451 4.4.1 try later' }))
  expect(await log(app, campaignId)).toEqual([])
  const { body } = await app.api.get(`/campaigns/${campaignId}/log?action=sent`)
  expect(body.items[0].detail.delayed.reply).toContain('try later')
})

test('a notice of delay that is a month late says nothing more of its mail', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  app.clock.advance({ hours: 31 * 24 })
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'], action: 'delayed', status: '4.4.1' }))
  expect((await app.api.get(`/campaigns/${campaignId}/log?action=sent`)).body.items[0].detail).not.toHaveProperty('delayed')
})

test('the same bounce three times, in whatever folder and under whatever number, is one entry', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const bounce = report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] })
  const again = Buffer.concat([Buffer.from('Received: by another way\r\n'), bounce])
  expect([await read(app, bounce, bounce), await read(app, again)]).toEqual([{ bounce: 1 }, {}])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'bounced', repeats: 1 }])
})

test('an address that somebody cleared does not become invalid again by the same proof', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }))
  await app.db.deleteFrom('suppression').execute()
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }))
  expect(await suppressions(app)).toEqual([])
  expect(await log(app, campaignId)).toHaveLength(1)
})

test('a report about several recipients speaks of each: proved for the one it is signed for', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test', 'ben@x.test', 'eve@x.test'])
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test', 'ben@x.test', 'stranger@x.test'] }))
  expect((await log(app, campaignId)).map(({ emailAddress, detail }) => [emailAddress, detail['verified']]).sort()).toEqual([['ann@x.test', true], ['ben@x.test', false]])
  expect(await suppressions(app)).toEqual(['ann@x.test invalid'])
})

test('a complaint that shows the mail opts out of everything; one that anybody could have written does not', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  await read(app, complaint({ original: [`Message-ID: ${messageIdOf(app, ann!)}`] }), complaint({ original: [], recipient: 'ben@x.test' }))
  expect(await suppressions(app)).toEqual(['ann@x.test complained', 'ann@x.test optedOut'])
  expect((await log(app, campaignId)).map(({ action, emailAddress, detail }) => [action, emailAddress, detail['verified']]).sort()).toEqual([
    ['complained', 'ann@x.test', true], ['complained', 'ben@x.test', false],
  ])
  expect(await figures(app, campaignId)).toMatchObject({ complained: 1 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('unsubscribing by mail opts out as the button does; with the token of somebody else it does not', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  await app.db.updateTable('massEmail').set({ optOutEntirely: true }).where('id', '=', massEmail.id).execute()
  await read(app, unsubscribeMail(app, ann!), unsubscribeMail(app, ben!, 'Mallory <mallory@evil.test>'), letter({ from: 'ben@x.test', subject: 'unsubscribe' }))
  expect(await suppressions(app)).toEqual(['ann@x.test optedOut'])
  expect(await log(app, campaignId)).toMatchObject([{ action: 'optedOut', emailAddress: 'ann@x.test' }])
  const outcomes = await app.db.selectFrom('mailboxMessage').select(['kind', 'outcome']).orderBy('uid').execute()
  expect(outcomes).toEqual([{ kind: 'optOut', outcome: 'logged' }, { kind: 'optOut', outcome: 'unverified' }, { kind: 'optOut', outcome: 'unverified' }])
})

test('what a person answers is kept and shown with the record; an automatic answer is no bounce', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  await read(app,
    letter({ from: 'Ann <ann@private.test>', subject: 'Re: News', headers: [`In-Reply-To: ${messageIdOf(app, ann!)}`], text: 'Please call me.\r\n\r\nOn Tuesday Acme wrote:\r\n> News' }),
    letter({ from: 'ben@x.test', subject: 'Out of office', headers: [`In-Reply-To: ${messageIdOf(app, ben!)}`, 'Auto-Submitted: auto-replied'], text: 'I am away.' }))
  expect(await log(app, campaignId)).toMatchObject([{ action: 'replied', emailAddress: 'ann@x.test', detail: { text: 'Please call me.' } }])
  const history = await app.api.get(`/contacts/${ann!.recordId}/history`)
  expect(history.body.items[0]).toMatchObject({ action: 'replied', detail: { text: 'Please call me.' } })
})

test('of other people’s mail nothing is kept but its place and the verdict', async () => {
  await using app = await startApp()
  await givenSent(app, ['ann@x.test'])
  await read(app, letter({ from: 'ann@x.test', subject: 'Lunch?', text: 'Today at twelve' }), report({ recipients: ['nobody@else.test'] }))
  const rows = await app.db.selectFrom('mailboxMessage').select(['outcome', 'raw', 'classification']).orderBy('uid').execute()
  expect(rows.map(({ outcome, raw }) => [outcome, raw])).toEqual([['ignored', null], ['ignored', null]])
  expect(JSON.stringify(rows)).not.toMatch(/Lunch|nobody@else/)
})

test('a bounce settles an Uncertain delivery: it had arrived at a server', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'], { status: 'uncertain' })
  await read(app, report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }))
  expect(await figures(app, campaignId)).toMatchObject({ sent: 1, uncertain: 0, bouncedHard: 1 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('when writing fails nothing of the batch is written, and the folder is read from the same place again', async () => {
  await using app = await startApp()
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const accountId = await givenMailbox(app)
  await app.db.insertInto('mailboxFolder').values({ accountId, folder: 'INBOX', uidValidity: 1, lastUid: 7 }).execute()
  await sql`alter table mailbox_finding add constraint broken check (reply = '') not valid`.execute(app.db)
  const bounce = report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] })
  await expect(read(app, bounce)).rejects.toThrow('broken')
  expect(await app.db.selectFrom('mailboxFolder').select('lastUid').execute()).toEqual([{ lastUid: 7 }])
  expect([await log(app, campaignId), await suppressions(app)]).toEqual([[], []])
  await sql`alter table mailbox_finding drop constraint broken`.execute(app.db)
  expect(await read(app, bounce)).toEqual({ bounce: 1 })
  expect(await suppressions(app)).toEqual(['ann@x.test invalid'])
})

test('a delivery that was marked twice before it was settled is found by its signature all the same', async () => {
  await using app = await startApp()
  const campaignId = await givenCampaign(app.db)
  const [ann] = await givenDeliveries(app.db, { id: await givenMassEmail(app.db, campaignId), campaignId }, ['ann@x.test'], { status: 'sending' })
  await sql`update delivery set sender_id = 7`.execute(app.db)
  await sql`insert into wire (lane, sender_id, marked, at) select lane, 7, array[id], now() from delivery, generate_series(1, 2)`.execute(app.db)
  expect(await signedOrigins(app.db, [ann!])).toMatchObject([{ id: ann!.id, leftAt: expect.any(Date) }])
})
