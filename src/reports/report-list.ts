/** Reports as shown: those that somebody may read, whole or as a list, with what is wrong with each. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Action } from '../access/rights.ts'
import { allowed, expectAllowed } from '../access/row-rights.ts'
import { type Item, listPage, readItems } from '../listing/list.ts'
import type { Listable, ListContext } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { Report } from './contract.ts'
import { faultsOf } from './faults.ts'

/** Throws 404 for a report that may not be read, 403 for one that may be read and no more. */
export const expectReport = (db: Db, actor: Actor, id: string, action: Action): Promise<void> =>
  expectAllowed(db, actor, 'Report', action, { from: sql`report r`, where: sql`r.id = ${id}`, noun: 'report', id })

export async function reportsPage(db: Db, actor: Actor, query: Partial<ListQuery>, context: ListContext) {
  const page = await listPage(db, reportsFor(actor), query, context)
  return { ...page, items: page.items.map((item) => present(item, context)) }
}

/** 404 for what is not there and for what may not be read. */
export async function readReport(db: Db, actor: Actor, id: string, context: ListContext): Promise<Report> {
  const [report] = isId(id) ? await readReports(db, actor, sql<boolean>`t.id = ${id}`, context) : []
  if (!report) throw notFound('report', id)
  return report
}

export async function readReports(db: Db, actor: Actor, where: RawBuilder<boolean>, context: ListContext): Promise<Report[]> {
  return (await readItems(db, reportsFor(actor), where)).map((item) => present(item, context) as unknown as Report)
}

/** What was just written is answered to whoever wrote it, also where he gave it away. */
export async function readWritten(db: Db, actor: Actor, id: string, context: ListContext): Promise<Report> {
  const { where: _, ...all } = reportsFor(actor)
  const [item] = await readItems(db, all, sql<boolean>`t.id = ${id}`)
  if (!item) throw notFound('report', id)
  return present(item, context) as unknown as Report
}

const reportsFor = (actor: Actor): Listable => ({
  from: sql`report t left join "user" assigned on assigned.id = t.assigned_user_id`,
  where: allowed(actor, 'Report', 'read', 't'),
  id: sql`t.id`,
  columns: {
    id: { type: 'link', sql: sql`t.id`, notNull: true },
    name: { type: 'text', sql: sql`t.name`, notNull: true },
    description: { type: 'longText', sql: sql`t.description`, notNull: true },
    category: { type: 'text', sql: sql`t.category`, notNull: true },
    entityType: { type: 'text', sql: sql`t.entity_type`, notNull: true },
    kind: { type: 'enum', sql: sql`t.kind`, options: ['list', 'grid'], notNull: true },
    filter: { type: 'text', sql: sql`t.filter::text`, select: sql`t.filter` },
    questions: { type: 'text', sql: sql`t.questions::text`, select: sql`t.questions` },
    columns: { type: 'multiEnum', sql: sql`t.columns` },
    sort: { type: 'text', sql: sql`t.sort`, notNull: true },
    groupBy: { type: 'text', sql: sql`t.group_by::text`, select: sql`t.group_by` },
    aggregates: { type: 'text', sql: sql`t.aggregates::text`, select: sql`t.aggregates` },
    having: { type: 'text', sql: sql`t."having"::text`, select: sql`t."having"` },
    chart: { type: 'text', sql: sql`t.chart::text`, select: sql`t.chart` },
    assignedUserId: { type: 'link', sql: sql`t.assigned_user_id` },
    assignedUserName: { type: 'text', sql: sql`assigned.name` },
    teamIds: { type: 'linkMultiple', sql: sql`t.team_ids`, notNull: true },
    pinned: { type: 'boolean', sql: sql`exists (select from report_pin p where p.report_id = t.id and p.user_id = ${actor.userId}::uuid)`, notNull: true },
    createdAt: { type: 'dateTime', sql: sql`t.created_at`, notNull: true },
    modifiedAt: { type: 'dateTime', sql: sql`t.modified_at`, notNull: true },
    version: { type: 'integer', sql: sql`t.version`, notNull: true },
  },
  search: [sql`t.name`, sql`t.category`, sql`t.description`],
  defaultSort: 'name',
})

const judged = ['entityType', 'kind', 'filter', 'questions', 'columns', 'sort', 'groupBy', 'aggregates', 'having', 'chart']

/** Problems are only told of whole reports: `fields` may have left out what they are about. */
function present(item: Item, context: ListContext): Item & { id: string } {
  const whole = judged.every((name) => name in item)
  return { ...item, id: item.id as string, ...(whole && { problems: faultsOf(item as unknown as Report, context) }) }
}
