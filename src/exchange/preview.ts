/** What a file looks like before it is imported: how it is written, its first rows, and what its columns may mean. */
import { invalid } from '../platform/errors.ts'
import { findDefinition } from '../records/entity-types.ts'
import type { Preview, PreviewSettings } from './contract.ts'
import { dialectOfStart, readCsvStart } from './csv-file.ts'
import { type FileRow, mostColumns } from './file-row.ts'
import { startOfFile } from './file-start.ts'
import { columnNames, guessMapping, headerFaults } from './mapping.ts'
import { asFault, kindBytes, kindOf, sheetNamed, tooManyColumns, wrongFile } from './source.ts'
import { openWorkbook } from './workbook.ts'
import { sheetRows } from './xlsx.ts'

const rowsShown = 10
const samplesShown = 3
const longestCell = 200

/** `path` holds a spreadsheet whole, of a text file its first megabyte. */
export async function previewOf(path: string, fileName: string, settings: PreviewSettings): Promise<Preview> {
  const { entityType } = settings
  const type = findDefinition(entityType)
  if (!type) throw invalid([{ path: 'settings.entityType', message: `There is no entity type ${entityType.slice(0, 100)}.` }])
  const { read, ...about } = kindOf(await startOfFile(path, kindBytes)) === 'xlsx' ? await lookIntoSheet(path, settings) : await lookIntoText(path, settings)
  if (!read[0]) throw wrongFile(about.kind === 'xlsx' ? 'The sheet is empty.' : 'The first line cannot be read as CSV.')
  if (read[0].cells.length > mostColumns) throw tooManyColumns()
  const faults = headerFaults(read[0].cells, settings.header)
  if (faults.length > 0) throw invalid(faults)
  const names = columnNames(read[0].cells, settings.header)
  const rows = (settings.header ? read.slice(1) : read.slice(0, rowsShown)).map(({ cells }) => cells.map((cell) => cell.slice(0, longestCell)))
  const fields = guessMapping(type, names)
  const columns = names.map((name, index) => ({
    name, field: fields[index]!, samples: rows.map((row) => row[index] ?? '').filter((cell) => cell !== '').slice(0, samplesShown),
  }))
  return { fileName, ...about, columns, rows }
}

type Looked = Pick<Preview, 'kind' | 'encoding' | 'delimiter' | 'sheet' | 'sheets'> & { read: FileRow[] }

async function lookIntoText(path: string, settings: PreviewSettings): Promise<Looked> {
  const start = await startOfFile(path, 1024 * 1024)
  const dialect = dialectOfStart(start, settings)
  const read = await readCsvStart(start, dialect, rowsShown + 1)
  return { kind: 'csv', encoding: dialect.encoding, delimiter: dialect.delimiter, sheet: null, sheets: [], read }
}

async function lookIntoSheet(path: string, settings: PreviewSettings): Promise<Looked> {
  try {
    const workbook = await openWorkbook(path)
    const sheet = sheetNamed(workbook, settings.sheet)
    const read: FileRow[] = []
    for await (const row of sheetRows(workbook, sheet, { scratch: `${path}.texts`, decimal: settings.decimal })) if (read.push(row) > rowsShown) break
    return { kind: 'xlsx', encoding: null, delimiter: null, sheet: sheet.name, sheets: workbook.sheets.map(({ name }) => name), read }
  } catch (error) {
    throw asFault(error)
  }
}
