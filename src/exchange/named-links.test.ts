/** Related records by name, and duplicates by another field than the address. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { imported, upload } from '../../test/given-import.ts'

const mapping = { Name: 'lastName', Company: 'account', Owner: 'assignedUser' }
const rowsOf = async (app: TestApp, importId: string, outcome: string) =>
  (await app.api.get(`/imports/${importId}/rows?outcome=${outcome}&sort=line`)).body.items.map(({ line, reason }: { line: number; reason: string }) => `${line} ${reason}`)

test('a record is linked by the name of another, in any case, or by its id; a name that nobody or several have is a reject that says so', async () => {
  await using app = await startApp()
  const acme = (await app.api.post('/accounts', { name: 'Acme' })).body
  for (const name of ['Twin', 'TWIN']) await app.api.post('/accounts', { name })
  const file = `Name,Company,Owner\nA,ACME,${app.admin.userName}\nB,${acme.id},\nC,Nobody,\nD,twin,\nE,,Nobody\n`
  const result = await imported(app, file, { mapping })
  expect(result).toMatchObject({ created: 2, rejected: 3 })
  expect(await rowsOf(app, result.importId, 'rejected')).toEqual([
    '4 Company: There is no Account named "Nobody".', '5 Company: Several of type Account are named "twin".', '6 Owner: There is no User named "Nobody".',
  ])
  const { items } = (await app.api.get('/contacts?sort=lastName')).body
  expect(items).toMatchObject([{ accountId: acme.id, accountName: 'Acme', assignedUserId: app.admin.userId }, { accountId: acme.id }])
})

test('with leaveEmpty such a row comes in without the link and with a warning, with create the record is made once', async () => {
  await using app = await startApp()
  const left = await imported(app, 'Name,Company,Owner\nA,Nobody,\n', { mapping, missingLinks: 'leaveEmpty' })
  expect(left).toMatchObject({ created: 1, warnings: 1 })
  expect(await rowsOf(app, left.importId, 'warning')).toEqual(['2 Company: There is no Account named "Nobody".'])

  const file = 'Name,Company,Owner\nB,Neue GmbH,\nC,NEUE gmbh,\nD,Other,nobody\n'
  const dry = await imported(app, file, { mapping, missingLinks: 'leaveEmpty', dryRun: true })
  expect(dry).toMatchObject({ created: 3, warnings: 3 })
  const settings = { mapping: { Name: 'lastName', Company: 'account' }, missingLinks: 'create' }
  expect(await imported(app, file, { ...settings, dryRun: true })).toMatchObject({ created: 3, warnings: 0 })
  expect((await app.api.get('/accounts')).body.total).toBe(0)
  expect(await imported(app, file, settings)).toMatchObject({ created: 3, rejected: 0 })
  expect((await app.api.get('/accounts?sort=name')).body.items.map(({ name }: { name: string }) => name)).toEqual(['Neue GmbH', 'Other'])
  expect((await app.api.get('/contacts?q=B')).body.items[0]).toMatchObject({ accountName: 'Neue GmbH' })
})

test('what cannot be made by a name alone is refused before anything is read', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/imports', ...upload('Name,Owner\nA,x\n', { entityType: 'Contact', mapping: { Name: 'lastName', Owner: 'assignedUser' }, missingLinks: 'create' }))
  expect([status, body.errors[0].path, body.errors[0].message]).toEqual([400, 'settings.missingLinks', 'A missing Assigned User cannot be made: User has no name of its own to be made by.'])
})

test('a column may be guessed to name a related record, unless another one gives its id', async () => {
  await using app = await startApp()
  const guess = async (header: string) => (await app.api.post('/imports/preview', ...upload(`${header}\n`, { entityType: 'Contact' }))).body.columns.map(({ field }: { field: string }) => field)
  expect(await guess('Company,Unsubscribed,Bounced')).toEqual(['account', 'optedOut', 'invalidAddress'])
  expect(await guess('accountId,accountName')).toEqual(['accountId', null])
  expect(await guess('Account Name,Assigned User')).toEqual(['account', 'assignedUser'])
})

test('duplicates are found by the field that is chosen', async () => {
  await using app = await startApp()
  await app.api.post('/accounts', { name: 'Acme', website: 'https://acme.example' })
  const file = 'Name,Web\nOther,HTTPS://ACME.example\nNew,https://new.example\nNew again,https://new.example\nNone,\nNone,\n'
  const settings = { entityType: 'Account', mapping: { Name: 'name', Web: 'website' }, skipDuplicates: true, duplicatesBy: 'website' }
  expect(await imported(app, file, settings)).toMatchObject({ created: 3, duplicates: 2 })
  const { body } = await app.api.post('/imports', ...upload('Name\nA\n', { ...settings, mapping: { Name: 'name' } }))
  expect(body.errors).toEqual([{ path: 'settings.duplicatesBy', message: 'Map a column to website.' }])
})
