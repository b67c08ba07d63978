/** One way to list anything: pages and totals over a Listable. What a query asks for is read in query.ts; how rows are found, in page-rows.ts. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { prepare } from '../platform/prepared.ts'
import { type Counted, decodeCursor, encodeCursor, markOf } from './cursor.ts'
import type { Listable, ListColumn, ListContext } from './listable.ts'
import { findRows, findRowsInTime, type Place } from './page-rows.ts'
import { conditionOf, fieldsOf, readQuery, type Selection, unjoined } from './query.ts'
import { type Total, totalOf } from './totals.ts'

export type Item = Record<string, unknown>
export type Page = { items: Item[]; next: string | null; total: number; totalIsEstimate: boolean }

export async function listPage(db: Db, listable: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  const read = readQuery(listable, query, context)
  const mark = markOf(query)
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, read.sort.text, read.sort.tie.length)
  const known = after?.counted?.of === mark ? after.counted : undefined
  const [page, total] = await Promise.all([
    readPage(db, listable, { ...read, source: unjoined(listable, query), after, limit: query.limit ?? 50, find: findRowsInTime }),
    known ?? totalOf(db, unjoined(listable, query), read.where),
  ])
  const counted = { total: total.total, totalIsEstimate: total.totalIsEstimate }
  return { items: page.items, next: page.next({ ...counted, of: mark }), ...exactWhereAllIsShown(page, after !== undefined, counted) }
}

/** A page without its total: for whoever walks through all of them. `limit` may be larger than a client may ask for. */
export async function listItems(db: Db, listable: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Pick<Page, 'items' | 'next'>> {
  const read = readQuery(listable, query, context)
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, read.sort.text, read.sort.tie.length)
  const { items, next } = await readPage(db, listable, { ...read, source: unjoined(listable, query), after, limit: query.limit ?? 50, find: findRows })
  return { items, next: next() }
}

/** All rows of a condition, without order or pages: for one record, or a batch of known ones. */
export async function readItems(db: Db, listable: Listable, where: RawBuilder<boolean>, fields?: string): Promise<Item[]> {
  return readColumns(db, listable, where, fieldsOf(listable, fields))
}

/** The same as a prepared statement: `where` holds Slots in place of values. */
export function prepareItems(db: Db, listable: Listable, where: RawBuilder<boolean>, fields?: string): (values: Record<string, unknown>) => Promise<Item[]> {
  const columns = fieldsOf(listable, fields)
  const read = prepare<Row>(db, sql`select ${selectList(listable, columns)} from ${listable.from} where (${listable.where ?? sql`true`}) and (${where})`)
  return async (values) => (await read(values)).map((row) => itemOf(row, columns))
}

/** How many a filter and a search find; what a live count under a filter shows. */
export function countSelected(db: Db, listable: Listable, selection: Selection, context: ListContext): Promise<Total> {
  return totalOf(db, unjoined(listable, selection), conditionOf(listable, selection, context))
}

/** `source` is what rows are found in: of a large list often without its joins. */
type PageQuery = Place & { source: Listable; fields: [string, ListColumn][]; find: typeof findRows }
type Row = { id: string; [column: `c${number}`]: unknown }

async function readPage(db: Db, listable: Listable, { source, fields, find, ...place }: PageQuery) {
  const rows = await find<Row>(db, listable.large ? source : listable, { ...place, limit: place.limit + 1 }, listable.large ? sql`${listable.id}::text as id` : selectList(listable, fields))
  const shown = rows.slice(0, place.limit)
  const last = rows.length > place.limit ? shown.at(-1) : undefined
  return {
    items: listable.large ? await readInOrder(db, listable, shown.map(({ id }) => id), fields) : shown.map((row) => itemOf(row, fields)),
    next: (counted?: Counted) => last ? encodeCursor({ sort: place.sort.text, value: last.key, tie: last.tie, ...(counted && { counted }) }) : null,
  }
}

/** Of a large table what is shown, with all that is joined for it, is read for the rows of the page only. A row that went meanwhile is left out. */
async function readInOrder(db: Db, listable: Listable, ids: string[], fields: [string, ListColumn][]): Promise<Item[]> {
  const among = listable.among?.(ids) ?? sql<boolean>`${listable.id} = any(${ids}::uuid[])`
  const { rows } = await sql<Row & { place: string }>`
    select ${selectList(listable, fields)}, ${listable.id}::text as place from ${listable.from} where (${listable.where ?? sql`true`}) and (${among})`.execute(db)
  const byId = new Map(rows.map((row) => [row.place, itemOf(row, fields)]))
  return ids.flatMap((id) => { const item = byId.get(id); return item ? [item] : [] })
}

async function readColumns(db: Db, listable: Listable, where: RawBuilder<boolean>, columns: [string, ListColumn][]): Promise<Item[]> {
  const { rows } = await sql<Row>`
    select ${selectList(listable, columns)} from ${listable.from} where (${listable.where ?? sql`true`}) and (${where})`.execute(db)
  return rows.map((row) => itemOf(row, columns))
}

/** The whole list on one page needs no estimate. */
function exactWhereAllIsShown({ items, next }: { items: Item[]; next: () => string | null }, goesOn: boolean, total: Total): Total {
  return goesOn || next() !== null || !total.totalIsEstimate ? total : { total: items.length, totalIsEstimate: false }
}

/** Columns are named by position: a field's name never becomes part of the SQL. */
function selectList({ columns, id }: Listable, fields: [string, ListColumn][]): RawBuilder<unknown> {
  const own = fields.map(([, column], index) => sql`${column.select ?? column.sql} as ${sql.raw(`c${index}`)}`)
  return sql.join([sql`${columns.id?.select ?? columns.id?.sql ?? id} as id`, ...own])
}

function itemOf(row: Row, fields: [string, ListColumn][]): Item {
  const item: Item = { id: row.id }
  fields.forEach(([name], index) => {
    const value = row[`c${index}`]
    item[name] = value instanceof Date ? value.toISOString() : value
  })
  return item
}
