/** What people do with their own account. */
import { expect, test } from 'vitest'
import { noRights } from './rights.ts'
import { startApp } from '../../test/app.ts'

test('somebody without any role changes his own name, and nothing else of his account', async () => {
  await using app = await startApp()
  const { actor, key } = await app.givenUser('regular', { rights: noRights })
  expect((await app.as(key).patch('/session/user', { firstName: ' Ann ', lastName: null })).status).toBe(204)
  expect((await app.api.get(`/users/${actor.userId}`)).body).toMatchObject({ name: 'Ann', firstName: 'Ann', lastName: '', version: 2 })
  expect(await app.as(key).patch('/session/user', { userName: 'boss', type: 'admin' })).toMatchObject({ status: 400, body: { errors: [{ path: 'userName' }, { path: 'type' }] } })
  expect((await app.api.get('/audit-log?q=nameChanged')).body.items).toMatchObject([{ userName: actor.userName, aboutId: actor.userId }])
})
