import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { runNextTask } from '../platform/task.ts'
import { runSuppressionImport } from './import-suppressions.ts'
import { suppress } from './suppressions.ts'

/** Noted at this moment by mail that came back. */
const givenBounced = (app: TestApp, ...addresses: string[]) =>
  suppress(app.db, addresses.map((emailAddress) => ({ emailAddress, reason: 'invalid' as const, source: 'bounce', detail: '550 No such user' })), app.clock.read())
const addresses = async (app: TestApp, query = '') => (await app.api.get(`/suppressions?sort=emailAddress${query}`)).body.items.map(({ emailAddress }: { emailAddress: string }) => emailAddress)
const actions = async (app: TestApp) => (await app.db.selectFrom('auditEntry').select(['action', 'detail']).orderBy('id').execute()).filter(({ action }) => action.startsWith('suppression'))

test('an outage is cleared up by domain and time, with the reason in the audit log; what people said stays', async () => {
  await using app = await startApp()
  await givenBounced(app, 'early@bücher.example')
  app.clock.advance({ hours: 1 })
  await givenBounced(app, 'ann@xn--bcher-kva.example', 'ben@xn--bcher-kva.example', 'carl@other.example')
  await app.api.post('/suppressions', { emailAddress: 'dora@xn--bcher-kva.example', reason: 'optedOut' })
  const from = app.clock.read().toISOString()
  const { status, body } = await app.api.post('/suppressions/clear', { domain: 'Bücher.example', from, reason: 'Their server was broken' })
  expect([status, body]).toEqual([200, { cleared: 2 }])
  expect(await addresses(app)).toEqual(['carl@other.example', 'dora@xn--bcher-kva.example', 'early@bücher.example'])
  expect((await actions(app)).at(-1)).toMatchObject({ action: 'suppressionsCleared', detail: { domain: 'Bücher.example', why: 'Their server was broken', cleared: 2 } })
})

test('chosen ones are lifted by id, whatever their reason', async () => {
  await using app = await startApp()
  const ids = await Promise.all(['ann@x.test', 'ben@x.test'].map(async (emailAddress) => (await app.api.post('/suppressions', { emailAddress, reason: 'complained' })).body.id as string))
  expect((await app.api.post('/suppressions/clear', { ids: ids.slice(0, 1), reason: 'She asked for it' })).body).toEqual({ cleared: 1 })
  expect(await addresses(app)).toEqual(['ben@x.test'])
})

test('lifting many needs a reason, a choice, and an administrator', async () => {
  await using app = await startApp()
  const clear = async (body: object) => { const answer = await app.api.post('/suppressions/clear', body); return [answer.status, answer.body.errors?.[0]?.path] }
  expect(await clear({ domain: 'x.test' })).toEqual([400, 'reason'])
  expect(await clear({ reason: 'why' })).toEqual([400, 'ids'])
  expect(await clear({ ids: ['a'], domain: 'x.test', reason: 'why' })).toEqual([400, 'ids'])
  expect(await clear({ domain: 'no domain', reason: 'why' })).toEqual([400, 'domain'])
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).post('/suppressions/clear', { domain: 'x.test', reason: 'why' })).status).toBe(403)
})

test('they are found by reason and source, and exported as the filter says, more than a page of them', async () => {
  await using app = await startApp()
  await givenBounced(app, ...Array.from({ length: 1_001 }, (_, index) => `r${index}@x.test`))
  await app.api.post('/suppressions', { emailAddress: '=cmd@x.test', reason: 'optedOut', detail: 'by telephone' })
  const filter = (source: string) => `filter=${encodeURIComponent(JSON.stringify({ field: 'source', op: 'in', value: [source] }))}`
  expect(await addresses(app, `&${filter('api')}`)).toEqual(['=cmd@x.test'])
  const { headers, text } = await app.api.get(`/suppressions/export.csv?${filter('bounce')}`)
  expect(headers['content-type']).toContain('text/csv')
  expect(text.trim().split('\r\n')).toHaveLength(1_002)
  expect((await app.api.get('/suppressions/export.csv?q=cmd')).text.split('\r\n')[1]).toMatch(/^'=cmd@x\.test,optedOut,api,by telephone,/)
})

test('a large file of addresses is taken over in the background, with every line that is no address named', async () => {
  await using app = await startApp()
  const lines = Array.from({ length: 6_000 }, (_, index) => `r${index}@x.test`)
  await givenBounced(app, 'r1@x.test')
  const { status, body } = await app.api.post('/suppressions/import', { text: ['', ...lines, 'nobody', 'R2@x.test'].join('\n'), reason: 'invalid' })
  expect([status, body.task.kind]).toEqual([202, 'importSuppressions'])
  await app.settle()
  const task = (await app.api.get(`/tasks/${body.task.id}`)).body
  expect(task).toMatchObject({ status: 'done', progress: { done: 6_002, total: 6_002 }, result: { added: 5_999, alreadyThere: 2, malformed: [{ line: 6_002, text: 'nobody' }] } })
  expect((await app.api.get('/suppressions')).body.total).toBe(6_000)
})

test('a short list is taken over at once', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/suppressions/import', { text: 'ann@x.test\r\n\r\nAnn@X.test\r\nnobody', reason: 'optedOut' })
  expect([status, body]).toEqual([200, { added: 1, alreadyThere: 1, malformed: [{ line: 4, text: 'nobody' }] }])
  expect(await actions(app)).toMatchObject([{ action: 'suppressionsImported', detail: { reason: 'optedOut', lines: 3 } }])
})

test('a large file of addresses that is being taken over when the program stops is taken over to its end when it is back; canceled, it says how far it came', async () => {
  await using app = await startApp()
  const text = Array.from({ length: 12_000 }, (_, index) => `r${index}@x.test`).join('\n')
  const started = async () => (await app.api.post('/suppressions/import', { text, reason: 'optedOut' })).body.task.id as string
  const taskOf = async (id: string) => (await app.api.get(`/tasks/${id}`)).body
  const runUntil = (stop: AbortController, whenDone: (done: number) => Promise<unknown> | void) => runNextTask(app.db, {
    importSuppressions: (context, input) => runSuppressionImport({ ...context, progress: async (done, total) => { await whenDone(done); await context.progress(done, total) } }, input),
  }, app.clock.read, stop.signal)
  const first = await started()
  const stop = new AbortController()
  await runUntil(stop, () => stop.abort())
  expect(await taskOf(first)).toMatchObject({ status: 'queued' })
  await app.settle()
  expect(await taskOf(first)).toMatchObject({ status: 'done', result: { added: 7_000, alreadyThere: 5_000 } })
  expect((await app.api.get('/suppressions')).body.total).toBe(12_000)

  const second = await started()
  await runUntil(new AbortController(), () => app.api.delete(`/tasks/${second}`))
  expect(await taskOf(second)).toMatchObject({ status: 'canceled', error: 'Stopped after 5000 of 12000 lines; these are in.', result: { alreadyThere: 5_000 } })
})
