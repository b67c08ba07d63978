import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'

test('a role is written, changed and deleted by a user of type admin alone, each in the audit log; whoever had it has it no more', async () => {
  await using app = await startApp()
  const made = await app.api.post('/roles', { name: 'Sales', types: { Contact: { create: true, read: 'team', edit: 'own' } }, permissions: ['export'] })
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({
    name: 'Sales', types: { Contact: { create: true, read: 'team', edit: 'own', delete: 'no' } },
    otherTypes: { create: false, read: 'no', edit: 'no', delete: 'no' }, permissions: ['export'], users: 0,
  })])
  const { body: { id: userId } } = await app.api.post('/users', { userName: 'ben', roleIds: [made.body.id] })
  expect((await app.api.get(`/roles/${made.body.id}`)).body.users).toBe(1)
  expect((await app.api.patch(`/roles/${made.body.id}`, { permissions: [] })).body).toMatchObject({ permissions: [], types: made.body.types, version: 2 })
  expect((await app.api.delete(`/roles/${made.body.id}`)).status).toBe(204)
  expect((await app.api.get(`/users/${userId}`)).body.roleIds).toEqual([])
  const said = (await app.api.get('/audit-log')).body.items.map(({ action }: { action: string }) => action)
  expect(said).toEqual(expect.arrayContaining(['roleCreated', 'roleChanged', 'roleDeleted']))
  const administers = app.as((await app.givenUser('regular', { rights: { permissions: ['administer'] } })).key)
  for (const refused of [await administers.get('/roles'), await administers.post('/roles', { name: 'Mine', permissions: ['send'] }), await administers.get('/api-keys')]) {
    expect([refused.status, refused.body.code]).toEqual([403, 'userManagersOnly'])
  }
})

test('wrong types, levels and names of a role or team are named', async () => {
  await using app = await startApp()
  expect((await app.api.post('/roles', { name: 'X', types: { Doctor: {} } })).body.errors[0].path).toBe('types.Doctor')
  expect((await app.api.post('/roles', { name: '', types: { Contact: { read: 'some' } } })).body.errors.map(({ path }: { path: string }) => path)).toEqual(['name', 'types.Contact.read'])
  await app.api.post('/teams', { name: 'North' })
  expect((await app.api.post('/teams', { name: 'north' })).body).toMatchObject({ status: 409, errors: [{ path: 'name' }] })
  expect((await app.api.post('/contacts', { lastName: 'X', teamIds: ['00000000-0000-0000-0000-000000000000'] })).body.errors[0].path).toBe('teamIds')
})

test('a team is deleted: its people are in it no more', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/teams', { name: 'North' })).body
  const { actor } = await app.givenUser('regular', { teamIds: [id] })
  expect((await app.api.get(`/teams/${id}`)).body.users).toBe(1)
  expect((await app.api.delete(`/teams/${id}`)).status).toBe(204)
  expect((await app.api.get(`/users/${actor.userId}`)).body.teamIds).toEqual([])
})

test('the session says what its user may do', async () => {
  await using app = await startApp()
  const { actor } = await app.givenUser('regular', { rights: { types: { Contact: { create: false, read: 'own', edit: 'no', delete: 'no' } }, permissions: ['send'] } })
  await app.api.patch(`/users/${actor.userId}`, { password: 'a good long one' })
  const signedIn = await app.as(null).post('/session', { userName: actor.userName, password: 'a good long one' })
  expect(signedIn.body.rights).toEqual({
    types: { Contact: { create: false, read: 'own', edit: 'no', delete: 'no' } }, otherTypes: { create: false, read: 'no', edit: 'no', delete: 'no' }, permissions: ['send'], sendNeedsApproval: false,
  })
})
