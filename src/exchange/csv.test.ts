/** CSV as files really are, in pieces of any size. */
import { expect, test } from 'vitest'
import { csvRows } from './csv.ts'
import { csvLine } from './csv-text.ts'
import { findDelimiter } from './delimiter.ts'
import { restored } from './formula.ts'

test('rows come out the same however the text is cut into pieces', async () => {
  const text = 'a,b\r\n"x ""y"" z","line\r\nbreak"\r\n\r\n,\n"",last\ronly "quotes" inside,"closed" and more\n\n"" ,"",'
  const expected = [
    { line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['x "y" z', 'line\r\nbreak'] }, { line: 5, cells: ['', ''] }, { line: 6, cells: ['', 'last'] },
    { line: 7, cells: ['only "quotes" inside', 'closed and more'] }, { line: 9, cells: [' ', '', ''] },
  ]
  for (let size = 1; size <= text.length; size++) expect(await rowsOf(text, size), `pieces of ${size}`).toEqual(expected)
})

test('a quotation mark that is never closed costs nothing that stood before it', async () => {
  expect(await rowsOf('a\nb\n"c\nd\n', 3)).toEqual([
    { line: 1, cells: ['a'] }, { line: 2, cells: ['b'] }, { line: 3, cells: [], unreadable: expect.stringContaining('never closed') },
  ])
  const endless = await rowsOf(`a\n"${'x'.repeat(20_000_000)}`, 1_000_000)
  expect(endless.map(({ line, unreadable }) => [line, unreadable !== undefined])).toEqual([[1, false], [2, true]])
})

test('what is written is read back, and no cell begins like a formula', async () => {
  const cells = ['=1+1', '+49 30 1', '-5', '@x', '\t=1', "'=1", "''@", ' =1', "'t Hooft", '', ' spaces ', 'a,b;c', '"q"', 'two\nlines', '＝1', '-', "'"]
  const line = csvLine(cells)
  const [row] = await rowsOf(line, line.length)
  for (const cell of row!.cells) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/)
  expect(row!.cells.map(restored)).toEqual(cells)
})

test('the delimiter is the one that cuts the rows alike', () => {
  expect(findDelimiter('name;note\nA;"x, y, z"\nB;a, b\n')).toBe(';')
  expect(findDelimiter('name\tnote, long\nA\tx\n')).toBe('\t')
  expect(findDelimiter('one column\nA\n')).toBe(',')
  expect(findDelimiter('a,b|c,d\n1,2|3,4\n')).toBe(',')
})

async function rowsOf(text: string, size: number) {
  const rows = []
  for await (const some of csvRows(inPieces(text, size), ',')) rows.push(...some)
  return rows
}

async function* inPieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}
