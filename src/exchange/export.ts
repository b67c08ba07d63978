/** Records as a file, streamed: the filter's records with the list's columns, or those that are asked for; only what may be read. */
import { type Actor, expectMay } from '../access/actor.ts'
import { type Item, listItems } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import type { EntityType } from '../records/definition.ts'
import { listableOf, readableList } from '../records/record-list.ts'
import { expectMayList } from '../records/records.ts'
import { cellOf } from './cell.ts'
import { byteOrderMark, csvLine } from './csv-text.ts'
import { xlsxFile } from './xlsx-write.ts'

const pageSize = 1_000

export type ExportQuery = Pick<ListQuery, 'filter' | 'q' | 'fields' | 'sort'>

/** Everything that can be wrong with the query is thrown before the first piece. */
export async function exportCsv(db: Db, actor: Actor, type: EntityType, query: ExportQuery, context: ListContext): Promise<AsyncGenerator<string>> {
  const { fields, rows } = await exportRows(db, actor, type, query, context)
  return csvPieces(fields, rows)
}

export async function exportXlsx(db: Db, actor: Actor, type: EntityType, query: ExportQuery, context: ListContext): Promise<AsyncGenerator<Buffer>> {
  const { fields, rows } = await exportRows(db, actor, type, query, context)
  const { columns } = listableOf(type)
  return xlsxFile(sheetNameOf(type), fields.map((name) => ({ name, type: columns[name]!.type })), rows)
}

/** A sheet's name has at most 31 characters and none of these; a second sheet's number follows it. */
const sheetNameOf = ({ plural, name }: EntityType) => plural.replace(/[\\/?*[\]:']/g, ' ').trim().slice(0, 26) || name.slice(0, 26)

async function exportRows(db: Db, actor: Actor, type: EntityType, query: ExportQuery, context: ListContext) {
  expectMay(actor, 'export')
  expectMayList(type, actor)
  const listable = readableList(type, actor)
  const fields = query.fields ? query.fields.split(',').map((field) => field.trim()) : shownFields(type)
  const asked = { ...query, fields: fields.join(','), limit: pageSize }
  const first = await listItems(db, listable, asked, context)
  return { fields, rows: pagesOf(db, listable, asked, context, fields, first) }
}

const shownFields = (type: EntityType) =>
  Object.entries(listableOf(type).columns).filter(([name, { shown }]) => shown !== false && name !== 'version').map(([name]) => name)

async function* pagesOf(
  db: Db, listable: Listable, query: Partial<ListQuery>, context: ListContext, fields: string[], first: { items: Item[]; next: string | null },
): AsyncGenerator<unknown[][]> {
  for (let page = first; ;) {
    yield page.items.map((item) => fields.map((field) => item[field]))
    if (page.next === null) return
    page = await listItems(db, listable, { ...query, cursor: page.next }, context)
  }
}

async function* csvPieces(fields: string[], rows: AsyncGenerator<unknown[][]>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(fields)
  for await (const page of rows) yield page.map((values) => csvLine(values.map(cellOf))).join('')
}
