/** Who may take an import back. That reverting deletes what was created, and nothing else, is held by import.test.ts. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { everything } from '../access/rights.ts'
import { startApp } from '../../test/app.ts'
import { givenTeam, upTo } from '../../test/given-rights.ts'
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

test('companies that an import made for their names go with it, but for those that others use or changed, which are counted', async () => {
  await using app = await startApp()
  await app.api.post('/accounts', { name: 'There' })
  const firms = ['Mine', 'Used', 'Listed', 'Changed', 'There', 'mine']
  const file = `Surname,Firm\n${firms.map((firm, index) => `P${index},${firm}`).join('\n')}\n`
  const { importId } = await imported(app, file, { mapping: { Surname: 'lastName', Firm: 'account' }, missingLinks: 'create' })
  app.clock.advance({ seconds: 1 })
  const idOf = async (name: string) => (await app.api.get(`/accounts?q=${name}`)).body.items[0].id as string
  await app.api.post('/contacts', { lastName: 'Other', accountId: await idOf('Used') })
  const list = (await app.api.post('/target-lists', { name: 'Firms' })).body.id
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Account', ids: [await idOf('Listed')] })
  await app.api.patch(`/accounts/${await idOf('Changed')}`, { industry: 'Steel' })
  expect((await app.api.get(`/imports/${importId}/rows`)).body.total).toBe(6)
  expect((await app.api.post(`/imports/${importId}/revert`)).body).toEqual({ reverted: 6, kept: 0, linked: { reverted: 1, used: 2, changed: 1, notAllowed: 0 } })
  expect((await app.api.get('/accounts?sort=name')).body.items.map(({ name }: { name: string }) => name)).toEqual(['Changed', 'Listed', 'There', 'Used'])
  const actions = (await app.api.get('/bin/actions')).body.items as { id: string; entityType: string; records: number }[]
  expect(actions.map(({ entityType, records }) => `${records} ${entityType}`).sort()).toEqual(['1 Account', '6 Contact'])
  for (const { id } of actions) expect((await app.api.post(`/bin/actions/${id}/undo`)).body.task.result).toMatchObject({ notRestored: 0 })
  expect((await app.api.get('/contacts?q=P0')).body.items[0].accountName).toBe('Mine')
})

test('who takes an import back deletes nothing that he may not delete: what was given away since, and related records of a type that is not his to delete', async () => {
  await using app = await startApp()
  const { me, as, other } = await givenTeam(app, 'own')
  const file = 'Surname,Firm\nA,New\nB,New\n'
  const admin = await imported(app, file, { mapping: { Surname: 'lastName', Firm: 'account' }, missingLinks: 'create' })
  expect((await as.post(`/imports/${admin.importId}/revert`)).status).toBe(404)
  await app.api.post(`/imports/${admin.importId}/revert`)

  await app.db.updateTable('role').set({ types: JSON.stringify({ Account: { ...everything, delete: 'no' } }), otherTypes: JSON.stringify(upTo('own').otherTypes) })
    .where('name', '=', `Role of ${me.actor.userName}`).execute()
  app.clock.advance({ seconds: 1 })
  const { importId } = await imported({ ...app, api: as }, file, { mapping: { Surname: 'lastName', Firm: 'account' }, missingLinks: 'create' })
  await app.db.updateTable('contact').set({ assignedUserId: other.actor.userId }).where('lastName', '=', 'B').execute()
  expect((await as.post(`/imports/${importId}/revert`)).body).toEqual({ reverted: 1, kept: 1, linked: { reverted: 0, used: 1, changed: 0, notAllowed: 0 } })
  expect((await as.get(`/imports/${importId}/rows?outcome=created&sort=line`)).body.items.map(({ reason }: { reason: string }) => reason)).toEqual(['', 'Your roles do not let you delete it, so it was kept.'])
})
