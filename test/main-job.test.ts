/** The main job by API alone, as an outside program does it: contacts in, campaign out, answers back. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

type Made = { id: string; [field: string]: any }

async function create(app: TestApp, path: string, body: object): Promise<Made> {
  const { status, body: made, text } = await app.api.post(path, body)
  expect(status, text).toBe(201)
  return made
}

const html = '<html><body><h1>Hello {Person.firstName|there}</h1><p><a href="{trackingUrl:ID}">Read on</a></p><p><a href="{optOutUrl}">Unsubscribe</a></p></body></html>'

/** Ten people, one of each fate, in two lists; a third list is left out. */
async function world(app: TestApp) {
  const person = (firstName: string, more: object = {}) =>
    create(app, '/contacts', { firstName, lastName: 'Berg', emailAddress: `${firstName.toLowerCase()}@shop.example`, ...more })
  const people = {
    anna: await person('Anna'), ben: await person('Ben'), twin: await person('Annabel', { emailAddress: 'ANNA@Shop.Example' }),
    nobody: await person('Nobody', { emailAddress: '' }), broken: await person('Broken', { emailAddress: 'broken@@shop' }),
    left: await person('Left'), gone: await person('Gone'), never: await person('Never', { doNotEmail: true }),
    cross: await person('Cross', { emailAddress: 'office@rival.example' }), inside: await person('Inside'),
  }
  const rival = await create(app, '/accounts', { name: 'Rival Ltd', emailAddress: 'Office@Rival.example' })
  const lead = await create(app, '/leads', { firstName: 'Lea', lastName: 'Lead', emailAddress: 'lea@lead.example' })
  const readers = await create(app, '/target-lists', { name: 'Readers' })
  const press = await create(app, '/target-lists', { name: 'Press' })
  const rivals = await create(app, '/target-lists', { name: 'Rivals' })
  await app.api.post(`/target-lists/${readers.id}/members`, { entityType: 'Contact', ids: Object.values(people).map(({ id }) => id) })
  await app.api.post(`/target-lists/${press.id}/members`, { entityType: 'Lead', ids: [lead.id] })
  await app.api.post(`/target-lists/${rivals.id}/members`, { entityType: 'Account', ids: [rival.id] })
  await app.api.post(`/target-lists/${rivals.id}/members`, { entityType: 'Contact', ids: [people.inside.id] })
  await app.api.post(`/target-lists/${readers.id}/opt-out`, { entityType: 'Contact', id: people.left.id })
  expect((await app.api.post('/suppressions', { emailAddress: 'gone@shop.example', reason: 'invalid' })).status).toBe(201)
  const campaign = await create(app, '/campaigns', {
    name: 'Autumn', type: 'newsletter', status: 'active', targetListIds: [readers.id, press.id], excludingTargetListIds: [rivals.id],
  })
  const link = await create(app, '/tracking-urls', { campaignId: campaign.id, name: 'Offer', action: 'redirect', url: 'https://shop.example/offer?a=1&b=2' })
  const template = await create(app, '/email-templates', { name: 'Autumn', format: 'html', subject: 'News for {Person.firstName}', body: html.replace('{trackingUrl:ID}', link['code']) })
  return { people, lead, readers, press, campaign, link, template }
}

async function pendingMassEmail(app: TestApp, { campaign, template }: { campaign: Made; template: Made }) {
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const massEmail = await create(app, '/mass-emails', { campaignId: campaign.id, name: 'Autumn news', emailTemplateId: template.id, dateStart: app.clock.read().toISOString() })
  expect(massEmail['status']).toBe('draft')
  const pending = await app.api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  expect(pending.status, pending.text).toBe(200)
  return massEmail
}

test('everybody in the lists has one verdict, the included ones get one mail each, and the counts add up', async () => {
  await using app = await startApp({ sandbox: true })
  const given = await world(app)
  const massEmail = await pendingMassEmail(app, given)
  const expected = {
    candidates: 11, included: 3,
    verdicts: { excludedRecord: 1, noAddress: 1, malformedAddress: 1, excludedAddress: 1, optedOutOfList: 1, invalidAddress: 1, doNotEmail: 1, duplicateAddress: 1 },
  }
  expect((await app.api.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject(expected)
  await app.api.post('/scheduled-jobs/send-mass-emails/run')
  await app.settle()
  expect((await app.api.get(`/mass-emails/${massEmail.id}`)).body.status).toBe('complete')
  expect((await app.api.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject(expected)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/audience/malformedAddress`)).body.items).toMatchObject([{ emailAddress: 'broken@@shop' }])

  const { items: captured } = (await app.api.get('/sandbox/messages?limit=200')).body
  const messages = await Promise.all(captured.map(async ({ id }: Made) => (await app.api.get(`/sandbox/messages/${id}`)).body))
  expect(messages.map(({ to }) => JSON.stringify(to)).sort().map((to) => /[\w.]+@[\w.]+/i.exec(to)?.[0])).toEqual(['anna@shop.example', 'ben@shop.example', 'lea@lead.example'])
  const toAnna = messages.find(({ raw }) => /^To:.*anna@shop/im.test(raw))
  expect(toAnna).toMatchObject({ subject: 'News for Anna' })
  expect(toAnna.html).toContain('Hello Anna')
  expect(toAnna.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m)
  expect(toAnna.raw).not.toMatch(/Ben|Lea/)

  const { items } = (await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=sent`)).body
  expect(items.map(({ emailAddress }: Made) => emailAddress).sort()).toEqual(['anna@shop.example', 'ben@shop.example', 'lea@lead.example'])
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body).toMatchObject({ people: 3, sent: 3, delivered: 3, failed: 0, skipped: 0, uncertain: 0, opened: 0, clicked: 0 })
})

test('a click, an opt-out by page and one by mail program land in the log, and the next mass email knows', async () => {
  await using app = await startApp({ sandbox: true })
  const given = await world(app)
  const massEmail = await pendingMassEmail(app, given)
  await app.settle()
  const urls = async (address: string) => {
    const { items } = (await app.api.get(`/sandbox/messages?q=${encodeURIComponent(address)}`)).body
    const { raw, html: body } = (await app.api.get(`/sandbox/messages/${items[0].id}`)).body
    const path = (text: string) => new URL(text).pathname
    return { click: path(/href="([^"]*\/c\/[^"]+)"/.exec(body)![1]!), optOut: path(/href="([^"]*\/u\/[^"]+)"/.exec(body)![1]!), oneClick: path(/List-Unsubscribe: <(http[^>]+)>/.exec(raw.replace(/\r\n[ \t]/g, ''))![1]!) }
  }
  const reader = app.as(null)
  const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
  const [anna, ben, lea] = [await urls('anna@shop.example'), await urls('ben@shop.example'), await urls('lea@lead.example')]

  const clicked = await reader.get(anna.click, undefined, browser)
  expect([clicked.status, clicked.headers['location']]).toEqual([302, 'https://shop.example/offer?a=1&b=2'])
  expect((await reader.get(ben.optOut, undefined, browser)).status).toBe(200)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body.optedOut).toBe(0)
  expect((await reader.post(ben.optOut, 'choice=unsubscribe&reason=too+many', { ...browser, 'content-type': 'application/x-www-form-urlencoded' })).status).toBeLessThan(400)
  const oneClick = await reader.post(lea.oneClick, 'List-Unsubscribe=One-Click', { 'content-type': 'application/x-www-form-urlencoded' })
  expect([oneClick.status, oneClick.headers['location'], oneClick.headers['set-cookie']]).toEqual([200, undefined, undefined])

  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body).toMatchObject({ clicked: 1, clicks: 1, optedOut: 2 })
  const log = (await app.api.get(`/campaigns/${given.campaign.id}/log?action=clicked`)).body.items
  expect(log).toMatchObject([{ action: 'clicked', emailAddress: 'anna@shop.example', record: { entityType: 'Contact', id: given.people.anna.id }, detail: { trackingUrlId: given.link.id }, machine: false, test: false }])

  const clickers = await app.api.post(`/campaigns/${given.campaign.id}/log/target-list`, { name: 'Clickers', including: ['clicked'], trackingUrlIds: [given.link.id] })
  expect(clickers.body).toMatchObject({ name: 'Clickers', added: 1, members: 1, deliverable: 1 })
  const second = await pendingMassEmail(app, given)
  expect((await app.api.get(`/mass-emails/${second.id}/audience`)).body).toMatchObject({ included: 1, verdicts: { optedOutOfList: 3 } })
})

test('with at most 2 an hour, 2 go out, the rest wait, and the page says when the next portion goes', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { maxPerHour: 2 })
  const massEmail = await pendingMassEmail(app, await world(app))
  await app.settle()
  const figures = async () => (await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body.sent
  expect(await figures()).toBe(2)
  const { reasons } = (await app.api.get(`/mass-emails/${massEmail.id}/why`)).body
  expect(reasons).toMatchObject([{ code: 'portionUsedUp', until: expect.stringMatching(/^2030-01-01T13:0/) }])
  app.clock.advance({ minutes: 59 })
  await app.settle()
  expect(await figures()).toBe(2)
  app.clock.advance({ minutes: 2 })
  await app.settle()
  expect(await figures()).toBe(3)
  expect((await app.api.get(`/mass-emails/${massEmail.id}`)).body.status).toBe('complete')
})

test('somebody who opts out after the audience was frozen is Skipped, and named with the reason', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { maxPerHour: 1 })
  const given = await world(app)
  const massEmail = await pendingMassEmail(app, given)
  await app.settle()
  const [waiting] = (await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=pending`)).body.items
  await app.api.post('/suppressions', { emailAddress: waiting.emailAddress, reason: 'optedOut' })
  await app.api.patch('/settings/outbound-emails', { maxPerHour: null })
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect((await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=skipped`)).body.items).toMatchObject([{ emailAddress: waiting.emailAddress, reason: expect.stringMatching(/opted/i) }])
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body).toMatchObject({ sent: 2, skipped: 1 })
})
