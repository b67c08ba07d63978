/** Imports whose worker is stopped, dies or falls silent: whoever goes on does so behind the last row that is in, with the file wherever it is. */
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { upload } from '../../test/given-import.ts'
import { runNextTask, type TaskContext } from '../platform/task.ts'
import { importTask } from './run-import.ts'
import { importFolder, importNow } from './start-import.ts'

const file = `Last Name,Mail\n${Array.from({ length: 7_000 }, (_, number) => `n${number},${number % 3_500}@x.example`).join('\n')}\n`
const settings = { entityType: 'Contact', mapping: { 'Last Name': 'lastName', Mail: 'emailAddress' }, skipDuplicates: true }

test('an import whose worker is stopped goes on behind the last row that is in, on a machine that never had the file', async () => {
  await using app = await startApp()
  const id = await queued(app)
  const stop = new AbortController()
  await runUntil(app, async (done) => { if (done >= 4_000) stop.abort() }, stop.signal)
  expect(await read(app, id)).toMatchObject({ status: 'queued', created: 3_500, duplicates: 2_500, endedAt: null })
  await rm(folderOf(app), { recursive: true })
  await app.settle()
  expect(await read(app, id)).toMatchObject({ status: 'done', created: 3_500, duplicates: 3_500, rejected: 0 })
  expect((await app.api.get('/contacts/count')).body.total).toBe(3_500)
  expect(await readdir(folderOf(app))).toEqual([])
  expect(await app.db.selectFrom('importFile').select('part').execute()).toEqual([])
})

test('an import that loses the database goes on when it is back', async () => {
  await using app = await startApp()
  const id = await queued(app)
  await runUntil(app, async (done) => { if (done >= 2_000) throw Object.assign(new Error('terminating connection'), { code: '57P01' }) }).catch(() => {})
  expect(await read(app, id)).toMatchObject({ status: 'queued', endedAt: null })
  await app.settle()
  expect(await read(app, id)).toMatchObject({ status: 'done', created: 3_500, duplicates: 3_500 })
})

test('a dry run that is stopped begins anew, as it remembers nothing of the rows before', async () => {
  await using app = await startApp()
  const id = await queued(app, { dryRun: true })
  const stop = new AbortController()
  await runUntil(app, async (done) => { if (done >= 2_000) stop.abort() }, stop.signal)
  await app.settle()
  expect(await read(app, id)).toMatchObject({ status: 'done', created: 3_500, duplicates: 3_500 })
  expect((await app.api.get(`/imports/${id}/rows?limit=1`)).body.total).toBe(7_000)
})

test('of a worker that was silent while another one went on, nothing stays', async () => {
  await using app = await startApp()
  const id = await queued(app)
  let isOther = false
  await runUntil(app, async (done, { task }) => {
    if (isOther || done < 2_000) return
    isOther = true
    // Its heart stood still for too long: the task is queued again, and run by somebody else.
    await app.db.updateTable('task').set({ heartbeatAt: new Date(Date.now() - 60_000) }).where('id', '=', task.id).execute()
    await app.settle()
  })
  expect(await read(app, id)).toMatchObject({ status: 'done', created: 3_500, duplicates: 3_500 })
  expect((await app.api.get('/contacts/count')).body.total).toBe(3_500)
  expect((await app.api.get('/tasks')).body.items?.[0] ?? (await app.api.get('/tasks')).body[0]).toMatchObject({ status: 'done' })
})

test('an import stops, with what is in and why, when a field that it fills is removed meanwhile, and writes nothing more there', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types/Contact/fields', { name: 'pager', type: 'text', label: 'Pager' })
  const id = await queued(app, { mapping: { 'Last Name': 'lastName', Mail: 'pager' }, skipDuplicates: false })
  await runUntil(app, async (done) => { if (done === 4_000) await app.api.delete('/entity-types/Contact/fields/pager') })
  expect(await read(app, id)).toMatchObject({ status: 'failed', created: 4_000 })
  const { taskId } = await read(app, id)
  expect((await app.api.get(`/tasks/${taskId}`)).body).toMatchObject({
    status: 'failed', error: 'Stopped after 4,000 rows; these are in. The entity type was changed meanwhile: settings.mapping.Mail: Contact has no field pager that can be written.', result: { created: 4_000 },
  })
  expect((await app.api.get('/contacts/count')).body.total).toBe(4_000)
})

test('an import goes on by the new definitions when a field is added or asks for more meanwhile', async () => {
  await using app = await startApp()
  const id = await queued(app, { skipDuplicates: false })
  await runUntil(app, async (done) => {
    if (done === 2_000) await app.api.post('/entity-types/Contact/fields', { name: 'grade', type: 'enum', label: 'Grade', options: ['A', 'B'], default: 'B' })
    if (done === 4_000) await app.api.post('/entity-types/Contact/fields', { name: 'code', type: 'text', label: 'Code', required: true })
  })
  expect(await read(app, id)).toMatchObject({ status: 'done', created: 4_000, rejected: 3_000 })
  const graded = await app.api.get(`/contacts/count?filter=${encodeURIComponent(JSON.stringify({ field: 'grade', op: 'equals', value: 'B' }))}`)
  expect(graded.body.total).toBeGreaterThanOrEqual(2_000)
})

test('an import whose file is gone says so', async () => {
  await using app = await startApp()
  const id = await queued(app)
  await rm(folderOf(app), { recursive: true })
  await app.db.deleteFrom('importFile').execute()
  await app.settle()
  const { taskId } = await read(app, id)
  expect((await app.api.get(`/tasks/${taskId}`)).body).toMatchObject({ status: 'failed', error: expect.stringContaining('Upload it again') })
})

test('an import from the command line that dies has whole batches in it, says how many, and can be reverted', async () => {
  await using app = await startApp()
  const path = join(app.environment.dataDir, 'many.csv')
  await writeFile(path, file)
  const dies = async (done: number) => { if (done >= 4_000) throw new Error('killed') }
  await expect(importNow({ ...app.ground, progress: dies }, app.admin, { path, name: 'many.csv' }, settings)).rejects.toThrow('killed')
  const [dead] = (await app.api.get('/imports')).body.items
  const there = (await app.api.get('/contacts/count')).body.total
  expect([dead.status, dead.created, there]).toEqual(['failed', 3_500, 3_500])
  await app.api.post(`/imports/${dead.id}/revert`)
  await app.settle()
  expect((await app.api.get('/contacts/count')).body.total).toBe(0)
})

const folderOf = (app: TestApp) => importFolder(app.environment.dataDir)
const read = async (app: TestApp, id: string) => (await app.api.get(`/imports/${id}`)).body

async function queued(app: TestApp, more: object = {}): Promise<string> {
  const { status, text } = await app.api.post('/imports', ...upload(file, { ...settings, ...more }))
  expect(status, text).toBe(202)
  return (await app.api.get('/imports')).body.items[0].id
}

/** One worker runs it; `onProgress` is called before each batch is written. */
const runUntil = (app: TestApp, onProgress: (done: number, context: TaskContext) => Promise<void>, stop = new AbortController().signal) =>
  runNextTask(app.db, {
    import: (context, input) => importTask(folderOf(app))({ ...context, progress: async (done, total) => { await context.progress(done, total); await onProgress(done, context) } }, input),
  }, app.clock.read, stop)
