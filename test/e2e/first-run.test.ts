/** A fresh installation in a browser: from the first administrator to a target list of imported people. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'

const people = 'Vorname;Nachname;E-Mail\nÄnne;Müller;anne@büro.example\nZoë;"O\'Neill; jr";zoe@@bad\nJürgen;Groß;juergen@example.net\nJürgen;Groß;JUERGEN@example.net\n'

test('the first visitor creates the administrator and is led through the first steps', async () => {
  await using desk = await openDesk({ administrator: false })
  const { page, url } = desk
  await page.goto(url)
  await page.getByLabel('Email address').fill('ada@acme.example')
  await page.getByLabel('Password', { exact: false }).first().fill('a long password')
  await page.getByLabel('Password again').fill('another password')
  await page.getByRole('button', { name: 'Create administrator' }).click()
  await page.getByText('The two passwords differ.').waitFor()
  await page.getByLabel('Password again').fill('a long password')
  await page.getByRole('button', { name: 'Create administrator' }).click()
  await page.getByRole('heading', { name: 'Your first campaign' }).waitFor()
  expect(await page.getByText('0 of 6 steps done.').count()).toBe(1)
  expect(desk.faults).toEqual([])
})

test('a file becomes contacts: the columns are guessed, a dry run writes nothing, a malformed address is a warning', async () => {
  await using desk = await openDesk()
  const { page, api } = desk
  await signIn(desk)
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await page.getByLabel('File to import').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(people) })
  await page.getByRole('heading', { name: '2. Columns' }).waitFor()
  await page.getByRole('button', { name: 'Dry run' }).click()
  await page.getByText('If you import now').waitFor()
  expect((await api.get<{ total: number }>('/contacts')).total).toBe(0)
  await page.getByRole('button', { name: /^Import people/ }).click()
  await page.getByRole('heading', { name: /^Import of people/ }).waitFor()
  await page.getByText('is malformed and cannot be mailed').waitFor()
  expect((await api.get<{ total: number }>('/contacts')).total).toBe(3)
  expect(desk.faults).toEqual([])
})

test('all results of a search go to a new target list, seen or not', async () => {
  await using desk = await openDesk()
  const { page, api } = desk
  for (let index = 0; index < 60; index++) await api.post('/contacts', { firstName: 'Anna', lastName: `Berg ${index}`, emailAddress: `anna${index}@example.com` })
  await api.post('/contacts', { firstName: 'Ben', lastName: 'Other', emailAddress: 'ben@example.com' })
  await signIn(desk)
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await page.getByLabel('Search contacts').fill('berg')
  await page.getByRole('table', { name: 'Contacts' }).getByText('Berg 59').waitFor()
  await page.getByText('Ben Other').waitFor({ state: 'detached' })
  await page.getByLabel('Select all shown').click()
  await page.getByRole('button', { name: 'Select all 60 results' }).click()
  await page.getByRole('button', { name: 'Add to target list' }).click()
  await page.getByRole('tab', { name: 'New list' }).click()
  await page.getByLabel('Name of the new list').fill('All Bergs')
  await page.getByRole('button', { name: 'Create and add' }).click()
  await page.getByText('60 contacts added to All Bergs').waitFor()
  const { items } = await api.get<{ items: { name: string; members: number }[] }>('/target-lists')
  expect(items).toMatchObject([{ name: 'All Bergs', members: 60 }])
  expect(desk.faults).toEqual([])
})
