import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { AppError } from './errors.ts'
import { enqueueTask, readTask, runNextTask, type TaskKind } from './task.ts'

const never = new AbortController().signal
const about = { kind: 'count', title: 'Counting', input: { to: 3 } }

test('a task shows its progress and ends with its result', async () => {
  await using app = await startApp()
  const seen: number[] = []
  const count: TaskKind = async ({ progress, task }, { to }) => {
    for (let i = 1; i <= to; i++) {
      await progress(i, to)
      seen.push((await readTask(app.db, task.id)).progress.done)
    }
    return { counted: to }
  }
  const task = await enqueueTask(app.db, about)
  await runNextTask(app.db, { count }, app.clock.read, never)
  expect(seen).toEqual([1, 2, 3])
  expect((await app.api.get(`/tasks/${task.id}`)).body).toMatchObject({ status: 'done', progress: { done: 3, total: 3 }, result: { counted: 3 }, error: null })
})

test('a regular user cancels tasks of their own, not those of others', async () => {
  await using app = await startApp()
  const { actor, key } = await app.givenUser('regular')
  const others = await enqueueTask(app.db, about)
  const own = await enqueueTask(app.db, { ...about, createdBy: actor.userId })
  expect(await app.as(key).delete(`/tasks/${others.id}`)).toMatchObject({ status: 403, body: { code: 'notYourTask' } })
  expect((await readTask(app.db, others.id)).status).toBe('queued')
  expect((await app.as(key).delete(`/tasks/${own.id}`)).status).toBe(204)
  expect((await app.api.delete(`/tasks/${others.id}`)).status).toBe(204)
})

test('two workers never run the same task', async () => {
  await using app = await startApp()
  let runs = 0
  await enqueueTask(app.db, about)
  const ran = await Promise.all([1, 2].map(() => runNextTask(app.db, { count: async () => ({ runs: ++runs }) }, app.clock.read, never)))
  expect([ran.filter(Boolean).length, runs]).toEqual([1, 1])
})

test('a queued task that is canceled never runs; a running one stops at its next step', async () => {
  await using app = await startApp()
  const queued = await enqueueTask(app.db, about)
  expect((await app.api.delete(`/tasks/${queued.id}`)).status).toBe(204)
  expect(await runNextTask(app.db, {}, app.clock.read, never)).toBe(false)

  const running = await enqueueTask(app.db, about)
  const count: TaskKind = async ({ progress, signal }) => {
    await app.api.delete(`/tasks/${running.id}`)
    await progress(1, 3)
    return { stoppedAt: signal.aborted ? 1 : 3 }
  }
  await runNextTask(app.db, { count }, app.clock.read, never)
  expect(await readTask(app.db, running.id)).toMatchObject({ status: 'canceled', result: { stoppedAt: 1 } })
  expect((await app.api.delete(`/tasks/${running.id}`)).body.code).toBe('taskEnded')
})

test('a task that fails says why in a sentence', async () => {
  await using app = await startApp()
  const task = await enqueueTask(app.db, about)
  await runNextTask(app.db, { count: async () => { throw new AppError('invalid', 'x', 'The file has no header.') } }, app.clock.read, never)
  expect(await readTask(app.db, task.id)).toMatchObject({ status: 'failed', error: 'The file has no header.' })
})

test('a task whose process was killed is failed and says what that means', async () => {
  await using app = await startApp()
  const task = await enqueueTask(app.db, about)
  await app.db.updateTable('task').set({ status: 'running', heartbeatAt: new Date(Date.now() - 60_000) }).execute()
  await runNextTask(app.db, {}, app.clock.read, never)
  expect(await readTask(app.db, task.id)).toMatchObject({ status: 'failed', error: expect.stringContaining('ended before it was done') })
})

test('a task that may go on is tried again after each loss of its worker, five in all; orderly stops are no losses', async () => {
  await using app = await startApp()
  const task = await enqueueTask(app.db, { ...about, resumable: true })
  const stopping = new AbortController()
  stopping.abort()
  const stopped: TaskKind = async () => { throw new Error('stopped') }
  for (let stop = 0; stop < 6; stop++) await runNextTask(app.db, { count: stopped }, app.clock.read, stopping.signal)
  const lose = async () => {
    await app.db.updateTable('task').set({ status: 'running', heartbeatAt: new Date(Date.now() - 60_000) }).execute()
    await runNextTask(app.db, {}, app.clock.read, never)
    return (await readTask(app.db, task.id)).status
  }
  const statuses: string[] = []
  for (let loss = 0; loss < 5; loss++) statuses.push(await lose())
  expect(statuses).toEqual(['queued', 'queued', 'queued', 'queued', 'failed'])
})

test('a task of a kind that this process does not know is left to others', async () => {
  await using app = await startApp()
  await enqueueTask(app.db, about)
  expect(await runNextTask(app.db, { other: async () => ({}) }, app.clock.read, never)).toBe(false)
})
