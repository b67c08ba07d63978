/** What people refused, and dead addresses, from a file: a "no" is set and never lifted. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { imported, upload } from '../../test/given-import.ts'

const suppressed = async (app: TestApp) =>
  (await app.api.get('/suppressions?sort=emailAddress')).body.items.map(({ emailAddress, reason, source }: Record<string, string>) => `${emailAddress} ${reason} ${source}`)

test('opt-outs and dead addresses come in with the rows, of records that are made, found or skipped', async () => {
  await using app = await startApp()
  const list = (await app.api.post('/target-lists', { name: 'Newsletter' })).body
  await app.api.post('/contacts', { emailAddress: 'known@x.example' })
  const file = 'Mail,Out,List,Dead,Born\nout@x.example,yes,,,\nlist@x.example,no,YES,,\ndead@x.example,,,1,\nknown@x.example,yes,,,\nmalformed@@x,yes,,,\nlater@x.example,yes,,,32.13.2030\n,yes,,,\nodd@x.example,perhaps,,,\n'
  const mapping = { Mail: 'emailAddress', Out: 'optedOut', List: 'optedOutOfList', Dead: 'invalidAddress' }
  const settings = { mapping: { ...mapping, Born: 'accountId' }, targetListId: list.id, skipDuplicates: true }
  await imported(app, file, { ...settings, dryRun: true })
  expect(await suppressed(app)).toEqual([])
  expect(await imported(app, file, settings)).toMatchObject({ created: 5, duplicates: 1, rejected: 2 })
  // A row that is rejected for another cell leaves its "no" all the same.
  expect(await suppressed(app)).toEqual(['dead@x.example invalid import', 'known@x.example optedOut import', 'later@x.example optedOut import', 'out@x.example optedOut import'])
  expect((await app.api.get(`/target-lists/${list.id}`)).body).toMatchObject({ members: 6, optedOut: 3, invalid: 1 })
})

test('a no in the file lifts nothing, and importing again keeps the first proof', async () => {
  await using app = await startApp()
  await app.api.post('/suppressions', { emailAddress: 'anna@x.example', reason: 'optedOut', detail: 'by phone' })
  for (const word of ['no', 'yes']) await imported(app, `Mail,Out\nANNA@x.example,${word}\n`, { mapping: { Mail: 'emailAddress', Out: 'optedOut' }, action: 'createAndUpdate' })
  expect((await app.api.get('/suppressions')).body.items).toMatchObject([{ emailAddress: 'anna@x.example', detail: 'by phone', source: 'api' }])
})

test('a record that is found by its id opts out with the address it has', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/contacts', { emailAddress: 'anna@x.example' })).body
  await imported(app, `Id,Out\n${id},yes\n`, { mapping: { Id: 'id', Out: 'optedOut' }, action: 'update', updateBy: 'id' })
  expect(await suppressed(app)).toEqual(['anna@x.example optedOut import'])
})

test('opting out of a list needs the list', async () => {
  await using app = await startApp()
  const { body } = await app.api.post('/imports', ...upload('Mail,List\na@x.example,yes\n', { entityType: 'Contact', mapping: { Mail: 'emailAddress', List: 'optedOutOfList' } }))
  expect(body.errors).toEqual([{ path: 'settings.mapping.List', message: 'Say which target list they opted out of: set targetListId.' }])
})
