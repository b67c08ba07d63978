import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { ensureJobs, jobTask, markLostRuns, queueDueJobs, runJobNow, type Jobs } from './jobs.ts'
import { newId } from '../platform/id.ts'
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

test('what a schedule means is told while it is written, and what is none says why', async () => {
  const { app } = await withJobs()
  await using _ = app
  await app.api.patch('/settings/general', { timeZone: 'Europe/Berlin' })
  const preview = async (schedule: string) => (await app.api.get(`/scheduled-jobs/preview?schedule=${encodeURIComponent(schedule)}`)).body
  expect(await preview('30 8 * * 1-5')).toEqual({
    fault: null, scheduleInWords: 'At 08:30, Monday through Friday',
    nextRuns: ['2030-01-02T07:30:00.000Z', '2030-01-03T07:30:00.000Z', '2030-01-04T07:30:00.000Z', '2030-01-07T07:30:00.000Z', '2030-01-08T07:30:00.000Z'],
  })
  expect(await preview('30 8 *')).toMatchObject({ fault: expect.stringContaining('five fields'), nextRuns: [] })
  expect((await preview('0 0 31 2 *')).fault).toContain('never comes')
})

const runOf = async ({ app, work }: Awaited<ReturnType<typeof withJobs>>) => {
  app.clock.advance({ minutes: 1 })
  await runJobNow(app.db, 'count-sheep')
  await work().catch(() => {})
}
const noticesOf = async ({ app }: Awaited<ReturnType<typeof withJobs>>) =>
  (await app.api.get('/notices?sort=createdAt')).body.items.map(({ kind, overAt }: { kind: string; overAt: string | null }) => [kind, overAt !== null])

test('a job that fails three times in a row is told to administrators once, until it succeeds', async () => {
  let fails = true
  const given = await withJobs(async () => {
    if (fails) throw new Error('the sheep are gone', { cause: new Error('the gate is open') })
    return {}
  })
  await using app = given.app
  await runOf(given)
  await runOf(given)
  expect(await noticesOf(given)).toEqual([])
  await runOf(given)
  await runOf(given)
  expect((await app.api.get('/notices')).body.items).toMatchObject([{
    kind: 'jobFailed', level: 'error', title: 'Count Sheep failed three times in a row', text: expect.stringMatching(/^the sheep are gone the gate is open /), about: { type: 'ScheduledJob', id: 'count-sheep' },
  }])
  fails = false
  await runOf(given)
  await runOf(given)
  expect(await noticesOf(given)).toEqual([['jobFailed', true], ['jobWorks', false]])
  fails = true
  await runOf(given)
  await runOf(given)
  expect(await noticesOf(given)).toHaveLength(2)
  expect((await app.api.get('/scheduled-jobs/count-sheep')).body.recentRuns.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['failed', 'failed', 'done', 'done', ...Array(4).fill('failed')])
})

test('a run whose process died is seen as lost before the next one begins, counts as a failure, and the next one starts', async () => {
  const given = await withJobs()
  await using app = given.app
  const lose = async () => {
    app.clock.advance({ minutes: 1 })
    const silentSince = sql<Date>`clock_timestamp() - interval '16 seconds'`
    await app.db.insertInto('scheduledJobRun').values({ id: newId(), job: 'count-sheep', startedAt: app.clock.read(), heartbeatAt: silentSince }).execute()
  }
  await lose()
  expect(await Promise.all([1, 2, 3].map(() => markLostRuns(app.db, app.clock.read())))).toSatisfy((counts: number[]) => counts.reduce((sum, count) => sum + count) === 1)
  expect((await app.api.get('/scheduled-jobs/count-sheep')).body.lastRun).toMatchObject({ outcome: 'lost', endedAt: app.clock.read().toISOString(), error: expect.stringContaining('process') })
  for (let time = 0; time < 2; time++) {
    await lose()
    await markLostRuns(app.db, app.clock.read())
  }
  expect(await noticesOf(given)).toEqual([['jobFailed', false]])
  await runOf(given)
  expect(await noticesOf(given)).toEqual([['jobFailed', true], ['jobWorks', false]])
})

test('a run that is alive is not taken for lost, however long it takes', async () => {
  const given = await withJobs()
  await using app = given.app
  await app.db.insertInto('scheduledJobRun').values({ id: newId(), job: 'count-sheep', startedAt: app.clock.read(), heartbeatAt: sql<Date>`clock_timestamp()` }).execute()
  app.clock.advance({ hours: 5 })
  expect(await markLostRuns(app.db, app.clock.read())).toBe(0)
})
