import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { prepareInside, Slot } from './prepared.ts'

test('a statement of a transaction is planned once on its connection, and each time takes other values', async () => {
  await using app = await startApp()
  const sum = prepareInside<{ theSum: number }>(sql`select ${new Slot('a')}::int + ${new Slot('b')}::int as the_sum`)
  await app.db.transaction().execute(async (tx) => {
    expect(await sum(tx, { a: 1, b: 2 })).toEqual([{ theSum: 3 }])
    expect(await sum(tx, { b: 4, a: 3 })).toEqual([{ theSum: 7 }])
    const { rows } = await sql<{ count: number }>`select count(*) from pg_prepared_statements where statement like '%the_sum%' and generic_plans + custom_plans = 2`.execute(tx)
    expect(rows).toEqual([{ count: 1 }])
  })
})
