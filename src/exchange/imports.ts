/** Imports: started, listed, read, reverted. What an import does with its rows is run-import's business. */
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import { listPage } from '../listing/list.ts'
import type { Listable } from '../listing/listable.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import type { ListQuery } from '../platform/endpoint.ts'
import { AppError, invalid, notFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/id.ts'
import { enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import { definitionOf, findDefinition } from '../records/entity-types.ts'
import { listContext, refusingClashes } from '../records/records.ts'
import { deleteRecords } from '../records/store.ts'
import { keepingAnAdministrator } from '../records/user-rules.ts'
import { type Import, ImportSettings, type RowOutcome } from './contract.ts'
import { findDialect, readCsv } from './csv-file.ts'
import { inspectFile } from './encoding.ts'
import { guessMapping, columnNames } from './mapping.ts'
import { planImport } from './plan.ts'
import { importRows, type ImportResult } from './run-import.ts'

export type UploadedFile = { path: string; name: string }

export const importFolder = (dataDir: string): string => join(dataDir, 'imports')

/** Checks the settings against the file and queues the import. Throws 400 with every fault; the file is the caller's then. */
export async function startImport(db: Db, actor: Actor, file: UploadedFile, settings: ImportSettings, now: Date): Promise<Task> {
  const header = await readHeader(file.path)
  const { type } = await planImport(db, actor, settings, header)
  return db.transaction().execute(async (tx) => {
    const id = await insertImport(tx, actor, file, settings, now)
    const title = settings.dryRun ? `Try out ${file.name}` : `Import ${type.plural} from ${file.name}`
    const task = await enqueueTask(tx, { kind: 'import', title, input: { importId: id, actor }, createdBy: actor.userId })
    await tx.updateTable('import').set({ taskId: task.id }).where('id', '=', id).execute()
    await audit(tx, actor, 'imported', { type: type.name, id, name: file.name })
    return task
  })
}

/** The same at once, for the command line: columns are guessed where no mapping is given. The file stays where it is. */
export async function importNow(
  work: { db: Db; clock: Clock; signal?: AbortSignal; progress?: TaskContext['progress'] },
  actor: Actor, file: UploadedFile, settings: Partial<ImportSettings> & { entityType: string },
): Promise<ImportResult> {
  const header = await readHeader(file.path)
  const complete = ImportSettings.parse({ ...settings, mapping: settings.mapping ?? guessedMapping(settings.entityType, header) })
  await planImport(work.db, actor, complete, header)
  const importId = await insertImport(work.db, actor, file, complete, work.clock())
  await audit(work.db, actor, 'imported', { type: complete.entityType, id: importId, name: file.name })
  const { signal = new AbortController().signal, progress = async () => {} } = work
  return importRows({ db: work.db, clock: work.clock, signal, progress }, { importId, actor })
}

function guessedMapping(entityType: string, header: readonly string[]): Record<string, string | null> {
  const type = findDefinition(entityType)
  if (!type) return {}
  const names = columnNames(header)
  return Object.fromEntries(guessMapping(type, names).map((field, index) => [names[index]!, field]))
}

async function readHeader(path: string): Promise<string[]> {
  const { encoding, startsLikeZip } = await inspectFile(path)
  if (startsLikeZip) throw invalid([{ path: 'file', message: 'This is a spreadsheet or a ZIP file. Save it as CSV and import that.' }])
  for await (const { cells, unreadable } of readCsv(path, await findDialect(path, encoding))) {
    if (unreadable === undefined) return cells
    throw invalid([{ path: 'file', message: 'The first line cannot be read as CSV: a quotation mark in it is never closed.' }])
  }
  throw invalid([{ path: 'file', message: 'The file is empty.' }])
}

async function insertImport(db: Db, actor: Actor, file: UploadedFile, settings: ImportSettings, now: Date): Promise<string> {
  const id = newId()
  await db.insertInto('import').values({
    id, entityType: settings.entityType, fileName: file.name, filePath: file.path, settings: JSON.stringify(settings),
    createdBy: isId(actor.userId) ? actor.userId : null, createdAt: now,
  }).execute()
  return id
}

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

export const listImports = async (db: Db, query: ListQuery, now: Date) => listPage(db, imports, query, await listContext(db, now))

export async function readImport(db: Db, id: string, now: Date): Promise<Import> {
  const context = await listContext(db, now)
  const { items } = await listPage(db, imports, { filter: { field: 'id', op: 'equals', value: id } }, context)
  if (!items[0]) throw notFound('import', id)
  return items[0] as Import
}

/** In the order of the file; a row with a warning stands there twice, so the line alone is not unique. */
const rowsOf = (importId: string, outcome?: RowOutcome): Listable => ({
  from: sql`import_row w`,
  where: sql<boolean>`w.import_id = ${importId}::uuid ${outcome ? sql`and w.outcome = ${outcome}` : sql``}`,
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

export async function listImportRows(db: Db, id: string, { outcome, ...query }: ListQuery & { outcome?: RowOutcome | undefined }, now: Date) {
  await readImport(db, id, now)
  return listPage(db, rowsOf(id, outcome), query, await listContext(db, now))
}

/** Above this the deletion runs in the background. */
const revertedAtOnce = 1_000
const revertBatch = 2_000

/** Deletes what the import created; what it changed stays changed. */
export async function startRevert(db: Db, actor: Actor, id: string, now: Date): Promise<{ reverted: number } | { task: Task }> {
  const { status, created, fileName } = await readImport(db, id, now)
  if (status === 'queued' || status === 'running') throw new AppError('conflict', 'importRunning', 'The import is still running. Cancel it first.')
  if (status === 'reverted') throw new AppError('conflict', 'alreadyReverted', 'This import was reverted already.')
  await audit(db, actor, 'importReverted', { type: 'Import', id, name: fileName })
  if (created <= revertedAtOnce) return revert(db, id, { signal: new AbortController().signal, progress: async () => {} })
  return { task: await enqueueTask(db, { kind: 'revertImport', title: `Revert the import of ${fileName}`, input: { importId: id }, createdBy: actor.userId }) }
}

/** The background task of the kind `revertImport`. Repeating it deletes only what is left. */
export const revertImport = ({ db, signal, progress }: TaskContext, { importId }: { importId: string }) => revert(db, importId, { signal, progress })

async function revert(db: Db, importId: string, { signal, progress }: Pick<TaskContext, 'signal' | 'progress'>): Promise<{ reverted: number }> {
  const { entityType, created } = await db.selectFrom('import').select(['entityType', 'created']).where('id', '=', importId).executeTakeFirstOrThrow()
  const type = definitionOf(entityType)
  let reverted = 0
  for (let line = 0; ;) {
    const rows = await db.selectFrom('importRow').select(['line', 'recordId']).where('importId', '=', importId)
      .where('outcome', '=', 'created').where('line', '>', line).orderBy('line').limit(revertBatch).execute()
    if (rows.length === 0) break
    if (signal.aborted) throw new AppError('conflict', 'stopped', `Stopped after ${reverted} of ${created} records.`)
    const ids = rows.map(({ recordId }) => recordId!)
    reverted += await refusingClashes(type, () => keepingAnAdministrator(db, type, (tx) => deleteRecords(tx, type, ids)))
    line = rows.at(-1)!.line
    await progress(reverted, created)
  }
  await db.updateTable('import').set({ status: 'reverted', version: sql`version + 1` }).where('id', '=', importId).execute()
  return { reverted }
}
