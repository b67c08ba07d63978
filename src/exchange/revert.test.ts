/** Who may take an import back. That reverting deletes what was created, and nothing else, is held by import.test.ts. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { everything } from '../access/rights.ts'
import { startApp } from '../../test/app.ts'
import { imported } from '../../test/given-import.ts'
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
  expect((await app.api.post(`/imports/${id}/revert`)).body).toEqual({ reverted: 1, kept: 0 })
})

test('what was changed since the import is kept, and its row says so; what the import itself changed again is not', async () => {
  await using app = await startApp()
  const file = 'Mail,City\na@x.example,A\nb@x.example,B\na@x.example,A2\nc@x.example,C\n'
  const { importId } = await imported(app, file, { mapping: { Mail: 'emailAddress', City: 'addressCity' }, action: 'createAndUpdate' })
  const { items } = (await app.api.get('/contacts?sort=emailAddress')).body
  app.clock.advance({ seconds: 1 })
  await app.api.patch(`/contacts/${items[1].id}`, { title: 'Dr.' })
  await app.api.delete(`/contacts/${items[2].id}`)
  expect((await app.api.post(`/imports/${importId}/revert`)).body).toEqual({ reverted: 1, kept: 1 })
  expect((await app.api.get('/contacts')).body.items).toMatchObject([{ id: items[1].id, title: 'Dr.' }])
  expect((await app.api.get(`/imports/${importId}`)).body).toMatchObject({ status: 'reverted', created: 3, reverted: 1, kept: 1 })
  const rows = (await app.api.get(`/imports/${importId}/rows?outcome=created&sort=line`)).body.items
  expect(rows.map(({ line, reason }: { line: number; reason: string }) => [line, reason])).toEqual([[2, ''], [3, 'Changed since the import, so it was kept.'], [5, '']])
})
