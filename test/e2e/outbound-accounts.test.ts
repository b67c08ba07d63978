/** An administrator makes an account ready for mass email, in a real browser: tries it, warms it up, says as whom it sends, signs. */
import { expect, test } from 'vitest'
import { scriptedServer } from '../scripted-smtp-server.ts'
import { type Desk, openDesk, pick, signIn } from './browser.ts'

type Account = { id: string; kind: string; warmUp: { startPerDay: number } | null; senderIdentities: string[] }

async function givenSystemAccount({ api }: Desk, port: number): Promise<string> {
  await api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port, security: 'none', username: 'news', password: 'wrong' }, fromAddress: 'news@acme.example' })
  const { items } = await api.get<{ items: Account[] }>('/outbound-accounts')
  return items.find(({ kind }) => kind === 'system')!.id
}

test('a password that is refused is explained, and warm-up and sender identities are saved where they are seen', async () => {
  await using server = await scriptedServer((line) => (line.startsWith('AUTH') ? '535 5.7.8 no' : undefined), ['AUTH PLAIN'])
  await using desk = await openDesk()
  const { page, api } = desk
  const id = await givenSystemAccount(desk, server.port)
  await signIn(desk)
  await page.goto(`${desk.url}/administration/outbound-accounts`)
  await page.getByRole('link', { name: 'System account' }).click()
  await page.getByRole('button', { name: 'Test now' }).click()
  await page.getByText('The server refuses user name and password.').waitFor()
  await page.getByText('535 5.7.8 no').waitFor()

  await page.getByLabel('Warm this account up').check()
  await page.getByLabel('On the first day').fill('80')
  await page.getByText('It begins with at most 80 on the first day.').waitFor()
  await page.getByRole('button', { name: 'Save warm-up' }).click()
  await page.getByText('Today: Day 1: at most 80.').waitFor()

  await page.getByLabel('Addresses and domains').first().fill('offers@acme.example')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Save identities' }).click()
  await page.getByRole('region', { name: 'offers@acme.example' }).getByText('DMARC', { exact: true }).waitFor()
  expect(await api.get<Account>(`/outbound-accounts/${id}`)).toMatchObject({ warmUp: { startPerDay: 80 }, senderIdentities: ['offers@acme.example'] })
  expect(desk.faults).toEqual([])
})

test('who gets tests is saved as a group, and brought back when its deletion is undone', async () => {
  await using desk = await openDesk()
  const { page, api } = desk
  await api.post('/contacts', { firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@example.com' })
  const campaign = await api.post<{ id: string }>('/campaigns', { name: 'Spring', type: 'email' })
  const template = await api.post<{ id: string }>('/email-templates', { name: 'News', subject: 'News', body: '<p>Hello</p>' })
  const massEmail = await api.post<{ id: string }>('/mass-emails', { campaignId: campaign.id, name: 'First', emailTemplateId: template.id })
  const groups = async () => (await api.get<{ items: { name: string; people: { name: string }[] }[] }>('/test-groups')).items.map(({ name, people }) => [name, people.map((person) => person.name)])
  await signIn(desk)
  await page.goto(`${desk.url}/mass-emails/${massEmail.id}`)
  await page.getByRole('button', { name: 'Send Test' }).click()
  await pick(page, 'Records', 'Anna Berg')
  await page.getByRole('button', { name: 'Save these as a test group…' }).click()
  await page.getByLabel('Name of the group').fill('Proof-readers')
  await page.getByRole('button', { name: 'Save the group' }).click()
  await page.getByRole('button', { name: 'Delete the group' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('“Proof-readers” is back.').waitFor()
  expect(await groups()).toEqual([['Proof-readers', ['Anna Berg']]])
  expect(desk.faults).toEqual([])
})
