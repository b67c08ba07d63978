/** Exports by API: what is there, safe to open in a spreadsheet, and the same again when it is imported. */
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { upTo } from '../../test/given-rights.ts'
import { importNow } from './start-import.ts'

test('an import of an export gives the same records', async () => {
  await using app = await startApp()
  const account = (await app.api.post('/accounts', { name: '=cmd()', website: 'https://x.example' })).body
  const texts = ['=1+1', '+49 30 12', "'t Hooft", "'=x", '"quoted"', 'a;b,c\nd', '  spaced ', 'Zoë 李 🎈', '@sum', '\t=tab']
  for (const [index, lastName] of texts.entries()) {
    await app.api.post('/contacts', { lastName, emailAddress: `p${index}@x.example`, accountId: account.id, doNotEmail: index % 2 === 0, description: lastName })
    app.clock.advance({ seconds: 1 })
  }
  const { text, headers } = await app.api.get('/contacts/export.csv?sort=createdAt')
  expect(headers['content-disposition']).toContain('contacts.csv')
  expect(text).not.toMatch(/(^|[,"])[=+@]/m)
  const before = (await app.api.get('/contacts?sort=emailAddress')).body.items
  await app.api.post('/contacts/mass-action', { selection: { filter: { and: [] } }, action: 'delete' })
  const path = join(app.environment.dataDir, 'contacts.csv')
  await writeFile(path, text)
  expect(await importNow(app.ground, app.admin, { path, name: 'contacts.csv' }, { entityType: 'Contact' })).toMatchObject({ created: texts.length, rejected: 0, warnings: 0 })
  await access(path)   // a person's own file stays where it is
  const kept = ({ id, createdAt, modifiedAt, ...rest }: Record<string, unknown>) => (expect([id, createdAt, modifiedAt]).not.toContain(undefined), rest)
  expect((await app.api.get('/contacts?sort=emailAddress')).body.items.map(kept)).toEqual(before.map(kept))
})

test('only what the filter finds is exported, with the columns asked for, and the audit log says who did it', async () => {
  await using app = await startApp()
  for (const firstName of ['Anna', 'Ben', 'Annabel']) await app.api.post('/contacts', { firstName })
  const filter = encodeURIComponent(JSON.stringify({ field: 'firstName', op: 'startsWith', value: 'ann' }))
  expect((await app.api.get(`/contacts/export.csv?filter=${filter}&fields=firstName,account.industry&sort=firstName`)).text).toBe('\ufefffirstName,account.industry\r\nAnna,\r\nAnnabel,\r\n')
  expect((await app.api.get('/audit-log?sort=-at')).body.items[0]).toMatchObject({ action: 'exported', aboutType: 'Contact' })
  expect((await app.api.get('/contacts/export.csv?fields=passwordHash')).status).toBe(400)
  expect((await app.api.get('/contacts/export.csv?limit=5')).status).toBe(400)
  expect((await app.as(null).get('/contacts/export.csv')).status).toBe(401)
})

test('an export of more than a page has every record once', async () => {
  await using app = await startApp()
  const path = join(app.environment.dataDir, 'many.csv')
  await writeFile(path, `Last Name\n${Array.from({ length: 2_500 }, (_, number) => `n${number}`).join('\n')}\n`)
  await importNow(app.ground, app.admin, { path, name: 'many.csv' }, { entityType: 'Contact' })
  const lines = (await app.api.get('/contacts/export.csv?fields=lastName')).text.trim().split('\r\n')
  expect([lines.length, new Set(lines).size]).toEqual([2_501, 2_501])
})

test('hundreds and thousands of chosen records are exported as well as a few, by who may, and only those', async () => {
  await using app = await startApp()
  const path = join(app.environment.dataDir, 'many.csv')
  await writeFile(path, `Last Name\n${Array.from({ length: 3_000 }, (_, number) => `n${number}`).join('\n')}\n`)
  await importNow(app.ground, app.admin, { path, name: 'many.csv' }, { entityType: 'Contact' })
  const ids = (await app.db.selectFrom('contact').select('id').orderBy('id').limit(2_500).execute()).map(({ id }) => id)
  const body = { selection: { ids }, fields: 'id' }
  const { status, text, headers } = await app.api.post('/contacts/export.csv', body)
  expect([status, text.trim().split('\r\n').slice(1).sort()]).toEqual([200, ids])
  expect(headers['content-disposition']).toContain('contacts.csv')
  expect((await app.api.get('/audit-log?sort=-at')).body.items[0]).toMatchObject({ action: 'exported', aboutType: 'Contact' })
  expect((await app.api.post('/contacts/export.xlsx', body)).status).toBe(200)
  expect((await app.api.post('/contacts/export.csv', { selection: { filter: { field: 'lastName', op: 'equals', value: 'n7' } }, fields: 'lastName' })).text).toBe('\ufefflastName\r\nn7\r\n')
  expect((await app.api.post('/contacts/export.csv', { selection: {} })).status).toBe(400)
  const own = app.as((await app.givenUser('regular', { rights: upTo('own') })).key)
  expect((await own.post('/contacts/export.csv', body)).text).toBe('\ufeffid\r\n')
  expect((await app.as((await app.givenUser('regular', { rights: upTo('all', []) })).key).post('/contacts/export.csv', body)).status).toBe(403)
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).post('/contacts/export.csv', { selection: { ids: [] } })).text.trim().split('\r\n')).toHaveLength(1)
})
