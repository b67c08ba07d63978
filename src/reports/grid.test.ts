/** Grid reports by API: groups, values, having, order, totals, the rows behind a cell, and runs as files. */
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenTeam } from '../../test/given-rights.ts'
import { newId } from '../platform/id.ts'
import { exportReport } from './export.ts'
import { readReport } from './report-list.ts'

const context = { now: new Date('2030-01-01T12:00:00Z'), timeZone: 'UTC' }

const givenReport = async (app: TestApp, values: object) => (await app.api.post('/reports', { entityType: 'Contact', kind: 'grid', ...values })).body.id as string
const preview = async (app: TestApp, values: object) => {
  const { status, body, text } = await app.api.post('/report-preview', { entityType: 'Contact', kind: 'grid', ...values })
  expect(status, text).toBe(200)
  return body
}
const table = (run: any) => run.rows.map(({ labels, values }: any) => [...labels, ...Object.values(values)])

async function givenCities(app: TestApp) {
  const { body: acme } = await app.api.post('/accounts', { name: 'Acme', industry: 'Steel' })
  const { body: borg } = await app.api.post('/accounts', { name: 'Borg', industry: 'Software' })
  const people = [['Berlin', acme.id], ['Berlin', borg.id], ['BERLIN', null], ['Hamburg', acme.id], ['', null], ['Köln', borg.id]] as const
  for (const [index, [addressCity, accountId]] of people.entries()) await app.api.post('/contacts', { lastName: `Person ${index}`, addressCity, accountId })
  return { acme, borg }
}

test('groups are told apart as the filter language does: in lower case, spelled as most are, an empty text as none', async () => {
  await using app = await startApp()
  await givenCities(app)
  const run = await preview(app, { groupBy: ['addressCity'] })
  expect(table(run)).toEqual([['Berlin', 3], ['Hamburg', 1], ['Köln', 1], ['(empty)', 1]])
  expect(run.rows.map(({ group }: any) => group)).toEqual([['Berlin'], ['Hamburg'], ['Köln'], [null]])
  expect(run).toMatchObject({ kind: 'grid', totals: { count: 6 }, truncated: false, aggregates: [{ key: 'count', label: 'Count', type: 'integer' }], groups: [{ key: 'addressCity', label: 'Address City', unit: null }] })
})

test('two groupings, links by name, having and order; totals are those of the groups that are kept', async () => {
  await using app = await startApp()
  await givenCities(app)
  const run = await preview(app, { groupBy: ['accountId', 'addressCity'], aggregates: ['count', 'count:accountId', 'max:createdAt'] })
  const at = '2030-01-01T12:00:00.000Z'
  expect(table(run)).toEqual([['Acme', 'Berlin', 1, 1, at], ['Acme', 'Hamburg', 1, 1, at], ['Borg', 'Berlin', 1, 1, at], ['Borg', 'Köln', 1, 1, at], ['(empty)', 'BERLIN', 1, 0, at], ['(empty)', '(empty)', 1, 0, at]])
  const few = await preview(app, { groupBy: ['addressCity'], having: { field: 'count', op: 'lessThan', value: 3 }, sort: '-addressCity' })
  expect(table(few)).toEqual([['Köln', 1], ['Hamburg', 1], ['(empty)', 1]])
  expect(few.totals).toEqual({ count: 3 })
  expect(table(await preview(app, { groupBy: ['account.industry'], sort: '-count' }))).toEqual([['Software', 2], ['Steel', 2], ['(empty)', 2]])
  expect(table(await preview(app, {}))).toEqual([[6]])
  expect(await preview(app, { having: { field: 'count', op: 'greaterThan', value: 9 } })).toMatchObject({ rows: [], totals: { count: 0 } })
  expect(table(await preview(app, { filter: { field: 'name', op: 'equals', value: 'nobody' }, aggregates: ['count', 'min:createdAt'] }))).toEqual([[0, null]])
})

test('times fall into days, ISO weeks, months, quarters and years of the instance\'s time zone', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { timeZone: 'America/New_York' })
  for (const at of ['2030-01-01T04:59:59Z', '2030-01-01T05:00:00Z', '2030-03-31T12:00:00Z', '2030-04-01T03:00:00Z', '2030-04-01T04:00:00Z']) {
    await sql`insert into contact (id, last_name, created_at) values (${newId()}, ${at}, ${at}::timestamptz)`.execute(app.db)
  }
  const by = async (unit: string) => table(await preview(app, { groupBy: [`createdAt:${unit}`] }))
  expect(await by('day')).toEqual([['31 Dec 2029', 1], ['1 Jan 2030', 1], ['31 Mar 2030', 2], ['1 Apr 2030', 1]])
  expect(await by('week')).toEqual([['Week of 31 Dec 2029', 2], ['Week of 25 Mar 2030', 2], ['Week of 1 Apr 2030', 1]])
  expect(await by('month')).toEqual([['Dec 2029', 1], ['Jan 2030', 1], ['Mar 2030', 2], ['Apr 2030', 1]])
  expect(await by('quarter')).toEqual([['Q4 2029', 1], ['Q1 2030', 3], ['Q2 2030', 1]])
  expect(await by('year')).toEqual([['2029', 1], ['2030', 4]])
  expect((await preview(app, { groupBy: ['createdAt'] })).groups).toMatchObject([{ key: 'createdAt', unit: 'day' }])
})

test('a cell opens the rows that it counts, and the list of records finds the same by the filter that stands beside them', async () => {
  await using app = await startApp()
  await givenCities(app)
  const id = await givenReport(app, { filter: { field: 'lastName', op: 'startsWith', value: { question: 'start' } }, questions: [{ name: 'start', label: 'Begins with', default: 'Person' }], groupBy: ['addressCity', 'accountId'], columns: ['name', 'accountId'] })
  const run = (await app.api.post(`/reports/${id}/run`, {})).body
  for (const { group, values } of run.rows) {
    const rows = await app.api.post(`/reports/${id}/rows`, { group })
    expect([rows.body.total, rows.body.items.length], rows.text).toEqual([values.count, values.count])
    expect((await app.api.get(`/contacts?filter=${encodeURIComponent(JSON.stringify(rows.body.filter))}`)).body.total).toBe(values.count)
  }
  expect((await app.api.post(`/reports/${id}/rows`, { group: ['berlin'] })).body).toMatchObject({ total: 3, columns: [{ key: 'name' }, { key: 'accountId' }] })
  expect((await app.api.post(`/reports/${id}/rows`, { group: [null], columns: ['addressCity'] })).body).toMatchObject({ total: 1, items: [{ addressCity: '' }] })
  expect((await app.api.post(`/reports/${id}/rows`, {})).body).toMatchObject({ total: 6 })
  expect((await app.api.post(`/reports/${id}/rows`, { answers: { start: 'Person 3' }, group: [] })).body).toMatchObject({ total: 1 })
  const wrong = async (body: object) => (await app.api.post(`/reports/${id}/rows`, body)).body.errors.map(({ path }: { path: string }) => path)
  expect(await wrong({ group: [7] })).toEqual(['group.0'])
  expect(await wrong({ group: [{ $gt: '' }] })).toEqual(['group.0'])
  for (const value of [`'; drop table contact; --`, '%', '\\', '$1', `{"a"}`]) expect((await app.api.post(`/reports/${id}/rows`, { group: [value, value] })).body.total).toBe(0)
  expect(await wrong({ group: ['a\0b'] })).toEqual(['group.0'])
  expect(await wrong({ columns: ['hat'], sort: 'coat' })).toEqual(['columns.0', 'sort'])
  const flat = await givenReport(app, { groupBy: ['addressCity'] })
  expect((await app.api.post(`/reports/${flat}/rows`, { group: ['Berlin', 'Acme'] })).body.errors[0].path).toBe('group')
  const monthly = await givenReport(app, { groupBy: ['createdAt:month'] })
  expect((await app.api.post(`/reports/${monthly}/rows`, { group: ['January'] })).body.errors[0].path).toBe('group.0')
  expect((await app.api.post(`/reports/${monthly}/rows`, { group: ['2030-01-01'] })).body.total).toBe(6)
})

test('money is added up in one currency; several are refused with what to do', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types/Account/fields', { name: 'budget', type: 'currency', label: 'Budget' })
  for (const [name, amount, currency] of [['A', '10.50', 'EUR'], ['B', '2', 'EUR'], ['C', '3', 'USD']]) await app.api.post('/accounts', { name, budget: { amount, currency } })
  await app.api.post('/accounts', { name: 'D' })
  const money = { entityType: 'Account', aggregates: ['sum:budget', 'avg:budget', 'max:budget'] }
  const mixed = await app.api.post('/report-preview', { kind: 'grid', ...money })
  expect([mixed.status, mixed.body.code, mixed.body.detail]).toEqual([409, 'mixedCurrencies', expect.stringContaining('Budget Currency')])
  const run = await preview(app, { ...money, groupBy: ['budgetCurrency'] })
  expect(table(run)).toEqual([['EUR', 12.5, 6.25, 10.5], ['USD', 3, 3, 3], ['(empty)', null, null, null]])
  expect(run.totals).toEqual({ 'sum:budget': null, 'avg:budget': null, 'max:budget': null })
  const euros = { ...money, filter: { field: 'budgetCurrency', op: 'equals', value: 'EUR' } }
  expect(table(await preview(app, euros))).toEqual([[12.5, 6.25, 10.5]])
  expect((await app.api.post('/report-preview', { ...euros, kind: 'list' })).body.totals).toEqual({ 'sum:budget': 12.5, 'avg:budget': 6.25, 'max:budget': 10.5 })
  expect((await app.api.post('/report-preview', { ...money, kind: 'list' })).body.totals).toEqual({ 'sum:budget': null, 'avg:budget': null, 'max:budget': null })
})

test('options come in their own order, and numbers of any size open their rows', async () => {
  await using app = await startApp()
  for (const status of ['Dead', 'New', 'In Process', 'New']) await app.api.post('/leads', { lastName: status, status })
  expect(table(await preview(app, { entityType: 'Lead', groupBy: ['status'] }))).toEqual([['New', 2], ['In Process', 1], ['Dead', 1]])
  await app.db.updateTable('lead').set({ status: 'Gone' }).where('lastName', '=', 'Dead').execute()
  const gone = await givenReport(app, { entityType: 'Lead', groupBy: ['status'] })
  expect((await app.api.post(`/reports/${gone}/rows`, { group: ['Gone'] })).body).toMatchObject({ total: 1, filter: null })

  await app.api.post('/entity-types/Lead/fields', { name: 'worth', type: 'decimal', label: 'Worth' })
  for (const worth of ['12345678901234567890.12345', '0.1', '0.10', '-5']) await app.api.post('/leads', { lastName: 'Rich', worth })
  const id = await givenReport(app, { entityType: 'Lead', groupBy: ['worth'], filter: { field: 'worth', op: 'isNotEmpty' } })
  const { rows } = (await app.api.post(`/reports/${id}/run`, {})).body
  expect(rows.map(({ group, values }: any) => [group[0], values.count])).toEqual([[-5, 1], [0.1, 2], ['12345678901234567890.12345', 1]])
  for (const { group, values } of rows) expect((await app.api.post(`/reports/${id}/rows`, { group })).body.total).toBe(values.count)
})

test('more groups than can be looked at are cut off behind the first, and said to be', async () => {
  await using app = await startApp()
  await sql`insert into contact (id, last_name) select uuid_v7(), 'n' || lpad(n::text, 5, '0') from generate_series(1, 1005) n`.execute(app.db)
  const run = await preview(app, { groupBy: ['lastName'], sort: '-lastName' })
  expect([run.truncated, run.rows.length, run.rows[0].labels, run.totals.count]).toEqual([true, 1000, ['n01005'], 1005])
})

test('a grid counts only what the one who runs it may read, and names no record that he may not', async () => {
  await using app = await startApp()
  const { acme, borg } = await givenCities(app)
  const { me, other, as } = await givenTeam(app, 'own')
  await app.db.updateTable('contact').set({ assignedUserId: other.actor.userId }).execute()
  await app.db.updateTable('contact').set({ assignedUserId: me.actor.userId }).where('addressCity', 'in', ['Berlin', 'Hamburg']).execute()
  await app.db.updateTable('account').set({ assignedUserId: me.actor.userId }).where('id', '=', acme.id).execute()
  const { body } = await as.post('/report-preview', { entityType: 'Contact', kind: 'grid', groupBy: ['accountId', 'account.industry'] })
  expect(body.rows.map(({ group, labels, values }: any) => [group[0], ...labels, values.count])).toEqual([[acme.id, 'Acme', 'Steel', 2], [borg.id, '(not visible)', '(empty)', 1]])
})

test('a run is exported as CSV and XLSX by whoever may export, and is in the audit log; nothing in it runs as a formula', async () => {
  await using app = await startApp()
  const { acme } = await givenCities(app)
  await app.api.post('/contacts', { lastName: '=1+1', addressCity: 'Berlin', accountId: acme.id })
  const list = await givenReport(app, { kind: 'list', name: 'Län "x"', columns: ['lastName', 'accountId', 'createdAt'], sort: 'lastName', filter: { field: 'addressCity', op: 'equals', value: { question: 'city' } }, questions: [{ name: 'city', label: 'City' }] })
  const csv = await app.api.get(`/reports/${list}/export.csv?answers=${encodeURIComponent('{"city":"berlin"}')}&sort=-lastName`)
  expect(csv.text).toBe(`\ufeffLast Name,Account,Created\r\nPerson 2,,2030-01-01T12:00:00.000Z\r\nPerson 1,Borg,2030-01-01T12:00:00.000Z\r\nPerson 0,Acme,2030-01-01T12:00:00.000Z\r\n'=1+1,Acme,2030-01-01T12:00:00.000Z\r\n`)
  expect(csv.headers['content-disposition']).toContain('L_n _x_.csv')
  expect((await app.api.get(`/reports/${list}/export.xlsx`)).text.slice(0, 2)).toBe('PK')
  const grid = await givenReport(app, { groupBy: ['addressCity', 'accountId'], aggregates: ['count', 'count:lastName'], having: { field: 'count', op: 'greaterThan', value: 1 } })
  expect((await app.api.get(`/reports/${grid}/export.csv`)).text).toBe('\ufeffAddress City,Account,Count,Filled: Last Name\r\nBerlin,Acme,2,2\r\n')
  const daily = await givenReport(app, { groupBy: ['createdAt', 'createdAt:month'] })
  expect((await app.api.get(`/reports/${daily}/export.csv`)).text).toBe('\ufeffCreated,Created,Count\r\n2030-01-01,Jan 2030,7\r\n')
  expect((await app.api.get(`/reports/${list}/export.csv?answers=no`)).status).toBe(400)
  expect((await app.api.get(`/reports/${list}/export.csv?answers=${encodeURIComponent('{"city":7}')}`)).status).toBe(400)
  expect((await app.api.get(`/reports/${list}/export.csv?hat=1`)).status).toBe(400)
  const { body } = await app.api.get('/audit-log?limit=200')
  expect(body.items.filter(({ action }: { action: string }) => action === 'exported')).toHaveLength(4)
})

test('an export of thousands of rows goes through one statement and gives back its connection, also when it is broken off', async () => {
  await using app = await startApp()
  await sql`insert into contact (id, last_name) select uuid_v7(), 'n' || n from generate_series(1, 3500) n`.execute(app.db)
  const id = await givenReport(app, { kind: 'list', columns: ['lastName'] })
  const report = await readReport(app.db, app.admin, id, context)
  for (let round = 0; round < 12; round++) {
    expect((await app.api.get(`/reports/${id}/export.csv`)).text.split('\r\n')).toHaveLength(3502)
    const pieces = await exportReport(app.db, app.admin, report, 'csv', {}, context)
    await pieces.next()
    await pieces.next()
    await pieces.return(undefined)
  }
  await vi.waitFor(async () => expect((await sql<{ count: number }>`select count(*) as count from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`.execute(app.db)).rows[0]!.count).toBe(0))
})
