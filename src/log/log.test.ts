import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail, happened, settled } from '../../test/given-ledger.ts'
import { newId } from '../platform/id.ts'

/** Ann, Ben and Cleo got a mail; Ann clicked, Ben opened, a machine opened Cleo's. */
async function givenAnswers(app: TestApp) {
  const campaignId = await givenCampaign(app.db)
  const massEmail = { id: await givenMassEmail(app.db, campaignId, { name: 'March news' }), campaignId }
  const [ann, ben, cleo] = await givenDeliveries(app.db, massEmail, ['ann@x.test', 'ben@x.test', 'cleo@x.test'])
  await settled(app.db, [ann!, ben!, cleo!], 'sending', 'sent')
  const linkId = newId()
  await app.db.insertInto('trackingUrl').values({ id: linkId, campaignId, name: 'Shop', url: 'https://shop.test/' }).execute()
  await happened(app.db, [ann!], 'clicked', { subject: linkId, trackingUrlId: linkId, detail: { url: 'https://shop.test/', visitor: 'secret' } })
  await happened(app.db, [ben!], 'opened')
  await happened(app.db, [cleo!], 'opened', { machine: true })
  return { campaignId, massEmail, linkId, ann: ann!, ben: ben!, cleo: cleo! }
}

const names = (items: { record: { name: string } }[]) => items.map(({ record }) => record.name).sort()

test('an entry says what happened, to whom, when and with which mail', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, linkId, ann } = await givenAnswers(app)
  const { status, body } = await app.api.get(`/campaigns/${campaignId}/log?action=clicked`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ total: 1, next: null })
  expect(body.items).toEqual([{
    id: expect.any(String), action: 'clicked', at: '2030-01-01T12:00:00.000Z',
    deliveryId: `${ann.lane}-${ann.id}`, stored: false, record: { entityType: 'Contact', id: ann.recordId, name: 'ann' }, emailAddress: 'ann@x.test',
    detail: { url: 'https://shop.test/', trackingUrlId: linkId, link: 'Shop' },
    campaignId, massEmail: { id: massEmail.id, name: 'March news' },
    repeats: 1, lastAt: '2030-01-01T12:00:00.000Z', machine: false, test: false,
  }])
})

test('the log is filtered by what happened, by machine, by link, by time, and searched by name and address', async () => {
  await using app = await startApp()
  const { campaignId, linkId } = await givenAnswers(app)
  const found = async (query: string) => names((await app.api.get(`/campaigns/${campaignId}/log?${query}`)).body.items)
  expect(await found('action=opened')).toEqual(['ben', 'cleo'])
  expect(await found('action=opened&machine=false')).toEqual(['ben'])
  expect(await found('action=opened,clicked&machine=false')).toEqual(['ann', 'ben'])
  expect(await found(`trackingUrlId=${linkId}`)).toEqual(['ann'])
  expect(await found('trackingUrlId=nonsense')).toEqual([])
  expect(await found('from=2030-01-01T12:00:01Z')).toEqual([])
  expect(await found('action=sent&to=2030-01-01T12:00:00Z')).toEqual(['ann', 'ben', 'cleo'])
  expect(await found('q=CLEO@x')).toEqual(['cleo', 'cleo'])
  await app.db.updateTable('contact').set({ firstName: 'Kleopatra' }).where('emailAddress', '=', 'cleo@x.test').execute()
  expect(await found('q=kleop&action=sent')).toEqual(['Kleopatra'])
  const filter = encodeURIComponent(JSON.stringify({ field: 'action', op: 'equals', value: 'clicked' }))
  expect(await found(`filter=${filter}`)).toEqual(['ann'])
})

test('an unknown action, a time that is none and an unknown parameter are named, all at once', async () => {
  await using app = await startApp()
  const { campaignId } = await givenAnswers(app)
  const { status, body } = await app.api.get(`/campaigns/${campaignId}/log?action=eaten&from=yesterday&colour=red`)
  expect(status).toBe(400)
  expect(body.errors.map(({ path }: { path: string }) => path.split('.')[0]).sort()).toEqual(['action', 'colour', 'from'])
  expect((await app.api.get(`/campaigns/${newId()}/log`)).status).toBe(404)
})

test('each chip counts its entries under the other filters', async () => {
  await using app = await startApp()
  const { campaignId } = await givenAnswers(app)
  const { body } = await app.api.get(`/campaigns/${campaignId}/log/counts?action=sent&machine=false`)
  expect(body).toMatchObject({ counts: { sent: 3, opened: 1, clicked: 1, bounced: 0 }, atLeast: [] })
})

test('figures are exactly what the outside interface names', async () => {
  await using app = await startApp()
  const { campaignId, massEmail } = await givenAnswers(app)
  const expected = {
    people: 3, sent: 3, delivered: 3, opened: 1, clicked: 1, clicks: 1, optedOut: 0, optedIn: 0, bouncedHard: 0, bouncedSoft: 0,
    complained: 0, replied: 0, failed: 0, skipped: 0, uncertain: 0, leadsCreated: 0, machine: { opened: 1, clicked: 0 },
  }
  expect((await app.api.get(`/campaigns/${campaignId}/figures`)).body).toEqual(expected)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body).toEqual(expected)
  expect((await app.api.get(`/mass-emails/${campaignId}/figures`)).status).toBe(404)
  expect((await app.api.get(`/campaigns/${campaignId}/figures/hours?massEmailId=${massEmail.id}`)).body)
    .toEqual({ items: [{ hour: '2030-01-01T12:00:00.000Z', counts: { sent: 3, opened: 1, clicked: 1 } }] })
})

test('a list is made of everyone who did one thing and not another; machines and tests do not count', async () => {
  await using app = await startApp()
  const { campaignId, massEmail } = await givenAnswers(app)
  const tested = await givenDeliveries(app.db, massEmail, ['dora@x.test'], { test: true, status: 'sent' })
  await happened(app.db, tested, 'sent')
  const { status, body } = await app.api.post(`/campaigns/${campaignId}/log/target-list`, { name: 'Did not open', including: ['sent'], excluding: ['opened'] })
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Did not open', added: 2, members: 2 })
  const again = await app.api.post(`/campaigns/${campaignId}/log/target-list`,
    { targetListId: body.id, including: ['opened'], machine: 'include', entityTypes: ['Contact'] })
  expect(again.body).toMatchObject({ id: body.id, added: 1, members: 3 })
})

test('a list of clickers holds those of the chosen link only, and their "no" to the campaign goes with them', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, linkId, ben } = await givenAnswers(app)
  await happened(app.db, [ben], 'clicked', { subject: 'another link' })
  const news = newId()
  await app.db.insertInto('targetList').values({ id: news, name: 'News' }).execute()
  await app.db.insertInto('massEmailTargetList').values({ massEmailId: massEmail.id, targetListId: news, position: 0 }).execute()
  await app.db.insertInto('optOut').values({ targetListId: news, emailKey: 'ann@x.test', emailAddress: 'ann@x.test' }).execute()
  const { body } = await app.api.post(`/campaigns/${campaignId}/log/target-list`, { name: 'Shoppers', including: ['clicked'], trackingUrlIds: [linkId] })
  expect(body).toMatchObject({ added: 1, optedOut: 1, deliverable: 0 })
})

test('a list needs a name or a list that is there', async () => {
  await using app = await startApp()
  const { campaignId } = await givenAnswers(app)
  expect((await app.api.post(`/campaigns/${campaignId}/log/target-list`, { including: ['sent'] })).status).toBe(400)
  expect((await app.api.post(`/campaigns/${campaignId}/log/target-list`, { including: ['sent'], targetListId: newId() })).status).toBe(404)
})

test("a record's history tells what happened in all campaigns, newest first", async () => {
  await using app = await startApp()
  const { ben } = await givenAnswers(app)
  const { body } = await app.api.get(`/contacts/${ben.recordId}/history?sort=-at`)
  expect(body.items.map(({ action }: { action: string }) => action).sort()).toEqual(['opened', 'sent'])
})

test('the export holds what the filters let through, and no cell that a spreadsheet would run', async () => {
  await using app = await startApp()
  const { campaignId } = await givenAnswers(app)
  await app.db.updateTable('contact').set({ firstName: '=1+1', lastName: 'O"Hara, Jr.' }).where('emailAddress', '=', 'ann@x.test').execute()
  const { text, headers } = await app.api.get(`/campaigns/${campaignId}/log/export.csv?action=clicked`)
  expect(headers['content-type']).toContain('text/csv')
  const [, row] = text.split('\r\n')
  expect(row).toContain(`"'=1+1 O""Hara, Jr.",ann@x.test,March news,Shop,https://shop.test/`)
})

test('what strangers wrote is logged whatever is in it: half characters, NUL, backslashes', async () => {
  await using app = await startApp()
  const { ann, campaignId } = await givenAnswers(app)
  await happened(app.db, [ann], 'optedOut', { detail: { reason: 'too much\ud83d', reply: 'a\0b C:\\ud83d' } })
  const { items } = (await app.api.get(`/campaigns/${campaignId}/log?action=optedOut`)).body
  expect(items[0].detail).toMatchObject({ reason: 'too much\ufffd', reply: 'ab C:\\ud83d' })
})
