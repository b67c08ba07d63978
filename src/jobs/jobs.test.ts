import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { ensureJobs, jobTask, queueDueJobs, runJobNow, type Jobs } from './jobs.ts'
import { runNextTask } from '../platform/task.ts'

const never = new AbortController().signal

async function withJobs(run: () => Promise<Record<string, number>> = async () => ({ done: 1 })) {
  const app = await startApp()
  const jobs: Jobs = { 'count-sheep': { title: 'Count Sheep', schedule: '* * * * *', run } }
  await ensureJobs(app.db, jobs)
  await app.db.updateTable('scheduledJob').set({ checkedUntil: app.clock.read() }).execute()
  const work = () => runNextTask(app.db, { job: jobTask(jobs) }, app.clock.read, never)
  return { app, jobs, work }
}

test('a job runs once for a due time, however many processes look', async () => {
  const { app, jobs } = await withJobs()
  await using _ = app
  expect(await queueDueJobs(app.db, jobs, app.clock.read(), 'UTC')).toBe(0)
  app.clock.advance({ minutes: 1 })
  const queued = await Promise.all([1, 2, 3].map(() => queueDueJobs(app.db, jobs, app.clock.read(), 'UTC')))
  expect(queued.reduce((sum, count) => sum + count)).toBe(1)
})

test('after a long pause a job runs once, not once for each time it missed', async () => {
  const { app, jobs, work } = await withJobs()
  await using _ = app
  app.clock.advance({ hours: 5 })
  await queueDueJobs(app.db, jobs, app.clock.read(), 'UTC')
  expect([await work(), await work()]).toEqual([true, false])
})

test('an inactive job does not start by itself, but by hand', async () => {
  const { app, jobs, work } = await withJobs()
  await using _ = app
  await app.api.patch('/scheduled-jobs/count-sheep', { status: 'inactive' })
  app.clock.advance({ minutes: 5 })
  expect(await queueDueJobs(app.db, jobs, app.clock.read(), 'UTC')).toBe(0)
  const { status, body } = await app.api.post('/scheduled-jobs/count-sheep/run')
  expect([status, body.task.status]).toEqual([202, 'queued'])
  await work()
  expect((await app.api.get('/scheduled-jobs/count-sheep')).body).toMatchObject({ nextRuns: [], lastRun: { outcome: 'done', byHand: true, counts: { done: 1 } } })
})

test('while a run is on, pressing Run now queues one more behind it and never two runs at once', async () => {
  let inside = 0
  let most = 0
  let release = () => {}
  const held = new Promise<void>((resolve) => { release = resolve })
  const { app, work } = await withJobs(async () => {
    most = Math.max(most, ++inside)
    await held
    inside--
    return {}
  })
  await using _ = app
  await runJobNow(app.db, 'count-sheep')
  const first = work()
  await expect.poll(() => inside).toBe(1)
  const [second, third] = [await runJobNow(app.db, 'count-sheep'), await runJobNow(app.db, 'count-sheep')]
  expect(third.id).toBe(second.id)
  const behind = work()
  release()
  await Promise.all([first, behind])
  expect(most).toBe(1)
  expect((await app.api.get('/scheduled-jobs/count-sheep/log')).body.total).toBe(2)
})

test('a failing job says why in its log', async () => {
  const { app, work } = await withJobs(async () => { throw new Error('the sheep are gone') })
  await using _ = app
  await runJobNow(app.db, 'count-sheep')
  await work().catch(() => {})
  expect((await app.api.get('/scheduled-jobs/count-sheep/log')).body.items).toMatchObject([{ outcome: 'failed', error: 'the sheep are gone' }])
})

test('a schedule that is none is refused with the reason', async () => {
  const { app } = await withJobs()
  await using _ = app
  const { status, body } = await app.api.patch('/scheduled-jobs/count-sheep', { schedule: '99 * * * *' })
  expect([status, body.errors[0].path]).toEqual([400, 'schedule'])
  expect((await app.api.patch('/scheduled-jobs/count-sheep', { schedule: '*/5 8-18 * * 1-5' })).body.scheduleInWords).toContain('Every 5 minutes')
})
