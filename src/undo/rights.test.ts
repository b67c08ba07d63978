/** Rights count for what lies in the bin as for what is there: they are asked of every record when it is taken back, not only when it was done. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenTeam, readsAll, upTo } from '../../test/given-rights.ts'
import { permissions, type Rights } from '../access/rights.ts'

/** Somebody who might do everything, and one record of his own and one of somebody else. */
async function given(app: TestApp) {
  const { me, as, other } = await givenTeam(app, 'all')
  const contact = async (firstName: string, assignedUserId: string) =>
    (await app.api.post('/contacts', { firstName, addressCity: 'Rome', assignedUserId })).body.id as string
  return {
    as, me: me.actor.userId, other: other.actor.userId, mine: await contact('Mine', me.actor.userId), foreign: await contact('Foreign', other.actor.userId),
    nowMay: ({ types, otherTypes }: Pick<Rights, 'types' | 'otherTypes'>) => app.db.updateTable('role').set({ types: JSON.stringify(types), otherTypes: JSON.stringify(otherTypes) })
      .where('name', '=', `Role of ${me.actor.userName}`).execute(),
  }
}

const own = upTo('own', permissions)
const massAction = async (as: TestApp['api'], body: object): Promise<string> => (await as.post('/contacts/mass-action', body)).body.task.id
const undone = async (as: TestApp['api'], id: string) => (await as.post(`/bin/actions/${id}/undo`)).body.task.result
const inBin = async (as: TestApp['api']) => (await as.get('/bin?sort=name')).body.items.map(({ name }: { name: string }) => name)

test('whoever may no longer delete a record does not bring it back either: it is not in his bin, the undo leaves it, and an administrator takes it back', async () => {
  await using app = await startApp()
  const { as, mine, foreign, nowMay } = await given(app)
  const id = await massAction(as, { action: 'delete', selection: { ids: [mine, foreign] } })
  expect(await inBin(as)).toEqual(['Foreign', 'Mine'])
  await nowMay(own)
  expect(await inBin(as)).toEqual(['Mine'])
  expect((await as.post(`/bin/${foreign}/restore`)).status).toBe(404)
  const left = 'Your roles do not let you restore it. An administrator may take it back.'
  expect(await undone(as, id)).toEqual({ restored: 1, notRestored: 1, notes: [{ id, name: '1 record', reason: left }] })
  expect([(await app.api.get(`/contacts/${mine}`)).status, (await app.api.get(`/contacts/${foreign}`)).status]).toEqual([200, 404])
  expect(await undone(app.api, id)).toMatchObject({ restored: 1, notRestored: 0 })
})

test('what may be read and not deleted is seen in the bin and refused with the reason', async () => {
  await using app = await startApp()
  const { as, foreign, nowMay } = await given(app)
  await as.delete(`/contacts/${foreign}`)
  await nowMay({ types: { Contact: readsAll }, otherTypes: own.otherTypes })
  expect(await inBin(as)).toEqual(['Foreign'])
  expect(await as.post(`/bin/${foreign}/restore`)).toMatchObject({ status: 403, body: { code: 'mayNotDelete' } })
})

test('a type that one may not read any more is gone from the bin, with its actions', async () => {
  await using app = await startApp()
  const { as, mine, nowMay } = await given(app)
  await as.delete(`/contacts/${mine}`)
  expect((await as.get('/bin/actions')).body.items).toHaveLength(1)
  await nowMay({ types: { Contact: upTo('no').otherTypes }, otherTypes: own.otherTypes })
  expect([await inBin(as), (await as.get('/bin/actions')).body.items]).toEqual([[], []])
})

test('the undo of an update changes only what its author may change today; what he gave away with it comes back to him', async () => {
  await using app = await startApp()
  const { as, me, other, mine, foreign, nowMay } = await given(app)
  const id = await massAction(as, { action: 'update', selection: { ids: [mine, foreign] }, data: { addressCity: 'Bonn' } })
  await nowMay(own)
  const city = async (contact: string) => (await app.api.get(`/contacts/${contact}`)).body.addressCity
  expect(await undone(as, id)).toMatchObject({ restored: 1, notRestored: 1, notes: [{ name: '1 record', reason: expect.stringContaining('change it') }] })
  expect([await city(mine), await city(foreign)]).toEqual(['Rome', 'Bonn'])
  expect(await undone(app.api, id)).toMatchObject({ restored: 1 })

  const givenAway = await massAction(as, { action: 'update', selection: { ids: [mine] }, data: { assignedUserId: other } })
  expect((await as.get(`/contacts/${mine}`)).status).toBe(404)
  expect(await undone(as, givenAway)).toMatchObject({ restored: 1, notRestored: 0 })
  expect((await as.get(`/contacts/${mine}`)).body.assignedUserId).toBe(me)
})

test('a merge is taken back only by who may delete and change all of its records', async () => {
  await using app = await startApp()
  const { as, mine, foreign, nowMay } = await given(app)
  const { actionId } = (await as.post('/contacts/merge', { survivorId: mine, otherIds: [foreign] })).body
  await nowMay(own)
  expect(await as.post(`/bin/actions/${actionId}/undo`)).toMatchObject({ status: 403, body: { code: 'mayNotDelete' } })
  expect((await app.api.get(`/contacts/${foreign}`)).status).toBe(404)
  expect(await undone(app.api, actionId)).toMatchObject({ restored: 1 })
})
