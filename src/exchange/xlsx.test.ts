/** Spreadsheets by API: what a cell shows is what comes in, whichever program wrote it; a file that is none, or hostile, says what to do. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { imported, upload } from '../../test/given-import.ts'
import { rowsXml, workbookOf, zipOf } from '../../test/given-spreadsheet.ts'
import { SharedStrings } from './shared-strings.ts'
import { formOf, numberText, readable, writable } from './xlsx-cell.ts'

test('contacts come in from a spreadsheet: shared and inline texts, numbers, formulas by what they gave, rows and cells left out', async () => {
  await using app = await startApp()
  const sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>City</t></is></c><c r="D1" t="s"><v>2</v></c></row>'
    + '<row r="3" spans="1:3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="str"><f>CONCAT("Kö","ln")</f><v>K&#246;ln</v></c><c r="D3"><v>4.9301234567E10</v></c></row>'
    + '<row r="4"><c r="D4"><f>1/3</f><v>0.33333333333333331</v></c></row><row r="5"/><row r="6"><c r="B6"><v></v></c></row>'
  const strings = '<sst><si><t>Last Name</t></si><si><r><t xml:space="preserve">O&apos;</t></r><r><rPr><b/></rPr><t>Neil_x000D_</t></r><rPh><t>not read</t></rPh></si><si><t>Phone</t></si></sst>'
  const result = await imported(app, workbookOf({ People: sheet }, { 'xl/sharedStrings.xml': strings }), { mapping: { 'Last Name': 'lastName', City: 'addressCity', Phone: 'phoneNumber' } })
  expect(result).toMatchObject({ created: 2, rejected: 0 })
  const { items } = (await app.api.get('/contacts?sort=-lastName')).body
  expect(items.map(({ lastName, addressCity, phoneNumber }: Record<string, string>) => [lastName, addressCity, phoneNumber])).toEqual([["O'Neil\r", 'Köln', '49301234567'], ['', '', '0.333333333333333']])
  expect(await readdir(join(app.environment.dataDir, 'imports'))).toEqual([])
})

test('the first sheet that is shown is read, or the one that is named; the preview tells which there are', async () => {
  await using app = await startApp()
  const file = workbookOf({ One: rowsXml([['Last Name'], ['A']]), Two: rowsXml([['Nachname', 'Ort'], ['B', 'Köln']]) })
  const look = async (settings: object) => (await app.api.post('/imports/preview', ...upload(file, { entityType: 'Contact', ...settings }))).body
  expect(await look({})).toMatchObject({ kind: 'xlsx', sheet: 'One', sheets: ['One', 'Two'], encoding: null, delimiter: null, rows: [['A']] })
  expect((await look({ sheet: 'two' })).columns).toMatchObject([{ name: 'Nachname', field: 'lastName', samples: ['B'] }, { name: 'Ort', field: 'addressCity' }])
  expect((await look({ sheet: 'Three' })).errors).toEqual([{ path: 'settings.sheet', message: 'The file has no sheet of this name; it has One, Two.' }])
  expect(await imported(app, file, { sheet: 'Two', mapping: { Nachname: 'lastName', Ort: 'addressCity' } })).toMatchObject({ created: 1 })
  expect((await app.api.get('/contacts')).body.items[0]).toMatchObject({ lastName: 'B', addressCity: 'Köln' })
})

test('a number is shown as its style says: days, times, leading zeros', () => {
  const shown = (value: string, id: number, code?: string) => numberText(value, formOf(id, code), false)
  expect([shown('47483', 14), shown('47483.5', 22), shown('0.5', 20), shown('47483', 164, 'yyyy\\-mm\\-dd'), shown('47483.25', 165, '[$-409]d mmm yyyy h:mm AM/PM')])
    .toEqual(['2029-12-31', '2029-12-31 12:00:00', '12:00:00', '2029-12-31', '2029-12-31 06:00:00'])
  expect([shown('4109', 164, '00000'), shown('1234.5', 4), shown('0.1', 10), shown('5', 165, '0 "days"'), shown('5', 166, '[Red]0.00'), shown('1E-7', 0), shown('12345678901234567890', 0), shown('-1', 14)])
    .toEqual(['04109', '1234.5', '0.1', '5', '5', '0.0000001', '12345678901234600000', '-1'])
  expect(numberText('0', 'day', true)).toBe('1904-01-01')
})

test('what XML cannot hold comes back from its escape', () => {
  for (const text of ['a\rb', '\u0001', '_x000D_', '_x0041', '__x005F_', 'plain']) expect(readable(writable(text))).toBe(text)
})

test('texts that cells share are the same whether they fit into memory or lie on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-texts-'))
  const strings = new SharedStrings(join(folder, 'texts'))
  const text = (number: number) => `${number} Zoë 🎈 ${'x'.repeat(number % 400)}`
  for (let number = 0; number < 100_000; number++) strings.add(text(number))
  expect(await readdir(folder)).toEqual(['texts'])
  for (const number of [0, 1, 99_999, 50_000, 12_345]) expect(strings.get(number)).toBe(text(number))
  expect([strings.get(100_000), strings.get(-1), strings.get(Number.NaN)]).toEqual([undefined, undefined, undefined])
  strings.close()
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})

test('a file of another kind is refused with what to do about it, and none is kept', async () => {
  await using app = await startApp()
  const good = workbookOf({ One: rowsXml([['A'], ['1']]) })
  const files: [string, string | Buffer, RegExp][] = [
    ['empty', '', /empty/],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0'.repeat(20), 'latin1'), /no text and no spreadsheet/],
    ['protected or .xls', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'.padEnd(600, '\0'), 'latin1'), /password/],
    ['a PDF', '%PDF-1.7 …', /PDF/],
    ['gzip', Buffer.from('\x1f\x8b\x08', 'latin1'), /Unpack/],
    ['ZIP of a CSV', zipOf({ 'people.csv': 'A,B' }), /no spreadsheet/],
    ['empty ZIP', Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]), /no spreadsheet/],
    ['OpenDocument', zipOf({ mimetype: 'x', 'content.xml': '<a/>', 'META-INF/manifest.xml': '<a/>' }), /OpenDocument/],
    ['xlsb', zipOf({ 'xl/workbook.bin': 'x' }), /xlsb/],
    ['cut off', good.subarray(0, good.length - 40), /cut off/],
    ['torn inside', Buffer.concat([good.subarray(0, 100), Buffer.alloc(300, 7), good.subarray(400)]), /damaged/],
    ['encrypted ZIP', zipOf({ 'xl/workbook.xml': 'x', '_rels/.rels': 'x' }, { encrypted: true }), /password/],
    ['a sheet that is no XML', workbookOf({ One: `<row><c a="${'x'.repeat(2_000_000)}` }), /damaged/],
    ['an empty sheet', workbookOf({ One: '' }), /empty/],
    ['10,000 columns', `${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')}\n`, /more than 1,000 columns/],
    ['a sheet with column XFD', workbookOf({ One: '<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>' }), /more than 1,000 columns/],
    ['a header of a megabyte', `${'x'.repeat(1_000_000)},b\n1,2\n`, /column 1 is longer than 500/],
  ]
  for (const [name, file, message] of files) {
    for (const path of ['/imports', '/imports/preview']) {
      const { status, body } = await app.api.post(path, ...upload(file, { entityType: 'Contact', ...(path === '/imports' && { mapping: { A: 'lastName' } }) }))
      expect([name, status, body.errors?.[0]?.path], JSON.stringify(body).slice(0, 300)).toEqual([name, 400, 'file'])
      expect(body.errors[0].message, name).toMatch(message)
    }
  }
  expect(await readdir(join(app.environment.dataDir, 'imports'))).toEqual([])
})

test('a bomb is given up at once, its parts lie about nothing that matters, and memory stays small', async () => {
  await using app = await startApp()
  const zeros = Buffer.alloc(60 * 1024 * 1024, '<row></row>')
  const bomb = workbookOf({ One: '' }, { 'xl/worksheets/sheet1.xml': Buffer.concat([Buffer.from(`<worksheet><sheetData>${rowsXml([['A'], ['1']])}`), zeros]) })
  expect(bomb.length).toBeLessThan(1_000_000)
  const before = process.memoryUsage().rss
  const { status, text } = await failed(app, bomb, { A: 'lastName' })
  expect([status, text]).toEqual(['failed', expect.stringContaining('far more than a spreadsheet holds')])
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
})

test('declarations and entities of a document are not followed; a megabyte in a cell is a text or a reject', async () => {
  await using app = await startApp()
  const hostile = '<!DOCTYPE worksheet [<!ENTITY xxe SYSTEM "file:///etc/passwd"><!ENTITY a "&b;&b;"><!ENTITY b "&a;">]>'
  const sheet = `${hostile}<worksheet><sheetData>${rowsXml([['Last Name', 'Notes'], ['&xxe;&a;', '<![CDATA[<b>]]>'], ['big', 'x'.repeat(1_000_000)], ['y'.repeat(1_000_000), '']])}</sheetData></worksheet>`
  expect(await imported(app, workbookOf({ One: '' }, { 'xl/worksheets/sheet1.xml': sheet }), { mapping: { 'Last Name': 'lastName', Notes: 'description' } })).toMatchObject({ created: 2, rejected: 1 })
  const { items } = (await app.api.get('/contacts?sort=lastName&fields=lastName,description')).body
  expect(items.map(({ lastName, description }: Record<string, string>) => [lastName, description!.length > 100 ? description!.length : description])).toEqual([['&xxe;&a;', '<b>'], ['big', 1_000_000]])
})

async function failed(app: TestApp, file: Buffer, mapping: Record<string, string>) {
  const { body, status, text } = await app.api.post('/imports', ...upload(file, { entityType: 'Contact', mapping }))
  if (status !== 202) return { status: String(status), text }
  await app.settle()
  const task = (await app.api.get(`/tasks/${body.task.id}`)).body
  return { status: task.status, text: task.error }
}
