/** Arrays of texts as one parameter. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { textArray } from './text-array.ts'

test('texts arrive as they were, whatever is in them', async () => {
  await using app = await startApp()
  const values = ['', 'a', null, 'NULL', '"', '\\', '{a,b}', ',', ' ', '\n', '\\"', 'Zoë 🎈', "'"]
  const { rows } = await sql<{ value: string | null }>`select v as value from unnest(${textArray(values)}::text[]) v`.execute(app.db)
  expect(rows.map(({ value }) => value)).toEqual(values)
  expect((await sql<{ count: number }>`select cardinality(${textArray([])}::text[]) as count`.execute(app.db)).rows).toEqual([{ count: 0 }])
})
