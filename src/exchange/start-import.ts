/** Starts imports: from an upload as a background task, from the command line at once. What becomes of the rows is run-import's business. */
import { join } from 'node:path'
import type { Actor } from '../access/actor.ts'
import { audit } from '../access/audit.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { isId, newId } from '../platform/id.ts'
import { enqueueTask, type Task, type TaskContext } from '../platform/task.ts'
import { findDefinition } from '../records/entity-types.ts'
import { type FileReading, ImportSettings } from './contract.ts'
import { columnNames, guessMapping } from './mapping.ts'
import { planImport } from './plan.ts'
import { importRows, type ImportResult } from './run-import.ts'
import { openSource, wrongFile } from './source.ts'
import { keepFile } from './uploaded-file.ts'

export type UploadedFile = { path: string; name: string }

export const importFolder = (dataDir: string): string => join(dataDir, 'imports')

/** Checks the settings against the file and queues the import. Throws 400 with every fault; the file is the caller's then. */
export async function startImport(db: Db, actor: Actor, file: UploadedFile, settings: ImportSettings, now: Date): Promise<Task> {
  const { type } = await planImport(db, actor, settings, await readFirstRow(file.path, settings))
  return db.transaction().execute(async (tx) => {
    const id = await insertImport(tx, actor, file, settings, now)
    await keepFile(tx, id, file.path)
    const title = settings.dryRun ? `Try out ${file.name}` : `Import ${type.plural} from ${file.name}`
    const task = await enqueueTask(tx, { kind: 'import', title, input: { importId: id, actor }, createdBy: actor.userId, resumable: true })
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
  const reading: FileReading = { ...settings, header: settings.header ?? true, decimal: settings.decimal ?? '.' }
  const firstRow = await readFirstRow(file.path, reading)
  const complete = ImportSettings.parse({ ...settings, mapping: settings.mapping ?? guessedMapping(settings.entityType, reading.header, firstRow) })
  await planImport(work.db, actor, complete, firstRow)
  const importId = await insertImport(work.db, actor, file, complete, work.clock())
  await audit(work.db, actor, 'imported', { type: complete.entityType, id: importId, name: file.name })
  const { signal = new AbortController().signal, progress = async () => {} } = work
  return importRows({ db: work.db, clock: work.clock, signal, progress }, { importId, actor }, file.path)
}

function guessedMapping(entityType: string, hasHeader: boolean, firstRow: readonly string[]): Record<string, string | null> {
  const type = findDefinition(entityType)
  if (!type) return {}
  const names = columnNames(firstRow, hasHeader)
  return Object.fromEntries(guessMapping(type, names).map((field, index) => [names[index]!, field]))
}

async function readFirstRow(path: string, reading: FileReading): Promise<string[]> {
  const { rows } = await openSource(path, reading)
  for await (const { cells, unreadable } of rows) {
    if (unreadable === undefined) return cells
    throw wrongFile('The first line cannot be read as CSV: a quotation mark in it is never closed.')
  }
  throw wrongFile('The file is empty.')
}

async function insertImport(db: Db, actor: Actor, file: UploadedFile, settings: ImportSettings, now: Date): Promise<string> {
  const id = newId()
  await db.insertInto('import').values({
    id, entityType: settings.entityType, fileName: file.name, filePath: file.path, settings: JSON.stringify(settings),
    createdBy: isId(actor.userId) ? actor.userId : null, createdAt: now,
  }).execute()
  return id
}
