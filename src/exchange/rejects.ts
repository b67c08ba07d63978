/** The rejected rows of an import as CSV: the file's own columns, then the line and the reason, to be mended and imported again. */
import type { Db } from '../platform/db.ts'
import { byteOrderMark, csvLine } from './csv-text.ts'

const pageSize = 1_000

export async function* rejectsCsv(db: Db, importId: string, header: readonly string[]): AsyncGenerator<string> {
  yield byteOrderMark + csvLine([...header, 'Line', 'Reason'])
  for (let line = 0; ;) {
    const rows = await db.selectFrom('importRow').select(['line', 'reason', 'cells'])
      .where('importId', '=', importId).where('outcome', '=', 'rejected').where('line', '>', line).orderBy('line').limit(pageSize).execute()
    if (rows.length === 0) return
    yield rows.map((row) => csvLine([...inColumns(row.cells ?? [], header.length), String(row.line), row.reason])).join('')
    line = rows.at(-1)!.line
  }
}

/** A torn row has too few or too many cells; line and reason still stand in their columns. */
function inColumns(cells: string[], count: number): string[] {
  if (cells.length > count) return [...cells.slice(0, count - 1), cells.slice(count - 1).join(' ')]
  return [...cells, ...Array.from({ length: count - cells.length }, () => '')]
}
