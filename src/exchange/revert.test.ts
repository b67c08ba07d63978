/** Who may take an import back. That reverting deletes what was created, and nothing else, is held by import.test.ts. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { everything } from '../access/rights.ts'
import { startApp } from '../../test/app.ts'
import { importNow } from './start-import.ts'

test('only an administrator reverts an import of users, and nothing is deleted by trying', async () => {
  await using app = await startApp()
  const path = join(app.environment.dataDir, 'users.csv')
  await writeFile(path, 'Login,Surname\ncarla,Rossi\n')
  await importNow({ ...app.ground, progress: async () => {} }, app.admin, { path, name: 'users.csv' },
    { entityType: 'User', mapping: { Login: 'userName', Surname: 'lastName' } })
  const [{ id, created }] = (await app.api.get('/imports')).body.items
  expect(created).toBe(1)
  const { key } = await app.givenUser('regular', { rights: { otherTypes: everything, permissions: ['administer', 'import'] } })
  expect(await app.as(key).post(`/imports/${id}/revert`)).toMatchObject({ status: 403, body: { code: 'administratorsOnly' } })
  expect((await app.api.get('/users?q=rossi')).body.items).toHaveLength(1)
  expect((await app.api.post(`/imports/${id}/revert`)).body).toEqual({ reverted: 1 })
})
