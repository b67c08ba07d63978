/** What a file looks like before it is imported: how it is written, its first rows, and what its columns may mean. */
import { invalid } from '../platform/errors.ts'
import { findDefinition } from '../records/entity-types.ts'
import type { Preview, PreviewSettings } from './contract.ts'
import { dialectOfStart, readCsvStart } from './csv-file.ts'
import { startsLikeZip } from './encoding.ts'
import { columnNames, guessMapping } from './mapping.ts'

/** Enough for the first rows of any real file. */
export const previewBytes = 1024 * 1024

const rowsShown = 10
const samplesShown = 3
const longestCell = 200

export const isSpreadsheet = () => invalid([{ path: 'file', message: 'This is a spreadsheet or a ZIP file. Save it as CSV and import that.' }])

export async function previewOf(start: Buffer, fileName: string, settings: PreviewSettings): Promise<Preview> {
  const { entityType } = settings
  const type = findDefinition(entityType)
  if (!type) throw invalid([{ path: 'settings.entityType', message: `There is no entity type ${entityType.slice(0, 100)}.` }])
  if (start.length === 0) throw invalid([{ path: 'file', message: 'The file is empty.' }])
  if (startsLikeZip(start)) throw isSpreadsheet()
  const dialect = dialectOfStart(start, settings)
  const read = await readCsvStart(start, dialect, rowsShown + 1)
  const shown = read.map(({ cells }) => cells.map((cell) => cell.slice(0, longestCell)))
  if (!shown[0]) throw invalid([{ path: 'file', message: 'The first line cannot be read as CSV.' }])
  const names = columnNames(shown[0], settings.header)
  const rows = settings.header ? shown.slice(1) : shown.slice(0, rowsShown)
  const fields = guessMapping(type, names)
  const columns = names.map((name, index) => ({
    name, field: fields[index]!, samples: rows.map((row) => row[index] ?? '').filter((cell) => cell !== '').slice(0, samplesShown),
  }))
  return { fileName, encoding: dialect.encoding, delimiter: dialect.delimiter, columns, rows }
}
