/** Duplicates become one in the browser, by keyboard too; what was deleted or merged is taken back by one click. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'

type Contact = { id: string; title: string; addressCity: string; status?: number }

test('two contacts are merged side by side; the old address leads to the one that stayed; the bin undoes it', async () => {
  await using desk = await openDesk()
  const { api, page, url } = desk
  const anna = await api.post<Contact>('/contacts', { firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@example.com', title: 'Dr' })
  const ann = await api.post<Contact>('/contacts', { firstName: 'Ann', lastName: 'Berg', emailAddress: 'anna@example.com', title: 'Prof', addressCity: 'Bonn' })
  await signIn(desk)

  await page.goto(`${url}/records/contacts`)
  for (const name of ['Anna Berg', 'Ann Berg']) await page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) }).getByRole('checkbox').click()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Merge…' }).click()
  await page.getByRole('radio', { name: 'Title: Dr (Anna Berg)' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: 'Merge into Anna Berg' }).click()
  await page.getByText('2 records are one now.').waitFor()
  expect(await api.get<Contact>(`/contacts/${anna.id}`)).toMatchObject({ title: 'Prof', addressCity: 'Bonn' })

  await page.goto(`${url}/records/contacts/${ann.id}`)
  await page.getByRole('heading', { level: 1, name: 'Anna Berg' }).waitFor()
  await page.goto(`${url}/bin`)
  await page.getByRole('button', { name: 'Undo the merge of Ann Berg' }).click()
  await page.getByText('The bin is empty').waitFor()
  expect(await api.get<Contact>(`/contacts/${ann.id}`)).toMatchObject({ title: 'Prof', addressCity: 'Bonn' })
  expect(await api.get<Contact>(`/contacts/${anna.id}`)).toMatchObject({ title: 'Dr', addressCity: '' })
  expect(desk.faults.filter((fault) => !fault.includes('404'))).toEqual([])
}, 240_000)
