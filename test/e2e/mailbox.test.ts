/** Group email accounts in a real browser: added, tested, and told in words what is wrong. */
import { expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { openDesk, signIn } from './browser.ts'

test('an administrator adds the mailbox of bounces, tests it, and reads what is wrong and what to do', async () => {
  await using desk = await openDesk()
  const { page, url } = desk
  await signIn(desk)
  await page.goto(`${url}/administration/group-email-accounts`)
  await page.getByText('No mailbox is read yet').waitFor()
  await page.getByRole('link', { name: 'Add account' }).first().click()
  await page.getByLabel('Name', { exact: false }).first().fill('Bounces')
  await page.getByLabel('Address', { exact: false }).first().fill('bounces@acme.example')
  await page.getByLabel('Host').first().fill('127.0.0.1')
  await page.getByLabel('Port', { exact: true }).first().fill('1')
  await page.getByLabel('User name').first().fill('bounces')
  await page.getByLabel('Password').first().fill('secret')
  await page.getByRole('button', { name: 'Add account' }).click()
  await page.getByRole('button', { name: 'Test reading (IMAP)' }).click()
  await page.getByText('Nothing listens at 127.0.0.1:1.').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
  expect(desk.faults).toEqual([])
})
