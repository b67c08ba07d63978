import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenDeliveries, happened, settled } from '../../test/given-ledger.ts'

async function givenMail(app: TestApp, body: (code: string) => string, { format = 'html', trackAllLinks = false } = {}) {
  const campaign = (await app.api.post('/campaigns', { name: 'Spring', type: 'email', trackAllLinks })).body
  const link = (await app.api.post('/tracking-urls', { campaignId: campaign.id, name: 'Shop', action: 'redirect', url: 'https://shop.test/?a=1&b="2"' })).body
  const template = (await app.api.post('/email-templates', { name: 'Letter', subject: 'Hello {Person.firstName}', body: body(link.code), format })).body
  const massEmail = (await app.api.post('/mass-emails', { campaignId: campaign.id, name: 'First', emailTemplateId: template.id })).body
  return { campaignId: campaign.id as string, massEmailId: massEmail.id as string, link: link.id as string, look: async () => (await app.api.get(`/mass-emails/${massEmail.id}/figures/links-on-mail`)).body }
}

test('the mail comes with a mark before every place of a tracked link, and with who clicked on it', async () => {
  await using app = await startApp()
  const { campaignId, massEmailId, link, look } = await givenMail(app, (code) => `<p>Hi</p><a class="big" href="${code}">Shop</a> <a href='${code}'>again</a> <a href="https://plain.test/">plain</a><!--[if mso]><a href="${code}">Outlook</a><![endif]-->`)
  const [ann] = await givenDeliveries(app.db, { id: massEmailId, campaignId }, ['ann@x.test'])
  await settled(app.db, [ann!], 'sending', 'sent')
  await happened(app.db, [ann!, ann!], 'clicked', { subject: link, trackingUrlId: link })
  const { html, links } = await look()
  expect(links).toEqual([{ mark: expect.any(String), trackingUrlId: link, name: 'Shop', url: 'https://shop.test/?a=1&b="2"', people: 1, clicks: 2, machinePeople: 0, machineClicks: 0, places: 2 }])
  const { mark } = links[0]
  const address = 'https://shop.test/?a=1&amp;b=&quot;2&quot;'
  expect(html).toContain(`<p>Hi</p><span data-tidings-mark="${mark}"></span><a data-tidings-link="${mark}" class="big" href="${address}">Shop</a> <span data-tidings-mark="${mark}"></span><a data-tidings-link="${mark}" href='${address}'>again</a> <a href="https://plain.test/">plain</a>`)
  expect(html.match(/data-tidings-mark/g)).toHaveLength(2)
})

test('where every link is tracked, plain ones are marked too; a link that was clicked and stands there no more is told with no place', async () => {
  await using app = await startApp()
  const { campaignId, massEmailId, link, look } = await givenMail(app, () => '<a href="https://plain.test/">plain</a>', { trackAllLinks: true })
  await app.db.insertInto('trackingUrl').values({ id: '00000000-0000-7000-8000-000000000001', campaignId, name: 'https://plain.test/', url: 'https://plain.test/', automatic: true }).execute()
  const [ann] = await givenDeliveries(app.db, { id: massEmailId, campaignId }, ['ann@x.test'])
  await happened(app.db, [ann!], 'clicked', { subject: link, trackingUrlId: link })
  const { html, links } = await look()
  expect(links.map(({ url, places, people }: { url: string; places: number; people: number }) => [url, places, people])).toEqual([['https://shop.test/?a=1&b="2"', 0, 1], ['https://plain.test/', 1, 0]])
  expect(html).toContain(`data-tidings-link="${links[1].mark}" href="https://plain.test/"`)
})

test('a text mail has no marks, but its links are counted; a mass email without a template has nothing to show', async () => {
  await using app = await startApp()
  const { look, massEmailId } = await givenMail(app, (code) => `Go to ${code} or ${code}`, { format: 'text' })
  expect(await look()).toMatchObject({ html: null, text: expect.stringContaining('Go to https://shop.test/?a=1&b="2" or https'), links: [{ name: 'Shop', places: 2 }] })
  await app.db.updateTable('massEmail').set({ emailTemplateId: null }).where('id', '=', massEmailId).execute()
  expect(await look()).toEqual({ subject: '', html: null, text: '', links: [] })
})
