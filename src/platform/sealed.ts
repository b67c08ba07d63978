/**
 * Every sealed value in the database, found by name: columns that end with _sealed, and fields that end with Sealed in the few JSON
 * columns that have some. So a value that is new is in it by itself; test/canary.test.ts fails where one is called otherwise.
 */
import { sql } from 'kysely'
import type { Db } from './db.ts'
import type { Secrets } from './secrets.ts'

type Column = { table: string; column: string; json: boolean; required: boolean }
/** One row's column, with the sealed values in it. */
type Cell = Column & { ctid: string; value: unknown; sealed: string[] }

/** JSON with sealed fields; looking through every JSON column would mean reading the whole campaign log. */
const jsonColumns: Column[] = [{ table: 'setting', column: 'value', json: true, required: false }, { table: 'group_email_account', column: 'oauth', json: true, required: false }]

export type Sealing = {
  /** `outbound_account.password_sealed`. */
  column: string
  /** Sealed with the first secret, with another one that is known, with one that is not. */
  anew: number; before: number; unreadable: number
}

/** Columns without a sealed value are left out. */
export async function lookAtSealed(db: Db, secrets: Secrets): Promise<Sealing[]> {
  const found = new Map<string, Sealing>()
  for await (const { table, column, sealed } of cellsOf(db)) {
    const name = `${table}.${column}`
    const sealing = found.get(name) ?? { column: name, anew: 0, before: 0, unreadable: 0 }
    found.set(name, sealing)
    for (const value of sealed) sealing[stateOf(secrets, value)]++
  }
  return [...found.values()]
}

/** Seals with the first secret what another one sealed: all of it or nothing. Answers how many values. What nobody can open stays as it is. */
export const sealAnew = (db: Db, secrets: Secrets): Promise<number> => db.transaction().execute(async (tx) => {
  let count = 0
  for await (const cell of cellsOf(tx, true)) {
    const due = cell.sealed.filter((value) => stateOf(secrets, value) === 'before')
    if (due.length === 0) continue
    await write(tx, cell, new Map(due.map((value) => [value, secrets.seal(secrets.open(value))])))
    count += due.length
  }
  return count
})

/** One sentence where some cannot be opened, which a start must not pass over; null where all is well. */
export function sentenceOfUnreadable(sealings: readonly Sealing[]): string | null {
  const lost = sealings.filter(({ unreadable }) => unreadable > 0)
  if (lost.length === 0) return null
  const named = lost.map(({ column, unreadable }) => `${column} (${unreadable})`).join(', ')
  return `These stored secrets were sealed with another secret than this process has: ${named}. Start it with that TIDINGS_SECRET (or the file "secret" of the first data folder), `
    + 'or add it to TIDINGS_SECRET_PREVIOUS. If it is lost, "tidings secret forget-unreadable" empties them, and they are entered anew.'
}

/** Empties what nobody can open; a row that is nothing without it (a DKIM key) goes. Answers how many values. */
export const forgetUnreadable = (db: Db, secrets: Secrets): Promise<number> => db.transaction().execute(async (tx) => {
  let count = 0
  for await (const cell of cellsOf(tx, true)) {
    const lost = cell.sealed.filter((value) => stateOf(secrets, value) === 'unreadable')
    if (lost.length === 0) continue
    await write(tx, cell, new Map(lost.map((value) => [value, null])))
    count += lost.length
  }
  return count
})

function stateOf(secrets: Secrets, sealed: string): 'anew' | 'before' | 'unreadable' {
  if (secrets.isSealedAnew(sealed)) return 'anew'
  try {
    secrets.open(sealed)
    return 'before'
  } catch {
    return 'unreadable'
  }
}

/**
 * In one order, so that two who seal anew wait for each other. Column by column: writing one of a row moves the row, so the next column
 * is read, and its rows are found, only after that.
 */
async function* cellsOf(db: Db, lock = false): AsyncGenerator<Cell> {
  for (const column of [...await sealedColumns(db), ...jsonColumns]) {
    const { rows } = await sql<{ ctid: string; value: unknown }>`
      select ctid::text, ${sql.ref(column.column)} as value from ${sql.table(column.table)} where ${sql.ref(column.column)} is not null ${lock ? sql`for update` : sql``}`.execute(db)
    for (const row of rows) yield { ...column, ...row, sealed: column.json ? sealedIn(row.value) : [row.value as string] }
  }
}

async function sealedColumns(db: Db): Promise<Column[]> {
  const { rows } = await sql<{ table: string; column: string; required: boolean }>`
    select c.relname as table, a.attname as column, a.attnotnull as required from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname like '%\\_sealed' and not a.attisdropped order by 1, 2`.execute(db)
  return rows.map((row) => ({ ...row, json: false }))
}

const isSealedField = (name: string, value: unknown): value is string => name.endsWith('Sealed') && typeof value === 'string'

function sealedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (isSealedField(name, inner) ? [inner] : sealedIn(inner)))
}

function replacedIn(value: unknown, by: Map<string, string | null>): unknown {
  if (Array.isArray(value)) return value.map((each) => replacedIn(each, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) =>
    [name, isSealedField(name, inner) && by.has(inner) ? by.get(inner) : replacedIn(inner, by)]))
}

/** The row is locked, so it is still where it was read. */
async function write(db: Db, { table, column, json, required, ctid, value }: Cell, by: Map<string, string | null>): Promise<void> {
  if (required && by.get(value as string) === null) return void await sql`delete from ${sql.table(table)} where ctid = ${ctid}::tid`.execute(db)
  const next = json ? JSON.stringify(replacedIn(value, by)) : by.get(value as string)!
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${next}${json ? sql`::jsonb` : sql``} where ctid = ${ctid}::tid`.execute(db)
}
