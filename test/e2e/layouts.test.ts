/** Layouts in a real browser: arranged by mouse and by keys, told to screen readers, seen in the list, taken back to the default and that taken back too. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'

test('columns are moved by keys and by mouse, everybody sees them, and the default comes back with undo', async () => {
  // Tall, so that nothing has to be scrolled in the middle of a drag.
  await using desk = await openDesk({ height: 1800 })
  const { page, api, url } = desk
  await api.post('/contacts', { firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@example.com', phoneNumber: '+49 30 1' })
  await signIn(desk)
  await page.goto(`${url}/administration/layouts/Contact/list`)
  const line = (name: string) => page.getByRole('group', { name, exact: true })
  const said = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor()

  await line('Email').focus()
  await page.keyboard.press('ArrowDown')
  await said('Email: 3 of 6, shown.')
  await page.keyboard.press('ArrowUp')
  await said('Email: 2 of 6, shown.')
  await page.keyboard.press('Delete')
  await said('Email: not shown.')
  await page.keyboard.press('Enter')
  await said('Email: 6 of 6, shown.')
  await line('Title').getByRole('button', { name: 'Take Title out' }).click()
  await line('Phone').dragTo(line('Account'))
  await said('Phone: 2 of 6, shown.')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved. Everybody sees it from now on.').waitFor()

  const heads = async () => (await page.getByRole('columnheader').allTextContents()).map((text) => text.trim()).filter((text) => text !== '' && text !== 'Actions')
  await page.goto(`${url}/records/contacts`)
  await page.getByRole('link', { name: 'Anna Berg' }).waitFor()
  expect(await heads()).toEqual(['Name', 'Phone', 'Account', 'Address City', 'Created', 'Email'])

  await page.goto(`${url}/administration/layouts/Contact/list`)
  await page.getByRole('button', { name: 'Reset to default' }).click()
  await page.getByText('Back to the default.').waitFor()
  await line('Title').getByRole('button', { name: 'Take Title out' }).waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await line('Title').getByRole('button', { name: 'Show Title' }).waitFor()
  expect(desk.faults).toEqual([])
})

test('a field that the form must show stays there, and a heading of one\'s own is on the page of the record', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  const account = await api.post<{ id: string }>('/accounts', { name: 'Acme', industry: 'Steel' })
  await signIn(desk)
  await page.goto(`${url}/administration/layouts/Account/detail`)
  await page.getByRole('group', { name: 'Name', exact: true }).focus()
  await page.keyboard.press('Delete')
  await page.getByRole('status').filter({ hasText: 'Name must stay: it is required.' }).waitFor()
  await page.getByLabel('Heading of group 1').fill('The company')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.goto(`${url}/records/accounts/${account.id}`)
  const group = page.getByRole('region', { name: 'The company' })
  await group.getByText('Steel').click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Software')
  await page.keyboard.press('Enter')
  await group.getByText('Software').waitFor()
  expect((await api.get<{ industry: string }>(`/accounts/${account.id}`)).industry).toBe('Software')
  expect(desk.faults).toEqual([])
})
