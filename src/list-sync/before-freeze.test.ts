import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, openBatch, sendThrough, statusesOf, statusOf } from '../../test/given-mass-email.ts'
import { upTo } from '../../test/given-rights.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { givenContactsIn, givenListInStep, givenReport, inCity, membersOf, moveTo, runSyncJob } from '../../test/given-report.ts'

/** Nothing is sent here; what is frozen needs an account all the same. */
const nowhere = { port: 9 }

type Given = { id: string; campaignId: string }

/** Pending and due, to these lists. */
async function givenPending(app: TestApp, targetListIds: string[], excludingTargetListIds: string[] = []): Promise<Given> {
  const { host } = (await app.api.get('/settings/outbound-emails')).body.systemSmtp ?? {}
  if (!host) await sendThrough(app, nowhere)
  const { campaignId, id } = await givenMassEmail(app, { to: ['zoe'], status: 'draft' })
  const { status, text } = await app.api.patch(`/mass-emails/${id}`, { targetListIds, excludingTargetListIds, status: 'pending' })
  if (status !== 200) throw new Error(text)
  return { id, campaignId }
}

const namesOf = async (app: TestApp, massEmail: Given) => Object.keys(await statusesOf(app, massEmail))
const why = async (app: TestApp, { id }: Given) => (await app.api.get(`/mass-emails/${id}/why`)).body.reasons.filter(({ code }: { code: string }) => code !== 'schedulerDead')
const heldNotices = async (app: TestApp) => (await app.api.get('/notices')).body.items.filter(({ kind }: { kind: string }) => kind === 'massEmailHeld')
const deactivate = (app: TestApp, id: string, isActive = false) => app.db.updateTable('user').set({ isActive }).where('id', '=', id).execute()

/** 10 in Berlin who are mailed; 4 of them in Mitte, an excluding list in step. */
async function givenExcluding(app: TestApp) {
  const people = await givenContactsIn(app, Object.fromEntries('abcdefghij'.split('').map((name) => [name, 'Berlin'])))
  const no = { field: 'firstName', op: 'in', value: ['a', 'b', 'c', 'd'] }
  const excluding = await givenListInStep(app, [await givenReport(app, { and: [no, inCity('Berlin')] })], {}, 'No mail')
  await runSyncJob(app)
  const all = await givenListInStep(app, [await givenReport(app, { field: 'emailAddress', op: 'contains', value: '@' })], {}, 'All')
  return { people, excluding, all }
}

test('an import just before the freeze is in the audience, and who matches no more is not', async () => {
  await using app = await startApp()
  const { ben } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const list = await givenListInStep(app, [await givenReport(app)])
  const without = await givenListInStep(app, [await givenReport(app, inCity('Potsdam'))], {}, 'Without')
  await runSyncJob(app)
  const massEmail = await givenPending(app, [list], [without])
  await givenContactsIn(app, { cem: 'Berlin', dora: 'Berlin' })
  await moveTo(app, 'Bonn', [ben])
  await sql`insert into contact (id, first_name, email_address, address_city) values (uuid_v7(), 'twin', 'dora@example.net', 'Potsdam')`.execute(app.db)

  await openBatch(app)
  expect(await statusOf(app, massEmail)).toBe('inProcess')
  expect(await namesOf(app, massEmail)).toEqual(['anna', 'cem'])
  const { items: [run] } = (await app.api.get(`/target-lists/${list}/report-sync/runs`)).body
  expect(run).toMatchObject({ why: 'freeze', added: 2, removed: 1, massEmailId: massEmail.id, massEmailName: 'First' })
  const reader = await app.givenUser('regular', { rights: { ...upTo('all'), types: { Campaign: { create: false, read: 'no', edit: 'no', delete: 'no' } } } })
  expect((await app.as(reader.key).get(`/target-lists/${list}/report-sync`)).body.lastRun).toMatchObject({ why: 'freeze', massEmailId: null, massEmailName: null })
})

test('a list that cannot be brought in step holds the freeze with one notice, others go on, and mended it goes out', async () => {
  await using app = await startApp()
  await givenContactsIn(app, { anna: 'Berlin' })
  const user = await app.givenUser('regular')
  const as = { api: app.as(user.key) }
  const list = await givenListInStep(as, [await givenReport(as)])
  await runSyncJob(app)
  const held = await givenPending(app, [list])
  const other = await givenMassEmail(app, { to: ['otto'] })
  await deactivate(app, user.actor.userId)

  await openBatch(app)
  await openBatch(app)
  expect([await statusOf(app, held), await statusOf(app, other)]).toEqual(['pending', 'inProcess'])
  expect(await why(app, held)).toEqual([{ code: 'syncHeld', targetListId: list, message: expect.stringMatching(/Berliners.*not active any more/), advice: expect.stringContaining('switches it on again') }])
  expect((await heldNotices(app)).length).toBe(1)
  expect((await app.api.get(`/target-lists/${list}/report-sync/runs`)).body.items[0]).toMatchObject({ why: 'freeze', outcome: 'stopped', times: 2 })

  await deactivate(app, user.actor.userId, true)
  await openBatch(app)
  expect(await statusOf(app, held)).toBe('inProcess')
  expect(await why(app, held)).toEqual([])
  await openBatch(app)
  expect((await heldNotices(app)).map(({ overAt }: any) => overAt !== null)).toEqual([true])
})

test('an excluding list that would lose more than half holds the freeze, the job takes nobody out either, and a person who syncs by hand lets it go on', async () => {
  await using app = await startApp()
  const { people, excluding, all } = await givenExcluding(app)
  const massEmail = await givenPending(app, [all], [excluding])
  await moveTo(app, 'Bonn', [people['a'], people['b'], people['c']])

  expect(await runSyncJob(app)).toMatchObject({ removed: 0, notInStep: 1 })
  const check = (await app.api.get(`/mass-emails/${massEmail.id}/preflight`)).body.checks.find(({ code }: { code: string }) => code === 'listsNotInStep')
  expect(check).toMatchObject({ level: 'warning', message: expect.stringContaining('“No mail” is not in step') })
  await openBatch(app)
  expect(await statusOf(app, massEmail)).toBe('pending')
  expect(await why(app, massEmail)).toEqual([{ code: 'syncHeld', targetListId: excluding, message: expect.stringContaining('3 of 4 members would leave'), advice: expect.stringContaining('Sync now') }])
  expect(await membersOf(app, excluding)).toEqual(['a', 'b', 'c', 'd'])
  expect((await app.api.get(`/target-lists/${excluding}/report-sync`)).body).toMatchObject({ excluding: true, problem: { outcome: 'held' }, lastRun: { leaving: 3, removed: 0, members: 4 } })

  const run = (body?: object) => app.api.post(`/target-lists/${excluding}/report-sync/run`, body)
  expect(await run({ careful: true })).toMatchObject({ status: 409, body: { code: 'syncHeld', leaving: 3, members: 4 } })
  expect((await run()).body).toEqual({ added: 0, removed: 3, members: 1 })
  await openBatch(app)
  expect(await statusOf(app, massEmail)).toBe('inProcess')
  expect((await namesOf(app, massEmail)).filter((name) => 'abcd'.includes(name))).toEqual(['a', 'b', 'c'])
})

test('half of an excluding list may leave, and a list that only receives may lose everybody', async () => {
  await using app = await startApp()
  const { people, excluding, all } = await givenExcluding(app)
  const bonn = await givenListInStep(app, [await givenReport(app, inCity('Bonn'))], {}, 'Bonn')
  const massEmail = await givenPending(app, [all, bonn], [excluding])
  await moveTo(app, 'Bonn', [people['a'], people['b']])
  await runSyncJob(app)
  expect(await membersOf(app, bonn)).toEqual(['a', 'b'])
  await moveTo(app, 'Köln', [people['a'], people['b']])
  await openBatch(app)
  expect([await statusOf(app, massEmail), await membersOf(app, excluding), await membersOf(app, bonn)]).toEqual(['inProcess', ['c', 'd'], []])
})

test('the excluding list of a campaign is guarded before anything is Pending, and free again when the campaign is complete', async () => {
  await using app = await startApp()
  const { people, excluding, all } = await givenExcluding(app)
  const { body: campaign } = await app.api.post('/campaigns', { name: 'Later', type: 'email', targetListIds: [all], excludingTargetListIds: [excluding] })
  await moveTo(app, 'Bonn', [people['a'], people['b'], people['c']])
  expect(await runSyncJob(app)).toMatchObject({ notInStep: 1 })
  expect((await membersOf(app, excluding)).length).toBe(4)
  await app.api.patch(`/campaigns/${campaign.id}`, { status: 'complete' })
  expect(await runSyncJob(app)).toMatchObject({ notInStep: 0, removed: 3 })
})

test('sending to new members brings the lists in step first, and is refused where that cannot be', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  await givenContactsIn(app, { anna: 'Berlin' })
  const user = await app.givenUser('regular')
  const as = { api: app.as(user.key) }
  const list = await givenListInStep(as, [await givenReport(as)])
  const massEmail = await givenPending(app, [list])
  await app.settle()
  expect(await statusOf(app, massEmail)).toBe('complete')

  await givenContactsIn(app, { ben: 'Berlin' })
  await deactivate(app, user.actor.userId)
  const refused = await app.api.post(`/mass-emails/${massEmail.id}/send-to-new`)
  expect(refused).toMatchObject({ status: 409, body: { code: 'syncHeld', detail: expect.stringContaining('Berliners'), holds: [{ name: 'Berliners' }] } })
  expect(await statusOf(app, massEmail)).toBe('complete')
  expect((await app.api.get(`/target-lists/${list}/report-sync/runs`)).body.items[0]).toMatchObject({ why: 'freeze', outcome: 'stopped' })

  await deactivate(app, user.actor.userId, true)
  expect((await app.api.post(`/mass-emails/${massEmail.id}/send-to-new`)).body.added).toBe(1)
})

test('killed while it freezes, neither the list nor the mass email has moved; the next run does both', async () => {
  await using app = await startApp()
  await givenContactsIn(app, { anna: 'Berlin' })
  const list = await givenListInStep(app, [await givenReport(app)])
  const massEmail = await givenPending(app, [list])
  await sql`create function break() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`.execute(app.db)
  await sql`create trigger killed before insert on delivery for each row execute function break()`.execute(app.db)
  await expect(openBatch(app)).rejects.toThrow('killed')
  expect([await statusOf(app, massEmail), await membersOf(app, list)]).toEqual(['pending', []])
  expect((await app.api.get(`/target-lists/${list}/report-sync`)).body.lastRun).toBeNull()

  await sql`drop trigger killed on delivery`.execute(app.db)
  await Promise.all([openBatch(app), openBatch(app), runSyncJob(app)])
  expect([await statusOf(app, massEmail), await namesOf(app, massEmail)]).toEqual(['inProcess', ['anna']])
})

test('a report that the database cannot run holds the freeze and changes nothing, and what was held and canceled is said no more', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin' })
  const list = await givenListInStep(app, [await givenReport(app)])
  await runSyncJob(app)
  const massEmail = await givenPending(app, [list])
  await moveTo(app, 'Bonn', [anna])
  await sql`alter table contact rename column address_city to elsewhere`.execute(app.db)
  await openBatch(app)
  expect(await statusOf(app, massEmail)).toBe('pending')
  expect((await why(app, massEmail))[0].message).toContain('could not be run')
  expect((await app.api.get(`/target-lists/${list}/report-sync`)).body.problem).toMatchObject({ outcome: 'failed', advice: expect.stringContaining('tried again') })
  await sql`alter table contact rename column elsewhere to address_city`.execute(app.db)

  await app.api.post(`/mass-emails/${massEmail.id}/cancel`)
  await openBatch(app)
  await runSyncJob(app)
  expect((await heldNotices(app)).map(({ overAt }: any) => overAt !== null)).toEqual([true])
  expect(await app.db.selectFrom('syncHold').selectAll().execute()).toEqual([])
})
