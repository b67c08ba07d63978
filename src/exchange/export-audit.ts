/** The entries of the audit log that a filter finds, as CSV: page after page, memory does not grow with their number. */
import { type AuditAction, auditWords } from '../access/audit-words.ts'
import { nextAuditEntries } from '../access/lists.ts'
import type { Item } from '../listing/list.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { byteOrderMark, csvLine } from './csv-text.ts'

const columns = ['at', 'userName', 'action', 'words', 'aboutType', 'aboutName', 'aboutId', 'ip', 'detail'] as const
const pageSize = 1_000

/** Everything that can be wrong with the query is thrown before the first piece. */
export async function auditCsv(db: Db, query: Pick<ListQuery, 'filter' | 'q' | 'sort'>, now: Date): Promise<AsyncGenerator<string>> {
  const asked = { ...query, limit: pageSize }
  return csvPieces(db, asked, now, await nextAuditEntries(db, asked, now))
}

async function* csvPieces(db: Db, query: Partial<ListQuery>, now: Date, first: { items: Item[]; next: string | null }): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns)
  for (let page = first; ;) {
    yield page.items.map((item) => csvLine(columns.map((name) => cellOf(item, name)))).join('')
    if (page.next === null) return
    page = await nextAuditEntries(db, { ...query, cursor: page.next }, now)
  }
}

function cellOf(item: Item, name: (typeof columns)[number]): string {
  if (name === 'words') return auditWords[item['action'] as AuditAction] ?? ''
  if (name === 'detail') return JSON.stringify(item['detail'])
  return String(item[name] ?? '')
}
