/** A CSV file on disk: how it is written, found by itself, and its rows. */
import { createReadStream } from 'node:fs'
import type { Encoding, FileReading } from './contract.ts'
import { csvRows } from './csv.ts'
import { type Delimiter, findDelimiter, hasDelimiterLine } from './delimiter.ts'
import { decodeStart, encodingOf, textOf } from './encoding.ts'
import type { FileRow } from './file-row.ts'
import { startOfFile } from './file-start.ts'

export type Dialect = { encoding: Encoding; delimiter: Delimiter; hasDelimiterLine: boolean }

const pieceBytes = 256 * 1024

/** `guessed` is the encoding that the whole file was found to have; what was told goes before any guess. */
export async function findDialect(path: string, guessed: Encoding, told: FileReading): Promise<Dialect> {
  return dialectOf(await startOfFile(path, pieceBytes), guessed, told)
}

/** What a first piece of a file tells: for a preview, where the rest was not kept. */
export const dialectOfStart = (start: Buffer, told: FileReading): Dialect => dialectOf(start, encodingOf(start, isUtf8ButItsEnd(start)), told)

/** All rows, the header first where there is one. */
export async function* readCsv(path: string, dialect: Dialect): AsyncGenerator<FileRow> {
  yield* rowsOf(createReadStream(path, { highWaterMark: pieceBytes }), dialect)
}

/** The first rows of a first piece; one that is cut off is left out. */
export async function readCsvStart(start: Buffer, dialect: Dialect, most: number): Promise<FileRow[]> {
  const rows: FileRow[] = []
  for await (const row of rowsOf(toPieces(start), dialect)) {
    if (!row.unreadable) rows.push(row)
    if (rows.length === most) break
  }
  return rows
}

async function* rowsOf(bytes: AsyncIterable<Buffer>, { encoding, delimiter, hasDelimiterLine: skipped }: Dialect): AsyncGenerator<FileRow> {
  for await (const rows of csvRows(textOf(bytes, encoding), delimiter)) {
    for (const row of rows) if (!(skipped && row.line === 1)) yield row
  }
}

async function* toPieces(start: Buffer): AsyncGenerator<Buffer> {
  yield start
}

function dialectOf(start: Buffer, guessed: Encoding, told: FileReading): Dialect {
  const encoding = told.encoding ?? guessed
  const text = decodeStart(start, encoding)
  return { encoding, delimiter: told.delimiter ?? findDelimiter(text), hasDelimiterLine: hasDelimiterLine(text) }
}

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
