/** Saved views by API: whose they are, who sees them, and what becomes of one whose field goes. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'

const berliners = { field: 'addressCity', op: 'equals', value: 'Berlin' }

async function givenTeam(app: TestApp, ...userIds: string[]): Promise<string> {
  const team = newId()
  await app.db.updateTable('user').set({ teamIds: [team] }).where('id', 'in', userIds).execute()
  return team
}

const namesSeenBy = async (api: TestApp['api']) => (await api.get('/saved-views?entityType=Contact')).body.items.map(({ name }: { name: string }) => name)

test('a view keeps filter, search, sort and columns as they were given, and lists under its entity type', async () => {
  await using app = await startApp()
  const view = { entityType: 'Contact', name: ' Berliners ', filter: berliners, q: 'anna', sort: '-name', columns: ['name', 'accountId', 'account.industry'] }
  const made = await app.api.post('/saved-views', view)
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({
    ...view, name: 'Berliners', sharedWith: 'mine', teamIds: [], ownerId: app.admin.userId, ownerName: 'Test admin', mayChange: true, problems: [], version: 1,
  })])
  await app.api.post('/saved-views', { entityType: 'Account', name: 'Other' })
  expect((await app.api.get('/saved-views?entityType=Contact')).body).toMatchObject({ total: 1, items: [made.body] })
  const changed = await app.api.patch(`/saved-views/${made.body.id}`, { name: 'All', filter: null, q: null, columns: [] })
  expect(changed.body).toMatchObject({ name: 'All', filter: null, q: '', sort: '-name', columns: [], version: 2 })
  expect((await app.api.delete(`/saved-views/${made.body.id}`)).status).toBe(204)
  expect((await app.api.get(`/saved-views/${made.body.id}`)).status).toBe(404)
})

test('a view is seen by its owner, by his teams or by everybody, as he shares it, and changed by him or an administrator', async () => {
  await using app = await startApp()
  const [anna, ben, eve] = [await app.givenUser('regular'), await app.givenUser('regular'), await app.givenUser('regular')]
  const team = await givenTeam(app, anna.actor.userId, ben.actor.userId)
  const hers = app.as(anna.key)
  const make = async (name: string, sharedWith: string) => (await hers.post('/saved-views', { entityType: 'Contact', name, sharedWith })).body
  const [mine, ours, everybodys] = [await make('Mine', 'mine'), await make('Ours', 'team'), await make('Everybody\'s', 'everybody')]
  expect(ours.teamIds).toEqual([team])
  expect(await namesSeenBy(hers)).toEqual(['Everybody\'s', 'Mine', 'Ours'])
  expect(await namesSeenBy(app.as(ben.key))).toEqual(['Everybody\'s', 'Ours'])
  expect(await namesSeenBy(app.as(eve.key))).toEqual(['Everybody\'s'])
  expect(await namesSeenBy(app.api)).toEqual(['Everybody\'s', 'Ours'])

  for (const api of [app.as(ben.key), app.as(eve.key), app.api]) expect((await api.patch(`/saved-views/${mine.id}`, { name: 'Seized' })).status).toBe(404)
  expect((await app.as(ben.key).patch(`/saved-views/${ours.id}`, { name: 'Seized' })).status).toBe(403)
  expect((await app.as(ben.key).delete(`/saved-views/${ours.id}`)).status).toBe(403)
  expect((await app.as(ben.key).get(`/saved-views/${ours.id}`)).body).toMatchObject({ mayChange: false, name: 'Ours', ownerName: 'Test regular' })
  expect((await app.api.patch(`/saved-views/${everybodys.id}`, { name: 'Looked after' })).status).toBe(200)
  expect((await app.as(eve.key).post('/saved-views', { entityType: 'Contact', name: 'Teamless', sharedWith: 'team' })).body.errors[0].path).toBe('teamIds')
})

test('a view that asks for what is not there is refused with every fault; one whose field went later says so, and can still be renamed', async () => {
  await using app = await startApp()
  const wrong = await app.api.post('/saved-views', { entityType: 'Contact', name: 'Wrong', filter: { and: [berliners, { field: 'shoeSize', op: 'equals', value: '44' }] }, sort: 'hat', columns: ['name', 'coat'] })
  expect([wrong.status, wrong.body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['filter.and.1.field', 'sort', 'columns']])
  expect((await app.api.post('/saved-views', { entityType: 'Ghost', name: 'Ghosts' })).body.errors[0].path).toBe('entityType')

  const { id } = (await app.api.post('/saved-views', { entityType: 'Contact', name: 'Big feet', filter: berliners })).body
  await app.db.updateTable('savedView').set({ filter: JSON.stringify({ field: 'shoeSize', op: 'greaterThan', value: 44 }) }).where('id', '=', id).execute()
  const { body } = await app.api.get(`/saved-views/${id}`)
  expect(body).toMatchObject({ name: 'Big feet', problems: [{ path: 'filter.field', message: expect.stringContaining('shoeSize') }] })
  expect((await app.api.patch(`/saved-views/${id}`, { name: 'Large feet' })).body).toMatchObject({ name: 'Large feet', problems: [expect.anything()] })
})

test('the columns that somebody chose for a list are his alone, and null brings back the list\'s own', async () => {
  await using app = await startApp()
  const ben = await app.givenUser('regular')
  expect((await app.api.get('/list-columns/Contact')).body).toEqual({ columns: null })
  expect((await app.api.put('/list-columns/Contact', { columns: ['name', 'addressCity'] })).body).toEqual({ columns: ['name', 'addressCity'] })
  expect((await app.as(ben.key).get('/list-columns/Contact')).body).toEqual({ columns: null })
  expect((await app.api.put('/list-columns/Contact', { columns: ['name', 'coat'] })).body.errors[0].path).toBe('columns.1')
  expect((await app.api.get('/list-columns/Contact')).body).toEqual({ columns: ['name', 'addressCity'] })
  await app.api.put('/list-columns/Contact', { columns: null })
  expect((await app.api.get('/list-columns/Contact')).body).toEqual({ columns: null })
})
