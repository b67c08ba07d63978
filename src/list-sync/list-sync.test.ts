import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenContactsIn, givenListInStep, givenReport, inCity, membersOf, moveTo, runSyncJob } from '../../test/given-report.ts'
import type { Tx } from '../platform/db.ts'

const stateOf = async (app: TestApp, listId: string) => (await app.api.get(`/target-lists/${listId}/report-sync`)).body
const sync = (app: TestApp, listId: string) => app.api.post(`/target-lists/${listId}/report-sync/run`)
const notices = async (app: TestApp) => (await app.api.get('/notices')).body.items.map(({ kind, about }: any) => [kind, about.name])

test('a mirror is what the report says: who matches comes, who matches no more goes, and it is written down', async () => {
  await using app = await startApp()
  const { anna, cem } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin', cem: 'Hamburg' })
  const list = await givenListInStep(app, [await givenReport(app)])
  expect(await membersOf(app, list)).toEqual([])

  expect(await sync(app, list)).toMatchObject({ status: 200, body: { added: 2, removed: 0, members: 2 } })
  expect(await membersOf(app, list)).toEqual(['anna', 'ben'])
  await moveTo(app, 'Bonn', [anna])
  await moveTo(app, 'Berlin', [cem])
  app.clock.advance({ minutes: 60 })
  expect(await runSyncJob(app)).toEqual({ lists: 1, added: 1, removed: 1, notInStep: 0 })
  expect(await membersOf(app, list)).toEqual(['ben', 'cem'])

  const { body: { items } } = await app.api.get(`/target-lists/${list}/members`)
  expect(items.map(({ source, addedByName }: any) => [source, addedByName])).toEqual(Array(2).fill(['report', 'Test admin']))
  const runs = (await app.api.get(`/target-lists/${list}/report-sync/runs`)).body
  expect(runs.items.map(({ why, outcome, added, removed, members, byUserName }: any) => ({ why, outcome, added, removed, members, byUserName }))).toEqual([
    { why: 'job', outcome: 'done', added: 1, removed: 1, members: 2, byUserName: null }, { why: 'hand', outcome: 'done', added: 2, removed: 0, members: 2, byUserName: 'Test admin' },
  ])
  expect(await stateOf(app, list)).toMatchObject({
    active: true, mode: 'mirror', strict: false, reports: [{ name: 'People' }], runAs: { name: 'Test admin', isActive: true }, problem: null, lastRun: { at: '2030-01-01T13:00:00.000Z', added: 1, removed: 1 },
  })
  expect((await app.api.get(`/target-lists/${list}`)).body.reportSync).toEqual({ active: true, mode: 'mirror', lastRunAt: '2030-01-01T13:00:00.000Z', lastOutcome: 'done', lastAdded: 1, lastRemoved: 1 })
})

test('a mirror leaves who was picked by hand, even when a report had brought that person first; a strict one does not', async () => {
  await using app = await startApp()
  const { anna, ben, cem } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin', cem: 'Hamburg' })
  const list = await givenListInStep(app, [await givenReport(app)])
  await sync(app, list)
  expect((await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna, cem] })).body).toEqual({ added: 1, alreadyThere: 1 })
  await moveTo(app, 'Bonn', [anna, ben])
  expect((await sync(app, list)).body).toEqual({ added: 0, removed: 1, members: 2 })
  expect(await membersOf(app, list)).toEqual(['anna', 'cem'])

  await app.api.put(`/target-lists/${list}/report-sync`, { strict: true })
  expect((await sync(app, list)).body).toEqual({ added: 0, removed: 2, members: 0 })
})

test('add only takes nobody out, and several reports are one union', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Hamburg', cem: 'Bonn' })
  const both = { or: [inCity('Berlin'), inCity('Hamburg')] }
  const list = await givenListInStep(app, [await givenReport(app), await givenReport(app, both)], { mode: 'addOnly' })
  expect((await sync(app, list)).body).toEqual({ added: 2, removed: 0, members: 2 })
  await moveTo(app, 'Bonn', [anna])
  expect((await sync(app, list)).body).toEqual({ added: 0, removed: 0, members: 2 })
  await app.api.put(`/target-lists/${list}/report-sync`, { mode: 'mirror' })
  expect((await sync(app, list)).body).toEqual({ added: 0, removed: 1, members: 1 })
  expect(await membersOf(app, list)).toEqual(['ben'])
})

test('a mirror loses and regains people who opted out, and no opt-out is lost', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const list = await givenListInStep(app, [await givenReport(app)])
  await sync(app, list)
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'anna@example.net', reason: 'asked by phone' })
  const before = (await app.api.get(`/target-lists/${list}/opt-outs`)).body.items

  await moveTo(app, 'Bonn', [anna])
  await sync(app, list)
  expect(await membersOf(app, list)).toEqual(['ben'])
  await moveTo(app, 'Berlin', [anna])
  await sync(app, list)
  expect((await app.api.get(`/target-lists/${list}`)).body).toMatchObject({ members: 2, deliverable: 1, optedOut: 1 })
  expect((await app.api.get(`/target-lists/${list}/opt-outs`)).body.items).toEqual(before)
  expect(before.length).toBe(1)
})

test('without the person with whose rights it runs nothing changes, one notice says so, and with somebody else it goes on', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const user = await app.givenUser('regular')
  const as = { api: app.as(user.key) }
  const reportId = await givenReport(as)
  const list = await givenListInStep(as, [reportId])
  await sync(app, list)
  await moveTo(app, 'Bonn', [anna])
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', user.actor.userId).execute()

  expect(await runSyncJob(app)).toEqual({ lists: 1, added: 0, removed: 0, notInStep: 1 })
  await runSyncJob(app)
  expect(await sync(app, list)).toMatchObject({ status: 409, body: { code: 'syncStopped', detail: expect.stringContaining('not active any more') } })
  expect(await membersOf(app, list)).toEqual(['anna', 'ben'])
  expect(await notices(app)).toEqual([['listSyncStopped', 'Berliners']])
  expect(await stateOf(app, list)).toMatchObject({ active: true, runAs: { isActive: false }, problem: { outcome: 'stopped', message: expect.stringContaining('not active any more') } })

  app.clock.advance({ minutes: 1 })
  expect((await app.api.put(`/target-lists/${list}/report-sync`, {})).body).toMatchObject({ runAs: { name: 'Test admin' }, problem: null })
  expect(await runSyncJob(app)).toEqual({ lists: 1, added: 0, removed: 1, notInStep: 0 })
  expect((await app.api.get('/notices')).body.items[0].overAt).not.toBeNull()
})

test.each(['may not see the report', 'may not change the list', 'the report is broken'] as const)('where the person %s, nothing changes', async (what) => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const user = await app.givenUser('regular')
  const as = { api: app.as(user.key) }
  const list = await givenListInStep(as, [await givenReport(as)])
  await sync(app, list)
  await moveTo(app, 'Bonn', [anna])
  const none = { create: false, read: 'no', edit: 'no', delete: 'no' }
  if (what === 'the report is broken') await sql`update report set filter = ${JSON.stringify({ field: 'gone', op: 'equals', value: 1 })}::jsonb`.execute(app.db)
  else await sql`update role set types = ${JSON.stringify({ [what === 'may not change the list' ? 'TargetList' : 'Report']: none })}::jsonb`.execute(app.db)

  expect(await runSyncJob(app)).toMatchObject({ notInStep: 1, removed: 0 })
  expect(await membersOf(app, list)).toEqual(['anna', 'ben'])
  const { problem } = await stateOf(app, list)
  expect(problem).toMatchObject({ outcome: 'stopped', advice: expect.stringContaining('switches it on again') })
  // Whoever reads it may not see the report.
  expect(problem.message).not.toContain('People')
})

test('a report that leaves out a list or who clicked in a campaign does not let them in when its person may see these no more', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const user = await app.givenUser('regular')
  const as = { api: app.as(user.key) }
  const { body: { id: x } } = await app.api.post('/target-lists', { name: 'X' })
  await app.api.post(`/target-lists/${x}/members`, { entityType: 'Contact', ids: [anna] })
  const { body: { id: campaignId } } = await app.api.post('/campaigns', { name: 'Spring', type: 'email' })
  const notInX = await givenReport(as, { and: [inCity('Berlin'), { not: { op: 'memberOf', value: [x] } }] })
  const [list, other] = [await givenListInStep(as, [notInX]), await givenListInStep(as, [await givenReport(as, { not: { activity: 'clicked', campaignIds: [campaignId] } })], {}, 'Other')]
  await runSyncJob(app)
  expect([await membersOf(app, list), await membersOf(app, other)]).toEqual([['ben'], ['anna', 'ben']])

  // The list is his own; X and the campaign are not.
  const own = { create: true, read: 'own', edit: 'own', delete: 'own' }
  await sql`update role set types = ${JSON.stringify({ TargetList: own, Campaign: own })}::jsonb`.execute(app.db)
  expect(await runSyncJob(app)).toMatchObject({ added: 0, removed: 0, notInStep: 2 })
  expect(await membersOf(app, list)).toEqual(['ben'])
  expect((await stateOf(app, list)).problem.message).toContain('may not see')
  expect((await as.api.put(`/target-lists/${list}/report-sync`, {})).body.errors[0]).toMatchObject({ path: 'reportIds.0', message: expect.stringContaining('may not see') })
})

test('where a run ends in what nobody foresaw, the other lists come in step all the same, and the job says what it was', async () => {
  await using app = await startApp()
  await givenContactsIn(app, { anna: 'Berlin' })
  const report = await givenReport(app)
  const [broken, sound] = [await givenListInStep(app, [report]), await givenListInStep(app, [report], {}, 'Sound')]
  await sql`alter table report_sync_run add constraint unforeseen check (target_list_id <> ${sql.lit(broken)}::uuid)`.execute(app.db)
  await expect(runSyncJob(app)).rejects.toThrow(/1 of 2 did not work.*unforeseen/)
  expect([await membersOf(app, broken), await membersOf(app, sound)]).toEqual([[], ['anna']])
})

test('switched off it changes nothing; a deleted list is left alone; runs alike that changed nothing are one line', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin' })
  const list = await givenListInStep(app, [await givenReport(app)])
  for (let run = 0; run < 3; run++) await runSyncJob(app)
  expect((await app.api.get(`/target-lists/${list}/report-sync/runs`)).body.items.map(({ times, added }: any) => [times, added])).toEqual([[2, 0], [1, 1]])

  expect((await app.api.put(`/target-lists/${list}/report-sync`, { active: false })).body).toMatchObject({ active: false, mode: 'mirror', reports: [{ name: 'People' }] })
  await moveTo(app, 'Bonn', [anna])
  expect(await runSyncJob(app)).toMatchObject({ lists: 0 })
  expect((await sync(app, list)).body.code).toBe('notKeptInStep')
  await app.api.put(`/target-lists/${list}/report-sync`, { active: true })
  await app.api.delete(`/target-lists/${list}`)
  expect(await runSyncJob(app)).toMatchObject({ lists: 0 })

  const other = await givenListInStep(app, [await givenReport(app)])
  expect((await app.api.delete(`/target-lists/${other}/report-sync`)).status).toBe(204)
  expect(await stateOf(app, other)).toMatchObject({ active: false, reportIds: [], runAs: null })
})

test('two runs at once are one after the other: everybody comes once, and nobody is counted twice', async () => {
  await using app = await startApp()
  await givenContactsIn(app, Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`n${n}`, 'Berlin'])))
  const list = await givenListInStep(app, [await givenReport(app)])
  const runs = await Promise.all([sync(app, list), runSyncJob(app), sync(app, list), sync(app, list)])
  const added = runs.map((run: any) => run.added ?? run.body.added)
  expect(added.reduce((sum, count) => sum + count, 0)).toBe(300)
  expect((await membersOf(app, list)).length).toBe(300)
})

test('who is added to the list by hand while it runs is not taken out', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const list = await givenListInStep(app, [await givenReport(app)])
  await sync(app, list)
  await moveTo(app, 'Bonn', [anna])
  const running = await app.db.transaction().execute(async (tx) => {
    await tx.updateTable('targetListMember').set({ source: 'manual' }).where('recordId', '=', anna!).execute()
    const run = sync(app, list)
    await someoneWaits(tx)
    return { run }
  })
  expect((await running.run).body).toEqual({ added: 0, removed: 0, members: 2 })
  expect(await membersOf(app, list)).toEqual(['anna', 'ben'])
})

/** Until another connection waits for what this transaction holds. */
async function someoneWaits(tx: Tx): Promise<void> {
  for (;;) {
    const { rows } = await sql`select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database()) or not granted and locktype = 'transactionid'`.execute(tx)
    if (rows.length > 0) return
  }
}
