import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { givenContactsIn, givenListInStep, givenReport, inCity, membersOf } from '../../test/given-report.ts'
import { upTo } from '../../test/given-rights.ts'
import { newId } from '../platform/id.ts'

const stateOf = async (app: TestApp, listId: string) => (await app.api.get(`/target-lists/${listId}/report-sync`)).body
const sync = (app: TestApp, listId: string) => app.api.post(`/target-lists/${listId}/report-sync/run`)

test('a list is filled from a report once, and rid of everybody in it, without lifting a "no"', async () => {
  await using app = await startApp()
  const { cem } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin', cem: 'Hamburg' })
  const reportId = await givenReport(app)
  const { body: { id: list } } = await app.api.post('/target-lists', { name: 'Once' })
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [cem] })
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'anna@example.net' })

  expect(await app.api.post(`/target-lists/${list}/members`, { reportId })).toMatchObject({ status: 200, body: { added: 2, alreadyThere: 0 } })
  expect((await app.api.post(`/target-lists/${list}/members`, { reportId })).body).toEqual({ added: 0, alreadyThere: 2 })
  expect((await app.api.get(`/target-lists/${list}`)).body).toMatchObject({ members: 3, optedOut: 1, reportSync: null })
  const fromReport = { field: 'source', op: 'equals', value: 'report' }
  expect((await app.api.get(`/target-lists/${list}/members?filter=${encodeURIComponent(JSON.stringify(fromReport))}`)).body.total).toBe(2)
  expect((await app.api.post(`/target-lists/${list}/members/remove`, { reportId })).body).toEqual({ removed: 2 })
  expect(await membersOf(app, list)).toEqual(['cem'])
  expect((await app.api.get(`/target-lists/${list}/opt-outs`)).body.total).toBe(1)

  for (const body of [{ reportId, entityType: 'Contact' }, { reportId, ids: [cem] }]) expect((await app.api.post(`/target-lists/${list}/members`, body)).status).toBe(400)
  expect((await app.api.post(`/target-lists/${list}/members`, { reportId: newId() })).status).toBe(404)
})

test('more than a thousand people come, go and are kept in step in the background', async () => {
  await using app = await startApp()
  await givenContactsIn(app, Object.fromEntries(Array.from({ length: 1_200 }, (_, n) => [`n${n}`, 'Berlin'])))
  const reportId = await givenReport(app)
  const { body: { id: list } } = await app.api.post('/target-lists', { name: 'Many' })
  const done = async (answer: Promise<{ status: number; body: any }>) => {
    const { status, body } = await answer
    expect(status).toBe(202)
    await app.settle()
    return (await app.api.get(`/tasks/${body.task.id}`)).body
  }
  expect(await done(app.api.post(`/target-lists/${list}/members`, { reportId }))).toMatchObject({ status: 'done', result: { added: 1_200, alreadyThere: 0 } })
  expect(await done(app.api.post(`/target-lists/${list}/members/remove`, { reportId }))).toMatchObject({ status: 'done', result: { removed: 1_200 } })
  await app.api.put(`/target-lists/${list}/report-sync`, { reportIds: [reportId] })
  expect(await done(sync(app, list))).toMatchObject({ status: 'done', result: { added: 1_200, removed: 0, members: 1_200 } })
})

test('filling and keeping in step reach as far as the rights of whoever asks: that person\'s people, reports and lists', async () => {
  await using app = await startApp()
  const people = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const own = await app.givenUser('regular', { rights: upTo('own') })
  const as = { api: app.as(own.key) }
  await sql`update contact set assigned_user_id = ${own.actor.userId} where id = ${people['anna']!}`.execute(app.db)
  const [mine, theirs] = [await givenReport(as), await givenReport(app)]
  const { body: { id: list } } = await as.api.post('/target-lists', { name: 'Mine' })

  expect((await as.api.post(`/target-lists/${list}/members`, { reportId: theirs })).status).toBe(404)
  expect((await as.api.put(`/target-lists/${list}/report-sync`, { reportIds: [mine, theirs] })).body.errors).toEqual([{ path: 'reportIds.1', message: expect.stringContaining('There is no report') }])
  expect((await as.api.post(`/target-lists/${list}/members`, { reportId: mine })).body).toEqual({ added: 1, alreadyThere: 0 })

  // By whoever may change the list it is run, still with the rights of the one who switched it on.
  await as.api.put(`/target-lists/${list}/report-sync`, { reportIds: [mine] })
  expect((await sync(app, list)).body).toEqual({ added: 0, removed: 0, members: 1 })
  // Whoever changes it takes it over.
  expect((await app.api.put(`/target-lists/${list}/report-sync`, { mode: 'addOnly' })).body.runAs.name).toBe('Test admin')
  expect((await sync(app, list)).body).toEqual({ added: 1, removed: 0, members: 2 })

  const reader = await app.givenUser('regular', { rights: { ...upTo('all'), otherTypes: { create: true, read: 'all', edit: 'no', delete: 'no' } } })
  for (const answer of [
    app.as(reader.key).put(`/target-lists/${list}/report-sync`, { reportIds: [theirs] }), app.as(reader.key).delete(`/target-lists/${list}/report-sync`),
    app.as(reader.key).post(`/target-lists/${list}/report-sync/run`), app.as(reader.key).post(`/target-lists/${list}/members`, { reportId: theirs }),
  ]) expect((await answer).status).toBe(403)
})

test('what no list can be kept in step with is refused, each with its reason', async () => {
  await using app = await startApp()
  const list = await givenListInStep(app, [await givenReport(app)])
  const fault = async (body: object) => {
    const answer = await app.api.put(`/target-lists/${list}/report-sync`, body)
    return [answer.status, answer.body.errors?.[0]?.path]
  }
  const circle = await givenReport(app, { op: 'notMemberOf', value: [list] })
  expect(await fault({ reportIds: [] })).toEqual([400, 'reportIds'])
  expect(await fault({ reportIds: [newId()] })).toEqual([400, 'reportIds.0'])
  expect(await fault({ reportIds: ['nonsense'] })).toEqual([400, 'reportIds.0'])
  expect(await fault({ mode: 'sometimes' })).toEqual([400, 'mode'])
  expect(await fault({ reportIds: [circle] })).toEqual([400, 'reportIds.0'])
  expect((await app.api.put(`/target-lists/${list}/report-sync`, { reportIds: [circle], mode: 'addOnly' })).status).toBe(200)
})

test('a report that waits for an answer fills no list, because its condition would be left out; with a default it does', async () => {
  await using app = await startApp()
  await givenContactsIn(app, { anna: 'Berlin', ben: 'Bonn' })
  const asks = { field: 'addressCity', op: 'equals', value: { question: 'city' } }
  const reportId = await givenReport(app, asks, { questions: [{ name: 'city', label: 'City' }] })
  const { body: { id: list } } = await app.api.post('/target-lists', { name: 'Any' })
  expect(await app.api.post(`/target-lists/${list}/members`, { reportId })).toMatchObject({ status: 409, body: { code: 'reportAsks', detail: expect.stringContaining('“City”') } })
  expect((await app.api.put(`/target-lists/${list}/report-sync`, { reportIds: [reportId] })).body.errors[0]).toMatchObject({ path: 'reportIds.0', message: expect.stringContaining('“City”') })

  await app.api.patch(`/reports/${reportId}`, { questions: [{ name: 'city', label: 'City', default: 'Berlin' }] })
  expect((await app.api.post(`/target-lists/${list}/members`, { reportId })).body).toEqual({ added: 1, alreadyThere: 0 })
  expect(await membersOf(app, list)).toEqual(['anna'])
})

test('a report that a list is kept in step with is not deleted, and who is told which list; of one that is off it is let go', async () => {
  await using app = await startApp()
  const reportId = await givenReport(app)
  const list = await givenListInStep(app, [reportId])
  const own = await app.givenUser('regular', { rights: { ...upTo('all'), types: { TargetList: { create: false, read: 'no', edit: 'no', delete: 'no' } } } })
  expect(await app.api.delete(`/reports/${reportId}`)).toMatchObject({ status: 409, body: { code: 'reportInUse', detail: expect.stringContaining('“Berliners”'), targetLists: [{ id: list, name: 'Berliners' }] } })
  expect(await app.as(own.key).delete(`/reports/${reportId}`)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('1 that you may not see'), targetLists: [] } })
  await app.api.put(`/target-lists/${list}/report-sync`, { active: false })
  expect((await app.api.delete(`/reports/${reportId}`)).status).toBe(204)
  expect(await stateOf(app, list)).toMatchObject({ active: false, reportIds: [] })
  expect((await app.api.put(`/target-lists/${list}/report-sync`, { active: true })).status).toBe(400)
})

test('whom a list in step gets is changed only by who may change that list: a report may be renamed, and a copy changed', async () => {
  await using app = await startApp()
  const filter = { and: [inCity('Berlin'), { field: 'emailAddress', op: 'contains', value: '@' }] }
  const reportId = await givenReport(app, filter)
  const list = await givenListInStep(app, [reportId])
  const bea = app.as((await app.givenUser('regular', { rights: { ...upTo('all'), types: { TargetList: { create: true, read: 'all', edit: 'own', delete: 'own' } } } })).key)
  const wider = { filter: { not: inCity('Rom') } }
  for (const change of [wider, { questions: [{ name: 'city', label: 'City', default: 'Rom' }] }, { kind: 'grid' }, { entityType: 'Lead', filter: null }]) {
    expect(await bea.patch(`/reports/${reportId}`, change)).toMatchObject({ status: 409, body: { code: 'reportInUse', detail: expect.stringMatching(/“Berliners”.*Duplicate/), targetLists: [{ id: list }] } })
  }
  // The builder saves all of it; the order of the keys says nothing.
  expect((await bea.patch(`/reports/${reportId}`, { name: 'Ours', questions: [], kind: 'list', filter: { and: [{ value: 'Berlin', op: 'equals', field: 'addressCity' }, filter.and[1]] } })).status).toBe(200)
  const { body: copy } = await bea.post(`/reports/${reportId}/duplicate`, {})
  expect((await bea.patch(`/reports/${copy.id}`, wider)).status).toBe(200)

  expect((await app.api.patch(`/reports/${reportId}`, wider)).status).toBe(200)
  await app.api.put(`/target-lists/${list}/report-sync`, { active: false })
  expect((await bea.patch(`/reports/${reportId}`, { filter })).status).toBe(200)
})

test('a grid of groups fills no list; a list report of the campaign log does', async () => {
  await using app = await startApp()
  const { body: { id: list } } = await app.api.post('/target-lists', { name: 'Any' })
  const grid = await givenReport(app, inCity('Berlin'), { kind: 'grid', groupBy: ['addressCity'] })
  expect(await app.api.post(`/target-lists/${list}/members`, { reportId: grid })).toMatchObject({ status: 409, body: { code: 'notPeople' } })
  expect((await app.api.put(`/target-lists/${list}/report-sync`, { reportIds: [grid] })).body.errors[0].path).toBe('reportIds.0')

  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const { id: massEmailId, campaignId } = await givenMassEmail(app, { to: ['zoe'], status: 'draft' })
  await app.db.insertInto('logEntry').values({ lane: 0, deliveryId: 1, campaignId, massEmailId, action: 'clicked', at: app.clock.read(), lastAt: app.clock.read(), entityType: 'Contact', recordId: anna!, emailAddress: 'anna@example.net' }).execute()
  const clickers = await givenReport(app, { field: 'action', op: 'equals', value: 'clicked' }, { entityType: 'CampaignLog' })
  await app.api.put(`/target-lists/${list}/report-sync`, { reportIds: [clickers] })
  expect((await sync(app, list)).body).toEqual({ added: 1, removed: 0, members: 1 })
  expect(await membersOf(app, list)).toEqual(['anna'])
})
