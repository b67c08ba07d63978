/** Pages, sorts, searches and totals on a real database. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { readWithin, tooLate } from './deadline.ts'
import { countSelected, listItems, listPage } from './list.ts'
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

/** A table as records have it: what is shown is joined, equal values are ordered by the time of making. */
const people: Listable = {
  from: sql`person as r left join company as c on c.id = r.company_id`,
  plain: sql`person as r`,
  id: sql`r.id`,
  columns: {
    id: { type: 'link', sql: sql`r.id`, notNull: true },
    city: { type: 'text', sql: sql`r.city`, notNull: true },
    companyId: { type: 'link', sql: sql`r.company_id` },
    companyName: { type: 'text', sql: sql`c.name`, joined: true },
    createdAt: { type: 'dateTime', sql: sql`r.created_at`, notNull: true },
  },
  search: [sql`r.city`], defaultSort: '-createdAt', tieBreak: 'createdAt', large: true,
}

async function givenPeople(db: Db, count: number, from = 0) {
  await sql`create table if not exists company as select uuid_v7() as id, 'Company ' || n as name from generate_series(1, 3) n`.execute(db)
  await sql`create table if not exists person (id uuid primary key default uuid_v7(), city text, company_id uuid, created_at timestamptz)`.execute(db)
  await sql`insert into person (city, company_id, created_at)
    select chr(97 + n % 4), case when n % 3 > 0 then (array(select id from company order by name))[1 + n % 2] end, timestamptz '2030-01-01' + n / 3 * interval '1 hour'
      from generate_series(${from}::int, ${from + count - 1}::int) n`.execute(db)
}

test.each(['createdAt', '-createdAt', 'city', '-city', 'companyId', '-companyId', 'companyName', '-companyName', 'id'])(
  'records made while one turns the pages by %s are neither a reason to meet one twice nor to miss one', async (sort) => {
    await using database = await createDatabase()
    const { db } = database
    await givenPeople(db, 40)
    const before = (await listPage(db, people, { sort, limit: 200, fields: 'companyName' }, context)).items
    const met: unknown[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await listPage(db, people, { sort, limit: 7, fields: 'companyName', ...(cursor && { cursor }) }, context)
      met.push(...page.items)
      cursor = page.next
      if (met.length < 40) await givenPeople(db, 5, 100 + met.length)
    }
    const known = new Set(before.map(({ id }) => id))
    expect(met.filter((item) => known.has((item as { id: string }).id))).toEqual(before)
  })

test('of a large list the pages that follow show the total of the first one, as long as the filter is the same', async () => {
  await using database = await createDatabase()
  await givenPeople(database.db, 40)
  const first = await listPage(database.db, people, { limit: 10 }, context)
  expect(first).toMatchObject({ total: 40, totalIsEstimate: false })
  await givenPeople(database.db, 20, 40)
  expect((await listPage(database.db, people, { limit: 10, cursor: first.next! }, context)).total).toBe(40)
  const filter = { field: 'city', op: 'equals', value: 'A' }
  expect((await listPage(database.db, people, { limit: 10, cursor: first.next!, filter }, context)).total).toBe(15)
})

test('of millions nothing is counted, the estimate says so; what fits on one page is exact whatever was estimated', async () => {
  await using database = await createDatabase()
  const { db } = database
  await givenPeople(db, 40)
  await sql`analyze person`.execute(db)
  // As PostgreSQL would know it of a table that has grown.
  await sql`update pg_class set reltuples = 5000000, relpages = 1 where relname = 'person'`.execute(db)
  const many = await countSelected(db, people, {}, context)
  expect(many.totalIsEstimate).toBe(true)
  expect(many.total).toBeGreaterThan(100_000)
  expect(await listPage(db, people, { limit: 50 }, context)).toMatchObject({ total: 40, totalIsEstimate: false, next: null })
})

test('a list that takes too long ends with what to do, and the connection is free again', async () => {
  await using database = await createDatabase()
  const { db } = database
  await givenPeople(db, 3)
  const slow: Listable = { ...people, where: sql<boolean>`pg_sleep(60) is not null`, plain: people.from }
  expect(await readWithin(db, 50, (reading) => listItems(reading, slow, {}, context))).toBe(tooLate)
  expect((await listPage(db, people, {}, context)).items).toHaveLength(3)
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
