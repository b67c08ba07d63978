/** The rows of one sheet of a spreadsheet file, as they come: memory does not grow with the sheet. Formulas are never run; what they gave when the file was saved is their value. */
import { type FileRow, mostColumns } from './file-row.ts'
import type { SharedStrings } from './shared-strings.ts'
import { readPart, readSharedStrings, type Sheet, TextOfString, type Workbook } from './workbook.ts'
import { columnIndex, type NumberForm, numberText, readable } from './xlsx-cell.ts'
import { attribute, LongText, longestText, tooLong, type XmlHandler } from './xml.ts'

/** `scratch` is a path for texts that are many; numbers are written with the decimal sign that the rest of the import goes by. */
type Reading = { scratch: string; decimal: '.' | ',' }

/** Every row with a cell that says something, filled up to as many cells as the first has. */
export async function* sheetRows(workbook: Workbook, sheet: Sheet, { scratch, decimal }: Reading): AsyncGenerator<FileRow> {
  const strings = await readSharedStrings(workbook, scratch)
  try {
    const reader = new SheetReader(workbook, strings, decimal)
    let width = -1
    for await (const _ of readPart(workbook.zip, sheet.part, reader)) {
      for (const row of reader.take()) {
        if (width < 0) width = row.cells.length
        while (row.cells.length < width) row.cells.push('')
        yield row
      }
    }
  } finally {
    strings.close()
  }
}

const longestRowNumber = 10

/** How many rows the sheet says it has; 0 when it does not. For progress only. */
export async function rowsSaid(workbook: Workbook, sheet: Sheet): Promise<number> {
  let rows = 0
  const handler: XmlHandler = { open(name, attributes) { if (name === 'dimension') rows = Number(/\d+$/.exec((attribute(attributes, 'ref') ?? '').slice(-longestRowNumber))?.[0] ?? 0) } }
  // It stands before the first row.
  for await (const _ of readPart(workbook.zip, sheet.part, handler)) return rows
  return rows
}

class SheetReader implements XmlHandler {
  readonly #forms: NumberForm[]
  readonly #isFrom1904: boolean
  readonly #strings: SharedStrings
  readonly #decimal: string
  readonly #inline = new TextOfString()
  #rows: FileRow[] = []
  #line = 0
  #cells: string[] = []
  #column = -1
  #rowLength = 0
  #type = 'n'
  #style = 0
  readonly #value = new LongText()
  #isValue = false

  constructor({ forms, isFrom1904 }: Workbook, strings: SharedStrings, decimal: string) {
    this.#forms = forms
    this.#isFrom1904 = isFrom1904
    this.#strings = strings
    this.#decimal = decimal
  }

  take(): FileRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: string) {
    if (name === 'c') this.#beginCell(attributes)
    else if (name === 'v') this.#isValue = true
    else if (name === 'row') {
      // A row or cell that does not say where it stands stands behind the one before it.
      const said = Number(attribute(attributes, 'r') ?? Number.NaN)
      this.#line = said > this.#line && said < 2 ** 31 ? said : this.#line + 1
      this.#cells = []
      this.#rowLength = 0
      this.#column = -1
    } else this.#inline.open(name)
  }

  text(piece: string) {
    if (this.#isValue) this.#value.add(piece)
    else this.#inline.add(piece)
  }

  close(name: string) {
    if (name === 'c') this.#endCell()
    else if (name === 'v') this.#isValue = false
    else if (name === 'row') {
      if (this.#cells.some((cell) => cell !== '')) this.#rows.push({ line: this.#line, cells: this.#cells })
    } else this.#inline.close(name)
  }

  #beginCell(attributes: string) {
    const said = columnIndex(attribute(attributes, 'r') ?? '')
    this.#column = said > this.#column ? said : this.#column + 1
    this.#type = attribute(attributes, 't') ?? 'n'
    this.#style = Number(attribute(attributes, 's') ?? 0)
    this.#value.begin()
    this.#inline.begin()
  }

  /** One column behind the last that is read says that there are more. */
  #endCell() {
    const text = this.#textOfCell()
    if (text === '') return
    this.#rowLength += text.length
    if (this.#rowLength > longestText) throw tooLong()
    const index = Math.min(this.#column, mostColumns)
    while (this.#cells.length < index) this.#cells.push('')
    this.#cells[index] = text
  }

  #textOfCell(): string {
    const value = this.#value.whole
    switch (this.#type) {
      case 's': return this.#strings.get(Number(value)) ?? ''
      case 'inlineStr': return readable(this.#inline.whole)
      case 'str': return readable(value)
      case 'b': return value === '' ? '' : String(value.trim() === '1')
      case 'n': return numberText(value, this.#forms[this.#style] ?? 'plain', this.#isFrom1904).replace('.', this.#decimal)
      // An error (#N/A) or an ISO date, as it stands there.
      default: return value
    }
  }
}
