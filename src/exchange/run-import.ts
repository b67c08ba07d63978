/** The background task of an import: reads the file row by row and writes it batch by batch; what is committed is committed. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { withPresentRights } from '../access/actors.ts'
import type { Db } from '../platform/db.ts'
import { AppError, isDatabaseGone, sqlState } from '../platform/errors.ts'
import { EndedEarly, type TaskContext } from '../platform/task.ts'
import type { EntityType } from '../records/definition.ts'
import { notUnique } from '../records/records.ts'
import { readGeneral } from '../settings/settings.ts'
import { type Counts, DefinitionsChanged, type Run, TakenOver, writeBatch } from './batch.ts'
import type { Writing } from './cell.ts'
import { ImportSettings } from './contract.ts'
import type { FileRow } from './file-row.ts'
import { nothingSeen, type Seen } from './judge.ts'
import { tellImportEnded } from './notices.ts'
import { type ImportPlan, planImport } from './plan.ts'
import { readRow, type ReadRow } from './row.ts'
import { openSource } from './source.ts'
import { fileHere, forgetFile } from './uploaded-file.ts'

export type ImportInput = { importId: string; actor: Actor }
export type ImportResult = Counts & { importId: string }

const batchSize = 2_000
/** In characters: few rows may hold much. */
const largestBatch = 16 * 1024 * 1024
const manyRows = 10_000

type Work = Pick<TaskContext, 'db' | 'clock' | 'signal' | 'progress'>

/** The background task of the kind `import`: goes on where it stood when its worker was stopped or died. The file is needed until it has ended. */
export const importTask = (folder: string) => async (work: TaskContext, input: ImportInput): Promise<ImportResult> => {
  const { filePath } = await work.db.selectFrom('import').select('filePath').where('id', '=', input.importId).executeTakeFirstOrThrow()
  const path = await fileHere(work.db, input.importId, filePath, folder)
  // Stopped here, or taken over by another worker: it still needs the file.
  const goesOn = async () => ['queued', 'running'].includes((await readStatus(work.db, input.importId)) ?? '')
  try {
    return await importRows(work, input, path ?? filePath)
  } finally {
    if (!(await goesOn())) await forgetFile(work.db, input.importId, [filePath, path])
  }
}

/** Reads the file where it lies and leaves it there. */
export async function importRows(work: Work, { importId, actor }: ImportInput, path: string): Promise<ImportResult> {
  const row = await begin(work.db, importId, work.clock())
  try {
    await importFile(work, actor, { ...row, path })
    await end(work.db, importId, sql<string>`'done'`, null, work.clock())
  } catch (error) {
    if (error instanceof TakenOver) throw error
    const fault = isMissingFile(error) ? new AppError('unavailable', 'fileGone', fileGone) : error as Error
    await end(work.db, importId, work.signal.aborted || isDatabaseGone(error) ? canceledOrStopped : canceledOrFailed, fault.message, work.clock())
    throw fault
  }
  return { importId, ...(await countsOf(work.db, importId)) }
}

type Begun = { id: string; settings: unknown; doneThrough: number; startedAt: Date }

/** A dry run remembers nothing of an earlier try but its rows, so it begins anew. */
async function begin(db: Db, importId: string, now: Date): Promise<Begun> {
  await sql`
    with again as (
      update import set created = 0, updated = 0, duplicates = 0, rejected = 0, warnings = 0, done_through = 0
       where id = ${importId} and done_through > 0 and settings -> 'dryRun' = 'true' returning id)
    delete from import_row where import_id in (select id from again)`.execute(db)
  const { id, settings, doneThrough, startedAt } = await db.updateTable('import')
    .set({ status: 'running', startedAt: sql<Date>`coalesce(started_at, ${now}::timestamptz)` }).where('id', '=', importId).returningAll().executeTakeFirstOrThrow()
  return { id, settings, doneThrough, startedAt: startedAt! }
}

const readStatus = async (db: Db, importId: string) =>
  (await db.selectFrom('import').select('status').where('id', '=', importId).executeTakeFirst())?.status

const fileGone = 'The uploaded file is gone. Upload it again.'

export const countsOf = (db: Db, importId: string): Promise<Counts> =>
  db.selectFrom('import').select(['created', 'updated', 'duplicates', 'rejected', 'warnings'])
    .where('id', '=', importId).executeTakeFirstOrThrow()

async function importFile(work: Work, actor: Actor, row: Begun & { path: string }) {
  // An import that was queued before a setting existed gets its default.
  const settings = ImportSettings.parse(row.settings)
  const { rows, total } = await openSource(row.path, settings)
  const first = await rows.next()
  if (first.done) throw new AppError('invalid', 'fileEmpty', 'The file is empty.')
  const plan = async () => planImport(work.db, await withPresentRights(work.db, actor), settings, first.value.cells)
  const run: Run = { importId: row.id, plan: await plan(), userId: actor.userId, now: row.startedAt, doneThrough: row.doneThrough }
  await work.db.updateTable('import').set({ header: JSON.stringify(run.plan.header) }).where('id', '=', row.id).execute()
  const { timeZone } = await readGeneral(work.db)
  const writing: Writing = { timeZone, dateOrder: settings.dateOrder, decimal: settings.decimal }
  const read = (batch: readonly FileRow[]) => batch.map((fileRow) => readRow(run.plan, fileRow, writing))
  await writeAll(work, { run, read, planAnew: plan, seen: settings.dryRun ? nothingSeen() : null }, settings.header ? rows : withFirst(first.value, rows), total)
  // What comes next (a filter, a freeze) is planned by statistics that know nothing of so many new rows yet.
  if (total > manyRows) await sql`analyze ${sql.table(run.plan.type.table)}, target_list_member`.execute(work.db)
}

/** Without a header the first row is data like the others. */
async function* withFirst(first: FileRow, others: AsyncGenerator<FileRow>): AsyncGenerator<FileRow> {
  yield first
  yield* others
}

type Writer = { run: Run; read(batch: readonly FileRow[]): ReadRow[]; planAnew(): Promise<ImportPlan>; seen: Seen | null }

/** While PostgreSQL writes one batch, the next is read. */
async function writeAll(work: Work, writer: Writer, rows: AsyncGenerator<FileRow>, total: number) {
  const { run, read } = writer
  let done = 0
  let writing: Promise<void> = Promise.resolve()
  const begunBehind = run.doneThrough
  for await (const batch of batchesOf(rows)) {
    if (batch.at(-1)!.line <= begunBehind) {
      done += batch.length
      continue
    }
    const left = batch.filter(({ line }) => line > begunBehind)
    const [plan, early] = [run.plan, read(left)]
    await writing
    if (work.signal.aborted) throw await endedEarly(work.db, run, 'stopped', `Stopped after ${done.toLocaleString('en')} rows; these are in.`)
    await work.progress(done, Math.max(total, done))
    writing = writeKnowing(work.db, writer, left, plan === run.plan ? early : read(left), done)
    done += batch.length
    // Looked at when it is awaited; until then a failure must not count as unhandled.
    writing.catch(() => {})
  }
  await writing
  await work.progress(done, done)
}

/** With the definitions as they are. When they were changed it is planned anew, and goes on if every column still has its field. */
async function writeKnowing(db: Db, writer: Writer, batch: readonly FileRow[], rows: readonly ReadRow[], done: number): Promise<void> {
  const { run, read, planAnew, seen } = writer
  try {
    await writeBatch(db, run, rows, seen)
  } catch (error) {
    const refused = whyRefused(run.plan.type, error)
    if (refused !== null) return writeWithoutRefused(db, writer, batch, refused, done)
    if (!(error instanceof DefinitionsChanged)) throw error
    run.plan = await planAnew().catch(async (fault: Error) => {
      if (!(fault instanceof AppError)) throw fault
      throw await endedEarly(db, run, 'definitionsChanged', `Stopped after ${done.toLocaleString('en')} rows; these are in. The entity type was changed meanwhile: ${fault.message}`)
    })
    await writeKnowing(db, writer, batch, read(batch), done)
  }
}

/** Somebody was quicker than this batch. Halves of halves find the row; it becomes a reject, the others come in. */
async function writeWithoutRefused(db: Db, writer: Writer, batch: readonly FileRow[], refused: string, done: number): Promise<void> {
  const { run, read, seen } = writer
  if (batch.length === 1) return writeBatch(db, run, read(batch).map((row) => ({ ...row, faults: [...row.faults, refused] })), seen)
  const middle = Math.ceil(batch.length / 2)
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) await writeKnowing(db, writer, half, read(half), done)
}

/** What the database alone could see, in words; null for anything else. */
function whyRefused(type: EntityType, error: unknown): string | null {
  if (sqlState(error) === '23505') return notUnique(type, (error as { constraint?: string }).constraint).message
  return sqlState(error) === '23503' ? 'A record that it links to was deleted just now.' : null
}

const endedEarly = async (db: Db, { importId }: Run, code: string, message: string) =>
  new EndedEarly(code, message, { importId, ...(await countsOf(db, importId)) })

async function* batchesOf(rows: AsyncGenerator<FileRow>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = []
  let length = 0
  for await (const row of rows) {
    batch.push(row)
    length += row.cells.reduce((sum, cell) => sum + cell.length, 0)
    if (batch.length < batchSize && length < largestBatch) continue
    yield batch
    batch = []
    length = 0
  }
  if (batch.length > 0) yield batch
}

const isCanceled = sql<boolean>`exists (select from task t where t.id = import.task_id and t.cancel_asked)`
const canceledOrFailed = sql<string>`case when ${isCanceled} then 'canceled' else 'failed' end`
/** A signal alone does not tell a person who cancels from a process that stops, whose task another one goes on with; so it is when the database was away. */
const canceledOrStopped = sql<string>`
  case when ${isCanceled} then 'canceled' when exists (select from task t where t.id = import.task_id and t.resumable) then 'queued' else 'failed' end`

const end = (db: Db, importId: string, status: RawBuilder<string>, fault: string | null, now: Date) => db.transaction().execute(async (tx) => {
  await sql`update import set status = ${status}, ended_at = case when ${status} = 'queued' then null else ${now}::timestamptz end, version = version + 1 where id = ${importId}`.execute(tx)
  const { settings, ...ended } = await tx.selectFrom('import').select(['id', 'fileName', 'createdBy', 'status', 'settings', 'created', 'updated', 'duplicates', 'rejected', 'warnings']).where('id', '=', importId).executeTakeFirstOrThrow()
  if (!ImportSettings.parse(settings).dryRun) await tellImportEnded(tx, ended, fault, now)
})

const isMissingFile = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
