/** Records as a spreadsheet file (ECMA-376 part 1), streamed. Texts are texts whatever they begin with: no program runs them as a formula. */
import type { FieldType } from '../listing/listable.ts'
import { escapeHtml, escapeText } from '../platform/escape-html.ts'
import { cellOf } from './cell.ts'
import { doubled } from './formula.ts'
import { columnName, dayNumber, writable } from './xlsx-cell.ts'
import { ZipWriter } from './zip-write.ts'

export type SheetColumn = { name: string; type: FieldType }

/** What a sheet can have; then another one follows. */
const mostRows = 1_048_576
/** Each sheet stays far below the 4 GB of a ZIP entry. */
const mostCharacters = 1_000_000_000

/** `rows` come in batches, each cell's value as the API answers it. */
export async function* xlsxFile(sheetName: string, columns: readonly SheetColumn[], rows: AsyncIterable<readonly unknown[][]>): AsyncGenerator<Buffer> {
  const zip = new ZipWriter()
  const batches = rows[Symbol.asyncIterator]()
  const position: Position = { batch: [], next: 0, ended: false }
  const names: string[] = []
  try {
    do {
      names.push(names.length === 0 ? sheetName : `${sheetName} ${names.length + 1}`)
      yield* zip.entry(`xl/worksheets/sheet${names.length}.xml`, sheetXml(columns, batches, position))
    } while (!position.ended)
    for (const [name, text] of Object.entries(otherParts(names))) yield* zip.entry(name, [text])
    yield* zip.end()
  } finally {
    await batches.return?.()
  }
}

type Position = { batch: readonly unknown[][]; next: number; ended: boolean }

/** Rows until the sheet is full; `position` says where the next sheet goes on. */
async function* sheetXml(columns: readonly SheetColumn[], batches: AsyncIterator<readonly unknown[][]>, position: Position): AsyncGenerator<string> {
  yield `${xmlHead}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
  yield rowXml(1, columns.map(({ name }) => textCell(name)))
  let line = 1
  for (let characters = 0; line < mostRows && characters < mostCharacters;) {
    if (position.next === position.batch.length) {
      const { value, done } = await batches.next()
      if (done) {
        position.ended = true
        break
      }
      position.batch = value
      position.next = 0
    }
    const end = Math.min(position.batch.length, position.next + mostRows - line)
    let text = ''
    while (position.next < end) text += rowXml(++line, position.batch[position.next++]!.map((value, index) => cellXml(value, columns[index]!.type)))
    characters += text.length
    yield text
  }
  yield '</sheetData></worksheet>'
}

const rowXml = (line: number, cells: string[]) => `<row r="${line}">${cells.map((cell, index) => (cell === '' ? '' : `<c r="${columnName(index)}${line}"${cell}</c>`)).join('')}</row>`

function cellXml(value: unknown, type: FieldType): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return ` t="b"><v>${value ? 1 : 0}</v>`
  // With 15 digits a number is as exact in a sheet as it was here.
  if (typeof value === 'number' && /^-?\d{1,15}$|^-?\d[\d.]{1,14}\d$/.test(String(value))) return `><v>${value}</v>`
  const day = type === 'date' ? dayNumber(String(value)) : null
  if (day !== null) return ` s="2"><v>${day}</v>`
  const text = cellOf(value)
  return text === '' ? '' : textCell(text)
}

/** The style says "text, whatever it looks like", so that it stays one when somebody edits the cell. */
const textCell = (text: string) => ` s="1" t="inlineStr"><is><t xml:space="preserve">${escapeText(writable(doubled(text)))}</t></is>`

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'
const kindOfPart = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function otherParts(names: string[]): Record<string, string> {
  const each = (one: (name: string, number: number) => string) => names.map((name, index) => one(escapeHtml(name), index + 1)).join('')
  return {
    'xl/workbook.xml': `${xmlHead}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each((name, number) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xmlHead}<Relationships xmlns="${packaging}/relationships">${each((_, number) => `<Relationship Id="rId${number}" Type="${relations}/worksheet" Target="worksheets/sheet${number}.xml"/>`)
    }<Relationship Id="styles" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${xmlHead}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="1"><font/></fonts>`
      + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
      + '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>',
    '_rels/.rels': `${xmlHead}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `${xmlHead}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
      + `<Override PartName="/xl/workbook.xml" ContentType="${kindOfPart}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kindOfPart}.styles+xml"/>`
      + `${each((_, number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${kindOfPart}.worksheet+xml"/>`)}</Types>`,
  }
}
