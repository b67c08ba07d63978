/**
 * Cells that a spreadsheet would run as a formula are exported with an apostrophe before them (OWASP, CSV injection), and imports
 * take it off again. A value that has such apostrophes itself gets one more, so what comes back is what went out.
 */
const dangerous = /^'*\s*[=+\-@\t\r＝＋－＠]/u

export const neutralised = (cell: string): string => (dangerous.test(cell) ? `'${cell}` : cell)

/** For a sheet, whose texts are never run: only what would lose its own apostrophe when it comes back gets one more. */
export const doubled = (cell: string): string => (cell.charCodeAt(0) === 0x27 ? neutralised(cell) : cell)

export const restored = (cell: string): string => (cell.charCodeAt(0) === 0x27 && dangerous.test(cell) ? cell.slice(1) : cell)
