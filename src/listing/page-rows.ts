/**
 * The rows of one page, found behind the last one of the page before (keyset): as far as an index reaches, in the same time on every page.
 * PostgreSQL puts NULL last in ascending and first in descending order.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import { AppError, sqlState } from '../platform/errors.ts'
import { type Cursor, invalidCursor } from './cursor.ts'
import { readWithin, tooLate } from './deadline.ts'
import type { Listable } from './listable.ts'
import type { Sort } from './query.ts'

export type Place = { where: RawBuilder<boolean>; sort: Sort; after: Cursor | undefined; limit: number }
type Found<Row> = Row & { key: string | null; tie: string[] }

/** As PostgreSQL thinks best, the other way round, and the first way again with patience: ten seconds in all. */
const tryMs = [1_200, 2_300, 6_500] as const

/** Up to `limit` rows with the columns of `select`, their place in the order beside them. */
export async function findRows<Row>(db: Db, listable: Listable, place: Place, select: RawBuilder<unknown>, statement = straight): Promise<Found<Row>[]> {
  const found: Found<Row>[] = []
  for (const part of partsBehind(place)) {
    if (found.length >= place.limit) break
    const { rows } = await statement<Row>(listable, { ...place, where: sql<boolean>`${place.where} and ${part}`, limit: place.limit - found.length }, select)
      .execute(db).catch((error: unknown) => { throw place.after ? refusedCursor(error) : error })
    found.push(...rows)
  }
  return found
}

/** The same on a large table, with a deadline: where PostgreSQL's way takes too long, the opposite one is tried, and then it is said. */
export async function findRowsInTime<Row>(db: Db, listable: Listable, place: Place, select: RawBuilder<unknown>): Promise<Found<Row>[]> {
  if (!listable.large) return findRows<Row>(db, listable, place, select)
  const attempt = (milliseconds: number, statement = straight, settings = {}) =>
    readWithin(db, milliseconds, (reading) => findRows<Row>(reading, listable, place, select, statement), settings)
  const first = await attempt(tryMs[0], straight, alone)
  if (first !== tooLate) return first
  const second = await sortsFirst(db, listable, place) ? await attempt(tryMs[1], straight, alongTheOrder) : await attempt(tryMs[1], filteredFirst)
  if (second !== tooLate) return second
  const third = await attempt(tryMs[2])
  if (third !== tooLate) return third
  throw new AppError('unavailable', 'filterTooSlow',
    'This filter, search or order takes too long on so many records. Ask for less at once, for example one more condition; an administrator can add an index under Administration > Slow Filters.')
}

/** Only the rows of the page are turned into text. */
const placed = <Row>({ sort }: Place, rows: RawBuilder<unknown>) => sql<Found<Row>>`
  select found.*, o0::text as key, array[${sql.join(sort.tie.map((_, index) => sql`${orderColumn(index + 1)}::text`))}] as tie from (${rows}) found`

const straight = <Row>({ from }: Listable, place: Place, select: RawBuilder<unknown>) => placed<Row>(place, sql`
  select ${select}, ${orderColumns(place.sort)} from ${from} where ${place.where}
   order by ${orderOf([place.sort.expression, ...place.sort.tie], place.sort)} limit ${place.limit}`)

/** All that the filter finds, then their order: for few rows that lie far from the beginning of the order. `offset 0` keeps PostgreSQL from joining the two. */
const filteredFirst = <Row>({ from }: Listable, place: Place, select: RawBuilder<unknown>) => placed<Row>(place, sql`
  select * from (select ${select}, ${orderColumns(place.sort)} from ${from} where ${place.where} offset 0) filtered
   order by ${orderOf([0, ...place.sort.tie.map((_, index) => index + 1)].map(orderColumn), place.sort)} limit ${place.limit}`)

/** Starting helpers takes as long as most pages. */
const alone = { max_parallel_workers_per_gather: '0' }

/** In the order of an index, passing over what the filter leaves out: for many rows. */
const alongTheOrder = { enable_sort: 'off', enable_incremental_sort: 'off', enable_bitmapscan: 'off', enable_seqscan: 'off' }

async function sortsFirst(db: Db, listable: Listable, place: Place): Promise<boolean> {
  const [part] = partsBehind(place)
  const { rows } = await sql`explain (format json) ${straight(listable, { ...place, where: sql<boolean>`${place.where} and ${part!}` }, sql`1 as one`)}`.execute(db)
  return JSON.stringify(rows).includes('"Node Type":"Sort"')
}

const orderColumn = (index: number) => sql.raw(`o${index}`)
const orderColumns = ({ expression, tie }: Sort) => sql.join([expression, ...tie].map((each, index) => sql`${each} as ${orderColumn(index)}`))
const orderOf = (expressions: RawBuilder<unknown>[], { descending }: Sort) =>
  sql.join(expressions.map((each) => sql`${each} ${descending ? sql`desc` : sql`asc`}`))

/** Rows compare as a whole, and empty values by themselves, so that an index on (sort, tie) goes straight to the place. */
function partsBehind({ sort, after }: Place): RawBuilder<boolean>[] {
  if (!after) return [sql<boolean>`true`]
  const { expression, tie, descending, notNull } = sort
  const [empty, filled] = [sql<boolean>`(${expression}) is null`, sql<boolean>`(${expression}) is not null`]
  const behind = (columns: RawBuilder<unknown>[], values: string[]) =>
    sql<boolean>`(${sql.join(columns)}) ${descending ? sql`<` : sql`>`} (${sql.join(values)})`
  if (after.value === null) {
    const amongEmpty = sql<boolean>`${empty} and ${behind(tie, after.tie)}`
    return descending ? [amongEmpty, filled] : [amongEmpty]
  }
  const next = behind([sql`(${expression})`, ...tie], [after.value, ...after.tie])
  return descending || notNull ? [next] : [next, empty]
}

/** A cursor that somebody made up may hold what PostgreSQL cannot read as a value (SQLSTATE class 22): their fault, not ours. */
const refusedCursor = (error: unknown) => (sqlState(error)?.startsWith('22') ? invalidCursor() : error)
