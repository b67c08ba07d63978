import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { openDb } from './db.ts'
import { isDatabaseGone } from './errors.ts'

test('a connection that breaks between two statements of a transaction fails that transaction as a loss of the database, and not the process', async () => {
  await using database = await createDatabase()
  const db = openDb(database.url, { max: 2 })
  const broken = db.transaction().execute(async (tx) => {
    const { rows: [row] } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${row!.pid})`.execute(database.db)
    // Gone from the server's list, the connection is closed on this side as well.
    await expect.poll(async () => (await sql`select from pg_stat_activity where pid = ${row!.pid}`.execute(database.db)).rows.length).toBe(0)
    await new Promise((resolve) => { setImmediate(resolve) })
    await sql`select 1`.execute(tx)
  })
  await expect(broken).rejects.toSatisfy(isDatabaseGone)
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  await db.destroy()
})
