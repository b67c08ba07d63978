/** A target list that follows reports: set up, synced, stopped and mended in the browser. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Api } from '../../src/demo/api.ts'
import { seriousFaults } from './axe.ts'
import { type Desk, openDesk, pick, signIn } from './browser.ts'
import { faultsInEveryLook } from './looks.ts'

type Made = { id: string }

const inCity = (value: string) => ({ field: 'addressCity', op: 'equals', value })
const givenContacts = (api: Api, cities: Record<string, string>) =>
  Promise.all(Object.entries(cities).map(([lastName, addressCity]) => api.post<Made>('/contacts', { lastName, addressCity, emailAddress: `${lastName}@example.net` })))
const side = (page: Page) => page.getByRole('region', { name: 'Reports in step' })
/** For whoever wants to see it. */
const look = ({ page }: Desk, name: string) => (process.env['LOOKS'] ? page.screenshot({ path: `${process.env['LOOKS']}/${name}.png`, fullPage: true }) : undefined)

/** Due, to lists of which one is not in step: its page says why it waits. */
async function expectHeld(desk: Desk, campaignId: string): Promise<void> {
  const { page, api, url } = desk
  await api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const template = await api.post<Made>('/email-templates', { name: 'News', subject: 'News', body: '<p>Hello</p>', format: 'html' })
  const massEmail = await api.post<Made>('/mass-emails', { campaignId, emailTemplateId: template.id, dateStart: '2020-01-01T00:00:00Z', status: 'pending' })
  await api.post('/scheduled-jobs/send-mass-emails/run', {})
  await page.goto(`${url}/mass-emails/${massEmail.id}`)
  await page.getByText('The target list “Never” is not in step with its reports', { exact: false }).first().waitFor()
  await look(desk, 'mass-email')
  expect(await seriousFaults(page)).toEqual([])
}

test('a list is kept in step with a report: who matches comes, who does not goes, each run is told, by keyboard and in every look', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const [anna] = await givenContacts(api, { Anna: 'Berlin', Ben: 'Berlin', Cem: 'Bonn' })
  await api.post('/reports', { name: 'People in Berlin', entityType: 'Contact', kind: 'list', filter: inCity('Berlin') })
  await api.post('/reports', { name: 'Cities', entityType: 'Contact', kind: 'grid', groupBy: ['addressCity'] })
  const list = await api.post<Made>('/target-lists', { name: 'Berliners' })
  await signIn(desk)

  await page.goto(`${url}/target-lists/${list.id}`)
  await side(page).getByRole('button', { name: 'Keep in step…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Reports' }).or(dialog.getByRole('textbox', { name: 'Reports' })).first().fill('i')
  await page.getByRole('option', { name: 'People in Berlin' }).waitFor()
  expect(await page.getByRole('option').allTextContents()).toEqual(['People in Berlin'])
  await page.getByRole('option', { name: 'People in Berlin' }).click()
  await page.keyboard.press('Escape')
  await look(desk, 'form')
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save and sync now' }).click()
  await side(page).getByText('Last sync: +2').waitFor()
  await side(page).getByText('with the rights of', { exact: false }).waitFor()

  await api.patch(`/contacts/${anna!.id}`, { addressCity: 'Bonn' })
  await side(page).getByRole('button', { name: 'Sync now' }).press('Enter')
  await side(page).getByText('Last sync: −1').waitFor()
  await page.getByRole('combobox', { name: 'How they came' }).or(page.getByRole('textbox', { name: 'How they came' })).first().click()
  await page.getByRole('option', { name: 'Report', exact: true }).click()
  await page.getByRole('row', { name: /Ben/ }).waitFor()
  await side(page).getByRole('button', { name: 'All runs' }).click()
  await page.getByRole('dialog').getByRole('row', { name: /\+2/ }).waitFor()
  await look(desk, 'runs')
  expect(await seriousFaults(page)).toEqual([])

  const ready = () => side(page).getByText('Last sync').waitFor()
  expect(await faultsInEveryLook(desk, `/target-lists/${list.id}`, ready)).toEqual([])
  await look(desk, 'list-phone')
  expect(await faultsInEveryLook(desk, '/target-lists')).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${url}/target-lists/${list.id}`)
  await ready()
  await look(desk, 'list')
  expect(desk.faults).toEqual([])
})

test('a list is filled from a report by its menu, and an excluding list loses more than half only after a person said so', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const people = await givenContacts(api, { Anna: 'Berlin', Ben: 'Berlin', Cem: 'Berlin' })
  const report = await api.post<Made>('/reports', { name: 'People in Berlin', entityType: 'Contact', kind: 'list', filter: inCity('Berlin') })
  const once = await api.post<Made>('/target-lists', { name: 'Once' })
  const excluding = await api.post<Made>('/target-lists', { name: 'Never' })
  const campaign = await api.post<Made>('/campaigns', { name: 'Spring', type: 'email', status: 'active', targetListIds: [once.id], excludingTargetListIds: [excluding.id] })
  await api.put(`/target-lists/${excluding.id}/report-sync`, { reportIds: [report.id], mode: 'mirror', active: true })
  await api.post(`/target-lists/${excluding.id}/report-sync/run`, {})
  await signIn(desk)

  await page.goto(`${url}/target-lists/${once.id}`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Fill from a report…' }).click()
  await pick(page, 'Report', 'People in Berlin')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Fill it' }).click()
  await page.getByText('3 members added.').waitFor()

  await page.goto(`${url}/reports/${report.id}`)
  await page.getByRole('button', { name: 'Fill a target list' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the list').fill('From now on')
  await dialog.getByRole('radio', { name: 'Keep in step' }).check()
  await look(desk, 'fill')
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make and fill it' }).click()
  await page.getByRole('heading', { level: 1, name: 'From now on' }).waitFor()
  await side(page).getByText('Last sync: +3').waitFor()
  await side(page).getByRole('link', { name: '“People in Berlin”' }).waitFor()

  await Promise.all(people.slice(0, 2).map(({ id }) => api.patch(`/contacts/${id}`, { addressCity: 'Bonn' })))
  await page.goto(`${url}/target-lists/${excluding.id}`)
  await side(page).getByRole('button', { name: 'Sync now' }).click()
  await page.getByRole('heading', { name: 'Take 2 of 3 members out of “Never”?' }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await side(page).getByText('2 of 3 members would leave at once', { exact: false }).waitFor()
  await look(desk, 'held')
  expect(await seriousFaults(page)).toEqual([])
  await expectHeld(desk, campaign.id)
  await page.getByRole('link', { name: 'Open the target list' }).click()
  await side(page).getByRole('button', { name: 'Sync now' }).click()
  await page.getByRole('button', { name: 'Take them out' }).click()
  await side(page).getByText('Last sync: −2').waitFor()
  // The browser logs the answer 409, which was expected.
  expect(desk.faults.filter((fault) => !fault.includes('409'))).toEqual([])
})
