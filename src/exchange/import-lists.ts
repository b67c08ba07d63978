/** Imports and what became of their rows, as lists and one by one. */
import { sql } from 'kysely'
import { type Actor, isAdministrator } from '../access/actor.ts'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { listContext } from '../records/records.ts'
import type { Import, RowOutcome } from './contract.ts'

/** An import whose process died shows what its task says; one that has no task (any more) cannot have run for a day. */
const presentStatus = sql`
  case when i.status not in ('queued', 'running') then i.status
       when t.status in ('failed', 'canceled') then t.status
       when t.id is null and i.created_at < now() - interval '1 day' then 'failed'
       else i.status end`

const imports: Listable = {
  from: sql`import i left join task t on t.id = i.task_id left join "user" u on u.id = i.created_by`,
  id: sql`i.id`,
  columns: {
    id: { type: 'link', sql: sql`i.id`, notNull: true },
    entityType: { type: 'text', sql: sql`i.entity_type`, notNull: true },
    fileName: { type: 'text', sql: sql`i.file_name`, notNull: true },
    status: { type: 'enum', sql: presentStatus, options: ['queued', 'running', 'done', 'failed', 'canceled', 'reverted'], notNull: true },
    taskId: { type: 'link', sql: sql`i.task_id` },
    created: { type: 'integer', sql: sql`i.created`, notNull: true },
    updated: { type: 'integer', sql: sql`i.updated`, notNull: true },
    duplicates: { type: 'integer', sql: sql`i.duplicates`, notNull: true },
    rejected: { type: 'integer', sql: sql`i.rejected`, notNull: true },
    warnings: { type: 'integer', sql: sql`i.warnings`, notNull: true },
    reverted: { type: 'integer', sql: sql`i.reverted`, notNull: true },
    kept: { type: 'integer', sql: sql`i.kept`, notNull: true },
    dryRun: { type: 'boolean', sql: sql`coalesce((i.settings ->> 'dryRun')::boolean, false)`, notNull: true },
    settings: { type: 'text', sql: sql`i.settings::text`, select: sql`i.settings` },
    header: { type: 'text', sql: sql`i.header::text`, select: sql`i.header` },
    createdAt: { type: 'dateTime', sql: sql`i.created_at`, notNull: true },
    createdById: { type: 'link', sql: sql`i.created_by` },
    createdByName: { type: 'text', sql: sql`u.name` },
    endedAt: { type: 'dateTime', sql: sql`i.ended_at` },
    version: { type: 'integer', sql: sql`i.version`, notNull: true },
  },
  search: [sql`i.file_name`],
  defaultSort: '-createdAt',
}

/** One's own: the rows of a file are records that somebody else may not read. Administrators see all. */
const importsOf = (actor: Actor): Listable =>
  isAdministrator(actor) ? imports : { ...imports, where: sql<boolean>`i.created_by = ${actor.userId}::uuid` }

export const listImports = async (db: Db, actor: Actor, query: ListQuery, now: Date) => listPage(db, importsOf(actor), query, await listContext(db, now))

export async function readImport(db: Db, actor: Actor, id: string, now: Date): Promise<Import> {
  const context = await listContext(db, now)
  const { items } = await listPage(db, importsOf(actor), { filter: { field: 'id', op: 'equals', value: id } }, context)
  if (!items[0]) throw notFound('import', id)
  return items[0] as Import
}

/** In the order of the file; a row with a warning stands there twice, so the line alone is not unique. What stands in no line (revert-linked.ts) is left out. */
const rowsOf = (importId: string, outcome?: RowOutcome): Listable => ({
  from: sql`import_row w`,
  where: sql<boolean>`w.import_id = ${importId}::uuid and w.line > 0 ${outcome ? sql`and w.outcome = ${outcome}` : sql``}`,
  id: sql`(w.line::bigint * 2 + (w.outcome = 'warning')::int)`,
  columns: {
    id: { type: 'text', sql: sql`w.line || '-' || w.outcome`, notNull: true },
    line: { type: 'integer', sql: sql`w.line`, notNull: true },
    outcome: { type: 'enum', sql: sql`w.outcome`, options: ['created', 'updated', 'duplicate', 'rejected', 'warning'], notNull: true },
    recordId: { type: 'link', sql: sql`w.record_id` },
    reason: { type: 'text', sql: sql`w.reason`, notNull: true },
    cells: { type: 'text', sql: sql`w.cells::text`, select: sql`w.cells` },
  },
  search: [sql`w.reason`, sql`coalesce(w.cells::text, '')`],
  defaultSort: 'line',
})

export async function listImportRows(db: Db, actor: Actor, id: string, { outcome, ...query }: ListQuery & { outcome?: RowOutcome | undefined }, now: Date) {
  await readImport(db, actor, id, now)
  return listPage(db, rowsOf(id, outcome), query, await listContext(db, now))
}
