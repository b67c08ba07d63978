/** Random grid reports on a real database against the slow meaning: groupings, units, time zones, aggregates, filters, having; and the rows behind their cells. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Actor } from '../access/actor.ts'
import { compileFilter } from '../listing/filter.ts'
import type { FieldType, Listable } from '../listing/listable.ts'
import { type Pick, randomLeaf, randomTree, seeded, some } from '../listing/random-filter.ts'
import type { Row } from '../listing/slow-meaning.ts'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { conditionsOf, leafOf } from './cell.ts'
import type { GridRun } from './contract.ts'
import { gridRun } from './grid-run.ts'
import { groupsOf } from './grouping.ts'
import { aggregateKey, type Shape } from './shape.ts'
import { type SlowGroup, slowGrid } from './slow-grid.ts'
import type { Source } from './source.ts'

const now = new Date('2030-03-10T03:30:00Z')
const actor: Actor = { userId: newId(), userName: 'x', type: 'admin', via: 'system', ip: '' }

const columnTypes = {
  word: 'text', count: 'integer', price: 'decimal', flag: 'boolean', day: 'date', at: 'dateTime', kind: 'enum', mail: 'email', other: 'link',
} as const satisfies Record<string, FieldType>
type Name = keyof typeof columnTypes

const words = ['', 'Berlin', 'berlin', 'BERLIN', 'köln', 'KÖLN', '50%', 'a_b']
const kinds = ['', 'New', 'In Process', 'Dead']
const mails = ['', 'A@example.com', 'a@example.com', 'b@example.com']
const counts = [-1, 0, 1, 5, 2_000_000_000]
const prices = [-0.5, 0, 12.5, 99]
const days = ['2029-12-30', '2029-12-31', '2030-01-01', '2030-02-28', '2030-03-31', '2030-04-01', '2028-02-29']
/** Where clocks change, and around midnights of several zones. */
const times = [
  '2029-12-31T23:00:00Z', '2029-12-31T18:29:59Z', '2030-01-01T05:00:00Z', '2030-01-01T04:59:59.999Z', '2030-03-10T06:59:59Z', '2030-03-10T07:00:00Z', '2030-03-31T12:00:00Z',
  '2018-11-04T02:59:59Z', '2018-11-04T03:00:00Z', '2018-11-04T03:30:00Z', '2025-11-02T04:30:00Z', '2025-11-02T05:30:00Z', '2025-03-09T05:30:00Z', '2011-12-30T09:30:00Z', '2011-12-31T10:30:00Z', '2030-04-06T15:30:00Z',
]
const zones = ['UTC', 'America/New_York', 'America/Havana', 'America/Sao_Paulo', 'Asia/Kolkata', 'Pacific/Apia', 'Australia/Lord_Howe', 'Asia/Beirut', 'Europe/Berlin']
const ids = [newId(), newId(), newId()]
const values = { text: words, email: mails, integer: counts, decimal: prices, boolean: [true, false], date: days, dateTime: times, enum: kinds, link: ids }

const listable: Listable = {
  from: sql`thing t`, id: sql`t.id`, search: [], defaultSort: 'word',
  columns: Object.fromEntries(Object.entries(columnTypes).map(([name, type]) => [name, {
    type, sql: sql.ref(`t.${name}`), ...(type === 'decimal' && { select: sql`t.price::float8` }), ...(type === 'enum' && { options: ['New', 'In Process', 'Dead'] }),
  }])),
}
const source: Source = {
  name: 'Thing', plural: 'Things', slug: 'things', listable, people: 'nobody', alwaysRead: [], defaultColumns: ['word'],
  fields: Object.entries(columnTypes).map(([key, type]) => ({ key, label: key, type })),
}

test('a grid report answers what its meaning says, whatever it asks, and a cell counts exactly its rows', async () => {
  await using database = await createDatabase()
  const pick = seeded(31)
  const rows = await givenThings(database.db, pick, 150)
  const filters = (['word', 'kind', 'at', 'day', 'count', 'price', 'flag'] as const).map((name) => randomLeaf(pick, name, columnTypes[name], values))
  let [withHaving, groups] = [0, 0]
  for (let round = 0; round < 600; round++) {
    const context = { now, timeZone: pick(zones) }
    const shape = randomShape(pick, pick([true, false]) ? { and: [] } : randomTree(pick, 2, filters))
    const message = JSON.stringify({ ...context, ...shape })
    const where = compileFilter(shape.filter, listable, context)
    const asked = { source, filter: shape.filter, where }
    const run = pick([true, false, false]) ? await database.db.transaction().execute((tx) => gridRun(tx, actor, asked, shape, context)) : await gridRun(database.db, actor, asked, shape, context)
    const slow = slowGrid(rows, { filter: shape.filter as object as Record<string, unknown>, groupBy: shape.groupBy!.map(withUnit), aggregates: shape.aggregates!, having: (shape.having as Record<string, unknown> | null) ?? null }, context)
    expect(run.rows.map(comparable).sort(), message).toEqual(slow.groups.map(comparable).sort())
    expect(rounded(run.totals), message).toEqual(rounded(slow.totals))
    expectInOrder(run, shape, message)
    await expectCells(database.db, run, shape, where, context, message)
    groups += run.rows.length
    if (shape.having && run.rows.length > 0) withHaving += 1
  }
  expect(groups).toBeGreaterThan(4_000)
  expect(withHaving).toBeGreaterThan(60)
}, 180_000)

const isTime = (field: string) => field === 'day' || field === 'at'
const withUnit = ({ field, unit }: { field: string; unit?: string | undefined }) => ({ field, unit: unit ?? (isTime(field) ? 'day' : undefined) })

function randomShape(pick: Pick, filter: object): Shape {
  const field = () => pick(Object.keys(columnTypes) as Name[])
  const groupBy = Array.from({ length: pick([0, 1, 1, 2, 2]) }, () => field()).map((name) => ({ field: name as string, unit: isTime(name) ? pick([undefined, 'day', 'week', 'month', 'quarter', 'year'] as const) : undefined }))
  const distinct = groupBy.filter((each, index) => groupBy.findIndex((other) => other.field === each.field && other.unit === each.unit) === index)
  const aggregates = some(pick, [
    { function: 'count' as const, field: undefined }, { function: 'count' as const, field: field() as string }, { function: 'sum' as const, field: pick(['count', 'price']) },
    { function: 'avg' as const, field: pick(['count', 'price']) }, { function: pick(['min', 'max'] as const), field: pick(['count', 'price', 'day', 'at']) },
  ])
  const chosen = aggregates.length === 0 ? [{ function: 'count' as const, field: undefined }] : aggregates
  const sort = pick(['', '', ...distinct.map((each) => each.field), ...chosen.map(aggregateKey)])
  return {
    entityType: 'Thing', kind: 'grid', filter, groupBy: distinct, aggregates: chosen, sort: sort === '' ? '' : pick(['', '-']) + sort,
    having: pick([true, false, false]) ? randomTree(pick, 1, chosen.map((each) => () => havingLeaf(pick, each))) : null,
  }
}

function havingLeaf(pick: Pick, aggregate: { function: string; field: string | undefined }): Record<string, unknown> {
  const key = aggregateKey(aggregate as Parameters<typeof aggregateKey>[0])
  const ofTime = aggregate.function !== 'count' && isTime(aggregate.field ?? '')
  if (ofTime) return randomLeaf(pick, key, columnTypes[aggregate.field as Name] as 'date', values)()
  return randomLeaf(pick, key, aggregate.function === 'count' ? 'integer' : 'decimal', { integer: [0, 1, 2, 5], decimal: [-1, 0, 12.5, 37.5] })()
}

/** A group in one spelling, values to twelve digits: PostgreSQL divides with more than JavaScript. */
const comparable = ({ group, values: found }: Pick2) => JSON.stringify([group.map((each) => (typeof each === 'string' ? each.toLowerCase() : each)), rounded(found)])
type Pick2 = SlowGroup | { group: SlowGroup['group']; values: Record<string, string | number | null> }

const rounded = (found: Record<string, unknown>) => Object.fromEntries(Object.entries(found).sort().map(([key, value]) =>
  [key, value instanceof Date ? value.toISOString() : typeof value === 'number' ? Number(value.toPrecision(12)) : value]))

/** What is sorted by an aggregate goes up or down; what is empty comes last. A grouping of the same name goes before it. */
function expectInOrder(run: GridRun, shape: Shape, message: string) {
  const { sort = '' } = shape
  const [key, sign] = [sort.replace('-', ''), sort.startsWith('-') ? -1 : 1]
  if (!run.aggregates.some((aggregate) => aggregate.key === key) || shape.groupBy!.some(({ field }) => field === key)) return
  const found = run.rows.map(({ values: of }) => of[key]!)
  const filled = found.filter((value) => value !== null)
  expect(found.slice(0, filled.length), message).toEqual(filled)
  expect(filled.every((value, index) => index === 0 || (value === filled[index - 1] ? 0 : value > filled[index - 1]! ? 1 : -1) * sign >= 0), message).toBe(true)
}

async function expectCells(db: Db, run: GridRun, shape: Shape, where: ReturnType<typeof compileFilter>, context: { now: Date; timeZone: string }, message: string) {
  const groups = groupsOf(shape.groupBy!, source)
  const index = run.aggregates.findIndex(({ key }) => key === 'count')
  if (index < 0 || run.rows.length === 0 || groups.length === 0) return
  const some = run.rows.slice(0, 40)
  const counted = some.flatMap(({ group }) => {
    const leaves = compileFilter({ and: group.map((value, at) => leafOf(groups[at]!, value)) }, listable, context)
    return [sql.join(conditionsOf(groups, group, context), sql` and `), leaves].map((condition) => sql`count(*) filter (where ${condition})`)
  })
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counted)}]::int[] as counts from thing t where ${where}`.execute(db)
  expect(rows[0]!.counts, message).toEqual(some.flatMap(({ values: { count } }) => [count, count]))
}

async function givenThings(db: Db, pick: Pick, count: number): Promise<Row[]> {
  await sql`create table thing (id uuid primary key, word text, count int, price numeric, flag boolean, day date, at timestamptz, kind text, mail text, other uuid)`.execute(db)
  const rows = Array.from({ length: count }, (): Row => ({
    id: newId(), word: pick([null, ...words]), count: pick([null, ...counts]), price: pick([null, ...prices]), flag: pick([null, true, false]),
    day: pick([null, ...days]), at: pick([null, ...times.map((time) => new Date(time))]), kind: pick([null, ...kinds]), mail: pick([null, ...mails]), other: pick([null, ...ids]),
  }))
  for (const row of rows) await sql`insert into thing values (${sql.join(Object.values(row))})`.execute(db)
  return rows
}
