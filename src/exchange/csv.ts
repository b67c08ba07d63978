/**
 * CSV (RFC 4180) as rows with the lines they begin at, as files really are: any line ends, quotes within plain cells, text behind a
 * closing quote. Of our own, because a row that cannot be read must cost neither the rows before it nor their line numbers.
 */
import type { FileRow } from './file-row.ts'

/** A longer row is a quotation mark that was never closed, not data. In characters. */
const longestRow = 16 * 1024 * 1024

const neverClosed = 'A quotation mark is opened in this row or further down and never closed: nothing behind it could be read.'

/** Rows in the pieces in which the text comes; lines with nothing on them are no rows. */
export async function* csvRows(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<FileRow[]> {
  let text = ''
  let line = 1
  const readAll = (final: boolean): FileRow[] => {
    const rows: FileRow[] = []
    let at = 0
    for (let row = readRow(text, at, delimiter, final); row; row = readRow(text, at, delimiter, final)) {
      if (row.cells.length > 1 || row.cells[0] !== '') rows.push({ line, cells: row.cells })
      line += 1 + lineBreaksIn(row.cells)
      at = row.next
    }
    text = text.slice(at)
    return rows
  }
  for await (const piece of pieces) {
    text += piece
    yield readAll(false)
    if (text.length > longestRow) break
  }
  yield readAll(true)
  if (text !== '') yield [{ line, cells: [], unreadable: neverClosed }]
}

type Read = { cells: string[]; next: number }

/** The row that begins at `start`, or null when the text ends before it does; `final`: no more text will come. */
function readRow(text: string, start: number, delimiter: string, final: boolean): Read | null {
  if (start >= text.length) return null
  const cells: string[] = []
  for (let at = start; ;) {
    const quoted = text[at] === '"' ? readQuoted(text, at + 1, final) : { cell: '', next: at }
    if (!quoted) return null
    const end = endOfPlain(text, quoted.next, delimiter)
    // A carriage return at the end may be the first half of a line end.
    if (!final && (end === text.length || (text[end] === '\r' && end + 1 === text.length))) return null
    cells.push(quoted.cell + text.slice(quoted.next, end))
    if (end === text.length) return { cells, next: end }
    if (text[end] !== delimiter) return { cells, next: text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1 }
    at = end + 1
  }
}

/** What stands in quotes from `at` on, two of them meaning one; null when they are not closed. */
function readQuoted(text: string, at: number, final: boolean): { cell: string; next: number } | null {
  let cell = ''
  for (let from = at; ;) {
    const quote = text.indexOf('"', from)
    if (quote < 0 || (!final && quote + 1 === text.length)) return null
    cell += text.slice(from, quote)
    if (text[quote + 1] !== '"') return { cell, next: quote + 1 }
    cell += '"'
    from = quote + 2
  }
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  const stop = delimiter.charCodeAt(0)
  for (let at = from; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (letter === stop || letter === 0x0a || letter === 0x0d) return at
  }
  return text.length
}

function lineBreaksIn(cells: string[]): number {
  let breaks = 0
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.split(/\r\n|\n|\r/).length - 1
  }
  return breaks
}
