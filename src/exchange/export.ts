/** Records as CSV, streamed: the filter's records with the list's columns, or those that are asked for. */
import { type Item, listItems } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import type { EntityType } from '../records/definition.ts'
import { listableOf } from '../records/record-list.ts'
import { cellOf } from './cell.ts'
import { byteOrderMark, csvLine } from './csv-text.ts'

const pageSize = 1_000

/** Everything that can be wrong with the query is thrown before the first piece. */
export async function exportCsv(db: Db, type: EntityType, query: Pick<ListQuery, 'filter' | 'q' | 'fields' | 'sort'>, context: ListContext) {
  const listable = listableOf(type)
  const fields = query.fields ? query.fields.split(',').map((field) => field.trim()) : shownFields(type)
  const first = await listItems(db, listable, { ...query, fields: fields.join(','), limit: pageSize }, context)
  return pieces(db, type, { ...query, fields: fields.join(',') }, context, fields, first)
}

const shownFields = (type: EntityType) =>
  Object.entries(listableOf(type).columns).filter(([name, { shown }]) => shown !== false && name !== 'version').map(([name]) => name)

async function* pieces(
  db: Db, type: EntityType, query: Partial<ListQuery>, context: ListContext, fields: string[], first: { items: Item[]; next: string | null },
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(fields)
  for (let page = first; ;) {
    yield page.items.map((item) => csvLine(fields.map((field) => cellOf(item[field])))).join('')
    if (page.next === null) return
    page = await listItems(db, listableOf(type), { ...query, cursor: page.next, limit: pageSize }, context)
  }
}
