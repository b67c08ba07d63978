/** The background task of an import: reads the file row by row and writes it batch by batch; what is committed is committed. */
import { rm } from 'node:fs/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import type { Db } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { TaskContext } from '../platform/task.ts'
import { readGeneral } from '../settings/settings.ts'
import { type Counts, type Run, writeBatch } from './batch.ts'
import type { Writing } from './cell.ts'
import { ImportSettings } from './contract.ts'
import type { FileRow } from './file-row.ts'
import { nothingSeen } from './judge.ts'
import { planImport } from './plan.ts'
import { readRow, type ReadRow } from './row.ts'
import { openSource } from './source.ts'

export type ImportInput = { importId: string; actor: Actor }
export type ImportResult = Counts & { importId: string }

const batchSize = 2_000
const manyRows = 10_000

type Work = Pick<TaskContext, 'db' | 'clock' | 'signal' | 'progress'>

/** The background task of the kind `import`. The uploaded file is not needed afterwards, whatever became of it. */
export async function runImport(work: Work, input: ImportInput): Promise<ImportResult> {
  const { filePath } = await work.db.selectFrom('import').select('filePath').where('id', '=', input.importId).executeTakeFirstOrThrow()
  try {
    return await importRows(work, input)
  } finally {
    await rm(filePath, { force: true })
  }
}

/** Reads the file where it lies and leaves it there. */
export async function importRows(work: Work, { importId, actor }: ImportInput): Promise<ImportResult> {
  const row = await work.db.updateTable('import').set({ status: 'running' }).where('id', '=', importId).returningAll().executeTakeFirstOrThrow()
  try {
    await importFile(work, actor, row)
    await end(work.db, importId, sql<string>`'done'`, work.clock())
  } catch (error) {
    await end(work.db, importId, canceledOrFailed, work.clock())
    throw isMissingFile(error) ? new AppError('unavailable', 'fileGone', fileGone) : error
  }
  return { importId, ...(await countsOf(work.db, importId)) }
}

const fileGone = 'The uploaded file is not on this machine any more. Upload it again.'

export const countsOf = (db: Db, importId: string): Promise<Counts> =>
  db.selectFrom('import').select(['created', 'updated', 'duplicates', 'rejected', 'warnings'])
    .where('id', '=', importId).executeTakeFirstOrThrow()

async function importFile(work: Work, actor: Actor, row: { id: string; filePath: string; settings: unknown }) {
  // An import that was queued before a setting existed gets its default.
  const settings = ImportSettings.parse(row.settings)
  const { rows, total } = await openSource(row.filePath, settings)
  const first = await rows.next()
  if (first.done) throw new AppError('invalid', 'fileEmpty', 'The file is empty.')
  const plan = await planImport(work.db, await withPresentRights(work.db, actor), settings, first.value.cells)
  await work.db.updateTable('import').set({ header: JSON.stringify(plan.header) }).where('id', '=', row.id).execute()
  const { timeZone } = await readGeneral(work.db)
  const writing: Writing = { timeZone, dateOrder: settings.dateOrder, decimal: settings.decimal }
  const run: Run = { importId: row.id, plan, userId: actor.userId, now: work.clock() }
  await writeAll(work, run, settings.header ? rows : withFirst(first.value, rows), (fileRow) => readRow(plan, fileRow, writing), total)
  // What comes next (a filter, a freeze) is planned by statistics that know nothing of so many new rows yet.
  if (total > manyRows) await sql`analyze ${sql.table(plan.type.table)}, target_list_member`.execute(work.db)
}

/** Without a header the first row is data like the others. */
async function* withFirst(first: FileRow, others: AsyncGenerator<FileRow>): AsyncGenerator<FileRow> {
  yield first
  yield* others
}

/** While PostgreSQL writes one batch, the next is read. */
async function writeAll(work: Work, run: Run, rows: AsyncGenerator<FileRow>, read: (row: FileRow) => ReadRow, total: number) {
  const seen = run.plan.settings.dryRun ? nothingSeen() : null
  let done = 0
  let writing: Promise<void> = Promise.resolve()
  for await (const batch of batchesOf(rows)) {
    const readRows = batch.map(read)
    await writing
    if (work.signal.aborted) throw new AppError('conflict', 'stopped', `Stopped after ${done} rows; these are in.`)
    await work.progress(done, Math.max(total, done))
    done += batch.length
    writing = writeBatch(work.db, run, readRows, seen)
    // Looked at when it is awaited; until then a failure must not count as unhandled.
    writing.catch(() => {})
  }
  await writing
  await work.progress(done, done)
}

async function* batchesOf(rows: AsyncGenerator<FileRow>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** A signal alone does not tell a person who cancels from a process that stops. */
const canceledOrFailed = sql<string>`
  case when exists (select from task t where t.id = import.task_id and t.cancel_asked) then 'canceled' else 'failed' end`

const end = (db: Db, importId: string, status: RawBuilder<string>, now: Date) =>
  sql`update import set status = ${status}, ended_at = ${now}, version = version + 1 where id = ${importId}`.execute(db)

const isMissingFile = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
