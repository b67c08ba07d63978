import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'

async function givenList({ api }: TestApp, name: string): Promise<string> {
  return (await api.post('/target-lists', { name })).body.id
}

test('a campaign keeps its target lists in order, and the excluding ones apart', async () => {
  await using app = await startApp()
  const [a, b, c] = [await givenList(app, 'A'), await givenList(app, 'B'), await givenList(app, 'C')]
  const created = await app.api.post('/campaigns', { name: 'Autumn', type: 'newsletter', targetListIds: [b, a, b], excludingTargetListIds: [c] })
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({
    type: 'newsletter', status: 'planning', targetListIds: [b, a], excludingTargetListIds: [c], targetLists: [{ name: 'B' }, { name: 'A' }], massEmails: 0,
    figures: { people: 0, sent: 0 }, assignedUserId: app.admin.userId,
  })
  const path = `/campaigns/${created.body.id}`
  expect((await app.api.patch(path, { targetListIds: [a] })).body).toMatchObject({ targetListIds: [a], excludingTargetListIds: [c], version: 2 })
  await app.api.delete(`/target-lists/${a}`)
  await app.api.delete(`/target-lists/${c}`)
  expect((await app.api.get(path)).body).toMatchObject({ targetListIds: [], excludingTargetListIds: [c] })
})

test('what is wrong with a campaign is said all at once', async () => {
  await using app = await startApp()
  const answer = await app.api.post('/campaigns', { name: ' ', type: 'postcard', colour: 'red' })
  expect(answer.status).toBe(400)
  expect(answer.body.errors.map((error: any) => error.path).sort()).toEqual(['colour', 'name', 'type'])
  expect((await app.api.post('/campaigns', { name: 'Au\0tumn' })).status).toBe(400)
  const unknown = await app.api.post('/campaigns', { name: 'Autumn', targetListIds: [newId()], excludingTargetListIds: ['x'] })
  expect(unknown.body.errors.map((error: any) => error.path)).toEqual(['targetListIds.0', 'excludingTargetListIds.0'])
})

test('the type of a campaign is fixed once it has a mass email', async () => {
  await using app = await startApp()
  const { body: { id } } = await app.api.post('/campaigns', { name: 'Autumn', type: 'email' })
  expect((await app.api.patch(`/campaigns/${id}`, { type: 'newsletter' })).status).toBe(200)
  expect((await app.api.post('/mass-emails', { campaignId: id })).status).toBe(201)
  const refused = await app.api.patch(`/campaigns/${id}`, { type: 'informationalEmail' })
  expect([refused.status, refused.body.code]).toEqual([409, 'typeFixed'])
  expect((await app.api.patch(`/campaigns/${id}`, { type: 'newsletter', status: 'active' })).body).toMatchObject({ status: 'active', massEmails: 1 })
})

test('a tracking URL leads to the web or shows a message, and has a code to paste', async () => {
  await using app = await startApp()
  const { body: { id: campaignId } } = await app.api.post('/campaigns', { name: 'Autumn' })
  const created = await app.api.post('/tracking-urls', { campaignId, name: 'Shop', action: 'redirect', url: 'https://shop.example/?a=1&b=2' })
  expect([created.status, created.body.code]).toEqual([201, `{trackingUrl:${created.body.id}}`])
  expect(created.body).toMatchObject({ campaignId, name: 'Shop', url: 'https://shop.example/?a=1&b=2', clicked: 0, clicks: 0 })
  for (const url of ['javascript:alert(1)', 'ftp://example.com', 'shop.example', '', 'https://', 'https://user:secret@example.com/', 'data:text/html,x']) {
    expect((await app.api.post('/tracking-urls', { campaignId, action: 'redirect', url })).status).toBe(400)
  }
  expect((await app.api.post('/tracking-urls', { campaignId, action: 'showMessage', message: 'Thank you' })).status).toBe(201)
  expect((await app.api.post('/tracking-urls', { campaignId, action: 'showMessage' })).status).toBe(400)
  expect((await app.api.patch(`/tracking-urls/${created.body.id}`, { url: 'https://new.example/' })).body.url).toBe('https://new.example/')
  expect((await app.api.get(`/tracking-urls?campaignId=${campaignId}`)).body.total).toBe(2)
  expect((await app.api.get('/audit-log')).body.items[0]).toMatchObject({ action: 'trackingUrlChanged', detail: { to: 'https://new.example/' } })
  expect((await app.api.delete(`/tracking-urls/${created.body.id}`)).status).toBe(204)
  expect((await app.api.get(`/tracking-urls/${created.body.id}`)).status).toBe(404)
})

test('a duplicate is in planning, has the lists, and links of its own under the same names', async () => {
  await using app = await startApp()
  const list = await givenList(app, 'A')
  const { body: { id } } = await app.api.post('/campaigns', { name: 'Autumn', status: 'active', targetListIds: [list] })
  const { body: link } = await app.api.post('/tracking-urls', { campaignId: id, name: 'Shop', action: 'redirect', url: 'https://shop.example/' })
  const copy = await app.api.post(`/campaigns/${id}/duplicate`)
  expect(copy.body).toMatchObject({ name: 'Autumn (copy)', status: 'planning', targetListIds: [list], trackingUrls: [{ from: link.code }] })
  const { body: links } = await app.api.get(`/tracking-urls?campaignId=${copy.body.id}`)
  expect(links.items).toMatchObject([{ name: 'Shop', code: copy.body.trackingUrls[0].to }])
})

test('in a duplicate the mass emails are drafts, and their templates lead to the new links', async () => {
  await using app = await startApp()
  const { body: { id } } = await app.api.post('/campaigns', { name: 'Autumn' })
  const { body: link } = await app.api.post('/tracking-urls', { campaignId: id, name: 'Shop', action: 'redirect', url: 'https://shop.example/' })
  const { body: linked } = await app.api.post('/email-templates', { name: 'Linked', body: `<a href="${link.code}">Shop</a>` })
  const { body: plain } = await app.api.post('/email-templates', { name: 'Plain', body: 'Hello' })
  for (const [name, emailTemplateId] of [['First', linked.id], ['Second', plain.id], ['Third', null]]) {
    await app.api.post('/mass-emails', { campaignId: id, name, emailTemplateId, dateStart: app.clock.read().toISOString() })
  }
  const { body: copy } = await app.api.post(`/campaigns/${id}/duplicate`)
  const { body: { items } } = await app.api.get(`/mass-emails?campaignId=${copy.id}&sort=name`)
  expect(items).toMatchObject([
    { name: 'First', status: 'draft', dateStart: null, emailTemplateName: 'Linked (copy)' }, { name: 'Second', emailTemplateId: plain.id }, { name: 'Third', emailTemplateId: null },
  ])
  expect((await app.api.get(`/email-templates/${items[0].emailTemplateId}`)).body.body).toBe(`<a href="${copy.trackingUrls[0].to}">Shop</a>`)
  expect((await app.api.get(`/email-templates/${linked.id}`)).body.body).toContain(link.code)
})

test('deleting a campaign cancels what is unsent', async () => {
  await using app = await startApp()
  const { body: { id } } = await app.api.post('/campaigns', { name: 'Autumn' })
  const { body: massEmail } = await app.api.post('/mass-emails', { campaignId: id })
  const template = newId()
  await app.db.insertInto('emailTemplate').values({ id: template, name: 'T' }).execute()
  await app.db.updateTable('massEmail').set({ status: 'inProcess', dateStart: app.clock.read(), emailTemplateId: template, frozenAt: app.clock.read() }).execute()
  expect((await app.api.delete(`/campaigns/${id}`)).status).toBe(204)
  expect((await app.api.get(`/mass-emails/${massEmail.id}`)).status).toBe(404)
  expect((await app.db.selectFrom('massEmail').select('status').executeTakeFirstOrThrow()).status).toBe('canceled')
})
