/** Imports by API: whatever the file is like, every row becomes a record, a change, a duplicate or a reject with its reason. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { imported, upload } from '../../test/given-import.ts'

const mapping = { 'First Name': 'firstName', 'Last Name': 'lastName', 'E-Mail': 'emailAddress', City: 'addressCity' }
const header = 'First Name,Last Name,E-Mail,City'

test('contacts come in from a file with quotes, line breaks and commas, and join a target list', async () => {
  await using app = await startApp()
  const list = (await app.api.post('/target-lists', { name: 'Newsletter' })).body
  const file = `${header}\r\nAnna,"O'Neil, ""the first""",anna@x.example,"two\r\nlines"\r\nBen,Ng,ben@x.example,\r\n`
  const result = await imported(app, file, { mapping, targetListId: list.id, defaults: { title: 'Dr.' } })
  expect(result).toMatchObject({ created: 2, updated: 0, duplicates: 0, rejected: 0, warnings: 0 })
  const { items } = (await app.api.get('/contacts?sort=firstName')).body
  expect(items[0]).toMatchObject({ lastName: `O'Neil, "the first"`, addressCity: 'two\r\nlines', title: 'Dr.', assignedUserId: app.admin.userId })
  expect((await app.api.get(`/target-lists/${list.id}`)).body.members).toBe(2)
})

test('the encoding and the delimiter are found, whatever program wrote the file', async () => {
  await using app = await startApp()
  const text = (delimiter: string) => `First Name,Last Name,E-Mail,City\r\nZoë,Müller,zoe@x.example,Köln\r\n`.replaceAll(',', delimiter)
  const utf16 = Buffer.from(`\ufeff${text('\t')}`, 'utf16le')
  const files: Record<string, Buffer> = {
    'UTF-8 with commas': Buffer.from(text(',')),
    'UTF-8 with a byte order mark and bars': Buffer.from(`\ufeff${text('|')}`),
    'Latin-1 with semicolons': Buffer.from(text(';'), 'latin1'),
    'UTF-16 little-endian with tabs': utf16,
    'UTF-16 big-endian with tabs': Buffer.from(utf16).swap16(),
    'UTF-16 without a mark': Buffer.from(text(','), 'utf16le'),
    'a line that says the delimiter': Buffer.from(`sep=;\r\n${text(';')}`),
    'line feeds alone': Buffer.from(text(',').replaceAll('\r\n', '\n')),
  }
  for (const [name, file] of Object.entries(files)) {
    expect(await imported(app, file, { mapping }), name).toMatchObject({ created: 1, rejected: 0 })
    const { items } = (await app.api.get('/contacts?limit=1&sort=-createdAt')).body
    expect(items[0], name).toMatchObject({ firstName: 'Zoë', lastName: 'Müller', addressCity: 'Köln' })
    await app.api.delete(`/contacts/${items[0].id}`)
  }
})

test('Windows-1252 has letters where Latin-1 has none', async () => {
  await using app = await startApp()
  await imported(app, Buffer.from('Last Name\r\nD\x92Or 5\x80 \xe9\r\n', 'latin1'), { mapping: { 'Last Name': 'lastName' } })
  expect((await app.api.get('/contacts')).body.items[0].lastName).toBe('D’Or 5€ é')
})

test('rows that cannot become a record are rejected with line and reason; the others come in', async () => {
  await using app = await startApp()
  const file = ['Name,State,Mail,No Mail', 'Good,new,a@x.example,no', 'Bad option,Lost,b@x.example,', 'Too,many,cells,no,oops', 'Short',
    '"Two', 'lines",New,c@x.example,maybe', ',,,', `${'x'.repeat(256)},New,d@x.example,yes`, 'NUL\0,New,e@x.example,yes', 'Malformed,DEAD,f@@x,yes'].join('\n')
  const result = await imported(app, file, { entityType: 'Lead', mapping: { Name: 'lastName', State: 'status', Mail: 'emailAddress', 'No Mail': 'doNotEmail' } })
  expect(result).toMatchObject({ created: 2, rejected: 7, warnings: 1 })
  const { items } = (await app.api.get(`/imports/${result.importId}/rows?outcome=rejected`)).body
  expect(items.map(({ line, reason }: { line: number; reason: string }) => `${line} ${reason}`)).toEqual([
    expect.stringMatching(/^3 State must be one of New, .* not "Lost"/), '4 The row has 5 cells, the header has 4.', '5 The row has 1 cells, the header has 4.',
    '6 No Mail must be yes or no, not "maybe".', '8 The row is empty.', '9 Name must not be longer than 255 characters.', '10 Name must not contain a NUL character.',
  ])
  const [warning] = (await app.api.get(`/imports/${result.importId}/rows?outcome=warning`)).body.items
  expect(warning).toMatchObject({ line: 11, reason: expect.stringContaining('malformed'), recordId: expect.any(String) })
  expect((await app.api.get('/leads?sort=name')).body.items.map(({ status }: { status: string }) => status)).toEqual(['New', 'Dead'])
})

test('the rejects come as a file that can be mended and imported again', async () => {
  await using app = await startApp()
  const { importId } = await imported(app, 'Name,State\n=1+1,Lost\n"a ""b""",\nx\n', { entityType: 'Lead', mapping: { Name: 'lastName', State: 'status' } })
  const { text, headers } = await app.api.get(`/imports/${importId}/rejects.csv`)
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(text).toMatch(/^\ufeffName,State,Line,Reason\r\n'=1\+1,Lost,2,"State must be one of [^\r]*\r\nx,,4,"The row has 1 cells, the header has 2."\r\n$/)
  const mended = await imported(app, text.replaceAll('Lost', 'New'), { entityType: 'Lead', mapping: { Name: 'lastName', State: 'status' } })
  expect(mended).toMatchObject({ created: 2 })
  expect((await app.api.get('/leads?q=%3D1')).body.items[0].lastName).toBe('=1+1')
})

test('duplicates within the file and against the table are skipped by address, and the existing record joins the list', async () => {
  await using app = await startApp()
  const list = (await app.api.post('/target-lists', { name: 'All' })).body
  const known = (await app.api.post('/contacts', { emailAddress: 'anna@bücher.example' })).body
  const file = `${header}\nA,A,ANNA@BÜCHER.example,\nB,B,ben@x.example,\nB,B,BEN@x.example,\nC,C,,\nC,C,,\n`
  const result = await imported(app, file, { mapping, skipDuplicates: true, targetListId: list.id })
  expect(result).toMatchObject({ created: 3, duplicates: 2, rejected: 0 })
  const { items } = (await app.api.get(`/imports/${result.importId}/rows?outcome=duplicate`)).body
  expect(items[0]).toMatchObject({ line: 2, recordId: known.id })
  expect((await app.api.get(`/target-lists/${list.id}`)).body.members).toBe(4)
  expect(await imported(app, file, { mapping })).toMatchObject({ created: 5, duplicates: 0 })
})

test('create and update finds records by the key, changes what the file says and leaves alone what it does not', async () => {
  await using app = await startApp()
  await app.api.post('/contacts', { firstName: 'Anna', addressCity: 'Bonn', emailAddress: 'anna@x.example' })
  await app.api.post('/contacts', { firstName: 'Carl', lastName: 'Cox', emailAddress: 'carl@x.example' })
  const file = `${header}\n,Adams,ANNA@x.example,\n,,carl@x.example,Köln\nBen,Ng,ben@x.example,Berlin\nBenjamin,,ben@x.example,\nNobody,,,\n`
  expect(await imported(app, file, { mapping, action: 'createAndUpdate' })).toMatchObject({ created: 2, updated: 3, rejected: 0 })
  const { items } = (await app.api.get('/contacts?sort=firstName')).body
  expect(items.map(({ firstName, lastName, addressCity }: Record<string, string>) => [firstName, lastName, addressCity])).toEqual([
    ['Anna', 'Adams', 'Bonn'], ['Benjamin', 'Ng', 'Berlin'], ['Carl', 'Cox', 'Köln'], ['Nobody', '', ''],
  ])
})

test('update makes no new records: a row without its record is rejected', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/accounts', { name: 'Acme', industry: 'Steel' })).body
  const result = await imported(app, `Id,Business\n${id},Glass\nnot-an-id,Wood\n`, {
    entityType: 'Account', mapping: { Id: 'id', Business: 'industry' }, action: 'update', updateBy: 'id',
  })
  expect(result).toMatchObject({ created: 0, updated: 1, rejected: 1 })
  expect((await app.api.get(`/accounts/${id}`)).body).toMatchObject({ industry: 'Glass', name: 'Acme', version: 2 })
})

test('a dry run counts and lists everything and writes no record', async () => {
  await using app = await startApp()
  const list = (await app.api.post('/target-lists', { name: 'All' })).body
  const file = `${header}\nA,A,anna@x.example,\nA,A,ANNA@x.example,\nB,B,b@@x,\nshort\n`
  const settings = { mapping, skipDuplicates: true, targetListId: list.id }
  const dry = await imported(app, file, { ...settings, dryRun: true })
  expect((await app.api.get('/contacts')).body.total).toBe(0)
  const real = await imported(app, file, settings)
  expect({ ...dry, importId: '' }).toEqual({ ...real, importId: '' })
  expect(real).toMatchObject({ created: 2, duplicates: 1, rejected: 1, warnings: 1 })
})

test('links to records that do not exist are rejected row by row', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/accounts', { name: 'Acme' })).body
  const result = await imported(app, `Last Name,Account\nA,${id}\nB,${app.admin.userId}\nC,x\n`, { mapping: { 'Last Name': 'lastName', Account: 'accountId' } })
  expect(result).toMatchObject({ created: 1, rejected: 2 })
})

test('users are imported by administrators only, and no user name twice', async () => {
  await using app = await startApp()
  const file = 'Login\nanna\nANNA\n\nben\n'
  const settings = { entityType: 'User', mapping: { Login: 'userName' } }
  expect(await imported(app, file, settings)).toMatchObject({ created: 2, rejected: 1 })
  const regular = await app.givenUser('regular')
  expect((await app.as(regular.key).post('/imports', ...upload(file, settings))).status).toBe(403)
})

test('a file cannot take the last administrator away', async () => {
  await using app = await startApp()
  const settings = { entityType: 'User', mapping: { Login: 'userName', Kind: 'type' }, action: 'update', updateBy: 'userName' }
  const { body } = await app.api.post('/imports', ...upload(`Login,Kind\n${app.admin.userName},regular\n`, settings))
  await app.settle()
  expect((await app.api.get(`/tasks/${body.task.id}`)).body).toMatchObject({ status: 'failed', error: expect.stringContaining('last active administrator') })
  expect((await app.api.get(`/users/${app.admin.userId}`)).body.type).toBe('admin')
})

test('wrong settings are refused with every fault, and the file is not kept', async () => {
  await using app = await startApp()
  const refused = async (file: string | Buffer | null, settings: unknown) => {
    const answer = await app.api.post('/imports', ...upload(file, settings))
    expect(answer.status, answer.text).toBe(400)
    return answer.body.errors?.map(({ path }: { path: string }) => path).sort()
  }
  expect(await refused('A,B\n1,2\n', {
    entityType: 'Contact', mapping: { A: 'emailAddress', B: 'emailAddress', C: 'firstName', D: 'shoeSize' }, action: 'update', updateBy: 'lastName',
    defaults: { status: 'x' }, targetListId: 'x',
  })).toEqual(['settings.defaults.status', 'settings.mapping.B', 'settings.mapping.C', 'settings.mapping.D', 'settings.mapping.D', 'settings.targetListId', 'settings.updateBy'])
  expect(await refused(null, { mapping: {}, dryRum: true })).toEqual(['file', 'settings.dryRum', 'settings.entityType'])
  expect(await refused('', { entityType: 'Contact', mapping: { A: 'lastName' } })).toEqual(['file'])
  expect(await refused('A\n', 'not json')).toEqual(['settings'])
  expect(await readdir(join(app.environment.dataDir, 'imports'))).toEqual([])
})

test('the parts may come in any order', async () => {
  await using app = await startApp()
  const [body, headers] = upload('Last Name\nA\n', { entityType: 'Contact', mapping: { 'Last Name': 'lastName' } }, { settingsFirst: true })
  expect((await app.api.post('/imports', body, headers)).status).toBe(202)
})

test('the same upload sent again with its Idempotency-Key is one import, another file with that key is refused', async () => {
  await using app = await startApp()
  const settings = { entityType: 'Contact', mapping: { 'Last Name': 'lastName' } }
  const send = (file: string) => {
    const [body, headers] = upload(file, settings)
    return app.api.post('/imports', body, { ...headers, 'idempotency-key': 'once' })
  }
  const [first, again, other] = [await send('Last Name\nA\n'), await send('Last Name\nA\n'), await send('Last Name\nB\n')]
  expect([first.status, again.status, other.status]).toEqual([202, 202, 409])
  expect(again.body).toEqual(first.body)
  expect(await readdir(join(app.environment.dataDir, 'imports'))).toHaveLength(1)
  await app.settle()
  expect((await app.api.get('/contacts')).body.total).toBe(1)
  expect(await readdir(join(app.environment.dataDir, 'imports'))).toEqual([])
})

test('a quotation mark that is never closed ends the reading with a reject that says where; what stood before it is in', async () => {
  await using app = await startApp()
  const result = await imported(app, 'Last Name,City\nA,x\nB,"y\nC,z\nD,z\n', { mapping: { 'Last Name': 'lastName', City: 'addressCity' } })
  expect(result).toMatchObject({ created: 1, rejected: 1 })
  expect((await app.api.get(`/imports/${result.importId}/rows?outcome=rejected`)).body.items[0]).toMatchObject({ line: 3, reason: expect.stringContaining('never closed') })
})

test('hostile cells come in as text, and a cell of a megabyte is text or a reject', async () => {
  await using app = await startApp()
  const hostile = [`'; drop table contact; --`, '<img src=x onerror=alert(1)>', '{"a":1}', '$1', '\\N', 'NULL']
  const file = ['Last Name;Notes', ...hostile.map((text) => `"${text.replaceAll('"', '""')}";`), `big;${'x'.repeat(1_000_000)}`, `${'y'.repeat(1_000_000)};`].join('\n')
  expect(await imported(app, file, { mapping: { 'Last Name': 'lastName', Notes: 'description' } })).toMatchObject({ created: hostile.length + 1, rejected: 1 })
  const { items } = (await app.api.get('/contacts?fields=lastName')).body
  expect(items.map(({ lastName }: { lastName: string }) => lastName)).toEqual(expect.arrayContaining([...hostile, 'big']))
})

test('reverting deletes what the import created, keeps what it changed, and is done once', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/contacts', { emailAddress: 'anna@x.example' })).body
  const { importId } = await imported(app, `${header}\nAnna,,anna@x.example,\nBen,,ben@x.example,\n`, { mapping, action: 'createAndUpdate' })
  expect((await app.api.post(`/imports/${importId}/revert`)).body).toEqual({ reverted: 1, kept: 0 })
  expect((await app.api.get('/contacts')).body.items.map((contact: { id: string }) => contact.id)).toEqual([id])
  expect((await app.api.get(`/imports/${importId}`)).body.status).toBe('reverted')
  expect((await app.api.post(`/imports/${importId}/revert`)).status).toBe(409)
})

test('an import that is canceled says what it did, and what it did can be reverted', async () => {
  await using app = await startApp()
  const file = `Last Name\n${Array.from({ length: 5_000 }, (_, number) => `n${number}`).join('\n')}\n`
  const { body } = await app.api.post('/imports', ...upload(file, { entityType: 'Contact', mapping: { 'Last Name': 'lastName' } }))
  await app.db.updateTable('task').set({ cancelAsked: true }).where('id', '=', body.task.id).execute()
  await app.settle()
  const [stopped] = (await app.api.get('/imports')).body.items
  const there = (await app.api.get('/contacts/count')).body.total
  expect(stopped).toMatchObject({ status: 'canceled', created: there })
  expect(there).toBeLessThan(5_000)
  expect((await app.api.post(`/imports/${stopped.id}/revert`)).status).toBeLessThan(300)
  await app.settle()
  expect((await app.api.get('/contacts/count')).body.total).toBe(0)
})

test('a preview tells how a file is written and guesses what its columns mean, in several languages', async () => {
  await using app = await startApp()
  const [body, headers] = upload(Buffer.from('Vorname;Nachname;E-Mail-Adresse;PLZ;Ort;;Vorname\r\nZoë;M;zoe@x.example;04109;Köln;?;\r\n', 'latin1'), { entityType: 'Contact' })
  const { status, body: preview } = await app.api.post('/imports/preview', body, headers)
  expect(status).toBe(200)
  expect(preview).toMatchObject({ encoding: 'windows-1252', delimiter: ';', rows: [['Zoë', 'M', 'zoe@x.example', '04109', 'Köln', '?', '']] })
  expect(preview.columns.map(({ name, field }: { name: string; field: string }) => [name, field])).toEqual([
    ['Vorname', 'firstName'], ['Nachname', 'lastName'], ['E-Mail-Adresse', 'emailAddress'], ['PLZ', 'addressPostalCode'], ['Ort', 'addressCity'],
    ['Column 6', null], ['Vorname (2)', null],
  ])
})

test('a file whose guess is wrong is read rightly when told, by the preview as by the import', async () => {
  await using app = await startApp()
  const file = Buffer.from('Last Name,First;Name,City\nMÃ¼ller,A;B,KÃ¶ln\n', 'latin1')
  const told = { encoding: 'windows-1252', delimiter: ';' }
  const look = async (settings: object) => (await app.api.post('/imports/preview', ...upload(file, { entityType: 'Contact', ...settings }))).body
  expect(await look({})).toMatchObject({ encoding: 'utf-8', delimiter: ',', rows: [['Müller', 'A;B', 'Köln']] })
  expect(await look(told)).toMatchObject({ ...told, rows: [['MÃ¼ller,A', 'B,KÃ¶ln']] })
  expect(await imported(app, file, { ...told, mapping: { 'Last Name,First': 'lastName', 'Name,City': 'firstName' } })).toMatchObject({ created: 1, rejected: 0 })
  expect((await app.api.get('/contacts')).body.items[0]).toMatchObject({ lastName: 'MÃ¼ller,A', firstName: 'B,KÃ¶ln' })
})

test('without a header the first row is a record and the columns are called by their place', async () => {
  await using app = await startApp()
  const file = 'Anna,anna@x.example\nBen,ben@x.example\nToo,many,cells\n'
  const settings = { entityType: 'Contact', header: false }
  const { body: preview } = await app.api.post('/imports/preview', ...upload(file, settings))
  expect(preview.columns.map(({ name }: { name: string }) => name)).toEqual(['Column 1', 'Column 2'])
  expect(preview.rows[0]).toEqual(['Anna', 'anna@x.example'])
  const result = await imported(app, file, { ...settings, mapping: { 'Column 1': 'lastName', 'Column 2': 'emailAddress' } })
  expect(result).toMatchObject({ created: 2, rejected: 1 })
  expect((await app.api.get('/contacts?sort=lastName')).body.items.map(({ lastName }: { lastName: string }) => lastName)).toEqual(['Anna', 'Ben'])
  expect((await app.api.get(`/imports/${result.importId}/rows?outcome=rejected`)).body.items[0]).toMatchObject({ line: 3 })
})

test('an encoding, a delimiter or a header that does not exist is refused by name', async () => {
  await using app = await startApp()
  const wrong = { entityType: 'Contact', encoding: 'ebcdic', delimiter: ':', header: 'no' }
  for (const [path, settings] of [['/imports', { ...wrong, mapping: { A: 'lastName' } }], ['/imports/preview', wrong]] as const) {
    const { status, body } = await app.api.post(path, ...upload('A\n1\n', settings))
    expect(status).toBe(400)
    expect(body.errors.map((fault: { path: string }) => fault.path)).toEqual(['settings.encoding', 'settings.delimiter', 'settings.header'])
  }
})
