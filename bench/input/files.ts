/** The same contacts as the files that programs write: UTF-8 with commas, Latin-1 with semicolons, UTF-16 with tabs. */
import { header, type Row } from './contacts.ts'

export type Dialect = { fileName: string; delimiter: string; lineEnd: string; encoding: 'utf8' | 'latin1' | 'utf16le'; byteOrderMark: boolean }

export const dialects: Dialect[] = [
  { fileName: 'contacts.csv', delimiter: ',', lineEnd: '\n', encoding: 'utf8', byteOrderMark: false },
  { fileName: 'contacts-excel.csv', delimiter: ';', lineEnd: '\r\n', encoding: 'utf8', byteOrderMark: true },
  { fileName: 'contacts-latin1.csv', delimiter: ';', lineEnd: '\r\n', encoding: 'latin1', byteOrderMark: false },
  { fileName: 'contacts-utf16.txt', delimiter: '\t', lineEnd: '\r\n', encoding: 'utf16le', byteOrderMark: true },
]

/** Latin-1 can hold only some of the rows; the other files hold all of them. */
export function fileOf(rows: Row[], dialect: Dialect): Buffer {
  const kept = dialect.encoding === 'latin1' ? rows.filter(({ isLatin1 }) => isLatin1) : rows
  const lines = [header, ...kept.map(({ cells }) => cells)].map((cells) => cells.map((cell) => quoted(cell, dialect)).join(dialect.delimiter))
  const text = `${dialect.byteOrderMark ? '\ufeff' : ''}${lines.join(dialect.lineEnd)}${dialect.lineEnd}`
  return Buffer.from(text, dialect.encoding)
}

/** RFC 4180: in quotes when it holds a quote, the delimiter or a line break; quotes are doubled. */
const quoted = (cell: string, { delimiter }: Dialect): string =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
