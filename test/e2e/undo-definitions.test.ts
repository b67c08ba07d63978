/** The undo of a change of entity types in a real browser: it says what goes before it goes, and is taken back itself. */
import { expect, test } from 'vitest'
import { openDesk, signIn } from './browser.ts'

test('an undo asks first and names what goes with it; canceled, nothing has happened; done, it can be undone', async () => {
  await using desk = await openDesk()
  const { page, api, url } = desk
  await api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person' })
  await api.post('/doctors', { lastName: 'Ito' })
  await signIn(desk)
  await page.goto(`${url}/administration/entity-manager`)
  const last = page.getByRole('region', { name: 'Last change' })
  const dialog = page.getByRole('dialog', { name: 'Undo the last change?' })
  const heading = page.getByRole('link', { name: 'Doctor', exact: true })
  await last.getByRole('button', { name: 'Undo…' }).click()
  await dialog.getByText('Entity type Doctor, with 1 record.').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await heading.first().waitFor()
  await last.getByRole('button', { name: 'Undo…' }).click()
  await dialog.getByRole('button', { name: 'Undo the change' }).click()
  await last.getByText('Undone: Entity type Doctor made').waitFor()
  await heading.waitFor({ state: 'hidden' })
  await last.getByRole('button', { name: 'Undo…' }).click()
  await dialog.getByText('Nothing is lost with it.').waitFor()
  await dialog.getByRole('button', { name: 'Undo the change' }).click()
  await last.getByText('Done again: Entity type Doctor made').waitFor()
  expect((await api.get<{ items: { name: string }[] }>('/doctors')).items).toMatchObject([{ name: 'Ito' }])
  expect(desk.faults).toEqual([])
})
