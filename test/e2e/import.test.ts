/** Files come in through the browser: a spreadsheet is looked at in another way, tried out, imported and taken back; a CSV file is guessed. */
import { expect, test } from 'vitest'
import { rowsXml, workbookOf } from '../given-spreadsheet.ts'
import { openDesk, signIn } from './browser.ts'

const spreadsheet = workbookOf({
  Old: rowsXml([['x']]),
  People: rowsXml([['First Name', 'E-Mail', 'Company', 'Unsubscribed'], ['Anna', 'anna@x.example', 'Acme', 'no'], ['Ben', 'ben@x.example', 'Nobody', 'yes'], ['Known', 'known@x.example', '', '']]),
})
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })

test('a marketer imports one sheet of a spreadsheet with opt-outs and companies by name, and takes it back but for what was changed since', async () => {
  await using desk = await openDesk()
  const { page, url, api } = desk
  await api.post('/accounts', { name: 'Acme' })
  await api.post('/contacts', { emailAddress: 'known@x.example' })
  await signIn(desk)
  await page.goto(`${url}/import?entityType=Contact`)
  const choose = page.getByLabel('File to import')

  await choose.setInputFiles(file('people.csv', Buffer.from('First Name;E-Mail\nZoë;z@x.example\n')))
  await page.getByLabel('Encoding').selectOption('windows-1252')
  await page.getByLabel('Separated by').selectOption(',')
  await page.getByText('First Name;E-Mail').waitFor()
  expect([await page.getByLabel('Encoding').inputValue(), await page.getByLabel('Separated by').inputValue()]).toEqual(['windows-1252', ','])

  await choose.setInputFiles(file('people.xlsx', spreadsheet))
  await page.getByLabel('Sheet').selectOption('People')
  await page.getByText('yes opts the address out of every list').waitFor()
  await page.getByLabel('Import the row without it, with a warning').check()
  await page.getByRole('button', { name: 'Dry run' }).click()
  await page.getByText('If you import now').waitFor()
  await page.getByRole('button', { name: 'Import people.xlsx' }).click()
  await page.getByText('Company: There is no Account named "Nobody".').waitFor()

  const { items: contacts } = await api.get<{ items: { id: string; accountName: string | null }[] }>('/contacts?sort=emailAddress')
  expect(contacts.map(({ accountName }) => accountName)).toEqual(['Acme', null, null])
  expect((await api.get<{ items: object[] }>('/suppressions')).items).toMatchObject([{ emailAddress: 'ben@x.example', reason: 'optedOut', source: 'import' }])
  await api.patch(`/contacts/${contacts[0]!.id}`, { title: 'Dr.' })
  await page.getByRole('button', { name: 'Revert' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).click()
  await page.getByText('1 record taken back').waitFor()
  await page.getByText('1 record was kept').waitFor()
  expect(desk.faults).toEqual([])
})

const people = 'Vorname;Nachname;E-Mail\nÄnne;Müller;anne@büro.example\nZoë;"O\'Neill; jr";zoe@@bad\nJürgen;Groß;juergen@example.net\nJürgen;Groß;JUERGEN@example.net\n'

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
