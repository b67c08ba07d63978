/** A file that brings records in, whatever kind it is: its rows, and what was found out about it. The kind goes by the content, never by the name. */
import { type Fault, invalid } from '../platform/errors.ts'
import type { FileReading } from './contract.ts'
import { findDialect, readCsv } from './csv-file.ts'
import { inspectFile } from './encoding.ts'
import { type FileRow, mostColumns } from './file-row.ts'
import { startOfFile } from './file-start.ts'
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts'
import { rowsSaid, sheetRows } from './xlsx.ts'
import { XmlFault } from './xml.ts'
import { ZipFault } from './zip.ts'

/** So much of a file tells its kind. */
export const kindBytes = 8192

export type Source = {
  rows: AsyncGenerator<FileRow>
  /** How many rows there may be, for progress; 0 when nobody knows. */
  total: number
}

/** Throws 400 when the file is no file of rows. */
export async function openSource(path: string, told: FileReading): Promise<Source> {
  const start = await startOfFile(path, kindBytes)
  if (kindOf(start) === 'xlsx') return openSheet(path, told)
  const { encoding, lines } = await inspectFile(path)
  return { rows: refusing(readCsv(path, await findDialect(path, encoding, told))), total: Math.max(0, lines - 1) }
}

/** `xlsx` for anything in a ZIP; throws 400 for what is surely neither that nor text. */
export function kindOf(start: Buffer): 'csv' | 'xlsx' {
  if (start.length === 0) throw wrongFile('The file is empty.')
  if (startsWith(start, 'PK\x03\x04') || startsWith(start, 'PK\x05\x06')) return 'xlsx'
  const known = signatures.find(([signature]) => startsWith(start, signature))
  if (known) throw wrongFile(known[1])
  if (isBinary(start)) throw wrongFile('This is no text and no spreadsheet. Upload a CSV or XLSX file.')
  return 'csv'
}

const signatures: [signature: string, message: string][] = [
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'This is an Excel file that is protected with a password, or of an old kind (.xls). Save it without a password as XLSX or CSV and upload that.'],
  ['%PDF-', 'This is a PDF. Upload a CSV or XLSX file.'],
  ['\x1f\x8b', 'This is a compressed file. Unpack it and upload the CSV or XLSX file in it.'],
  ['7z\xbc\xaf', 'This is a compressed file. Unpack it and upload the CSV or XLSX file in it.'],
  ['Rar!', 'This is a compressed file. Unpack it and upload the CSV or XLSX file in it.'],
]

const startsWith = (start: Buffer, signature: string) => start.subarray(0, signature.length).equals(Buffer.from(signature, 'latin1'))

/** Text has no control characters but tab, line ends and the odd one; UTF-16 has zero bytes in every second place. */
function isBinary(start: Buffer): boolean {
  const isWide = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)
  const head = start.subarray(0, 4096)
  const odd = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length
  const zeros = Math.min(odd(0), odd(1))
  const controls = head.filter((byte) => byte < 32 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13).length
  return !isWide && (zeros > head.length / 50 || controls > head.length / 20)
}

async function openSheet(path: string, told: FileReading): Promise<Source> {
  try {
    const workbook = await openWorkbook(path)
    const sheet = sheetNamed(workbook, told.sheet)
    return { rows: refusing(sheetRows(workbook, sheet, { scratch: `${path}.texts`, decimal: told.decimal })), total: Math.max(0, await rowsSaid(workbook, sheet) - 1) }
  } catch (error) {
    throw asFault(error)
  }
}

/** The one that is named, in any case, else the first. */
export function sheetNamed({ sheets }: Workbook, name: string | undefined): Sheet {
  const found = name === undefined ? sheets[0] : sheets.find((sheet) => sheet.name.toLowerCase() === name.toLowerCase())
  if (found) return found
  throw invalid([{ path: 'settings.sheet', message: `The file has no sheet of this name; it has ${sheets.map((sheet) => sheet.name).join(', ').slice(0, 500)}.` }])
}

/** What is found wrong on the way is told as what is found wrong at the start; the first row says how many columns there are. */
async function* refusing(rows: AsyncGenerator<FileRow>): AsyncGenerator<FileRow> {
  let isFirst = true
  try {
    for await (const row of rows) {
      if (isFirst && row.cells.length > mostColumns) throw tooManyColumns()
      isFirst = false
      yield row
    }
  } catch (error) {
    throw asFault(error)
  }
}

export const asFault = (error: unknown): unknown => (error instanceof ZipFault || error instanceof XmlFault ? wrongFile(error.message) : error)

export const tooManyColumns = () => wrongFile(`The file has more than ${mostColumns.toLocaleString('en')} columns. Remove those that are not needed.`)

export const wrongFile = (message: string) => invalid([{ path: 'file', message } satisfies Fault])
