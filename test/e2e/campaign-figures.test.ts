/** The figures of campaigns in a real browser: the heat map on the mail, parts of the people, a chart of chosen figures, two campaigns side by side. */
import { expect, test } from 'vitest'
import { makePending, runSendMassEmails, untilComplete } from '../servers/sending.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { reader } from './steps.ts'

type Made = { id: string }
type Message = { id: string; to: string; links: string[] }

/** Sent to three people through the Sandbox; `clickers` of them follow the link. */
async function givenSent({ api }: Desk, targetListId: string, clickers: number): Promise<Made & { campaignId: string }> {
  const massEmail = await makePending(api, { targetListId, subject: 'News', body: '<h1>News</h1><p><a href="{link}">Read the offer</a></p>' })
  await runSendMassEmails(api)
  await untilComplete(api, massEmail.id)
  const { items } = await api.get<{ items: Made[] }>('/sandbox/messages?limit=3')
  const messages = await Promise.all(items.map(({ id }) => api.get<Message>(`/sandbox/messages/${id}`)))
  for (const { links } of messages.slice(0, clickers)) await fetch(links.find((link) => link.includes('/c/'))!, { headers: reader, redirect: 'manual' })
  await expect.poll(async () => (await api.get<{ clicked: number }>(`/campaigns/${massEmail.campaignId}/figures`)).clicked).toBe(clickers)
  return massEmail
}

test('where people clicked is seen on the mail, who they are by parts, and which campaign did better side by side', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  await api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const list = await api.post<Made>('/target-lists', { name: 'Readers' })
  for (const [index, city] of ['Berlin', 'Berlin', 'Rome'].entries()) {
    const { id } = await api.post<Made>('/contacts', { firstName: `Reader ${index}`, emailAddress: `reader${index}@${index === 2 ? 'two' : 'one'}.example`, addressCity: city })
    await api.post(`/target-lists/${list.id}/members`, { entityType: 'Contact', ids: [id] })
  }
  await givenSent(desk, list.id, 1)
  const second = await givenSent(desk, list.id, 2)
  await signIn(desk)

  await page.goto(`${url}/campaigns/${second.campaignId}`)
  const panel = (name: string) => page.getByRole('region', { name, exact: true })
  await panel('Figures').getByText('33.3 points').first().waitFor()
  await panel('Figures').getByText('Replied').first().waitFor()
  const mail = panel('Links on the mail')
  const mark = mail.frameLocator('iframe').locator('[data-tidings-mark]')
  await mark.waitFor({ state: 'attached' })
  expect(await mark.evaluate((element) => getComputedStyle(element, '::after').content)).toBe('"2"')
  await mail.getByText('Clicks', { exact: true }).first().click()
  await expect.poll(() => mark.evaluate((element) => getComputedStyle(element, '::after').content)).toBe('"2 · 100%"')
  await panel('By recipients').getByRole('cell', { name: 'one.example' }).waitFor()
  await page.goto(`${url}/campaigns/${second.campaignId}?parts=field&field=addressCity`)
  await panel('By recipients').getByRole('cell', { name: 'Berlin' }).waitFor()

  await page.goto(`${url}/campaigns`)
  const rows = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Letters' }) })
  await rows.nth(1).waitFor()
  for (const row of await rows.all()) await row.getByRole('checkbox').check()
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Compare' }).click()
  await page.waitForURL(/campaigns\/compare\?ids=/)
  const clicked = page.getByRole('table', { name: 'Campaigns side by side' }).getByRole('row', { name: /^Clicked/ })
  await clicked.getByText('66.7%').waitFor()
  await clicked.getByText('33.3%').waitFor()
  expect(await clicked.getByText('best').count()).toBe(1)
  expect(desk.faults).toEqual([])
})
