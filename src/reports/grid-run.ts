/**
 * A grid report: groups with their values, in one statement. Rows are gathered by the values as they are written, these by what is the same to
 * the filter language, so that folding and choosing a spelling is done for few values in place of millions of rows.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { compileFilter } from '../listing/filter.ts'
import type { ListContext } from '../listing/listable.ts'
import { unjoined } from '../listing/query.ts'
import type { Db } from '../platform/db.ts'
import { answered, expectOneCurrency, partsOf, type Row, totalFrom, valueOf } from './aggregate.ts'
import type { Asked } from './asked.ts'
import type { GridRun } from './contract.ts'
import * as by from './grouping.ts'
import { inTime } from './in-time.ts'
import { aggregateKey, aggregateLabel, aggregatesAsList, aggregatesOf, aggregateType, groupingKey, type Shape } from './shape.ts'
import { labelOf } from './source.ts'

type Sql = RawBuilder<unknown>

/** More cannot be looked at, let alone drawn. */
const mostGroups = 1_000

export async function gridRun(db: Db, actor: Actor, ready: Asked, shape: Shape, context: ListContext, limit = mostGroups): Promise<GridRun> {
  const { source } = ready
  const groups = by.groupsOf(shape.groupBy ?? [], source)
  const aggregates = aggregatesOf(shape)
  const { rows } = await inTime(db, (reading) => sql<Row>`${statement(actor, ready, shape, { ...context, session: !db.isTransaction }, limit)}`.execute(reading), { more: { timezone: context.timeZone } })
  expectOneCurrency(rows, aggregates, source, (index) => `p${index}`)
  return {
    kind: 'grid',
    groups: groups.map(({ grouping, type, unit }) => ({ key: groupingKey(grouping), label: labelOf(source, grouping.field), type, unit: unit ?? null })),
    aggregates: aggregates.map((aggregate) => ({
      key: aggregateKey(aggregate), label: aggregateLabel(aggregate, source), type: aggregateType(aggregate, aggregate.field === undefined ? undefined : source.listable.columns[aggregate.field]!.type)!,
    })),
    rows: rows.slice(0, limit).map((row) => {
      const group = groups.map((each, index) => by.valueOfGroup(each, row[`r${index}`]))
      return {
        group, labels: groups.map((each, index) => by.labelOfGroup(each, group[index]!, row[`l${index}`])),
        values: Object.fromEntries(aggregates.map((aggregate, index) => [aggregateKey(aggregate), answered(row[`a${index}`])])),
      }
    }),
    totals: Object.fromEntries(aggregates.map((aggregate, index) => [aggregateKey(aggregate), rows[0] ? totalFrom(rows[0], `t${index}`, rows[0][`t${index}`]) : aggregate.function === 'count' ? 0 : null])),
    truncated: rows.length > limit,
  }
}

/**
 * cells: rows by what is written; `folded`: cells by what is the same (g: key, e: spelling, p: parts of aggregates); `valued`: with the aggregates' values a;
 * `session`: the time zone of the session is that of the instance. `kept`: those that `having` keeps, with the totals t over all of them and the names l of links.
 */
function statement(actor: Actor, { source, filter, where }: Asked, shape: Shape, context: ListContext & { session: boolean }, limit: number): Sql {
  const groups = by.groupsOf(shape.groupBy ?? [], source)
  const aggregates = aggregatesOf(shape)
  const parts = aggregates.flatMap((aggregate, index) => partsOf(aggregate, source, `p${index}`))
  const { from } = unjoined(source.listable, { filter: [filter, shape.groupBy, aggregates], sort: 'id' })
  const each = (column: (group: by.Group, index: number) => Sql) => groups.map(column)
  const values = (at: (part: string) => Sql, name: string) => aggregates.map((aggregate, index) => sql`${valueOf(aggregate, source, `p${index}`, at)} as ${ref(name, index)}`)
  const overAll = (part: string) => sql`${sql.raw(parts.find(({ name }) => name === part)!.again)}(${sql.ref(part)}) over ()`
  const mixed = parts.filter(({ name }) => /(lo|hi)$/.test(name)).map(({ name }) => sql`${overAll(name)} as ${sql.ref(name.replace('p', 't'))}`)
  const having = shape.having === undefined || shape.having === null ? sql`true` : compileFilter(shape.having, aggregatesAsList(aggregates, source, (index) => `a${index}`), context, 'having')
  return sql`
    with cells as (
      select ${list([...each((group, index) => sql`${by.keyOf(group, context.session ? null : context.timeZone)} as ${ref('k', index)}`), sql`count(*) as n`, ...parts.map(({ inner, name }) => sql`${inner} as ${sql.ref(name)}`)])}
        from ${from} where ${where} group by ${keys(each((_, index) => sql.raw(String(index + 1))))}),
    folded as (
      select ${list([
        ...each((group, index) => sql`${by.sameKey(group, ref('k', index))} as ${ref('g', index)}, ${by.spelling(group, ref('k', index), sql`n`)} as ${ref('e', index)}`),
        ...parts.map(({ name, again }) => sql`${sql.raw(again)}(${sql.ref(name)}) as ${sql.ref(name)}`), sql`1 as one`,
      ])} from cells group by ${keys(each((group, index) => by.sameKey(group, ref('k', index))))}),
    valued as (select *, ${list(values(sql.ref, 'a'))} from folded),
    kept as (
      select *, ${list([...values(overAll, 't'), ...mixed, ...each((group, index) => sql`${by.nameOf(group, ref('g', index), actor)} as ${ref('l', index)}`), sql`1 as two`])}
        from valued where ${having})
    select *, ${list([...each((group, index) => sql`${by.rawOf(group, ref('g', index), ref('e', index))} as ${ref('r', index)}`), sql`1 as three`])}
      from kept order by ${list([...order(shape, groups), sql`one`])} limit ${limit + 1}`
}

const ref = (letter: string, index: number) => sql.ref(`${letter}${index}`)
const list = (all: Sql[]) => sql.join(all)
const keys = (all: Sql[]) => (all.length === 0 ? sql`()` : sql.join(all))

/** As asked, then by the groups in their order; what is empty comes last. */
function order({ sort = '', ...shape }: Shape, groups: readonly by.Group[]): Sql[] {
  const [name, descending] = [sort.replace(/^-/, ''), sort.startsWith('-')]
  const ofGroups = groups.map((group, index) => by.orderOf(group, ref('g', index), ref('l', index)))
  const aggregate = aggregatesOf({ ...shape, sort }).findIndex((each) => aggregateKey(each) === name)
  const group = groups.findIndex(({ grouping }) => groupingKey(grouping) === name || grouping.field === name)
  const first = name === '' ? [] : group >= 0 ? ofGroups[group]! : [ref('a', aggregate)]
  return [...first.map((each) => sql`${each} ${descending ? sql`desc` : sql`asc`} nulls last`), ...ofGroups.flat().map((each) => sql`${each} asc nulls last`)]
}
