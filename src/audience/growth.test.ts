import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'

test('the growth of a list says for each of the last 90 days who of its members joined, and how many were there by then', async () => {
  await using app = await startApp()
  const { body: { id } } = await app.api.post('/target-lists', { name: 'Readers' })
  const joined = ['2029-06-01T00:00:00Z', '2029-10-03T23:59:59Z', '2029-10-04T00:00:00Z', '2029-12-31T08:00:00Z', '2029-12-31T22:30:00Z', '2030-01-01T11:00:00Z']
  await app.db.insertInto('targetListMember').values(joined.map((at) => ({ targetListId: id, entityType: 'Contact', recordId: newId(), addedAt: new Date(at) }))).execute()

  const { days } = (await app.api.get(`/target-lists/${id}/growth`)).body
  expect([days.length, days[0], ...days.slice(-2)]).toEqual([
    90, { day: '2029-10-04', added: 1, members: 3 }, { day: '2029-12-31', added: 2, members: 5 }, { day: '2030-01-01', added: 1, members: 6 },
  ])

  await app.api.patch('/settings/general', { timeZone: 'Europe/Berlin' })
  expect((await app.api.get(`/target-lists/${id}/growth`)).body.days.slice(-2)).toEqual([{ day: '2029-12-31', added: 2, members: 5 }, { day: '2030-01-01', added: 1, members: 6 }])
  await app.api.patch('/settings/general', { timeZone: 'Asia/Tokyo' })
  expect((await app.api.get(`/target-lists/${id}/growth`)).body.days.slice(-2)).toEqual([{ day: '2029-12-31', added: 1, members: 4 }, { day: '2030-01-01', added: 2, members: 6 }])
})
