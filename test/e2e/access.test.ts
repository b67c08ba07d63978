/** Roles, teams and users in Chromium: made by an admin, and what somebody with such a role then sees. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

test('an admin makes a role and a team, gives them to a user, and that user sees what is his and nothing else', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  await api.post('/contacts', { firstName: 'Foreign', lastName: 'Person', emailAddress: 'foreign@example.com' })
  await signIn(desk)

  await page.goto(`${url}/administration/teams`)
  await page.getByRole('button', { name: 'New team' }).first().click()
  await page.getByLabel('Name').fill('North')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('cell', { name: 'North' }).waitFor()

  await page.goto(`${url}/administration/roles/new`)
  await page.getByLabel('Name').fill('Sales')
  await page.getByRole('combobox', { name: 'Everything: see' }).or(page.getByRole('textbox', { name: 'Everything: see' })).first().click()
  await page.getByRole('option', { name: 'Own', exact: true }).click()
  await page.getByRole('switch', { name: 'Email Templates differ from everything' }).click({ force: true })
  await page.getByRole('checkbox', { name: /^Export/ }).check()
  await page.getByRole('button', { name: 'Create role' }).click()
  await page.getByRole('heading', { name: 'Sales', level: 1 }).waitFor()
  const { items: [role] } = await api.get<{ items: any[] }>('/roles?q=sales')
  expect(role).toMatchObject({ permissions: ['export'], otherTypes: { read: 'own', edit: 'own', create: true }, types: { EmailTemplate: { read: 'own' } } })
  const found = await faultsInEveryLook(desk, `/administration/roles/${role.id}`)

  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${url}/records/users/new`)
  await page.getByLabel('User Name').fill('ben@shop.example')
  await page.getByLabel('Password').fill('a good long password')
  await page.getByLabel('Roles').first().click()
  await page.getByRole('option', { name: 'Sales' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { name: 'ben@shop.example', level: 1 }).or(page.getByText('User created')).first().waitFor()
  await page.goto(`${url}/administration/users`)
  await page.getByText('Sales').first().waitFor()

  await page.context().clearCookies()
  await page.goto(url)
  await page.getByLabel('User name or email address').fill('ben@shop.example')
  await page.getByLabel('Password', { exact: false }).first().fill('a good long password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()
  expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0)
  await page.goto(`${url}/records/contacts`)
  await page.getByRole('heading', { level: 1, name: 'Contacts' }).waitFor()
  expect(await page.getByText('Foreign Person').count()).toBe(0)
  expect(found).toEqual([])
  expect(desk.faults).toEqual([])
}, 180_000)
