/** A kind of record of a company's own, in a real browser: made without code, imported, filtered, mailed, answered, and taken out again with its history kept. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { type Desk, openDesk, signIn } from './browser.ts'
import { clickAsReader, createCampaign, createTargetList, createTrackingUrl, makeListOfClickers, reader, runSendMassEmails, scheduleMassEmail, setSender, writeTemplate } from './steps.ts'

const specialities = ['Cardiology', 'Surgery', 'Dermatology', 'Radiology']
const doctors = 5_000
const surgeons = doctors / specialities.length
/** Each is a surgeon: every fourth row is. */
const [clicker, leaver, bouncer] = ['d1@clinic.example', 'd5@clinic.example', 'hard-bounce.d9@clinic.example']

const csv = ['First name;Last name;Email;Speciality;Licence number;Years of practice;Accepts patients;Practising since;Fee;Account', ...Array.from({ length: doctors }, (_, index) => [
  `Doc${index}`, 'Example', index === 9 ? bouncer : `d${index}@clinic.example`, specialities[index % specialities.length], `L-${index}`, index % 40, index % 2 ? 'Yes' : 'No', '2001-02-03', '80.50 EUR', 'Charité',
].join(';'))].join('\r\n')

test('doctors: made with six fields and a link, put into target lists, imported, mailed with their own placeholders, and still readable when they are mailed no more', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  await api.post('/accounts', { name: 'Charité' })
  await api.patch('/settings/outbound-emails', { maxPerHour: null })
  await signIn(desk)
  await setSender(desk)
  await createDoctor(desk)
  await relateToAccount(page)
  await relateToTargetList(page)
  await importDoctors(desk)
  await createTargetList(desk, 'Surgeons')
  await selectSurgeons(page)

  const campaignUrl = await createCampaign(desk, { name: 'Congress', list: 'Surgeons' })
  await createTrackingUrl(page)
  await writeTemplate(desk, { subject: 'News for {Person.firstName|you}', text: '{Doctor.speciality|Medicine} at {Doctor.account.name|home}, licence {Doctor.licenceNumber|-}' })
  await scheduleMassEmail(desk, campaignUrl)
  await page.getByText(`${surgeons.toLocaleString('en-GB')} people`).first().waitFor()
  await page.getByRole('button', { name: 'Schedule' }).last().click()
  await page.getByText('is scheduled').waitFor()
  await runSendMassEmails(desk)
  await page.goto(campaignUrl)
  await page.getByText('Complete', { exact: true }).first().waitFor({ timeout: 60_000 })

  await clickAsReader(desk, { address: clicker, subject: 'News for Doc1' })
  await page.frameLocator('iframe').first().getByText('Surgery at Charité, licence L-1').waitFor()
  await optOutAsReader(desk, leaver)
  await seeInLog(desk, campaignUrl)
  await makeListOfClickers(desk, campaignUrl)
  await page.getByRole('region', { name: 'Doctors' }).getByText(clicker).waitFor()

  await removeFromTargetLists(desk)
  await page.goto(`${campaignUrl}/log?action=clicked`)
  await page.getByText('Doc1 Example').first().click()
  await page.getByRole('heading', { level: 1, name: 'Doc1 Example' }).waitFor()
  await page.getByRole('region', { name: 'Mail history' }).getByText('Clicked').first().waitFor()
  await page.goto(`${url}/target-lists`)
  await page.getByRole('link', { name: 'Surgeons' }).click()
  expect(await page.getByRole('region', { name: 'Doctors' }).count()).toBe(0)
  expect(desk.faults).toEqual([])
}, 300_000)

async function createDoctor({ page, url }: Desk) {
  await page.goto(`${url}/administration/entity-manager`)
  await page.getByRole('link', { name: 'New entity type' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Doctor')
  expect(await page.getByRole('textbox', { name: 'Slug' }).inputValue()).toBe('doctors')
  await page.getByRole('radio', { name: 'Stethoscope' }).click()
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('heading', { level: 1, name: 'Doctor' }).waitFor()
  await page.getByRole('link', { name: 'Doctors', exact: true }).waitFor()
  await addField(page, 'Speciality', 'Choice', async (dialog) => {
    for (const option of specialities) {
      await dialog.getByLabel('New option').fill(option)
      await page.keyboard.press('Enter')
    }
    expect(await seriousFaults(page)).toEqual([])
  })
  await addField(page, 'Licence number', 'Text', (dialog) => dialog.getByRole('switch', { name: 'Unique' }).check({ force: true }))
  await addField(page, 'Years of practice', 'Whole number')
  await addField(page, 'Accepts patients', 'Yes or no')
  await addField(page, 'Practising since', 'Date')
  await addField(page, 'Fee', 'Money')
}

async function addField(page: Page, label: string, kind: string, more?: (dialog: Locator) => Promise<unknown>) {
  await page.getByRole('button', { name: 'New field' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Label' }).fill(label)
  await choose(dialog, 'Kind', kind)
  await more?.(dialog)
  await dialog.getByRole('button', { name: 'Add the field' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('row', { name: label }).waitFor()
}

async function choose(dialog: Locator, label: string, option: string) {
  await dialog.getByRole('combobox', { name: label }).click()
  await dialog.page().getByRole('option', { name: option, exact: true }).click()
}

async function relateToAccount(page: Page) {
  await page.getByRole('tab', { name: 'Relationships' }).click()
  await page.getByRole('button', { name: 'New relationship' }).click()
  const dialog = page.getByRole('dialog')
  await choose(dialog, 'Doctors belong to', 'Accounts')
  await dialog.getByRole('radio', { name: 'A Doctor has one Account, an Account has many Doctors' }).check()
  await dialog.getByRole('button', { name: 'Create' }).click()
  await page.getByRole('row', { name: 'A Doctor has one Account' }).waitFor()
}

async function relateToTargetList(page: Page) {
  await page.getByRole('button', { name: 'Relate to Target List' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('This makes Doctors mailable').waitFor()
  expect(await dialog.getByRole('switch', { name: 'Add the panel now' }).isChecked()).toBe(true)
  await dialog.getByRole('button', { name: 'Create' }).click()
  await page.getByText('Mailable', { exact: true }).waitFor()
}

async function importDoctors({ page, url }: Desk) {
  await page.goto(`${url}/import?entityType=Doctor`)
  await page.locator('input[type=file]').setInputFiles({ name: 'doctors.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.getByRole('heading', { name: '2. Columns' }).waitFor()
  await page.getByRole('button', { name: /^Import / }).click()
  await page.waitForURL(/\/import\/[0-9a-f-]+/)
  await page.getByText(doctors.toLocaleString('en-GB')).first().waitFor()
}

/** By the panel of the list: a filter, then everybody whom it finds. */
async function selectSurgeons(page: Page) {
  await page.getByRole('region', { name: 'Doctors' }).getByRole('button', { name: 'Select', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Select doctors' })
  await dialog.getByRole('button', { name: 'Add filter' }).click()
  const editor = page.getByRole('dialog', { name: 'Filter' })
  await editor.getByRole('combobox', { name: /What to filter by|Add a condition/ }).last().fill('Speciality')
  await page.getByRole('option', { name: 'Speciality', exact: true }).click()
  await editor.getByRole('combobox', { name: 'Values for Speciality' }).click()
  await page.getByRole('option', { name: 'Surgery', exact: true }).click()
  await page.getByText(`Finds ${surgeons.toLocaleString('en-GB')} doctors`).waitFor()
  await editor.getByRole('button', { name: 'Show results' }).click()
  await dialog.getByRole('checkbox', { name: 'Select all shown' }).check()
  await dialog.getByRole('button', { name: `Select all ${surgeons.toLocaleString('en-GB')} results` }).click()
  await dialog.getByRole('button', { name: 'Add to the list' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Doctors' }).getByText(/^d\d+@clinic/).first().waitFor()
  await page.getByRole('link', { name: surgeons.toLocaleString('en-GB') }).or(page.getByText(surgeons.toLocaleString('en-GB'), { exact: true })).first().waitFor()
}

async function optOutAsReader({ page, url }: Desk, address: string) {
  await page.goto(`${url}/sandbox?q=${address}`)
  await page.getByText('News for Doc5').first().click()
  await page.waitForURL(/\/sandbox\/[0-9a-f-]{36}/)
  const link = await page.frameLocator('iframe').first().locator('a[href*="/u/"]').first().getAttribute('href')
  const answer = await page.request.post(link!, { headers: reader, form: { choice: 'unsubscribe', reason: 'too many' }, maxRedirects: 0 })
  expect(answer.status()).toBeLessThan(400)
}

async function seeInLog({ page }: Desk, campaignUrl: string) {
  for (const [action, name] of [['clicked', 'Doc1 Example'], ['optedOut', 'Doc5 Example'], ['bounced', 'Doc9 Example']] as const) {
    await page.goto(`${campaignUrl}/log?action=${action}`)
    await page.getByText(name).first().waitFor()
  }
}

async function removeFromTargetLists({ page, url }: Desk) {
  await page.goto(`${url}/administration/entity-manager/Doctor?tab=relationships`)
  await page.getByRole('row', { name: 'Target List' }).getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/The history of what was sent, opened and clicked stays readable/).waitFor()
  await dialog.getByRole('button', { name: 'Remove the relationship' }).click()
  await page.getByText('Not mailable', { exact: true }).waitFor()
}
