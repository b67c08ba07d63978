/** Reads that are given up after a while, so that one slow list never holds a connection and a processor for minutes. */
import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { isTimedOut } from '../platform/errors.ts'

export const tooLate = Symbol('too late')

/** Holds the bitmap of a million rows exactly. With the default of 4 MB PostgreSQL remembers whole pages instead and looks at every row of them again. */
const memory = '32MB'

/** `settings` hold for these reads only. Inside a transaction of the caller's there is no deadline: it could not go on after one. */
export async function readWithin<Result>(
  db: Db, milliseconds: number, read: (db: Db) => Promise<Result>, settings: Record<string, string> = {},
): Promise<Result | typeof tooLate> {
  if (db.isTransaction) return read(db)
  try {
    return await db.transaction().execute(async (tx) => {
      const all = Object.entries({ statement_timeout: `${milliseconds}ms`, work_mem: memory, ...settings })
      await sql`select ${sql.join(all.map(([name, value]) => sql`set_config(${name}, ${value}, true)`))}`.execute(tx)
      return read(tx)
    })
  } catch (error) {
    if (isTimedOut(error)) return tooLate
    throw error
  }
}
