import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { everything, noRights } from './rights.ts'
import { type NamedRole, rightsWithSources } from './sources.ts'

const role = (id: string, rights: Partial<NamedRole>): NamedRole => ({ ...noRights, id, name: id, ...rights })

test('each right names every role that gives as much, and none that gives less', () => {
  const marketing = role('marketing', { types: { Contact: { create: true, read: 'all', edit: 'team', delete: 'no' } }, permissions: ['send'] })
  const sales = role('sales', { types: { Contact: { create: false, read: 'own', edit: 'team', delete: 'own' } }, permissions: ['send', 'export'] })
  expect(rightsWithSources([marketing, sales], ['Contact', 'Lead'])).toEqual({
    types: [
      { type: 'Contact', create: { given: true, from: ['marketing'] }, read: { level: 'all', from: ['marketing'] }, edit: { level: 'team', from: ['marketing', 'sales'] }, delete: { level: 'own', from: ['sales'] } },
      { type: 'Lead', create: { given: false, from: [] }, read: { level: 'no', from: [] }, edit: { level: 'no', from: [] }, delete: { level: 'no', from: [] } },
    ],
    permissions: [{ permission: 'export', from: ['sales'] }, { permission: 'send', from: ['marketing', 'sales'] }],
    sendNeedsApproval: false,
  })
})

test('nobody changes what he cannot see, and users are written by admins alone, whatever roles say', () => {
  const odd = role('odd', { otherTypes: { ...everything, read: 'own' } })
  const [contact, user] = rightsWithSources([odd], ['Contact', 'User']).types
  expect(contact).toMatchObject({ edit: { level: 'own', from: ['odd'] }, delete: { level: 'own' } })
  expect(user).toMatchObject({ create: { given: false }, read: { level: 'own' }, edit: { level: 'no' }, delete: { level: 'no' } })
})

test('an admin asks what a person may do, and by which roles and in which teams', async () => {
  await using app = await startApp()
  const { body: sales } = await app.api.post('/roles', { name: 'Sales', types: { Contact: { read: 'team' } }, permissions: ['export'] })
  const { body: north } = await app.api.post('/teams', { name: 'North' })
  const { body: user } = await app.api.post('/users', { userName: 'ben', roleIds: [sales.id], teamIds: [north.id] })
  const { body } = await app.api.get(`/users/${user.id}/rights`)
  expect(body).toMatchObject({ everything: false, isActive: true, roles: [{ id: sales.id, name: 'Sales' }], teams: [{ id: north.id, name: 'North' }], permissions: [{ permission: 'export', from: [sales.id] }] })
  expect(body.types.find(({ type }: { type: string }) => type === 'Contact')).toMatchObject({ read: { level: 'team', from: [sales.id] }, edit: { level: 'no', from: [] } })
  expect(body.types.map(({ type }: { type: string }) => type)).toEqual(expect.arrayContaining(['Lead', 'Campaign', 'TargetList', 'Report']))
  expect((await app.api.get(`/users/${app.admin.userId}/rights`)).body).toMatchObject({ everything: true, roles: [] })
  expect((await app.api.get('/users/nobody/rights')).status).toBe(404)
})

test('the list of users says when each signed in last', async () => {
  await using app = await startApp()
  const { body: user } = await app.api.post('/users', { userName: 'ben', password: 'a good long password' })
  expect(user.lastSignInAt).toBeNull()
  await app.as(null).post('/session', { userName: 'ben', password: 'a good long password' })
  const { items } = (await app.api.get('/users?q=ben')).body
  expect(items[0]).toMatchObject({ lastSignInAt: '2030-01-01T12:00:00.000Z', version: user.version })
  expect((await app.api.patch(`/users/${user.id}`, { lastSignInAt: null })).status).toBe(400)
})
