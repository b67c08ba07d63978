/** The database: one pool, typed tables, and the only translation between snake_case and camelCase. */
import { createHash } from 'node:crypto'
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

/** A function that takes `Db` may be called inside or outside a transaction; one that takes `Tx` must be inside. */
export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

const { INT8, DATE } = pg.types.builtins
// bigint ids stay below 2^53, so they travel as numbers; a date is a day, not an instant.
pg.types.setTypeParser(INT8, Number)
pg.types.setTypeParser(DATE, (text) => text)

const pools = new WeakMap<Db, pg.Pool>()

/** What the connections of a server are called in pg_stat_activity; those of a command have another name. */
export const serverName = 'tidings'

export function openDb(url: string, { max = 20, name = serverName }: { max?: number; name?: string } = {}): Db {
  const pool = new pg.Pool({ connectionString: url, max, idleTimeoutMillis: 30_000, application_name: name })
  // A connection that breaks (the server restarted) is replaced by the pool, and whoever waits for an answer on it gets the error.
  // Without these listeners one that is idle, or in a transaction between two statements, would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    prepareMarked(client)
  })
  const db: Db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  pools.set(db, pool)
  return db
}

/** The pool beneath, for COPY, LISTEN and prepared statements of the hot path (results in snake_case). */
export function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db)
  if (!pool) throw new Error('poolOf: not a database opened by openDb (a transaction has no pool).')
  return pool
}

/** Statements that begin like this are prepared by name, each once on each connection (prepared.ts). */
export const preparedMark = '/* prepared */ '

export const statementName = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 32)

const names = new Map<string, string>()

function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) names.set(text, name = statementName(text))
  return name
}

/** Kysely has no place for a statement's name: what it runs in a transaction gets it here. */
function prepareMarked(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const named = (text: unknown, values: unknown, ...rest: unknown[]) =>
    (typeof text === 'string' && text.startsWith(preparedMark) ? query({ name: nameOf(text), text, values }) : query(text, values, ...rest))
  client.query = named as typeof client.query
}
