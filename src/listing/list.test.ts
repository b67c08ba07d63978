/** Pages, sorts, searches and totals on a real database. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { countSelected, listPage } from './list.ts'
import type { Listable } from './listable.ts'

const context = { now: new Date('2030-01-01T12:00:00Z'), timeZone: 'UTC' }

/** Twenty rows with empty and equal values, and instants that differ only in microseconds. */
const things: Listable = {
  from: sql`(select n as id, nullif((n * 7) % 5, 0) as score, case when n % 4 = 0 then '' else chr(96 + n % 3) || 'B' end as word,
    nullif(n % 6, 0)::text as maybe, timestamptz '2030-01-01' + n * interval '1 microsecond' as at from generate_series(1, 20) as n) as t`,
  id: sql`t.id`,
  columns: {
    id: { type: 'integer', sql: sql`t.id`, notNull: true },
    score: { type: 'integer', sql: sql`t.score` },
    word: { type: 'text', sql: sql`t.word`, notNull: true },
    maybe: { type: 'text', sql: sql`t.maybe` },
    at: { type: 'dateTime', sql: sql`t.at`, notNull: true },
    tags: { type: 'multiEnum', sql: sql`'{}'::text[]` },
  },
  search: [sql`t.word`, sql`coalesce(t.maybe, '')`],
  defaultSort: '-at',
}

test.each(['score', '-score', 'word', '-word', 'maybe', '-maybe', 'at', '-at', 'id'])('pages of three by %s hold every row once, in the order of one long page', async (sort) => {
  await using database = await createDatabase()
  const whole = (await listPage(database.db, things, { sort, limit: 200 }, context)).items
  const paged = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listPage(database.db, things, { sort, limit: 3, ...(cursor && { cursor }) }, context)
    paged.push(...page.items)
    cursor = page.next
  }
  expect(paged).toEqual(whole)
  expect(new Set(whole.map(({ id }) => id)).size).toBe(20)
})

test('a cursor belongs to its sort order, and one that somebody made up is refused', async () => {
  await using database = await createDatabase()
  const { next } = await listPage(database.db, things, { sort: 'word', limit: 3 }, context)
  const madeUp = ['', 'x', '[]', '["-at","soon","1"]', '["-at","2030-01-01","one"]', '["-at",7,"1"]'].map((text) => Buffer.from(text).toString('base64url'))
  for (const cursor of [next!, ...madeUp]) expect(await faults(database.db, { cursor }), cursor).toEqual(['cursor'])
})

test('every word of a search must be found, and patterns are only letters', async () => {
  await using database = await createDatabase()
  const found = async (q: string) => (await listPage(database.db, things, { q }, context)).total
  expect(await found('ab')).toBe(5)
  expect(await found('AB 1')).toBe(await found('1 ab'))
  expect(await found('ab 1')).toBeLessThan(5)
  expect(await found('%')).toBe(0)
  expect(await faults(database.db, { q: 'a\0' })).toEqual(['q'])
})

test('totals are exact up to 100,000 and told to be estimates above', async () => {
  await using database = await createDatabase()
  const series = (count: number): Listable => ({ ...things, from: sql`(select n as id, null::timestamptz as at from generate_series(1, ${count}::int) as n) as t` })
  expect(await countSelected(database.db, series(100_000), {}, context)).toEqual({ total: 100_000, totalIsEstimate: false })
  const above = await countSelected(database.db, series(100_001), {}, context)
  expect(above.totalIsEstimate).toBe(true)
  expect(above.total).toBeGreaterThan(100_000)
})

test('only fields that exist are answered, shown and sorted by', async () => {
  await using database = await createDatabase()
  const { items } = await listPage(database.db, things, { fields: 'word, id', sort: 'id', limit: 1 }, context)
  expect(items).toEqual([{ id: 1, word: 'aB' }])
  expect(await faults(database.db, { fields: 'word,__proto__,at;', sort: 'tags' })).toEqual(['sort', 'fields', 'fields'])
})

async function faults(db: Db, query: Partial<ListQuery>): Promise<string[]> {
  const answer = await listPage(db, things, query, context).catch((error) => error)
  return answer.extra?.errors?.map(({ path }: { path: string }) => path) ?? []
}
