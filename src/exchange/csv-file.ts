/** A CSV file as rows with their line numbers, whatever its encoding, delimiter and line ends. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { parse } from 'csv-parse'
import { decoded, decodeStart, type Encoding, encodingOf } from './encoding.ts'
import { type Delimiter, findDelimiter, hasDelimiterLine } from './delimiter.ts'

/** `line` is where the row begins, the header being line 1. */
export type CsvRow = { line: number; cells: string[] }
export type Dialect = { encoding: Encoding; delimiter: Delimiter; hasDelimiterLine: boolean }

/** A row that cannot be told from the rest of the file: what comes behind it is lost too. */
export class UnreadableCsv extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Longer rows are a quote that was never closed, not data. */
const longestRowBytes = 16 * 1024 * 1024
const startBytes = 256 * 1024

export async function findDialect(path: string, encoding: Encoding): Promise<Dialect> {
  return dialectOf(await readStart(path, startBytes), encoding)
}

export function dialectOf(start: Buffer, encoding: Encoding): Dialect {
  const text = decodeStart(start, encoding)
  return { encoding, delimiter: findDelimiter(text), hasDelimiterLine: hasDelimiterLine(text) }
}

/** What a first piece of a file tells: for a preview, where the rest was not kept. */
export const dialectOfStart = (start: Buffer): Dialect => dialectOf(start, encodingOf(start, isUtf8ButItsEnd(start)))

/** All rows, the header first. Throws UnreadableCsv. */
export async function* readCsv(path: string, dialect: Dialect): AsyncGenerator<CsvRow> {
  const bytes = createReadStream(path, { highWaterMark: 256 * 1024 })
  const rows = decoded(bytes, dialect.encoding).pipe(parser(dialect))
  bytes.once('error', (error) => rows.destroy(error))
  yield* rowsFrom(rows)
}

/** The rows of a first piece; the last one may be cut off and is left out when it cannot be read. */
export async function readCsvStart(start: Buffer, dialect: Dialect, most: number): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  const parsing = parser(dialect)
  parsing.end(decodeStart(start, dialect.encoding))
  try {
    for await (const row of rowsFrom(parsing)) {
      rows.push(row)
      if (rows.length >= most) break
    }
  } catch (error) {
    if (!(error instanceof UnreadableCsv)) throw error
  }
  return rows
}

const parser = ({ delimiter, hasDelimiterLine: skipped }: Dialect) => parse({
  delimiter, info: true, bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'], max_record_size: longestRowBytes, from_line: skipped ? 2 : 1,
})

type Parsed = { record: string[]; info: { lines: number } }

async function* rowsFrom(parsed: AsyncIterable<Parsed>): AsyncGenerator<CsvRow> {
  let last = 0
  try {
    for await (const { record, info } of parsed) {
      last = info.lines
      yield { line: info.lines - lineBreaksIn(record), cells: record }
    }
  } catch (error) {
    throw isCsvError(error) ? new UnreadableCsv(last + 1, sentenceOf(error)) : error
  }
}

function lineBreaksIn(cells: string[]): number {
  let breaks = 0
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.split(/\r\n|\n|\r/).length - 1
  }
  return breaks
}

const isCsvError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('CSV_')

const sentenceOf = ({ code }: { code: string }) =>
  code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE'
    ? 'A quotation mark is opened here or further down and never closed: nothing behind it could be read.'
    : 'This row and what follows could not be read: the quotation marks do not fit together.'

/** Cut off in the middle of a character at most: up to three bytes of the last one may be missing. */
function isUtf8ButItsEnd(start: Buffer): boolean {
  for (let cut = 0; cut < 4; cut++) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(start.subarray(0, start.length - cut))
      return true
    } catch { /* one byte less */ }
  }
  return false
}

async function readStart(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
