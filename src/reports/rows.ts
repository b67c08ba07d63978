/** The rows behind a report: of a cell, of a whole line, or all of them, as a list. */
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { compileFilter } from '../listing/filter.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import { faultsIn, invalid } from '../platform/errors.ts'
import { type Asked, asked } from './asked.ts'
import { conditionsOf, leafOf, saysTheSame } from './cell.ts'
import type { ListRun } from './contract.ts'
import { faultsOf } from './faults.ts'
import { type Group, groupsOf, type GroupValue } from './grouping.ts'
import { listRun } from './list-run.ts'
import type { RunOptions } from './run.ts'
import type { Shape } from './shape.ts'

export type RowsOptions = RunOptions & { group?: GroupValue[] | undefined; columns?: string[] | undefined }

export async function reportRows(
  db: Db, actor: Actor, report: Shape, { answers = {}, group = [], columns, limit = 50, cursor, sort }: RowsOptions, context: ListContext,
): Promise<ListRun & { filter: unknown }> {
  const ready = asked(report, actor, answers, context)
  const faults = faultsOf({ entityType: report.entityType, kind: 'list', columns, sort }, context)
  if (faults.length > 0) throw invalid(faults)
  const groups = groupsOf(report.kind === 'grid' ? report.groupBy ?? [] : [], ready.source)
  const rows = await listRun(db, actor, behind(ready, groups, group, context), {
    columns: columns ?? report.columns ?? [], aggregates: [], sort: sort ?? (report.kind === 'list' ? report.sort : undefined), limit, cursor,
  }, context)
  return { ...rows, filter: ready.source.slug === null ? null : filterOf(ready, groups, group, context) }
}

/** The same source, narrowed to the group: whatever is asked of it holds to that. */
function behind({ source, filter, where }: Asked, groups: readonly Group[], values: readonly GroupValue[], context: ListContext): Asked {
  const conditions = conditionsOf(groups, values, context)
  if (conditions.length === 0) return { source, filter, where }
  const inGroup = sql<boolean>`(${sql.join(conditions.map((condition) => sql`(${condition})`), sql` and `)})`
  const isJoined = groups.slice(0, values.length).some(({ column }) => column.joined)
  const { where: own, plain, ...rest } = source.listable
  const listable: Listable = { ...rest, ...(plain && !isJoined && { plain }), where: own ? sql<boolean>`(${own}) and ${inGroup}` : inGroup }
  return { source: { ...source, listable }, filter, where: sql<boolean>`${where} and ${inGroup}` }
}

/** Null where the filter language cannot say it: a value whose option is gone, a number of more digits than it takes. */
function filterOf({ source, filter }: Asked, groups: readonly Group[], values: readonly GroupValue[], context: ListContext): unknown {
  const all = [...(filter === null ? [] : [filter]), ...values.map((value, index) => leafOf(groups[index]!, value))]
  const tree = all.length === 1 ? all[0] : { and: all }
  if (!values.every((value, index) => saysTheSame(groups[index]!, value))) return null
  return faultsIn(() => compileFilter(tree, source.listable, context)).length === 0 ? tree : null
}
