/** What comes back, as a person sees it: the Sandbox answers, the record tells why its address is invalid, and a person clears it. */
import { expect, test } from 'vitest'
import { type Desk, openDesk, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

type Made = { id: string }
const people = ['hard-bounce.hanna', 'soft-bounce.sam', 'complaint.carl']

/** Sent through the Sandbox on a fresh installation, and answered. */
async function givenAnswered({ api }: Desk): Promise<Made[]> {
  await api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const contacts = await Promise.all(people.map((name) => api.post<Made>('/contacts', { lastName: name, emailAddress: `${name}@example.com` })))
  const list = await api.post<Made>('/target-lists', { name: 'Readers' })
  await api.post(`/target-lists/${list.id}/members`, { entityType: 'Contact', ids: contacts.map(({ id }) => id) })
  const template = await api.post<Made>('/email-templates', { name: 'News', subject: 'News', body: '<p>News</p>', format: 'html' })
  const campaign = await api.post<Made>('/campaigns', { name: 'Spring', type: 'email', status: 'active', targetListIds: [list.id] })
  await api.post('/mass-emails', { campaignId: campaign.id, name: 'First', emailTemplateId: template.id, dateStart: new Date().toISOString(), status: 'pending' })
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  await expect.poll(async () => {
    const { bouncedHard, bouncedSoft, complained } = await api.get<Record<string, number>>(`/campaigns/${campaign.id}/figures`)
    return [bouncedHard, bouncedSoft, complained]
  }, { timeout: 60_000, interval: 250 }).toEqual([1, 1, 1])
  return contacts
}

test('a record tells how its mail bounced, with the raw message, and its address is cleared with a reason', async () => {
  await using desk = await openDesk()
  const [hanna] = await givenAnswered(desk)
  const { page, url } = desk
  await signIn(desk)
  await page.goto(`${url}/records/contacts/${hanna!.id}`)
  await page.getByText('Bounced (hard)').waitFor()
  await page.getByText('The server said: 550 5.1.1 No such user here').waitFor()
  await page.getByText('Invalid: mail to it bounced for good').waitFor()

  await page.getByRole('link', { name: 'Show the raw message' }).click()
  await page.getByText('Final-Recipient: rfc822; hard-bounce.hanna@example.com').waitFor()
  await page.goBack()

  await page.getByRole('button', { name: 'Clear…' }).click()
  await page.getByLabel('Reason').fill('The mailbox is back')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.getByText('Deliverable: nothing speaks against mailing it.').waitFor()
  expect(desk.faults).toEqual([])
}, 120_000)

test('suppressions are cleared many at once by domain, and what people said stays', async () => {
  await using desk = await openDesk()
  await givenAnswered(desk)
  const { page, url } = desk
  await signIn(desk)
  await page.goto(`${url}/administration/suppressions`)
  await page.getByText('hard-bounce.hanna@example.com').waitFor()
  await page.getByRole('button', { name: 'Clear by domain…' }).click()
  await page.getByLabel('Domain of the addresses').fill('example.com')
  await page.getByLabel('Reason').fill('Their server was broken')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.getByText('hard-bounce.hanna@example.com').waitFor({ state: 'detached' })
  await page.getByText('complaint.carl@example.com').first().waitFor()
  expect(desk.faults).toEqual([])
}, 120_000)

test('the screens of what came back are in order, light and dark, on a desk and on a phone', async () => {
  await using desk = await openDesk()
  const contacts = await givenAnswered(desk)
  await signIn(desk)
  const found: string[] = []
  for (const path of [...contacts.map(({ id }) => `/records/contacts/${id}`), '/administration/suppressions', '/administration/group-email-accounts?tab=all']) {
    found.push(...await faultsInEveryLook(desk, path))
  }
  expect(found).toEqual([])
  expect(desk.faults).toEqual([])
}, 180_000)
