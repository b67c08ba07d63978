/** The suppressed addresses that a filter finds, as CSV: page after page, memory does not grow with their number. */
import { nextSuppressions } from '../audience/suppressions.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { byteOrderMark, csvLine } from './csv-text.ts'

const columns = ['emailAddress', 'reason', 'source', 'detail', 'entityType', 'recordId', 'at', 'until', 'byUserName']
const pageSize = 1000

export async function* suppressionsCsv(db: Db, { filter, q = '' }: Pick<ListQuery, 'filter' | 'q'>, context: ListContext): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns)
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await nextSuppressions(db, { filter, q, limit: pageSize, ...(cursor && { cursor }) }, context)
    yield page.items.map((item) => csvLine(columns.map((name) => String(item[name] ?? '')))).join('')
    cursor = page.next
  }
}
