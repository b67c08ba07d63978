/** The target lists of one record. */
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'

test('a record names its lists, and which of them its address left', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/contacts', { firstName: 'Anna', emailAddress: 'anna@example.com' })).body
  const lists = await Promise.all(['Readers', 'Customers', 'Others'].map(async (name) => (await app.api.post('/target-lists', { name })).body.id as string))
  for (const list of lists.slice(0, 2)) await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [id] })
  await app.api.post(`/target-lists/${lists[0]}/opt-out`, { emailAddress: 'ANNA@example.com' })

  const { items } = (await app.api.get(`/contacts/${id}/target-lists`)).body
  expect(items.map((item: { name: string; optedOutAt: string | null }) => [item.name, item.optedOutAt !== null])).toEqual([['Customers', false], ['Readers', true]])
})

test('a deleted list is not named any more, and an unknown record has none', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/contacts', { emailAddress: 'ben@example.com' })).body
  const list = (await app.api.post('/target-lists', { name: 'Gone soon' })).body.id
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [id] })
  await app.api.delete(`/target-lists/${list}`)
  expect((await app.api.get(`/contacts/${id}/target-lists`)).body).toEqual({ items: [] })
  expect((await app.api.get('/contacts/nobody/target-lists')).status).toBe(404)
})
