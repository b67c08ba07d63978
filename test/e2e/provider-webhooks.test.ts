/** Provider webhooks in a real browser: added, the URL copied, a post refused and told why, switched off. */
import { expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { openDesk, signIn } from './browser.ts'

test('an administrator adds the webhook of a provider, copies its URL, and sees whether posts are believed', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  await signIn(desk)
  await page.goto(`${url}/administration/provider-webhooks`)
  await page.getByText('No webhooks yet').waitFor()
  await page.getByRole('button', { name: 'New webhook' }).first().click()
  await page.getByLabel('Name', { exact: false }).fill('Newsletter')
  await page.getByRole('combobox', { name: 'Provider' }).or(page.getByRole('textbox', { name: 'Provider' })).first().click()
  await page.getByRole('option', { name: 'Postmark' }).click()
  await page.getByLabel('Password', { exact: false }).first().fill('short')
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByText('Choose a password of at least 16 characters', { exact: false }).waitFor()
  await page.getByLabel('Password', { exact: false }).first().fill('a password that is long')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('button', { name: 'Copy URL', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  const { items: [webhook] } = await api.get<{ items: { url: string }[] }>('/provider-webhooks')
  expect((await fetch(webhook!.url, { method: 'POST', body: '{}' })).status).toBe(403)
  await page.setViewportSize({ width: 360, height: 800 })
  await page.reload()
  await page.getByText('The password of basic authentication is missing or wrong.').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
  expect(await seriousFaults(page)).toEqual([])
  expect(desk.faults.filter((fault) => !fault.includes('400'))).toEqual([])
})
