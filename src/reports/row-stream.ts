/** All rows of a list, one batch after the other, from one statement: a page by a condition would read a table without an index once for each page. */
import { type RawBuilder, sql } from 'kysely'
import type { Item } from '../listing/list.ts'
import type { Listable, ListColumn } from '../listing/listable.ts'
import type { Sort } from '../listing/query.ts'
import { type Db, poolOf } from '../platform/db.ts'
import { isTimedOut } from '../platform/errors.ts'
import { files, tooSlow } from './in-time.ts'

const batchSize = 1_000

/** Whoever takes longer to fetch what is there holds the old state of all tables, and a connection. */
const settings = "set local statement_timeout = '120s'; set local idle_in_transaction_session_timeout = '60s'; set local cursor_tuple_fraction = 1; set local work_mem = '64MB'; set local jit = off"

export type RowQuery = { listable: Listable; where: RawBuilder<boolean>; sort: Sort; fields: readonly [string, ListColumn][] }

/** The first batch is there when this answers, so what goes wrong with the statement is thrown before anything is sent. */
export async function streamRows(db: Db, { listable, where, sort, fields }: RowQuery): Promise<AsyncGenerator<Item[]>> {
  const direction = sort.descending ? sql`desc` : sql`asc`
  const statement = sql`
    declare report_rows no scroll cursor for
     select ${sql.join(fields.map(([, column], index) => sql`${column.select ?? column.sql} as ${sql.ref(`c${index}`)}`))}
       from ${listable.from} where ${where} order by ${sql.join([sort.expression, ...sort.tie].map((each) => sql`${each} ${direction}`))}`.compile(db)
  await files.take()
  const client = await connected(db)
  const fetch = async () => (await client.query<Record<string, unknown>>(`fetch ${batchSize} from report_rows`)).rows.map((row) => itemOf(row, fields))
  try {
    await client.query(`begin read only; ${settings}`)
    await client.query(statement.sql, [...statement.parameters])
    return batches(client, await fetch(), fetch)
  } catch (error) {
    client.release(true)
    files.leave()
    throw isTimedOut(error) ? tooSlow() : error
  }
}

async function connected(db: Db) {
  try {
    return await poolOf(db).connect()
  } catch (error) {
    files.leave()
    throw error
  }
}

type Client = { query(text: string): Promise<unknown>; release(broken?: boolean): void }

/** A generator that nobody began with runs nothing when it is dropped, so what it holds is given back after a while. */
const unusedMs = 30_000

function batches(client: Client, first: Item[], fetch: () => Promise<Item[]>): AsyncGenerator<Item[]> {
  let isHeld = true
  const giveBack = (isWhole: boolean) => {
    clearTimeout(unused)
    if (isHeld) {
      client.release(!isWhole)
      files.leave()
    }
    isHeld = false
  }
  const unused = setTimeout(() => giveBack(false), unusedMs).unref()
  return goThrough(() => clearTimeout(unused), giveBack, client, first, fetch)
}

async function* goThrough(begin: () => void, giveBack: (isWhole: boolean) => void, client: Client, first: Item[], fetch: () => Promise<Item[]>): AsyncGenerator<Item[]> {
  let isWhole = false
  try {
    begin()
    for (let batch = first; batch.length > 0; batch = await fetch()) yield batch
    await client.query('rollback')
    isWhole = true
  } finally {
    giveBack(isWhole)
  }
}

const itemOf = (row: Record<string, unknown>, fields: RowQuery['fields']): Item =>
  Object.fromEntries(fields.map(([name], index) => [name, row[`c${index}`] instanceof Date ? (row[`c${index}`] as Date).toISOString() : row[`c${index}`]]))
