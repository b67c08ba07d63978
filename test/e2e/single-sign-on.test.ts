/** Single sign-on in Chromium, against a real OpenID Connect provider: set up by an administrator, used by people. */
import { expect, test } from 'vitest'
import { openIdProvider } from '../openid-provider.ts'
import { type Desk, openDesk, signIn } from './browser.ts'

test('an administrator sets the provider up; a new user comes in by its login page, an existing one is linked, an inactive one reads why not', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  await using provider = await openIdProvider(`${url}/api/v1/single-sign-on/callback`, {
    anna: { emailAddress: 'anna@acme.example', firstName: 'Anna', lastName: 'Berg' },
    ben: { emailAddress: 'ben@acme.example' },
    carl: { emailAddress: 'carl@acme.example' },
  })
  // The provider's page asks for letters of the internet and an icon that it has not.
  await page.route((address) => address.host !== new URL(url).host && (address.hostname !== '127.0.0.1' || address.pathname === '/favicon.ico'), (route) => route.fulfill({ status: 200, body: '' }))
  await api.post('/roles', { name: 'Sales', otherTypes: { read: 'own' } })
  await api.post('/users', { userName: 'ben', firstName: 'Ben', lastName: 'Holm', emailAddress: 'ben@acme.example' })
  await api.post('/users', { userName: 'carl', emailAddress: 'carl@acme.example', isActive: false })
  await signIn(desk)

  await page.goto(`${url}/administration/sign-in`)
  await page.getByText(`${url}/api/v1/single-sign-on/callback`).waitFor()
  await page.getByLabel('Issuer').fill('http://127.0.0.1:2')
  await page.getByLabel('Client ID').fill(provider.client.clientId)
  await page.getByRole('textbox', { name: 'Client secret' }).fill(provider.client.clientSecret)
  await page.getByLabel('Label of the button').fill('Acme')
  await save(desk)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.getByText(/ECONNREFUSED/).waitFor()
  await page.getByLabel('Issuer').fill(provider.issuer)
  await page.getByRole('textbox', { name: 'Client secret' }).fill(provider.client.clientSecret)
  await page.getByLabel('Becomes a user').check()
  await page.getByRole('combobox', { name: 'Roles of new users' }).or(page.getByRole('textbox', { name: 'Roles of new users' })).first().click()
  await page.getByRole('option', { name: 'Sales' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('switch', { name: 'Show the button on the sign-in page' }).click({ force: true })
  await save(desk)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await page.getByText('The provider answers.').waitFor()

  await comeIn(desk, 'anna', '/campaigns')
  await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/campaigns')
  const users = (await api.get<{ items: any[] }>('/users?q=anna')).items
  expect(users).toEqual([expect.objectContaining({ userName: 'anna@acme.example', name: 'Anna Berg', type: 'regular' })])

  await comeIn(desk, 'ben')
  await page.getByRole('button', { name: 'Ben Holm' }).first().waitFor()

  await comeIn(desk, 'carl')
  await page.getByText('You are known there, but have no way in here.').waitFor()
  await page.getByRole('link', { name: 'Sign in with Acme' }).waitFor()

  const { items: linked } = await api.get<{ items: any[] }>('/single-sign-on/identities')
  expect(linked.map(({ subject, userName }) => [subject, userName])).toEqual([['ben', 'ben'], ['anna', 'anna@acme.example']])
  expect(desk.faults).toEqual([])
}, 180_000)

async function save({ page }: Desk) {
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' })
}

/** As somebody whom neither of the two knows yet. */
async function comeIn({ page, url }: Desk, name: string, to = '/') {
  await page.context().clearCookies()
  await page.goto(`${url}${to}`)
  await page.getByRole('link', { name: 'Sign in with Acme' }).click()
  await page.getByPlaceholder('Enter any login').fill(name)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
}
