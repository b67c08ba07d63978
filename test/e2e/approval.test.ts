/** Approval in Chromium: a marketer asks, a chief sends back and approves, and the mail goes out; a change after asking drops what was asked for. */
import { expect, test } from 'vitest'
import { type Desk, openDesk, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

test('a marketer asks for approval, changes it and asks anew, the chief sends it back once and then approves, and it goes out', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  const massEmailId = await given(desk)
  const address = `/mass-emails/${massEmailId}`

  await signIn(desk)
  const { items: [marketing] } = await api.get<{ items: { id: string }[] }>('/roles?q=marketing')
  await page.goto(`${url}/administration/roles/${marketing!.id}`)
  await page.getByRole('switch', { name: 'Send needs approval' }).click({ force: true })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' })

  await signInAs(desk, 'marketer')
  await page.goto(url + address)
  expect(await page.getByRole('button', { name: 'Schedule…' }).count()).toBe(0)
  await ask(desk, 'The spring offer, as agreed')
  await page.getByText('Waits for approval', { exact: true }).waitFor()

  await page.getByLabel('Name').first().fill('Spring offer')
  await page.getByText('Changed since approval was asked for', { exact: true }).waitFor()
  await ask(desk, 'With another name')
  await page.getByText('Waits for approval', { exact: true }).waitFor()
  const found = await faultsInEveryLook(desk, address, () => page.getByText('Waits for approval', { exact: true }).waitFor())
  await page.setViewportSize({ width: 1280, height: 900 })

  await signInAs(desk, 'chief')
  await page.getByRole('button', { name: /Notices/ }).click()
  await page.getByText('“Spring offer” waits for your approval').first().click()
  await page.waitForURL(url + address)
  await page.getByRole('heading', { name: 'marketer asks for your approval' }).waitFor()
  await page.getByText('With another name').waitFor()
  found.push(...await faultsInEveryLook(desk, address, () => page.getByRole('button', { name: 'Approve and schedule' }).waitFor()))
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.frameLocator('iframe').first().getByText('Hello').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Send back…' }).click()
  await page.getByLabel('What should be different?').fill('The price is wrong.')
  await page.getByRole('button', { name: 'Send back', exact: true }).click()
  await page.getByText('chief sent it back: The price is wrong.').waitFor()

  await signInAs(desk, 'marketer')
  await page.goto(url + address)
  await page.getByText('chief sent it back: The price is wrong.').waitFor()
  await ask(desk, 'Now it is right')
  await page.getByText('Waits for approval', { exact: true }).waitFor()

  await signInAs(desk, 'chief')
  await page.goto(url + address)
  await page.getByText('1 person').first().waitFor()
  await page.getByRole('button', { name: 'Approve and schedule' }).click()
  await page.getByRole('button', { name: 'Back to draft' }).waitFor()
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  await expect.poll(async () => (await api.get<{ status: string }>(`/mass-emails/${massEmailId}`)).status, { timeout: 20_000 }).toBe('complete')
  expect((await api.get<{ total: number }>('/sandbox/messages?q=anna')).total).toBe(1)
  expect(found).toEqual([])
  expect(desk.faults).toEqual([])
}, 180_000)

const password = 'a good long password'

/** A draft of a marketer with one reader, and a chief. Answers the id of the draft. */
async function given({ api }: Desk): Promise<string> {
  await api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const everything = { create: true, read: 'all', edit: 'all', delete: 'all' }
  const role = (name: string) => api.post<{ id: string }>('/roles', { name, otherTypes: everything, permissions: ['send'] })
  const [marketing, chiefs] = [await role('Marketing'), await role('Chiefs')]
  const marketer = await api.post<{ id: string }>('/users', { userName: 'marketer', lastName: 'marketer', password, roleIds: [marketing.id] })
  await api.post('/users', { userName: 'chief', lastName: 'chief', password, roleIds: [chiefs.id] })
  const list = await api.post<{ id: string }>('/target-lists', { name: 'Readers' })
  const anna = await api.post<{ id: string }>('/contacts', { firstName: 'Anna', emailAddress: 'anna@example.com' })
  await api.post(`/target-lists/${list.id}/members`, { entityType: 'Contact', ids: [anna.id] })
  const template = await api.post<{ id: string }>('/email-templates', { name: 'Offer', subject: 'Offer', body: '<p>Hello {Person.firstName|there}</p>', format: 'html' })
  const campaign = await api.post<{ id: string }>('/campaigns', { name: 'Spring', type: 'email', status: 'active', targetListIds: [list.id], assignedUserId: marketer.id })
  return (await api.post<{ id: string }>('/mass-emails', { campaignId: campaign.id, name: 'Offer', emailTemplateId: template.id })).id
}

async function ask({ page }: Desk, note: string) {
  await page.getByRole('button', { name: 'Ask for approval…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Note').fill(note)
  await dialog.getByRole('button', { name: 'Ask for approval' }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function signInAs({ page, url }: Desk, userName: string) {
  await page.context().clearCookies()
  await page.goto(url)
  await page.getByLabel('User name or email address').fill(userName)
  await page.getByLabel('Password', { exact: false }).first().fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()
}
