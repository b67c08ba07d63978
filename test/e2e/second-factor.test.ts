/** Ways in and their keys in Chromium: a second factor with its codes, the browsers in which somebody is signed in, a forgotten password, an invitation. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { codeAt, stepAt } from '../../src/access/totp.ts'
import { fromBase32 } from '../../src/platform/base32.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

/** What the app on the phone shows: the next code, because the one of now may have been taken. */
const shownNext = (secret: string) => codeAt(fromBase32(secret), stepAt(new Date()) + 1)

test('somebody sets up a second factor and signs in by its code, by a recovery code once, and ends another browser', async () => {
  await using desk = await openDesk()
  const { page, url } = desk
  await signIn(desk)
  await page.getByRole('button', { name: /account menu/ }).click()
  await page.getByRole('menuitem', { name: 'My account' }).click()
  await page.getByRole('region', { name: 'Second factor' }).getByRole('button', { name: 'Set up…' }).click()
  const { secret, codes } = await setUp(page)
  expect(codes).toHaveLength(10)
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
}, 300_000)

test('an administrator requires a second factor of everybody: he is told before, sets one up, and is back; another browser that is signed in is led there too', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  await api.post('/users', { userName: 'ben@shop.example', emailAddress: 'ben@shop.example', firstName: 'Ben', lastName: 'Holm', type: 'admin', password: 'a good long password' })
  const bens = await (await page.context().browser()!.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  bens.setDefaultTimeout(20_000)
  await signIn({ page: bens, url }, { userName: 'ben@shop.example', password: 'a good long password' })

  await signIn(desk)
  const chooseEverybody = async () => {
    await page.getByRole('radio', { name: 'Everybody' }).check()
    await page.getByText('You have no second factor yet').waitFor()
    await page.getByRole('table', { name: 'Users without a second factor' }).getByText('Ben Holm').waitFor()
  }
  const found = await faultsInEveryLook(desk, '/administration/sign-in', chooseEverybody)
  await page.getByRole('button', { name: 'Save' }).click()
  const heading = page.getByRole('heading', { level: 1, name: 'Set up a second factor' })
  await heading.waitFor()
  expect(new URL(page.url()).search).toBe('?to=%2Fadministration%2Fsign-in')
  found.push(...await faultsInEveryLook(desk, '/second-factor?to=%2Fadministration%2Fsign-in'))
  expect(found).toEqual([])
  await page.goto(`${url}/campaigns`)
  await heading.waitFor()
  await setUp(page)
  await page.getByRole('heading', { level: 1, name: 'Campaigns' }).waitFor()
  await page.goto(`${url}/account`)
  await page.getByRole('button', { name: 'Turn off…' }).and(page.locator('[aria-disabled]')).waitFor()

  // It may be there by now: it asks for notices by itself.
  await bens.goto(`${url}/campaigns`)
  await bens.getByRole('heading', { level: 1, name: 'Set up a second factor' }).waitFor()
  await bens.getByRole('button', { name: 'Sign out' }).click()
  await bens.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await bens.context().close()
  expect(desk.faults.filter((fault) => !fault.includes('403'))).toEqual([])
}, 300_000)

test('an administrator invites somebody, who comes in by the mail, forgets the password, and comes in by another mail', async () => {
  await using desk = await openDesk()
  const { page, url } = desk
  await signIn(desk)
  await page.goto(`${url}/administration/users`)
  await page.getByRole('button', { name: 'Invite people' }).click()
  await page.getByLabel('Email addresses').fill('ben@shop.example, nonsense')
  await page.getByRole('button', { name: 'Invite 2 people' }).click()
  await page.getByText('“nonsense” is not an email address.').waitFor()
  await page.getByLabel('Email addresses').fill('ben@shop.example')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await page.getByText('No mail leaves: the Sandbox has captured it').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('region', { name: 'Open invitations' }).getByText('ben@shop.example').waitFor()
  const invitation = await linkInMail(desk, 'You are invited')
  expect(invitation).toMatch(`${url}/invitation#`)

  const found = await faultsInEveryLook(desk, '/administration/users', () => page.getByRole('region', { name: 'Open invitations' }).waitFor())

  await page.context().clearCookies()
  found.push(...await faultsInEveryLook(desk, invitation.slice(url.length), () => page.getByLabel('First name').waitFor()))
  expect(found).toEqual([])
  await page.getByLabel('First name').fill('Ben')
  await page.getByLabel('New password', { exact: false }).first().fill('a good long password')
  await page.getByLabel('New password again').fill('a good long password')
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.getByRole('link', { name: 'Set up a second factor' }).click()
  await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor()
  await page.goto(`${url}/invitation`)
  await page.goto(invitation)
  await page.getByText('This link does not work').waitFor()

  await page.goto(`${url}/sign-in`)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('User name or email address').fill('BEN@shop.example')
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText('Look into your mailbox').waitFor()
  await page.goto(await linkInMail(desk, 'A new password'))
  await page.getByLabel('New password', { exact: false }).first().fill('another good password')
  await page.getByLabel('New password again').fill('another good password')
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('User name or email address').fill('ben@shop.example')
  await page.getByLabel('Password', { exact: false }).first().fill('another good password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Ben: account menu' }).waitFor()
  expect(desk.faults.filter((fault) => !/40[014]/.test(fault))).toEqual([])
}, 300_000)

/** From the question for the password to the codes that are kept, wherever it is asked. */
async function setUp(page: Page): Promise<{ secret: string; codes: string[] }> {
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
  await page.getByRole('button', { name: 'I have kept them' }).click()
  return { secret, codes }
}

/** The Sandbox gets it within a second or two. */
async function linkInMail({ api }: Desk, subject: string): Promise<string> {
  const newest = async () => (await api.get<{ items: { id: string; subject: string }[] }>('/sandbox/messages?limit=1')).items[0]
  await expect.poll(async () => (await newest())?.subject, { timeout: 20_000, interval: 250 }).toMatch(subject)
  const { text } = await api.get<{ text: string }>(`/sandbox/messages/${(await newest())!.id}`)
  return /http\S+#\S+/.exec(text)![0]
}

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
