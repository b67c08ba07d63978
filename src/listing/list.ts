/** One way to list anything: filter, text search, sort, keyset pages and totals over a Listable. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, type Fault, invalid, sqlState } from '../platform/errors.ts'
import { decodeCursor, encodeCursor, invalidCursor } from './cursor.ts'
import { compileFilter } from './filter.ts'
import type { Listable, ListColumn, ListContext } from './listable.ts'

export { compileFilter } from './filter.ts'
export type { FieldType, Listable, ListColumn, ListContext } from './listable.ts'

export type Item = Record<string, unknown>
export type Page = { items: Item[]; next: string | null; total: number; totalIsEstimate: boolean }
export type Selection = Pick<ListQuery, 'filter' | 'q'>

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
  const { rows } = await sql<Row>`select ${selectList(listable, columns)} from ${listable.from} where ${listable.where ?? sql`true`} and ${where}`.execute(db)
  return rows.map((row) => itemOf(row, columns))
}

/** How many a filter and a search find; what a live count under a filter shows. */
export function countSelected(db: Db, listable: Listable, selection: Selection, context: ListContext) {
  return countRows(db, listable, conditionOf(listable, selection, context))
}

/** The condition of a filter and a search together with the list's own; for whoever works on "all results". */
export function conditionOf(listable: Listable, { filter, q }: Selection, context: ListContext): RawBuilder<boolean> {
  const conditions = [
    listable.where,
    filter === undefined || filter === null ? undefined : compileFilter(filter, listable, context),
    ...wordsOf(q).map((word) => found(listable, word)),
  ].filter((condition) => condition !== undefined)
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions.map((condition) => sql`(${condition})`), sql` and `)})`
}

type Sort = { text: string; expression: RawBuilder<unknown>; descending: boolean; notNull: boolean }

/** Filter, sort and fields are all read before anything is thrown: all faults at once. */
function readQuery(listable: Listable, query: Partial<ListQuery>, context: ListContext) {
  const faults: Fault[] = []
  const gather = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof AppError) || !error.extra.errors) throw error
      faults.push(...error.extra.errors)
      return undefined
    }
  }
  const where = gather(() => conditionOf(listable, query, context))
  const sort = gather(() => sortOf(listable, query.sort ?? listable.defaultSort))
  const fields = gather(() => fieldsOf(listable, query.fields))
  if (!where || !sort || !fields) throw invalid(faults)
  return { where, sort, fields }
}

function wordsOf(q: string | undefined): string[] {
  if (q?.includes('\0')) throw invalid([{ path: 'q', message: 'must not contain a NUL character' }])
  return (q ?? '').split(/\s+/).filter((word) => word !== '').slice(0, 10)
}

function found({ search }: Listable, word: string): RawBuilder<boolean> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(${sql.join(search.map((text) => sql`lower(${text}) like lower(${pattern}::text)`), sql` or `)})`
}

const unsortable = new Set(['multiEnum', 'linkMultiple'])
const textual = new Set(['text', 'longText', 'email', 'phone', 'url'])

function sortOf(listable: Listable, text: string): Sort {
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  const column = Object.hasOwn(listable.columns, name) ? listable.columns[name] : undefined
  if (!column || unsortable.has(column.type)) throw invalid([{ path: 'sort', message: `cannot sort by "${name.slice(0, 100)}"` }])
  const expression = textual.has(column.type) ? (column.folded ?? sql`lower(${column.sql})`) : column.sql
  return { text, expression, descending, notNull: column.notNull ?? false }
}

function fieldsOf(listable: Listable, fields: string | undefined): [string, ListColumn][] {
  if (fields === undefined || fields === '') return Object.entries(listable.columns).filter(([, column]) => column.shown !== false)
  const names = [...new Set(fields.split(',').map((name) => name.trim()))]
  const unknown = names.filter((name) => !Object.hasOwn(listable.columns, name))
  if (unknown.length > 0) throw invalid(unknown.map((name) => ({ path: 'fields', message: `"${name.slice(0, 100)}" is not a field here` })))
  return names.map((name) => [name, listable.columns[name]!])
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

async function countRows(db: Db, { from }: Listable, where: RawBuilder<boolean>): Promise<Pick<Page, 'total' | 'totalIsEstimate'>> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select 1 from ${from} where ${where} limit ${countedExactly + 1}) as counted`.execute(db)
  const count = rows[0]!.count
  if (count <= countedExactly) return { total: count, totalIsEstimate: false }
  const plan = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`explain (format json) select 1 from ${from} where ${where}`.execute(db)
  const [explained] = Object.values(plan.rows[0]!) as [[{ Plan: { 'Plan Rows': number } }]]
  return { total: Math.max(count, explained[0].Plan['Plan Rows']), totalIsEstimate: true }
}
