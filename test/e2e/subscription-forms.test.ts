/** From a visitor to the next mass email, in a real browser: a form is made, filled in without scripts, confirmed by its mail in the Sandbox. */
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { type Desk, openDesk, pick, signIn } from './browser.ts'

type Listed<Item> = { items: Item[]; total: number }
type Mail = { id: string; subject: string; links: string[] }

test('a visitor subscribes, confirms by a button, is in the list with proof of consent and gets the next mass email; who does not confirm does not', async () => {
  await using desk = await openDesk()
  const { api } = desk
  await api.patch('/settings/general', { companyName: 'Acme' })
  const news = await api.post<{ id: string }>('/target-lists', { name: 'News' })
  await signIn(desk)
  const formUrl = await makeForm(desk)
  await subscribe(desk, formUrl)
  await confirmByMail(desk)
  expect(await api.get(`/target-lists/${news.id}`)).toMatchObject({ members: 1, deliverable: 1 })
  await seeProof(desk)
  await sendNext(desk, news.id)
  expect(await subjectsFor(desk, 'vera@x.example')).toEqual(['Our first letter', 'Please confirm: mail from Acme'])
  expect(await subjectsFor(desk, 'never@x.example')).toEqual(['Please confirm: mail from Acme'])
  expect(desk.faults).toEqual([])
})

/** In the words of Administration. */
async function makeForm(desk: Desk): Promise<string> {
  const { page, url } = desk
  await page.goto(`${url}/administration/subscription-forms`)
  await page.getByText('No forms yet').waitFor()
  await page.getByRole('button', { name: 'New form' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Newsletter')
  await pick(page, 'Target lists', 'News')
  await page.keyboard.press('Escape')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Newsletter' }).waitFor()
  await page.getByRole('textbox', { name: 'Consent' }).fill('Acme may write to me.')
  await page.getByRole('checkbox', { name: 'First Name is required' }).check()
  await page.frameLocator('iframe').getByText('Acme may write to me.').waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').first().waitFor()
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/editor.png`, fullPage: true })
  await page.getByRole('tab', { name: 'Link and code' }).click()
  await page.getByRole('region', { name: 'HTML' }).waitFor()
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/embed.png`, fullPage: true })
  const link = await page.getByRole('region', { name: 'Link', exact: true }).locator('pre').textContent()
  return link!
}

/** Without scripts, as a stranger. */
async function subscribe(desk: Desk, formUrl: string): Promise<void> {
  await using visitor = await openVisitor(desk, { javaScriptEnabled: false })
  const fill = async (address: string) => {
    await visitor.page.getByLabel('Email address').fill(address)
    await visitor.page.getByLabel('First name').fill('Vera')
    await visitor.page.getByRole('checkbox', { name: 'Acme may write to me.' }).check()
    await visitor.page.getByRole('button', { name: 'Subscribe' }).click()
  }
  await visitor.page.goto(formUrl)
  await fill('vera@nowhere')
  await visitor.page.getByText('This is not an email address.', { exact: false }).waitFor()
  expect(await visitor.page.getByLabel('First name').inputValue()).toBe('Vera')
  await fill('vera@x.example')
  await visitor.page.getByRole('heading', { name: 'Please look into your mailbox' }).waitFor()
  await visitor.page.goto(formUrl)
  await fill('never@x.example')
  await visitor.page.getByRole('heading', { name: 'Please look into your mailbox' }).waitFor()
  await expectReadable(desk, formUrl)
}

async function confirmByMail(desk: Desk): Promise<void> {
  const mail = await mailFor(desk, 'vera@x.example')
  await mailFor(desk, 'never@x.example')
  const link = mail.links.find((each) => each.includes('/s/'))!
  await expectReadable(desk, link)
  await using visitor = await openVisitor(desk, { javaScriptEnabled: false })
  await visitor.page.goto(link)
  await visitor.page.getByText('Shall vera@x.example get our mail?').waitFor()
  expect((await desk.api.get<Listed<unknown>>('/leads')).total).toBe(0)
  await visitor.page.getByRole('button', { name: 'Yes, subscribe me' }).click()
  await visitor.page.getByRole('heading', { name: 'You are subscribed' }).waitFor()
}

async function seeProof({ page, url, api }: Desk): Promise<void> {
  const { items: [lead] } = await api.get<Listed<{ id: string; name: string }>>('/leads')
  expect(lead!.name).toBe('Vera')
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${url}/records/leads/${lead!.id}`)
  await page.getByRole('region', { name: 'Consent' }).getByRole('button', { name: 'Newsletter' }).click()
  const proof = page.getByRole('dialog')
  await proof.getByText('“Acme may write to me.” (version 1)').waitFor()
  await proof.getByText('Message-ID', { exact: false }).waitFor()
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/proof.png` })
  expect(await seriousFaults(page)).toEqual([])
  const { items: [form] } = await api.get<Listed<{ id: string }>>('/subscription-forms')
  await page.goto(`${url}/administration/subscription-forms/${form!.id}?tab=subscriptions`)
  await page.getByRole('row', { name: /vera@x\.example.*Confirmed/ }).waitFor()
  await page.getByRole('row', { name: /never@x\.example.*Pending/ }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 800 })
  await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth)
  if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/subscriptions.png`, fullPage: true })
}

async function sendNext({ api }: Desk, listId: string): Promise<void> {
  await api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const campaign = await api.post<{ id: string }>('/campaigns', { name: 'Letters', type: 'newsletter', status: 'active', targetListIds: [listId] })
  const template = await api.post<{ id: string }>('/email-templates', { name: 'Letter', subject: 'Our first letter', body: '<p>Hello {Person.firstName|there}</p>' })
  const massEmail = await api.post<{ id: string }>('/mass-emails', { campaignId: campaign.id, name: 'First', emailTemplateId: template.id, dateStart: new Date().toISOString() })
  await api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  await until(async () => (await api.get<{ status: string }>(`/mass-emails/${massEmail.id}`)).status === 'complete')
}

/** Somebody else's browser: no session, and what it logs as an error is an answer that is meant. */
type Options = Parameters<NonNullable<ReturnType<BrowserContext['browser']>>['newContext']>[0]

async function openVisitor({ page }: Desk, options: Options): Promise<AsyncDisposable & { page: Page }> {
  const context = await page.context().browser()!.newContext({ locale: 'en-GB', ...options })
  return { page: await context.newPage(), async [Symbol.asyncDispose]() { await context.close() } }
}

/** Light and dark, on a desk and at 360 pixels. */
async function expectReadable(desk: Desk, address: string): Promise<void> {
  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 360]] as const) {
    await using visitor = await openVisitor(desk, { colorScheme, viewport: { width, height: 800 } })
    await visitor.page.goto(address)
    await visitor.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await seriousFaults(visitor.page)).toEqual([])
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
    if (process.env['PICTURES']) await visitor.page.screenshot({ path: `${process.env['PICTURES']}/${address.length}-${colorScheme}-${width}.png`, fullPage: true })
  }
}

const mailsFor = async ({ api }: Desk, address: string) => (await api.get<Listed<Mail>>(`/sandbox/messages?q=${address}`)).items
const subjectsFor = async (desk: Desk, address: string) => (await mailsFor(desk, address)).map(({ subject }) => subject).sort()

async function mailFor(desk: Desk, address: string): Promise<Mail> {
  await until(async () => (await mailsFor(desk, address)).length > 0)
  const [{ id }] = await mailsFor(desk, address) as [Mail]
  return desk.api.get(`/sandbox/messages/${id}`)
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return
    await wait(100)
  }
  throw new Error('It did not happen within half a minute.')
}
