/** One way to list anything: keyset pages and totals over a Listable. What a query asks for is read in query.ts. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { sqlState } from '../platform/errors.ts'
import { prepare } from '../platform/prepared.ts'
import { decodeCursor, encodeCursor, invalidCursor } from './cursor.ts'
import type { Listable, ListColumn, ListContext } from './listable.ts'
import { conditionOf, fieldsOf, readQuery, type Selection, type Sort } from './query.ts'

export type Item = Record<string, unknown>
export type Page = { items: Item[]; next: string | null; total: number; totalIsEstimate: boolean }

/** Totals are exact up to here; above, PostgreSQL's estimate is shown as such. */
const countedExactly = 100_000

export async function listPage(db: Db, listable: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Page> {
  const { where, sort, fields } = readQuery(listable, query, context)
  const [rows, total] = await Promise.all([
    readRows(db, listable, { where, sort, fields, cursor: query.cursor, limit: query.limit ?? 50 }),
    countRows(db, listable, where),
  ])
  return { ...rows, ...total }
}

/** A page without its total: for whoever walks through all of them. `limit` may be larger than a client may ask for. */
export function listItems(db: Db, listable: Listable, query: Partial<ListQuery>, context: ListContext): Promise<Pick<Page, 'items' | 'next'>> {
  return readRows(db, listable, { ...readQuery(listable, query, context), cursor: query.cursor, limit: query.limit ?? 50 })
}

/** All rows of a condition, without order or pages: for one record, or a batch of known ones. */
export async function readItems(db: Db, listable: Listable, where: RawBuilder<boolean>, fields?: string): Promise<Item[]> {
  const columns = fieldsOf(listable, fields)
  const { rows } = await sql<Row>`
    select ${selectList(listable, columns)} from ${listable.from} where (${listable.where ?? sql`true`}) and (${where})`.execute(db)
  return rows.map((row) => itemOf(row, columns))
}

/** The same as a prepared statement: `where` holds Slots in place of values. */
export function prepareItems(db: Db, listable: Listable, where: RawBuilder<boolean>, fields?: string): (values: Record<string, unknown>) => Promise<Item[]> {
  const columns = fieldsOf(listable, fields)
  const read = prepare<Row>(db, sql`select ${selectList(listable, columns)} from ${listable.from} where (${listable.where ?? sql`true`}) and (${where})`)
  return async (values) => (await read(values)).map((row) => itemOf(row, columns))
}

/** How many a filter and a search find; what a live count under a filter shows. */
export function countSelected(db: Db, listable: Listable, selection: Selection, context: ListContext) {
  return countRows(db, listable, conditionOf(listable, selection, context))
}

type PageQuery = { where: RawBuilder<boolean>; sort: Sort; fields: [string, ListColumn][]; cursor: string | undefined; limit: number }
type Row = { id: string; key: string | null; tie: string; [column: `c${number}`]: unknown }

async function readRows(db: Db, listable: Listable, { where, sort, fields, cursor, limit }: PageQuery): Promise<Pick<Page, 'items' | 'next'>> {
  const direction = sort.descending ? sql`desc` : sql`asc`
  const rows = await runPage(cursor, sql<Row>`
    select ${selectList(listable, fields)}, (${sort.expression})::text as key, (${listable.id})::text as tie
      from ${listable.from}
     where ${where} and ${cursor === undefined ? sql`true` : afterCursor(listable, sort, cursor)}
     order by ${sort.expression} ${direction}, ${listable.id} ${direction}
     limit ${limit + 1}`.execute(db))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => itemOf(row, fields)),
    next: last ? encodeCursor({ sort: sort.text, value: last.key, id: last.tie }) : null,
  }
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

/** A cursor that somebody made up may hold what PostgreSQL cannot read as a value (SQLSTATE class 22): their fault, not ours. */
async function runPage<T>(cursor: string | undefined, result: Promise<{ rows: T[] }>): Promise<T[]> {
  try {
    return (await result).rows
  } catch (error) {
    if (cursor !== undefined && sqlState(error)?.startsWith('22')) throw invalidCursor()
    throw error
  }
}

/**
 * Everything behind the last row. PostgreSQL puts NULL last in ascending and first in descending order; rows compare as
 * pairs, so that an index on (sort, id) goes straight to the place.
 */
function afterCursor({ id }: Listable, { text, expression, descending, notNull }: Sort, cursor: string): RawBuilder<boolean> {
  const last = decodeCursor(cursor, text)
  if (last.value === null) {
    return descending
      ? sql<boolean>`((${expression}) is not null or ${id} < ${last.id})`
      : sql<boolean>`((${expression}) is null and ${id} > ${last.id})`
  }
  if (descending) return sql<boolean>`(${expression}, ${id}) < (${last.value}, ${last.id})`
  const behind = sql<boolean>`(${expression}, ${id}) > (${last.value}, ${last.id})`
  return notNull ? behind : sql<boolean>`(${behind} or (${expression}) is null)`
}

type Explained = [{ Plan: { 'Plan Rows': number } }]

async function countRows(db: Db, { from }: Listable, where: RawBuilder<boolean>): Promise<Pick<Page, 'total' | 'totalIsEstimate'>> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 from ${from} where ${where} limit ${countedExactly + 1}) as counted`.execute(db)
  const count = rows[0]!.count
  if (count <= countedExactly) return { total: count, totalIsEstimate: false }
  const plan = await sql<Record<string, Explained>>`explain (format json) select 1 from ${from} where ${where}`.execute(db)
  const [explained] = Object.values(plan.rows[0]!) as [Explained]
  return { total: Math.max(count, explained[0].Plan['Plan Rows']), totalIsEstimate: true }
}
