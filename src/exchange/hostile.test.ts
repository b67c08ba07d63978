/** Spreadsheets made to cost much: each ends within a moment and with little memory, and says what is wrong. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { upload } from '../../test/given-import.ts'
import { rowsXml, workbookOf } from '../../test/given-spreadsheet.ts'
import { SharedStrings } from './shared-strings.ts'
import { attribute, XmlReader } from './xml.ts'

const cells = rowsXml([['Last Name'], ['A']])
const sheetWith = (inside: string, before = '') => workbookOf({ One: '' }, { 'xl/worksheets/sheet1.xml': `<worksheet>${before}<sheetData>${inside}</sheetData></worksheet>` })
/** Packs badly enough not to be taken for a bomb. */
const many = (times: number, piece: (number: number) => string) => Array.from({ length: times }, (_, number) => piece(number)).join('')

const files: [name: string, file: () => Buffer, status: number][] = [
  ['number formats of brackets', () => workbookOf({ One: cells }, { 'xl/styles.xml': `<s><numFmts><numFmt numFmtId="164" formatCode="${'['.repeat(200_000)}"/></numFmts><cellXfs>${'<xf numFmtId="164"/>'.repeat(50_000)}</cellXfs></s>` }), 200],
  ['many number formats of brackets', () => workbookOf({ One: cells }, { 'xl/styles.xml': `<s><numFmts>${many(50_000, (id) => `<numFmt numFmtId="${id}" formatCode="${'['.repeat(250)}"/>`)}</numFmts></s>` }), 200],
  ['a dimension of digits', () => sheetWith(cells, `<dimension ref="${'1'.repeat(900_000)}x"/>`), 200],
  ['an attribute that never is one', () => sheetWith(`<row><c ${many(50_000, (number) => `t=${String.fromCharCode(0x4e00 + (number % 20_000))} `)}><v>1</v></c></row>`), 200],
  ['a target that is no address', () => workbookOf({ One: cells }, { '_rels/.rels': '<Relationships><Relationship Type="x/officeDocument" Target="http://["/></Relationships>' }), 400],
  ['a text in millions of pieces', () => sheetWith(`<row><c t="inlineStr"><is><t>${'a<b/>'.repeat(3_000_000)}</t></is></c></row>`), 400],
  ['a value in millions of pieces', () => sheetWith(`<row><c><v>${'1<b/>'.repeat(3_000_000)}</v></c></row>`), 400],
  ['a row of long cells', () => sheetWith(`<row>${`<c t="str"><v>${'x'.repeat(400_000)}</v></c>`.repeat(45)}</row>`), 400],
  ['a comment without an end', () => sheetWith(`<!--${'x'.repeat(15_000_000)}`), 400],
  ['a section without an end', () => sheetWith(`<row><c t="inlineStr"><is><t><![CDATA[${'x'.repeat(15_000_000)}`), 400],
  ['a document type without an end', () => sheetWith(`<!DOCTYPE x [${'x'.repeat(15_000_000)}`), 400],
  ['a text without an end', () => sheetWith(`<row><c t="inlineStr"><is><t>${'x'.repeat(15_900_000)}`), 400],
]

test('a hostile file is read or refused within a second or so, in little memory, and nothing of it is kept', async () => {
  await using app = await startApp()
  const slow: string[] = []
  for (const [name, file, expected] of files) {
    const uploaded = upload(file(), { entityType: 'Contact' })
    const [begun, before] = [performance.now(), process.memoryUsage().rss]
    const { status, text } = await app.api.post('/imports/preview', ...uploaded)
    expect([name, status], text.slice(0, 300)).toEqual([name, expected])
    const [ms, bytes] = [performance.now() - begun, process.memoryUsage().rss - before]
    if (ms > 1_500 || bytes > 200 * 1024 ** 2) slow.push(`${name}: ${Math.round(ms)} ms, ${Math.round(bytes / 1024 ** 2)} MB`)
  }
  expect(slow).toEqual([])
  expect(await readdir(join(app.environment.dataDir, 'imports'))).toEqual([])
}, 60_000)

test('empty texts that cells share cost little, and more than a sheet can hold are refused', async () => {
  await using app = await startApp()
  const strings = new SharedStrings(join(app.environment.dataDir, 'texts'))
  const before = process.memoryUsage().rss
  const fill = () => { for (let number = 0; number < 20_000_001; number++) strings.add('') }
  expect(fill).toThrow('more texts than can be read')
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 ** 2)
  expect([strings.get(0), strings.get(19_999_999), strings.get(20_000_000)]).toEqual(['', '', undefined])
  strings.close()
}, 60_000)

test('a text is the same in whatever pieces a document comes', () => {
  const written = '<a>1 &lt; 2 &amp;&#x1F388; &unknown; & <![CDATA[<&amp;>]]>end</a>'
  const read = (size: number) => {
    let text = ''
    const reader = new XmlReader({ text: (piece) => { text += piece } })
    for (let at = 0; at < written.length; at += size) reader.write(written.slice(at, at + size))
    reader.end()
    return text
  }
  for (let size = 1; size <= written.length; size++) expect(read(size), `${size}`).toBe('1 < 2 &🎈 &unknown; & <&amp;>end')
})

test('an attribute is what stands in quotes behind its name', () => {
  expect([attribute(' r=x r="1"', 'r'), attribute(" x:r='2'", 'r'), attribute(' ref="1"', 'r'), attribute(' r="1', 'r')]).toEqual(['1', '2', null, null])
})
