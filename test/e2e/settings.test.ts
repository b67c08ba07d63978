/** Settings in the browser: found, changed, looked up in their history, taken back; and as a file. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'

test('a setting is found by what it does, changed, and the change is taken back, all by keyboard', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  await signIn(desk)
  await page.goto(`${url}/administration`)
  await page.getByLabel('Search settings').fill('any 60 minutes')
  await page.getByText('1 place found').waitFor()
  await page.keyboard.press('Enter')
  const field = page.getByRole('textbox', { name: 'Most mass emails in an hour' })
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true)
  expect(await page.locator('[data-marked]').getByText('Most mass emails in an hour').count()).toBe(1)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('250')
  await page.getByText('Changed from the default (1,000).').waitFor()
  await page.keyboard.press('Enter')
  const change = page.locator('[data-change]').first()
  await change.getByText('1,000 → 250').waitFor()
  await change.getByRole('button', { name: /^Take back/ }).click()
  await page.getByRole('dialog').getByText('250 → 1,000').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
  await page.getByText('took a change back').waitFor()
  await expect.poll(() => field.inputValue()).toBe('1,000')
  expect(await api.get('/settings/outbound-emails')).toMatchObject({ maxPerHour: 1000 })

  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByLabel('Search').fill('opens')
  await page.getByRole('dialog').getByText('Track opens').click()
  await expect.poll(() => page.getByRole('switch', { name: 'Track opens' }).evaluate((input) => input === document.activeElement)).toBe(true)
  expect(desk.faults).toEqual([])
})

test('a fault is told beside its field, and nothing is saved', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  await signIn(desk)
  await page.goto(`${url}/administration/settings`)
  await page.getByLabel('Public URL').fill('ftp://acme.example')
  await page.getByLabel('Company name').fill('Acme')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.mantine-InputWrapper-root', { has: page.getByLabel('Public URL') }).getByText('This must be an http or https address, or empty.').waitFor()
  expect(await api.get('/settings/general')).toMatchObject({ companyName: '' })
  // What the browser itself says about the answer 400 is no fault of the page.
  expect(desk.faults.filter((fault) => !fault.includes('status of 400'))).toEqual([])
})

test('settings go out as a file and come in after a look at what would change', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  await api.patch('/settings/general', { companyName: 'Acme' })
  await signIn(desk)
  await page.goto(`${url}/administration/settings`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  const file = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as { general: { companyName: string; keepAuditDays: number | null }; scheduledJobs: Record<string, object> }
  expect(file.general.companyName).toBe('Acme')
  file.general.keepAuditDays = 365
  file.scheduledJobs['clean-up'] = { schedule: '30 4 * * *', status: 'active' }
  const choose = (content: object) => page.getByLabel('File of settings').setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) })
  await choose({ ...file, colour: 'red' })
  await page.getByText('There is no such field.').first().waitFor()
  await choose(file)
  await page.getByText('settings.json would change 2 settings:').waitFor()
  await page.getByText('0 3 * * * → 30 4 * * *').waitFor()
  expect(await api.get('/settings/general')).toMatchObject({ keepAuditDays: null })
  await page.getByRole('button', { name: 'Take over' }).click()
  await page.getByText('imported a file').waitFor()
  expect(await page.getByRole('textbox', { name: 'Audit log and history of settings (days)' }).inputValue()).toBe('365')
  expect(await api.get('/scheduled-jobs/clean-up')).toMatchObject({ schedule: '30 4 * * *' })
  expect(desk.faults.filter((fault) => !fault.includes('status of 400'))).toEqual([])
})
