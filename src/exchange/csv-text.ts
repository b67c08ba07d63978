/** Rows as CSV text (RFC 4180), safe to open in a spreadsheet. */
import { neutralised } from './formula.ts'

/** Spreadsheets take a file for UTF-8 by this. */
export const byteOrderMark = '\ufeff'

export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => quoted(neutralised(cell))).join(',')}\r\n`

const quoted = (cell: string) => (/[",\r\n;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
