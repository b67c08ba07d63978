/** Statements of the hot path: built once, prepared by name on each connection, so that PostgreSQL plans them once. */
import { CompiledQuery, type RawBuilder } from 'kysely'
import { type Db, poolOf, preparedMark, statementName, type Tx } from './db.ts'

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
  const name = statementName(text)
  const pool = poolOf(db)
  return async (values) => {
    const bound = parameters.map((parameter) => (parameter instanceof Slot ? values[parameter.name] : parameter))
    return (await pool.query({ name, text, values: bound })).rows as Row[]
  }
}

/** The same within a transaction. Rows come in camelCase, as from any other query of a transaction. */
export function prepareInside<Row>(statement: RawBuilder<Row>): (tx: Tx, values: Record<string, unknown>) => Promise<Row[]> {
  let compiled: { text: string; parameters: readonly unknown[] } | undefined
  return async (tx, values) => {
    if (!compiled) {
      const { sql: text, parameters } = statement.compile(tx)
      compiled = { text: preparedMark + text, parameters }
    }
    const bound = compiled.parameters.map((parameter) => (parameter instanceof Slot ? values[parameter.name] : parameter))
    return (await tx.executeQuery<Row>(CompiledQuery.raw(compiled.text, bound))).rows
  }
}
