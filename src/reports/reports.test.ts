/** Reports by API: kept, shared, judged, run as lists, and whom they stand for. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenTeam, upTo } from '../../test/given-rights.ts'
import { newId } from '../platform/id.ts'

const berliners = { field: 'addressCity', op: 'equals', value: 'Berlin' }
const asked = { field: 'addressCity', op: 'equals', value: { question: 'city' } }

const givenContact = async (app: TestApp, values: object) => (await app.api.post('/contacts', values)).body.id as string
const givenReport = async (app: TestApp, values: object) => (await app.api.post('/reports', { entityType: 'Contact', kind: 'list', ...values })).body as { id: string }
const named = (answer: { body: any }) => answer.body.items.map((item: { name: string }) => item.name)

test('a report keeps its question as it was given; only what it is about and its kind are required', async () => {
  await using app = await startApp()
  const least = await app.api.post('/reports', { entityType: 'Contact', kind: 'list' })
  expect([least.status, least.body]).toEqual([201, expect.objectContaining({ name: 'Contacts', filter: null, columns: [], groupBy: [], aggregates: [], chart: null, assignedUserId: app.admin.userId, pinned: false, problems: [], version: 1 })])
  const whole = {
    name: 'Cities', description: 'Who is where', category: 'Monthly', entityType: 'Contact', kind: 'grid', filter: { and: [asked, { activity: 'clicked', withinDays: 30 }] },
    questions: [{ name: 'city', label: 'Which city?', default: 'Berlin' }], columns: ['name', 'account.industry'], sort: '-count',
    groupBy: ['addressCity', 'createdAt:month'], aggregates: ['COUNT', 'max:modifiedAt'], having: { field: 'count', op: 'greaterThan', value: 1 }, chart: 'bar',
  }
  const made = await app.api.post('/reports', whole)
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({
    ...whole, groupBy: [{ field: 'addressCity' }, { field: 'createdAt', unit: 'month' }], aggregates: [{ function: 'count' }, { function: 'max', field: 'modifiedAt' }], chart: { type: 'bar' },
  })])
  expect((await app.api.get(`/reports/${made.body.id}`)).body).toEqual(made.body)
  const changed = await app.api.patch(`/reports/${made.body.id}`, { name: 'Towns', chart: null, sort: null })
  expect(changed.body).toMatchObject({ name: 'Towns', chart: null, sort: '', having: whole.having, version: 2 })
  const copy = await app.api.post(`/reports/${made.body.id}/duplicate`, {})
  expect([copy.status, copy.body]).toEqual([201, expect.objectContaining({ ...changed.body, id: copy.body.id, name: 'Towns (copy)', version: 1, createdAt: expect.any(String), modifiedAt: expect.any(String) })])
  expect(named(await app.api.get('/reports?q=towns&sort=-name'))).toEqual(['Towns (copy)', 'Towns'])
  expect((await app.api.delete(`/reports/${made.body.id}`)).status).toBe(204)
  expect((await app.api.get(`/reports/${made.body.id}`)).status).toBe(404)
  expect((await app.api.get('/audit-log?limit=200')).body.items.map(({ action }: { action: string }) => action)).toContain('reportDeleted')
})

test('all that is wrong with a report is named at once, each with its path', async () => {
  await using app = await startApp()
  const paths = async (report: object) => {
    const { status, body } = await app.api.post('/reports', { entityType: 'Contact', kind: 'grid', ...report })
    expect(status).toBe(400)
    return body.errors.map(({ path }: { path: string }) => path)
  }
  expect(await paths({
    filter: { and: [{ field: 'shoeSize', op: 'equals', value: 44 }, asked, { field: 'addressCity', op: 'isNear', value: { question: 'town' } }] },
    questions: [{ name: 'town', label: 'Town' }, { name: 'town', label: 'Town', default: { city: 'Berlin' } }], columns: ['name', 'coat'], sort: 'hat', groupBy: ['teamIds', 'name:month'],
    aggregates: ['sum', 'sum:name', 'count'], having: { field: 'max:name', op: 'equals', value: 1 }, chart: { type: 'pie', aggregate: 'avg:x' },
  })).toEqual([
    'filter.and.1.value', 'filter.and.0.field', 'filter.and.2.op', 'questions.1.name', 'questions.1.default', 'columns.1', 'groupBy.0', 'groupBy.1', 'aggregates.0', 'aggregates.1', 'having.field', 'sort', 'chart.aggregate',
  ])
  expect(await paths({ entityType: 'Ghost' })).toEqual(['entityType'])
  expect(await paths({ groupBy: ['__proto__', 'constructor'], columns: ['hasOwnProperty'], aggregates: ['sum:toString'], filter: { field: '__proto__', op: 'equals', value: '' } })).toEqual(['filter.field', 'columns.0', 'groupBy.0', 'groupBy.1', 'aggregates.0'])
  expect(await paths({ filter: { and: [{ activity: 'sent', lastCampaigns: 0 }, { activity: 'sent', lastCampaigns: '3' }, { activity: 'sent', campaignIds: 'x' }, { activity: 'sent', lastCampaigns: 51, campaignIds: [] }] } }))
    .toEqual(['filter.and.0.lastCampaigns', 'filter.and.1.lastCampaigns', 'filter.and.2.campaignIds', 'filter.and.3.lastCampaigns'])
  expect(await paths({ name: 'a\0b', description: 'a\0b' })).toEqual(['name', 'description'])
  let deep: object = { field: 'doNotEmail', op: 'isTrue' }
  for (let level = 0; level < 800; level++) deep = { not: deep }
  expect(await paths({ filter: deep })).toHaveLength(1)
  expect(await paths({ kind: 'list', sort: 'teamIds' })).toEqual(['sort'])
  // Also what a list keeps for the day on which it is a grid again.
  expect(await paths({ kind: 'list', groupBy: ['a\0b'], having: { ...deep }, chart: { type: 'bar', aggregate: 'a\0b' } })).toEqual(['groupBy.0', expect.stringContaining('having'), 'chart.aggregate'])
  expect(await paths({ assignedUserId: '' })).toEqual(['assignedUserId'])
  expect(await paths({ questions: [{ name: 'city', label: 'a\0b', default: ['a\0b'] }], columns: [`name"; drop table report; --`], sort: `'; select`, groupBy: [`"id"`], aggregates: [`max:id) from "user"`] }))
    .toEqual(['questions.0', 'columns.0', 'groupBy.0', 'aggregates.0', 'sort'])
  expect(await paths({ assignedUserId: newId(), teamIds: [newId()] })).toEqual(['teamIds', 'assignedUserId'])
})

test('a list report shows its columns with the names of what is linked, in its order, with totals over all rows', async () => {
  await using app = await startApp()
  const { body: account } = await app.api.post('/accounts', { name: 'Acme', industry: 'Steel' })
  for (const [index, city] of ['Berlin', 'berlin', 'Hamburg'].entries()) await givenContact(app, { lastName: `Person ${index}`, addressCity: city, ...(index === 0 && { accountId: account.id }) })
  const { id } = await givenReport(app, { filter: berliners, columns: ['name', 'accountId', 'account.industry', 'assignedUserId'], sort: '-name', aggregates: ['count:accountId', 'max:createdAt'] })
  const { status, body } = await app.api.post(`/reports/${id}/run`, {})
  expect(status).toBe(200)
  expect(body).toMatchObject({ kind: 'list', total: 2, totalIsEstimate: false, next: null, totals: { 'count:accountId': 1, 'max:createdAt': '2030-01-01T12:00:00.000Z' } })
  expect(body.columns.map(({ key, label }: { key: string; label: string }) => [key, label])).toEqual([['name', 'Name'], ['accountId', 'Account'], ['account.industry', 'Account: Industry'], ['assignedUserId', 'Assigned User']])
  expect(body.items).toMatchObject([
    { name: 'Person 1', accountId: null, accountName: null, 'account.industry': null, assignedUserName: 'Test admin' },
    { name: 'Person 0', accountId: account.id, accountName: 'Acme', 'account.industry': 'Steel' },
  ])
  const first = await app.api.post(`/reports/${id}/run`, { limit: 1, sort: 'name' })
  expect(named(first)).toEqual(['Person 0'])
  expect(named(await app.api.post(`/reports/${id}/run`, { limit: 1, sort: 'name', cursor: first.body.next }))).toEqual(['Person 1'])
  expect((await app.api.post(`/reports/${id}/run`, { sort: 'hat' })).body.errors[0].path).toBe('sort')
})

test('a question is asked when the report is run: its answer counts, else its default, else its condition is left out', async () => {
  await using app = await startApp()
  for (const city of ['Berlin', 'Hamburg', 'Köln']) await givenContact(app, { lastName: city, addressCity: city })
  const withDefault = await givenReport(app, { filter: asked, questions: [{ name: 'city', label: 'City', default: 'Berlin' }] })
  const without = await givenReport(app, { filter: { or: [{ and: [asked] }, { field: 'lastName', op: 'in', value: [{ question: 'name' }] }] }, questions: [{ name: 'city', label: 'City' }, { name: 'name', label: 'Name' }], sort: 'name' })
  const names = async ({ id }: { id: string }, answers: object) => named(await app.api.post(`/reports/${id}/run`, { answers }))
  expect(await names(withDefault, {})).toEqual(['Berlin'])
  expect(await names(withDefault, { city: 'hamburg' })).toEqual(['Hamburg'])
  expect(await names(withDefault, { city: '' })).toEqual(['Berlin'])
  expect(await names(without, { city: 'Köln' })).toEqual(['Köln'])
  expect(await names(without, { city: 'Köln', name: 'Berlin' })).toEqual(['Berlin', 'Köln'])
  expect(await names(without, {})).toEqual(['Berlin', 'Hamburg', 'Köln'])
  expect((await app.api.post(`/reports/${without.id}/run`, { answers: { city: 7, town: 'x' } })).body.errors).toMatchObject([{ path: 'answers.town' }])
  expect((await app.api.post(`/reports/${without.id}/run`, { answers: { city: 7 } })).body.errors).toMatchObject([{ path: 'answers.city' }])
})

test('a report whose field went still opens and can be renamed; it says what is wrong, and does not run', async () => {
  await using app = await startApp()
  const { id } = await givenReport(app, { name: 'Big feet', filter: berliners })
  await app.db.updateTable('report').set({ filter: JSON.stringify({ field: 'shoeSize', op: 'greaterThan', value: 44 }), columns: ['hat'] }).where('id', '=', id).execute()
  expect((await app.api.get(`/reports/${id}`)).body.problems).toMatchObject([{ path: 'filter.field', message: expect.stringContaining('shoeSize') }, { path: 'columns.0' }])
  expect((await app.api.patch(`/reports/${id}`, { name: 'Large feet' })).body).toMatchObject({ name: 'Large feet', problems: [{}, {}] })
  expect((await app.api.post(`/reports/${id}/duplicate`, {})).status).toBe(201)
  const run = await app.api.post(`/reports/${id}/run`, {})
  expect([run.status, run.body]).toEqual([409, expect.objectContaining({ code: 'reportBroken', errors: [expect.objectContaining({ path: 'filter.field' }), expect.objectContaining({ path: 'columns.0' })] })])
})

test('a report that is not kept yet is run as it would be, and what is wrong with it is said', async () => {
  await using app = await startApp()
  await givenContact(app, { lastName: 'Anna', addressCity: 'Berlin' })
  expect(named(await app.api.post('/report-preview', { entityType: 'Contact', kind: 'list', filter: berliners }))).toEqual(['Anna'])
  const wrong = await app.api.post('/report-preview', { entityType: 'Contact', kind: 'list', filter: { field: 'hat', op: 'isEmpty' }, sort: 'hat' })
  expect([wrong.status, wrong.body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['filter.field', 'sort']])
})

test('sharing a report shows the question, not the records: everybody runs it with his own rights', async () => {
  await using app = await startApp()
  const { teamId, me, other, as } = await givenTeam(app, 'team')
  await app.api.post('/contacts', { lastName: 'Mine', assignedUserId: me.actor.userId })
  await app.api.post('/contacts', { lastName: 'Team', assignedUserId: other.actor.userId, teamIds: [teamId] })
  await app.api.post('/contacts', { lastName: 'Other', assignedUserId: other.actor.userId })
  const shared = await givenReport(app, { name: 'Shared', sort: 'name', teamIds: [teamId], assignedUserId: other.actor.userId })
  const hidden = await givenReport(app, { name: 'Hidden', assignedUserId: other.actor.userId })
  expect(named(await as.get('/reports'))).toEqual(['Shared'])
  expect(named(await as.post(`/reports/${shared.id}/run`, {}))).toEqual(['Mine', 'Team'])
  expect((await as.post(`/reports/${hidden.id}/run`, {})).status).toBe(404)
  const blind = await app.givenUser('regular', { rights: { ...upTo('all'), types: { Contact: { create: false, read: 'no', edit: 'no', delete: 'no' }, Campaign: { create: false, read: 'no', edit: 'no', delete: 'no' } } } })
  expect((await app.as(blind.key).post(`/reports/${shared.id}/run`, {})).status).toBe(403)
  expect((await app.as(blind.key).post('/reports', { entityType: 'Contact', kind: 'list' })).status).toBe(403)
  expect((await app.as(blind.key).post('/report-preview', { entityType: 'Delivery', kind: 'list' })).status).toBe(403)
  const sources = (await app.as(blind.key).get('/report-sources')).body.items.map(({ name }: { name: string }) => name)
  expect(sources).toEqual(['Lead', 'User', 'Account'])
  const givenAway = await as.post('/reports', { entityType: 'Contact', kind: 'list', assignedUserId: other.actor.userId })
  expect([givenAway.status, (await as.get(`/reports/${givenAway.body.id}`)).status]).toEqual([201, 404])
})

test('sources name their fields, those one link away too, and what each is good for', async () => {
  await using app = await startApp()
  const { items } = (await app.api.get('/report-sources')).body as { items: { name: string; slug: string | null; fillsTargetLists: boolean; fields: any[]; defaultColumns: string[] }[] }
  expect(items.map(({ name, slug, fillsTargetLists }) => [name, slug, fillsTargetLists])).toEqual([
    ['Contact', 'contacts', true], ['Lead', 'leads', true], ['User', 'users', true], ['Account', 'accounts', true], ['Delivery', null, true], ['CampaignLog', null, true],
  ])
  const field = (source: string, key: string) => items.find(({ name }) => name === source)!.fields.find((each) => each.key === key)
  expect(field('Contact', 'account.industry')).toMatchObject({ label: 'Industry', through: 'Account', groupable: true, sortable: true, summable: false })
  expect(field('Contact', 'teamIds')).toMatchObject({ groupable: false, sortable: false, linksTo: 'Team' })
  expect(field('CampaignLog', 'Contact.addressCity')).toMatchObject({ label: 'Address City', through: 'Contact' })
  expect(field('Delivery', 'sentAt')).toMatchObject({ type: 'dateTime', summable: false, ranged: true })
  for (const { name, fields, defaultColumns } of items) {
    const columns = fields.map(({ key }) => key)
    expect(new Set(columns).size, name).toBe(columns.length)
    for (let from = 0; from < columns.length; from += 50) {
      const run = await app.api.post('/report-preview', { entityType: name, kind: 'list', columns: columns.slice(from, from + 50) })
      expect([run.status, name], run.text).toEqual([200, name])
    }
    expect(defaultColumns.every((key) => columns.includes(key)), name).toBe(true)
    for (const { key, sortable } of fields) if (sortable && !key.includes('.')) expect([key, (await app.api.post('/report-preview', { entityType: name, kind: 'list', sort: key })).status]).toEqual([key, 200])
  }
}, 60_000)

test('what stands on Home is one\'s own choice, in its order, as long as one may read it', async () => {
  await using app = await startApp()
  const [first, second] = [await givenReport(app, { name: 'First' }), await givenReport(app, { name: 'Second' })]
  const ben = await app.givenUser('regular')
  expect(named(await app.api.put('/report-pins', { reportIds: [second.id, first.id, second.id] }))).toEqual(['Second', 'First'])
  expect((await app.api.get(`/reports/${first.id}`)).body.pinned).toBe(true)
  expect((await app.as(ben.key).get('/report-pins')).body.items).toEqual([])
  expect((await app.as(ben.key).get(`/reports/${first.id}`)).body.pinned).toBe(false)
  expect((await app.api.put('/report-pins', { reportIds: [first.id, newId(), 'no id'] })).body.errors.map(({ path }: { path: string }) => path)).toEqual(['reportIds.1', 'reportIds.2'])
  await app.api.delete(`/reports/${second.id}`)
  expect(named(await app.api.get('/report-pins'))).toEqual(['First'])
  await Promise.all([1, 2, 3].map(() => app.api.put('/report-pins', { reportIds: [first.id] })))
  expect(named(await app.api.put('/report-pins', { reportIds: [] }))).toEqual([])
})

test('a report on which something else rests is not deleted, and says so', async () => {
  await using app = await startApp()
  const { id } = await givenReport(app, {})
  await sql`create table rests_on (report_id uuid not null references report)`.execute(app.db)
  await sql`insert into rests_on values (${id})`.execute(app.db)
  const { status, body } = await app.api.delete(`/reports/${id}`)
  expect([status, body.code]).toEqual([409, 'reportInUse'])
})
