/** The filter language on a real database: random trees against the slow meaning, and everything that must be refused. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { compileFilter } from './filter.ts'
import { listPage } from './list.ts'
import type { Listable } from './listable.ts'
import { type Pick, randomLeaf, randomTree, seeded, some } from './random-filter.ts'
import { means, type Row } from './slow-meaning.ts'

const context = { now: new Date('2030-03-10T03:30:00Z'), timeZone: 'America/New_York' }

const things: Listable = {
  from: sql`thing t`,
  id: sql`t.id`,
  columns: {
    id: { type: 'link', sql: sql`t.id`, notNull: true },
    word: { type: 'text', sql: sql`t.word` },
    count: { type: 'integer', sql: sql`t.count` },
    price: { type: 'decimal', sql: sql`t.price`, select: sql`t.price::float8` },
    flag: { type: 'boolean', sql: sql`t.flag` },
    day: { type: 'date', sql: sql`t.day` },
    at: { type: 'dateTime', sql: sql`t.at` },
    kind: { type: 'enum', sql: sql`t.kind`, options: ['New', 'In Process', 'Dead'] },
    tags: { type: 'multiEnum', sql: sql`t.tags` },
    other: { type: 'link', sql: sql`t.other` },
    others: { type: 'linkMultiple', sql: sql`t.others` },
  },
  search: [sql`coalesce(t.word, '')`],
  defaultSort: 'word',
}

test('a filter finds exactly the rows that its meaning says, whatever the tree', async () => {
  await using database = await createDatabase()
  const pick = seeded(20_300_310)
  const rows = await givenThings(database.db, pick, 120)
  const leaves = (Object.entries(types)).map(([field, type]) => randomLeaf(pick, field, type, values))
  for (let round = 0; round < 400; round++) {
    const tree = randomTree(pick, 3, leaves)
    const found = await sql<{ id: string }>`select t.id from thing t where ${compileFilter(tree, things, context)}`.execute(database.db)
    const expected = rows.filter((row) => means(tree, row, context)).map((row) => row.id as string)
    expect(found.rows.map(({ id }) => id).sort(), JSON.stringify(tree)).toEqual(expected.sort())
  }
})

test('a day is the day of the instance\'s time zone, also when its clocks change', async () => {
  await using database = await createDatabase()
  await givenThings(database.db, seeded(1), 0)
  const midnightBefore = '2030-03-10T04:59:59Z', midnight = '2030-03-10T05:00:00Z', lastSecond = '2030-03-11T03:59:59Z'
  for (const at of [midnightBefore, midnight, lastSecond]) await sql`insert into thing (id, at) values (${newId()}, ${at}::timestamptz)`.execute(database.db)
  expect(await timesFound(database.db, { field: 'at', op: 'on', value: '2030-03-10' })).toEqual([midnight, lastSecond])
  expect(await timesFound(database.db, { field: 'at', op: 'today' })).toEqual([midnightBefore])
  expect(await timesFound(database.db, { field: 'at', op: 'between', value: ['2030-03-09', midnight] })).toEqual([midnightBefore, midnight])
})

test('where clocks go back over midnight, the day begins when it strikes first', async () => {
  await using database = await createDatabase()
  await givenThings(database.db, seeded(1), 0)
  const [before, firstMidnight, secondMidnight] = ['2025-11-02T03:59:59Z', '2025-11-02T04:30:00Z', '2025-11-02T05:30:00Z']
  for (const at of [before, firstMidnight, secondMidnight]) await sql`insert into thing (id, at) values (${newId()}, ${at}::timestamptz)`.execute(database.db)
  const { items } = await listPage(database.db, things, { filter: { field: 'at', op: 'on', value: '2025-11-02' }, sort: 'at' }, { ...context, timeZone: 'America/Havana' })
  expect(items.map((item) => String(item.at).replace('.000', ''))).toEqual([firstMidnight, secondMidnight])
})

test('the last and the first of all days and instants can be asked for, and numbers of any size', async () => {
  await using database = await createDatabase()
  await givenThings(database.db, seeded(1), 3)
  const ends = ['9999-12-31', '0001-01-01', '9999-12-31T23:59:59-14:00', '0001-01-01T00:00:00+14:00']
  for (const field of ['day', 'at']) {
    for (const value of field === 'day' ? ends.slice(0, 2) : ends) {
      for (const op of ['on', 'before', 'after', 'lessThanOrEquals', 'greaterThanOrEquals']) await listPage(database.db, things, { filter: { field, op, value } }, context)
    }
  }
  for (const field of ['count', 'price']) {
    for (const value of [Number.MAX_VALUE, Number.MIN_VALUE, -1e300, 2 ** 53 + 2, 1e21]) await listPage(database.db, things, { filter: { field, op: 'between', value: [value, value] } }, context)
  }
})

test('values are only ever values: what looks like SQL or a pattern is found as it stands', async () => {
  await using database = await createDatabase()
  await givenThings(database.db, seeded(1), 0)
  const hostile = [`'; drop table thing; --`, '100%', 'a_b', 'back\\slash', '"quoted"', '$1', '{not,an,array}']
  for (const word of hostile) await sql`insert into thing (id, word) values (${newId()}, ${word})`.execute(database.db)
  for (const op of ['equals', 'contains', 'startsWith', 'endsWith']) {
    for (const word of hostile) {
      const page = await listPage(database.db, things, { filter: { field: 'word', op, value: word } }, context)
      expect(page.items.map((item) => item.word), `${op} ${word}`).toEqual([word])
    }
  }
})

test('all faults of a filter are named at once, each with its path', () => {
  const tree = { and: [
    { field: 'wrod', op: 'equals', value: 'x' }, { field: 'word', op: 'sounds', value: 'x' }, { field: 'word', op: 'contains', value: '' },
    { or: [{ field: 'count', op: 'greaterThan', value: '5' }, { not: { field: 'day', op: 'on', value: '2030-02-30' } }] },
    { field: 'kind', op: 'equals', value: 'Gone' }, { field: 'flag', op: 'hasAny', value: [] }, { field: 'word', op: 'equals', value: 'a\0b' },
    { op: 'memberOf', value: [] }, { activity: 'clicked' }, { field: 'count', op: 'between', value: [1] }, { field: 'word', op: 'equals', value: 'x', typo: 1 }, 7,
  ] }
  expect(faultPaths(tree)).toEqual([
    'filter.and.0.field', 'filter.and.1.op', 'filter.and.2.value', 'filter.and.3.or.0.value', 'filter.and.3.or.1.not.value', 'filter.and.4.value',
    'filter.and.5.op', 'filter.and.6.value', 'filter.and.7.op', 'filter.and.8.activity', 'filter.and.9.value', 'filter.and.10.typo', 'filter.and.11',
  ])
  expect(faultPaths({ field: '__proto__', op: 'equals', value: '' })).toEqual(['filter.field'])
  expect(faultPaths({ field: 'word', op: 'constructor', value: '' })).toEqual(['filter.op'])
})

test('a filter too deep or too large is refused, not run', () => {
  let deep: object = { field: 'flag', op: 'isTrue' }
  for (let level = 0; level < 10_000; level++) deep = { not: deep }
  expect(faultPaths(deep)).toHaveLength(1)
  expect(faultPaths({ or: Array.from({ length: 5_000 }, () => ({ field: 'flag', op: 'isTrue' })) })).toHaveLength(1)
})

function faultPaths(tree: unknown): string[] {
  try {
    compileFilter(tree, things, context)
  } catch (error) {
    return (error as AppError).extra.errors!.map(({ path }) => path)
  }
  return []
}

async function timesFound(db: Db, filter: object) {
  const { items } = await listPage(db, things, { filter, sort: 'at' }, context)
  return items.map((item) => String(item.at).replace('.000', ''))
}

const words = ['', 'Berlin', 'berlin', 'BERGEN', 'köln', 'KÖLN', '50%', 'a_b', 'in']
const counts = [-1, 0, 1, 5, 2_000_000_000]
const prices = [-0.5, 0, 12.5, 99]
const days = ['2029-12-31', '2030-01-01', '2030-02-28', '2030-03-08', '2030-03-09', '2030-03-10', '2031-03-09']
const times = ['2029-12-31T23:00:00Z', '2030-02-10T12:00:00Z', '2030-03-09T04:59:59.999Z', '2030-03-09T05:00:00Z', '2030-03-10T04:59:00Z', '2030-03-10T06:00:00Z']
const kinds = ['', 'New', 'In Process', 'Dead']
const tags = ['red', 'Green', 'b"l,ue']
const ids = [newId(), newId(), newId()]

const types = {
  word: 'text', count: 'integer', price: 'decimal', flag: 'boolean', day: 'date', at: 'dateTime', kind: 'enum', tags: 'multiEnum', other: 'link', others: 'linkMultiple',
} as const
const values = {
  text: words, integer: counts, decimal: prices, boolean: [true, false], date: days, dateTime: times, enum: kinds, multiEnum: tags, link: ids, linkMultiple: ids,
}

async function givenThings(db: Db, pick: Pick, count: number): Promise<Row[]> {
  await sql`create table thing (id uuid primary key, word text, count int, price numeric, flag boolean, day date, at timestamptz,
    kind text, tags text[], other uuid, others uuid[])`.execute(db)
  const rows = Array.from({ length: count }, (): Row => ({
    id: newId(), word: pick([null, ...words]), count: pick([null, ...counts]), price: pick([null, ...prices]), flag: pick([null, true, false]),
    day: pick([null, ...days]), at: pick([null, ...times.map((time) => new Date(time))]), kind: pick([null, ...kinds]),
    tags: pick([null, some(pick, tags)]), other: pick([null, ...ids]), others: pick([null, some(pick, ids)]),
  }))
  for (const row of rows) await sql`insert into thing values (${sql.join(Object.values(row))})`.execute(db)
  return rows
}
