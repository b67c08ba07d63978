/** Statements of the hot path: built once, prepared by name on each connection, so that PostgreSQL plans them once. */
import { createHash } from 'node:crypto'
import type { RawBuilder } from 'kysely'
import { type Db, poolOf } from './db.ts'

/** Stands in a statement for a value that is given when it runs. */
export class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

export type Prepared<Row> = (values: Record<string, unknown>) => Promise<Row[]>

/** `statement` holds Slots in place of values. Rows come as PostgreSQL names them: alias columns where camelCase is wanted. */
export function prepare<Row>(db: Db, statement: RawBuilder<Row>): Prepared<Row> {
  const { sql: text, parameters } = statement.compile(db)
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32)
  const pool = poolOf(db)
  return async (values) => {
    const bound = parameters.map((parameter) => (parameter instanceof Slot ? values[parameter.name] : parameter))
    return (await pool.query({ name, text, values: bound })).rows as Row[]
  }
}
