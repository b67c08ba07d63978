import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'
import { auditSubjects, auditWords } from './audit-words.ts'

const entry = (app: TestApp, values: object) => app.db.insertInto('auditEntry').values({ id: newId(), action: 'signedIn', ...values }).execute()
const found = async (app: TestApp, filter: object) =>
  (await app.api.get(`/audit-log?sort=at&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items.map(({ aboutName }: { aboutName: string }) => aboutName)

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$/.test(file)).map((file) => readFileSync(join('src', file), 'utf8')).join('\n')

test('every action that is audited has words, and so has what it is about', () => {
  const named = [...sources.matchAll(/\baudit\([^\n'`]*, '(\w+)', \{/g)].map(([, action]) => action!)
  expect(named.length).toBeGreaterThan(70)
  expect(named.filter((action) => !(action in auditWords))).toEqual([])
  const subjects = [...sources.matchAll(/\baudit\(.*\{ type: '(\w+)'/g)].map(([, type]) => type!)
  expect([...new Set(subjects.filter((type) => !(type in auditSubjects)))]).toEqual([])
})

test('the log is filtered by who, what, about what, when and from where', async () => {
  await using app = await startApp()
  const [anna, ben] = [newId(), newId()]
  await entry(app, { at: new Date('2030-01-01T09:00:00Z'), userId: anna, userName: 'anna', action: 'roleChanged', aboutType: 'Role', aboutId: 'r1', aboutName: 'first', ip: '192.0.2.1' })
  await entry(app, { at: new Date('2030-01-02T09:00:00Z'), userId: anna, userName: 'anna', action: 'signedIn', aboutType: 'User', aboutName: 'second', ip: '192.0.2.2' })
  await entry(app, { at: new Date('2030-01-03T09:00:00Z'), userId: ben, userName: 'ben', action: 'roleChanged', aboutType: 'Role', aboutId: 'r2', aboutName: 'third', ip: '192.0.2.2' })
  expect(await found(app, { field: 'userId', op: 'in', value: [anna] })).toEqual(['first', 'second'])
  expect(await found(app, { field: 'action', op: 'in', value: ['roleChanged'] })).toEqual(['first', 'third'])
  expect(await found(app, { and: [{ field: 'aboutType', op: 'in', value: ['Role'] }, { field: 'ip', op: 'equals', value: '192.0.2.2' }] })).toEqual(['third'])
  expect(await found(app, { field: 'aboutId', op: 'equals', value: 'r1' })).toEqual(['first'])
  expect(await found(app, { field: 'at', op: 'between', value: ['2030-01-02', '2030-01-03'] })).toEqual(['second', 'third'])
  expect((await app.api.get('/audit-log?q=anna+role')).body.items).toMatchObject([{ aboutName: 'first' }])
})

test('a day in the log is a day of the installation', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { timeZone: 'America/New_York' })
  await entry(app, { at: new Date('2030-01-02T03:00:00Z'), aboutName: 'late on the first' })
  expect(await found(app, { field: 'at', op: 'on', value: '2030-01-01' })).toEqual(['late on the first'])
})

test('the export holds what the filter finds, in words, with formulas made harmless, and is itself in the log', async () => {
  await using app = await startApp()
  await entry(app, { at: new Date('2030-01-01T09:00:00Z'), userName: '=cmd()', action: 'roleChanged', aboutType: 'Role', aboutName: '@evil', ip: '192.0.2.1', detail: JSON.stringify({ from: { name: 'a' } }) })
  await entry(app, { userName: 'ben', action: 'signedIn', aboutType: 'User', aboutName: 'ben' })
  const filter = encodeURIComponent(JSON.stringify({ field: 'action', op: 'in', value: ['roleChanged'] }))
  const { status, text, headers } = await app.api.get(`/audit-log/export.csv?filter=${filter}`)
  expect(status).toBe(200)
  expect(headers['content-disposition']).toContain('audit-log.csv')
  expect(text.split('\r\n')).toEqual([
    '\ufeffat,userName,action,words,aboutType,aboutName,aboutId,ip,detail',
    `2030-01-01T09:00:00.000Z,'=cmd(),roleChanged,changed the role,Role,'@evil,,192.0.2.1,"{""from"":{""name"":""a""}}"`, '',
  ])
  expect((await app.api.get('/audit-log?q=exported')).body.items).toMatchObject([{ action: 'exported', aboutType: 'AuditLog', detail: { everything: false } }])
  expect((await app.api.get('/audit-log/export.csv?filter={"field":"wrong","op":"equals","value":1}')).status).toBe(400)
})

test('an export reaches beyond its first page, each entry once', async () => {
  await using app = await startApp()
  await sql`insert into audit_entry (id, at, action) select gen_random_uuid(), timestamptz '2030-01-01' + (n / 7) * interval '1 second', 'signedIn' from generate_series(1, 2500) n`.execute(app.db)
  const { text } = await app.api.get('/audit-log/export.csv')
  expect(text.split('\r\n').filter((line) => line.includes('signedIn'))).toHaveLength(2500)
})

test('taking the log out needs the permission to export as well', async () => {
  await using app = await startApp()
  const administers = app.as((await app.givenUser('regular', { rights: { permissions: ['administer'] } })).key)
  expect((await administers.get('/audit-log')).status).toBe(200)
  expect(await administers.get('/audit-log/export.csv')).toMatchObject({ status: 403, body: { code: 'mayNotExport' } })
  const both = app.as((await app.givenUser('regular', { rights: { permissions: ['administer', 'export'] } })).key)
  expect((await both.get('/audit-log/export.csv')).status).toBe(200)
})

test('a change of who may do what says by name what it was and what it is, and never a password', async () => {
  await using app = await startApp()
  const [{ body: sales }, { body: north }] = [await app.api.post('/roles', { name: 'Sales' }), await app.api.post('/teams', { name: 'North' })]
  const { body: user } = await app.api.post('/users', { userName: 'ben', teamIds: [north.id] })
  await app.api.patch(`/users/${user.id}`, { roleIds: [sales.id], teamIds: [], password: 'a good long one' })
  const { items, text } = await app.api.get('/audit-log?q=User&sort=at').then(({ body, text }) => ({ items: body.items, text }))
  expect(items).toMatchObject([
    { action: 'userCreated', detail: { to: { type: 'regular', isActive: true, roles: [], teams: ['North'] } } },
    { action: 'userChanged', detail: { from: { roles: [], teams: ['North'] }, to: { roles: ['Sales'], teams: [] }, password: 'set' } },
  ])
  expect(text).not.toContain('a good long one')
})

test('running a job by hand and changing its schedule are in the log, with what it was before', async () => {
  await using app = await startApp()
  await app.api.post('/scheduled-jobs/clean-up/run')
  await app.api.patch('/scheduled-jobs/clean-up', { schedule: '0 4 * * *' })
  const { items } = (await app.api.get('/audit-log?q=ScheduledJob&sort=at')).body
  expect(items).toMatchObject([
    { action: 'scheduledJobRun', aboutId: 'clean-up' },
    { action: 'scheduledJobChanged', detail: { from: { schedule: '0 3 * * *', status: 'active' }, to: { schedule: '0 4 * * *' } } },
  ])
})
