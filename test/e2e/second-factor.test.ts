/** Ways in and their keys in Chromium: a second factor with its codes, and the browsers in which somebody is signed in. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { codeAt, stepAt } from '../../src/access/totp.ts'
import { fromBase32 } from '../../src/platform/base32.ts'
import { type Desk, openDesk, signIn } from './browser.ts'

/** What the app on the phone shows: the next code, because the one of now may have been taken. */
const shownNext = (secret: string) => codeAt(fromBase32(secret), stepAt(new Date()) + 1)

test('somebody sets up a second factor and signs in by its code, by a recovery code once, and ends another browser', async () => {
  await using desk = await openDesk()
  const { page, url } = desk
  await signIn(desk)
  await page.getByRole('button', { name: /account menu/ }).click()
  await page.getByRole('menuitem', { name: 'My account' }).click()
  await page.getByRole('region', { name: 'Second factor' }).getByRole('button', { name: 'Set up…' }).click()
  await page.getByLabel('Your password').fill('a password for tests')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  await page.getByRole('button', { name: 'No camera? Type it in' }).click()
  const secret = (await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).innerText()).replaceAll(' ', '')
  await page.getByLabel('Code from the app').fill(codeAt(fromBase32(secret), stepAt(new Date())))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const listed = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await listed.first().waitFor()
  const codes = await listed.allInnerTexts()
  expect(codes).toHaveLength(10)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('10 recovery codes left').waitFor()

  await signOut(page)
  await enter(desk, shownNext(secret))
  await page.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()

  const elsewhere = await (await page.context().browser()!.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  elsewhere.setDefaultTimeout(20_000)
  await enter({ page: elsewhere, url }, codes[0]!)
  await elsewhere.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()
  await signOut(elsewhere)
  await enter({ page: elsewhere, url }, codes[0]!)
  await elsewhere.getByText('This code is wrong, or was used already.').waitFor()
  await elsewhere.getByLabel('Code').fill(codes[1]!)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.getByRole('link', { name: 'Campaigns', exact: true }).waitFor()

  await page.goto(`${url}/account`)
  await page.getByText('8 recovery codes left').waitFor()
  await page.getByRole('row').filter({ hasNotText: 'This one' }).getByRole('button', { name: 'Actions for this row' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByText('That browser is signed out.').waitFor()
  await elsewhere.goto(`${url}/campaigns`)
  await elsewhere.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  expect(desk.faults.filter((fault) => !fault.includes('401'))).toEqual([])
}, 180_000)

async function enter({ page, url }: Pick<Desk, 'page' | 'url'>, code: string) {
  await page.goto(url)
  await page.getByLabel('User name or email address').fill('admin@tidings.example')
  await page.getByLabel('Password', { exact: false }).first().fill('a password for tests')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function signOut(page: Page) {
  await page.getByRole('button', { name: /account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
}
