/** A mass email in trouble, in a real browser: paused by the safety stop, unknown deliveries, a changed template; the bell tells. */
import { expect, test } from 'vitest'
import { type Script, scriptedServer } from '../scripted-smtp-server.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

type Page = { id: string }
const readers = 130
/** The first are dead addresses; a little later no answer comes to two. One connection at a time tells whose final dot it is. */
const dead = 12
const silentFrom = 30
const silentTo = 31
/** Whoever comes later is told to: so the mass email is never complete before the safety stop has looked at it. */
const greylistedFrom = 116

function troubled(): Script {
  let recipients = 0
  return (line) => {
    if (line.startsWith('RCPT') && ++recipients <= dead) return '550 5.1.1 no such user here'
    if (line.startsWith('RCPT') && recipients >= greylistedFrom) return '451 4.7.1 come again later'
    return line === '.' && recipients >= silentFrom && recipients <= silentTo ? 'hang up' : undefined
  }
}

async function givenTrouble({ api }: Desk, port: number): Promise<string> {
  await api.patch('/settings/outbound-emails', {
    systemSmtp: { host: '127.0.0.1', port, security: 'none' }, fromAddress: 'news@acme.example', fromName: 'Acme', connections: 1, neverTwice: true,
  })
  const template = await api.post<Page>('/email-templates', { name: 'Autumn offer', subject: 'News', body: '<p>Hello</p>', format: 'html' })
  const list = await api.post<Page>('/target-lists', { name: 'Readers' })
  const contacts = await Promise.all(Array.from({ length: readers }, (_, index) => api.post<Page>('/contacts', { firstName: `Reader ${index}`, emailAddress: `r${index}@example.net` })))
  await api.post(`/target-lists/${list.id}/members`, { entityType: 'Contact', ids: contacts.map(({ id }) => id) })
  const campaign = await api.post<Page>('/campaigns', { name: 'Autumn', type: 'email', status: 'active', targetListIds: [list.id] })
  const { id } = await api.post<Page>('/mass-emails', { campaignId: campaign.id, name: 'Autumn news', emailTemplateId: template.id, dateStart: new Date().toISOString(), status: 'pending' })
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  await expect.poll(async () => (await api.get<{ status: string }>(`/mass-emails/${id}`)).status, { timeout: 30_000 }).toBe('paused')
  await api.patch(`/email-templates/${template.id}`, { body: '<p>Dear reader</p>' })
  return id
}

test('somebody sees why a mass email was paused, decides about unknown deliveries, and sends the rest in the new version', async () => {
  await using server = await scriptedServer(troubled())
  await using desk = await openDesk()
  const id = await givenTrouble(desk, server.port)
  const { page, url } = desk
  await signIn(desk)
  await page.getByRole('button', { name: 'Notices, 1 unread' }).click()
  await page.getByRole('dialog', { name: 'Notices' }).getByRole('button', { name: /“Autumn news” was paused/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Autumn news' }).waitFor()
  await page.getByText(/Paused by the safety stop: 12 of \d+ addresses/).waitFor()
  await page.getByRole('button', { name: 'Notices', exact: true }).waitFor()

  await page.getByRole('button', { name: 'Use the new version for the rest' }).click()
  await page.getByText(/will go out in the new version/).waitFor()

  await page.goto(`${url}/mass-emails/${id}?deliveries=unknown`)
  await page.getByRole('cell', { name: 'held for you to choose' }).first().waitFor()
  await page.getByRole('button', { name: 'Count all as sent' }).click()
  await page.getByRole('dialog', { name: 'Count as sent?' }).getByRole('button', { name: 'Count as sent' }).click()
  await page.getByText('Of every mail it is known what became of it.').waitFor()
  expect(desk.faults).toEqual([])
})

test('its screens and the notices are in order, light and dark, on a desk and on a phone', async () => {
  await using server = await scriptedServer(troubled())
  await using desk = await openDesk()
  const id = await givenTrouble(desk, server.port)
  const { page } = desk
  await signIn(desk)
  const path = `/mass-emails/${id}?deliveries=unknown`
  const found = await faultsInEveryLook(desk, path, () => page.getByRole('table', { name: 'Unknown deliveries' }).waitFor())
  found.push(...await faultsInEveryLook(desk, path, async () => {
    await page.getByRole('button', { name: /^Notices/ }).click()
    await page.getByRole('region', { name: 'All notices' }).waitFor()
  }))
  expect(found).toEqual([])
  expect(desk.faults).toEqual([])
})
