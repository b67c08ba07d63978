/** A list report's rows: page by page, with the names of what is linked, and totals over all of them. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { listItems, listPage, type Page } from '../listing/list.ts'
import type { ListContext } from '../listing/listable.ts'
import { unjoined } from '../listing/query.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { totalOf } from '../listing/totals.ts'
import { partsOf, type Row, totalFrom, valueOf } from './aggregate.ts'
import type { Asked } from './asked.ts'
import type { Aggregate, ListRun } from './contract.ts'
import { inTime } from './in-time.ts'
import { withLinkNames } from './link-labels.ts'
import { aggregateKey } from './shape.ts'
import { labelOf, type Source } from './source.ts'

export type ListQuestion = { columns: readonly string[]; aggregates: readonly Aggregate[]; sort?: string | undefined; limit: number; cursor?: string | undefined }

export async function listRun(db: Db, actor: Actor, { source, filter, where }: Asked, question: ListQuestion, context: ListContext): Promise<ListRun> {
  const columns = question.columns.length > 0 ? question.columns : source.defaultColumns
  const query = {
    filter: filter ?? undefined, limit: question.limit, fields: [...new Set([...columns, ...source.alwaysRead])].join(','),
    ...(question.sort && { sort: question.sort }), ...(question.cursor !== undefined && { cursor: question.cursor }),
  }
  const [page, totals] = await Promise.all([
    pageInTime(db, source, query, where, context),
    question.cursor === undefined ? totalsOf(db, source, filter, where, question.aggregates) : {},
  ])
  return {
    kind: 'list', columns: columnsOf(source, columns), ...page,
    items: await withLinkNames(db, actor, source, columns, page.items) as ListRun['items'], totals,
  }
}

export const columnsOf = (source: Source, keys: readonly string[]) =>
  keys.map((key) => ({ key, label: labelOf(source, key), type: source.listable.columns[key]!.type }))

/**
 * A list of records gives up after ten seconds, having tried several ways; whoever runs a report waits longer. Deliveries and the log have no index in the
 * order of all of them, so there is but one way.
 */
async function pageInTime(db: Db, { listable, people }: Source, query: Parameters<typeof listPage>[2], where: Asked['where'], context: ListContext): Promise<Page> {
  try {
    if (people !== 'recipients') return await listPage(db, listable, query, context)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'filterTooSlow') throw error
  }
  const [page, total] = await Promise.all([
    inTime(db, (reading) => listItems(reading, listable, query, context), { milliseconds: people === 'recipients' ? 28_000 : 18_000 }),
    totalOf(db, unjoined(listable, query), where),
  ])
  return { ...page, ...(page.next === null && query.cursor === undefined ? { total: page.items.length, totalIsEstimate: false } : total) }
}

/** By the aggregates' keys, over all rows. */
async function totalsOf(db: Db, source: Source, filter: unknown, where: Asked['where'], aggregates: readonly Aggregate[]): Promise<ListRun['totals']> {
  if (aggregates.length === 0) return {}
  const { from } = unjoined(source.listable, { filter: [filter, aggregates], sort: 'id' })
  const parts = aggregates.flatMap((aggregate, index) => partsOf(aggregate, source, `p${index}`))
  const values = aggregates.map((aggregate, index) => sql`${valueOf(aggregate, source, `p${index}`, sql.ref)} as ${sql.ref(`a${index}`)}`)
  const { rows } = await inTime(db, (reading) => sql<Row>`
    select *, ${sql.join(values)} from (
      select ${sql.join(parts.map(({ inner, name }) => sql`${inner} as ${sql.ref(name)}`))} from ${from} where ${where}) parts`.execute(reading))
  return Object.fromEntries(aggregates.map((aggregate, index) => [aggregateKey(aggregate), totalFrom(rows[0]!, `p${index}`, rows[0]![`a${index}`])]))
}
