import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { upload } from '../../test/given-import.ts'
import type { Actor } from './actor.ts'
import { withPresentRights } from './actors.ts'
import { covers } from './scopes.ts'

const keyFor = async (app: TestApp, values: object) => app.as((await app.api.post('/api-keys', { name: 'For the shop', ...values })).body.key)

test('whoever may change a part may read it; all is every part; a key may read its own affairs, and change them where it may change anything', () => {
  expect(covers(['records:write'], 'records:read')).toBe(true)
  expect(covers(['records:read'], 'records:write')).toBe(false)
  expect(covers(['records:write'], 'reports:read')).toBe(false)
  expect(covers(['all:read'], 'users:read')).toBe(true)
  expect(covers(['all:read', 'records:write'], 'users:write')).toBe(false)
  expect(covers(['records:read'], 'own:read')).toBe(true)
  expect(covers(['records:read'], 'own:write')).toBe(false)
  expect(covers(['reports:write'], 'own:write')).toBe(true)
})

test('a key with scopes is refused outside of them with the scope that it needs, and works inside', async () => {
  await using app = await startApp()
  const reader = await keyFor(app, { scopes: ['records:read'] })
  expect((await reader.get('/contacts')).status).toBe(200)
  expect(await reader.post('/contacts', { lastName: 'Berg' })).toMatchObject({ status: 403, body: { code: 'outsideScope', scope: 'records:write' } })
  expect(await reader.get('/campaigns')).toMatchObject({ status: 403, body: { code: 'outsideScope', scope: 'campaigns:read' } })
  expect((await app.api.get('/contacts/count')).body.total).toBe(0)
})

test('scopes give nothing that the user of the key may not do', async () => {
  await using app = await startApp()
  const { actor } = await app.givenUser('api', { rights: {} })
  const key = await keyFor(app, { userId: actor.userId, scopes: ['all:write'] })
  expect((await key.get('/contacts')).status).toBe(403)
  expect((await key.get('/api-keys')).body.code).toBe('userManagersOnly')
})

test('users are no matter of the scope of records, by no way round', async () => {
  await using app = await startApp()
  const key = await keyFor(app, { scopes: ['records:write', 'imports:write'] })
  const { actor: { userId } } = await app.givenUser('regular')
  for (const refused of [
    await key.post('/users', { userName: 'eve', type: 'admin' }), await key.patch(`/users/${userId}`, { type: 'admin' }), await key.get('/users'),
    await key.post('/users/mass-action', { selection: { ids: [userId] }, action: 'update', data: { type: 'admin' } }),
  ]) expect([refused.status, refused.body.code]).toEqual([403, 'outsideScope'])
  const users = upload('User Name,Type\neve,admin\n', { entityType: 'User', mapping: { 'User Name': 'userName', Type: 'type' } })
  expect((await key.post('/imports', ...users)).body).toMatchObject({ code: 'outsideScope', scope: 'users:write' })
})

test('members of a target list are no matter of the scope of records', async () => {
  await using app = await startApp()
  const { body: { id } } = await app.api.post('/contacts', { lastName: 'Berg', emailAddress: 'berg@example.com' })
  const { body: list } = await app.api.post('/target-lists', { name: 'Readers' })
  const add = { selection: { ids: [id] }, action: 'addToTargetList', data: { targetListId: list.id } }
  expect((await (await keyFor(app, { scopes: ['records:write'] })).post('/contacts/mass-action', add)).body).toMatchObject({ code: 'outsideScope', scope: 'targetLists:write' })
  expect((await (await keyFor(app, { scopes: ['records:write', 'targetLists:write'] })).post('/contacts/mass-action', add)).status).toBeLessThan(300)
})

test('a key for campaigns that may not send does not send by activating a campaign', async () => {
  await using app = await startApp()
  const { body: campaign } = await app.api.post('/campaigns', { name: 'Spring', type: 'email', status: 'inactive' })
  const { body: template } = await app.api.post('/email-templates', { name: 'Letter', subject: 'Hello', body: '<p>Hello</p>' })
  const { body: mail } = await app.api.post('/mass-emails', { campaignId: campaign.id, name: 'First', emailTemplateId: template.id, dateStart: '2031-01-01T00:00:00Z' })
  await app.db.updateTable('massEmail').set({ status: 'pending' }).where('id', '=', mail.id).execute()
  const key = await keyFor(app, { scopes: ['campaigns:write'] })
  expect((await key.patch(`/campaigns/${campaign.id}`, { status: 'active' })).body).toMatchObject({ code: 'outsideScope', scope: 'sending:write' })
  expect((await app.api.get(`/campaigns/${campaign.id}`)).body.status).toBe('inactive')
})

test('a key makes no key that reaches further than itself', async () => {
  await using app = await startApp()
  const key = await keyFor(app, { scopes: ['users:write', 'records:read'] })
  expect((await key.post('/api-keys', { name: 'Wider' })).body).toMatchObject({ code: 'outsideScope', scope: 'all:write' })
  expect((await key.post('/api-keys', { name: 'Wider', scopes: ['records:write'] })).body).toMatchObject({ code: 'outsideScope', scope: 'records:write' })
  expect(await key.post('/api-keys', { name: 'Smaller', scopes: ['records:read'] })).toMatchObject({ status: 201, body: { scopes: ['records:read'] } })
})

test('a key is good until its time and not a moment longer; one that would be over already is not made', async () => {
  await using app = await startApp()
  const key = await keyFor(app, { expiresAt: '2030-01-01T13:00:00Z' })
  expect((await key.get('/tasks')).status).toBe(200)
  app.clock.advance({ hours: 1 })
  expect(await key.get('/tasks')).toMatchObject({ status: 401, body: { code: 'apiKeyExpired' } })
  expect((await key.get('/session')).status).toBe(200)
  expect(await app.api.post('/api-keys', { name: 'Late', expiresAt: '2030-01-01T13:00:00Z' })).toMatchObject({ status: 400, body: { errors: [{ path: 'expiresAt' }] } })
})

test('unknown scopes, no scopes and what is no time are refused, each by its name', async () => {
  await using app = await startApp()
  const faults = async (body: object) => (await app.api.post('/api-keys', { name: 'For the shop', ...body })).body.errors.map(({ path }: { path: string }) => path)
  expect(await faults({ scopes: ['records:delete', 'all:read'] })).toEqual(['scopes.0'])
  expect(await faults({ scopes: [] })).toEqual(['scopes'])
  expect(await faults({ expiresAt: 'tomorrow' })).toEqual(['expiresAt'])
})

test('the list says by whom a key was made, when and from where it was used last, to the minute', async () => {
  await using app = await startApp()
  const { body: made } = await app.api.post('/api-keys', { name: 'For the shop', scopes: ['all:read'] })
  expect(made).toMatchObject({ scopes: ['all:read'], createdByName: app.admin.userName, lastUsedAt: null, lastUsedIp: '', expiresAt: null })
  const used = async () => (await app.api.get('/api-keys?q=shop')).body.items[0]
  const key = app.as(made.key)
  await key.get('/tasks')
  expect(await used()).toMatchObject({ lastUsedAt: '2030-01-01T12:00:00.000Z', lastUsedIp: '127.0.0.1' })
  app.clock.advance({ seconds: 59 })
  await key.get('/tasks')
  expect((await used()).lastUsedAt).toBe('2030-01-01T12:00:00.000Z')
  app.clock.advance({ seconds: 2 })
  await key.get('/tasks')
  expect((await used()).lastUsedAt).toBe('2030-01-01T12:01:01.000Z')
})

test('a key is renamed and removed, each in the audit log, and what the log says of its making holds no secret', async () => {
  await using app = await startApp()
  const { body: made } = await app.api.post('/api-keys', { name: 'For the shop', scopes: ['all:read'] })
  expect((await app.api.patch(`/api-keys/${made.id}`, { name: 'For the webshop' })).body).toMatchObject({ name: 'For the webshop', version: 2 })
  expect((await app.api.patch(`/api-keys/${made.id}`, { name: 'Wider', scopes: ['all:write'] })).body.errors[0].path).toBe('scopes')
  expect((await app.api.delete(`/api-keys/${made.id}`)).status).toBe(204)
  expect((await app.api.patch(`/api-keys/${made.id}`, { name: 'Gone' })).status).toBe(404)
  const { items } = (await app.api.get('/audit-log?q=ApiKey&sort=at')).body
  expect(items.map(({ action }: { action: string }) => action)).toEqual(['apiKeyCreated', 'apiKeyRenamed', 'apiKeyRemoved'])
  expect(items[0].detail).toEqual({ userId: app.admin.userId, scopes: ['all:read'] })
  expect(JSON.stringify(items)).not.toContain(made.key)
})

test('the served OpenAPI says of each operation which scope a key needs', async () => {
  await using app = await startApp()
  const { paths } = (await app.as(null).get('/openapi.json')).body
  expect(paths['/api/v1/{slug}'].get.security).toEqual([{ apiKey: ['records:read'] }])
  expect(paths['/api/v1/{slug}/export.csv'].post.security).toEqual([{ apiKey: ['records:read'] }])
  expect(paths['/api/v1/mass-emails/{id}'].patch.security).toEqual([{ apiKey: ['sending:write'] }])
  expect(paths['/api/v1/tasks'].get.security).toEqual([{ apiKey: [] }])
  expect(paths['/api/v1/session'].get.security).toEqual([])
})

test('captured mail lets people in, so a key sees none of it that may not change users', async () => {
  await using app = await startApp({ sandbox: true })
  for (const scopes of [['settings:read'], ['settings:write'], ['all:read']]) {
    const key = await keyFor(app, { scopes })
    for (const path of ['/sandbox/messages', '/sandbox/messages/00000000-0000-7000-8000-000000000000']) {
      expect([scopes, await key.get(path)]).toMatchObject([scopes, { status: 403, body: { code: 'outsideScope', scope: 'users:write' } }])
    }
  }
  expect((await (await keyFor(app, { scopes: ['users:write'] })).get('/sandbox/messages')).status).toBe(200)
})

test('what a key began goes on in the background with its scopes, and with the rights that its user has by then', async () => {
  await using app = await startApp()
  const key: Actor = { ...app.admin, via: 'apiKey', scopes: ['records:write'] }
  expect(await withPresentRights(app.db, key)).toMatchObject({ userId: app.admin.userId, scopes: ['records:write'] })
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', app.admin.userId).execute()
  expect(await withPresentRights(app.db, key)).toMatchObject({ type: 'regular', scopes: ['records:write'] })
  expect((await withPresentRights(app.db, app.admin)).scopes).toBeUndefined()
})
