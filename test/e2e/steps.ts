/** What scenarios in the browser have in common: the steps of a campaign, as a person takes them. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Desk, pick } from './browser.ts'

export const reader = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

export async function setSender({ page, url }: Desk) {
  await page.goto(`${url}/administration/outbound-emails`)
  await page.getByLabel('From address').first().fill('news@acme.example')
  await page.getByRole('button', { name: 'Save' }).first().click()
  await page.getByText(/saved/i).first().waitFor()
}

export async function createTargetList({ page, url }: Desk, name: string) {
  await page.goto(`${url}/target-lists/new`)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create list' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

export async function createCampaign({ page, url }: Desk, { name, list }: { name: string; list: string }): Promise<string> {
  await page.goto(`${url}/campaigns/new`)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('combobox', { name: 'Status' }).or(page.getByRole('textbox', { name: 'Status' })).first().click()
  await page.getByRole('option', { name: 'Active', exact: true }).click()
  await pick(page, 'Target lists', list)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /create/i }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/)
  return page.url()
}

export async function createTrackingUrl(page: Page) {
  await page.getByRole('region', { name: 'Tracking URLs' }).getByRole('button', { name: 'New' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Offer')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Address', exact: true }).fill('https://shop.example/offer')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await page.getByText('https://shop.example/offer').first().waitFor()
}

/** From a starter; its link becomes the tracking URL by the menu of the editor. */
export async function writeTemplate({ page, url, api }: Desk, { subject, text }: { subject: string; text: string }) {
  await page.goto(`${url}/templates/new`)
  await page.getByText('Newsletter').first().click()
  await page.waitForURL(/\/templates\/[0-9a-f-]{36}/)
  await page.getByLabel('Name').first().fill('Autumn news')
  await page.getByLabel('Subject').first().fill(subject)
  const { items: [link] } = await api.get<{ items: { code: string }[] }>('/tracking-urls?limit=1')
  await page.locator('.cm-content').first().click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(`<html><body><h1>${text}</h1><p><a href="${link!.code}">Read the offer</a></p></body></html>`)
  await page.getByText(/^Saved/).first().waitFor()
  await page.frameLocator('iframe').first().getByText('Read the offer').waitFor()
}

export async function scheduleMassEmail({ page }: Desk, campaignUrl: string) {
  await page.goto(campaignUrl)
  await page.getByRole('region', { name: 'Mass Email' }).getByRole('link', { name: 'New' }).click()
  await page.waitForURL(/mass-emails\/new/)
  await pick(page, 'Template', 'Autumn news')
  await page.getByRole('button', { name: 'Create draft' }).click()
  await page.waitForURL(/\/mass-emails\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Schedule' }).first().click()
  await page.getByRole('dialog').waitFor()
}

export async function runSendMassEmails({ page, url }: Desk) {
  await page.goto(`${url}/administration/scheduled-jobs/send-mass-emails`)
  await page.getByRole('button', { name: 'Run Send Mass Emails now' }).click()
  await page.getByRole('row', { name: /A person/ }).first().waitFor()
}

/** What a person does with the captured mail: opens it and follows its link. */
export async function clickAsReader({ page, url }: Desk, { address, subject }: { address: string; subject: string }) {
  await page.goto(`${url}/sandbox?q=${address}`)
  await page.getByText(subject).first().click()
  await page.waitForURL(/\/sandbox\/[0-9a-f-]{36}/)
  const link = await page.frameLocator('iframe').first().getByText('Read the offer').getAttribute('href')
  const answer = await page.request.get(link!, { headers: reader, maxRedirects: 0 })
  expect([answer.status(), answer.headers()['location']]).toEqual([302, 'https://shop.example/offer'])
}

export async function makeListOfClickers({ page }: Desk, campaignUrl: string) {
  await page.goto(campaignUrl)
  await page.getByRole('button', { name: 'Create Target List' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the list').fill('Clickers')
  await dialog.getByText(/clicked/i).first().waitFor()
  await dialog.getByRole('button', { name: /create/i }).last().click()
  await page.getByRole('heading', { level: 1, name: 'Clickers' }).waitFor()
}
