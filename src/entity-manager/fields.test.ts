import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { faultsOf, givenEntityType } from '../../test/given-entity-type.ts'
import { uniqueIndexOf } from '../records/storage-names.ts'

const people = (app: TestApp, ...values: object[]) => Promise.all(values.map(async (each) => (await app.api.post('/contacts', { lastName: 'X', ...each })).body))
const add = async (app: TestApp, field: object) => {
  const answer = await app.api.post('/entity-types/Contact/fields', field)
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const change = (app: TestApp, name: string, body: object) => app.api.patch(`/entity-types/Contact/fields/${name}`, body)

test('a shipped type gets fields of its own; what comes with the product stays, but for its words', async () => {
  await using app = await startApp()
  const [before] = await people(app, { lastName: 'Before' })
  expect(await add(app, { name: 'segment', type: 'enum', label: 'Segment', options: ['A', 'B'], default: 'A' })).toMatchObject({ key: 'segment', custom: true, default: 'A' })
  await add(app, { name: 'sponsor', type: 'link', linksTo: 'Contact' })
  expect((await app.api.get(`/contacts/${before.id}`)).body.segment).toBe('')
  const [after] = await people(app, { lastName: 'After', sponsorId: before.id })
  expect(after).toMatchObject({ segment: 'A', sponsorName: 'Before' })
  expect(await change(app, 'firstName', { label: 'Given Name', required: true })).toMatchObject({ status: 200, body: { label: 'Given Name', required: true, custom: false } })
  expect(faultsOf(await app.api.post('/contacts', { lastName: 'X' }))).toEqual({ firstName: 'is required' })
  expect(faultsOf(await change(app, 'firstName', { maxLength: 10, type: 'integer', unique: true }))).toEqual(
    { maxLength: expect.stringContaining('comes with the product'), type: expect.stringContaining('comes with the product'), unique: expect.stringContaining('comes with the product') })
  expect((await app.api.delete('/entity-types/Contact/fields/firstName')).body.code).toBe('shippedField')
  expect((await app.api.delete('/entity-types/Contact')).body.code).toBe('shippedType')
  expect(faultsOf(await app.api.post('/entity-types/Contact/fields', { name: 'segment', type: 'text' }))).toHaveProperty('name')
})

test('a change that records do not fit is refused with the number of them, and a preview says so before', async () => {
  await using app = await startApp()
  await add(app, { name: 'code', type: 'text', label: 'Code' })
  await add(app, { name: 'segment', type: 'enum', options: ['A', 'B', 'C'] })
  await people(app, { code: 'x1', segment: 'A' }, { code: 'X1', segment: 'B' }, { code: 'y2', segment: 'B' }, { code: '' }, { code: '' }, { code: 'a long one' })
  expect(faultsOf(await change(app, 'code', { unique: true })).unique).toContain('“x1” in 2 records')
  expect(faultsOf(await change(app, 'segment', { options: ['A', 'C'] })).options).toContain('“B” in 2 records')
  expect(faultsOf(await change(app, 'code', { maxLength: 5 })).maxLength).toContain('1 records')
  expect(faultsOf(await change(app, 'code', { type: 'enum', options: ['x1'] })).options).toContain('“X1” in 1 records')
  expect(faultsOf(await change(app, 'code', { type: 'integer' })).type).toContain('From text the type can be changed to longText')
  expect((await app.api.post('/entity-types/Contact/fields/code/preview', { unique: true })).body).toMatchObject({ possible: false, errors: [{ path: 'unique' }] })
  expect((await app.api.post('/entity-types/Contact/fields/code/preview', { required: true })).body).toMatchObject({ possible: true, errors: [], notes: [expect.stringContaining('2 of 6 Contacts have no value')] })
  expect((await app.api.get('/entity-types/Contact')).body.fields.find(({ name }: { name: string }) => name === 'code')).toMatchObject({ unique: false, required: false, type: 'text' })
  expect(await change(app, 'segment', { options: ['B', 'A'], label: 'Group' })).toMatchObject({ status: 200, body: { options: ['B', 'A'], label: 'Group' } })
  expect(faultsOf(await app.api.post('/contacts', { lastName: 'X', segment: 'C' }))).toHaveProperty('segment')
})

test('unique is kept by the database, whoever writes, and can be taken back', async () => {
  await using app = await startApp()
  await add(app, { name: 'code', type: 'text' })
  const [one, two] = await people(app, { code: 'a' }, { code: 'b' })
  expect((await change(app, 'code', { unique: true })).status).toBe(200)
  expect(await app.api.patch(`/contacts/${two.id}`, { code: 'A' })).toMatchObject({ status: 409, body: { code: 'notUnique', errors: [{ path: 'code' }] } })
  const racing = await Promise.all(Array.from({ length: 4 }, () => app.api.post('/contacts', { lastName: 'X', code: 'same' })))
  expect(racing.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
  expect((await change(app, 'code', { unique: false })).status).toBe(200)
  expect((await app.api.patch(`/contacts/${two.id}`, { code: one.code })).status).toBe(200)
})

test('a type is changed where nothing is lost: values come along, and undoing brings the old field back', async () => {
  await using app = await startApp()
  await add(app, { name: 'size', type: 'integer' })
  await add(app, { name: 'level', type: 'enum', options: ['low', 'high'] })
  await add(app, { name: 'since', type: 'date' })
  const [one] = await people(app, { size: 3, level: 'low', since: '2030-02-01' })
  expect((await change(app, 'size', { type: 'decimal' })).body).toMatchObject({ type: 'decimal' })
  expect((await change(app, 'level', { type: 'multiEnum' })).body).toMatchObject({ type: 'multiEnum', options: ['low', 'high'] })
  expect((await change(app, 'since', { type: 'dateTime' })).body.type).toBe('dateTime')
  expect((await app.api.patch(`/contacts/${one.id}`, { size: 3.5 })).body).toMatchObject({ size: 3.5, level: ['low'], since: '2030-02-01T00:00:00.000Z' })
  expect((await app.api.get('/entity-types/last-change/losses')).body.losses).toEqual(['“Since” of Contact gets the values back that it had before its kind was changed, instead of 1 value'])
  expect((await app.api.post('/entity-types/undo')).body.undone.summary).toContain('Since')
  expect((await app.api.get(`/contacts/${one.id}`)).body).toMatchObject({ since: '2030-02-01', level: ['low'] })
})

test('a removed field is gone from lists, forms and filters; undone, it is back with its values', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  const { body: anna } = await app.api.post('/doctors', { lastName: 'Ito', licenceNumber: 'L1', speciality: 'Surgery' })
  const template = (await app.api.post('/email-templates', { name: 'Welcome', subject: '{Doctor.licenceNumber}', body: 'Hi', format: 'html' })).body
  await app.api.post('/reports', { entityType: 'Doctor', kind: 'list', columns: ['name'] })
  const report = (await app.api.post('/reports', { entityType: 'Doctor', kind: 'grid', aggregates: ['count:licenceNumber'] })).body
  const view = (await app.api.post('/saved-views', { entityType: 'Doctor', name: 'By licence', filter: { not: { field: 'licenceNumber', op: 'isEmpty' } } })).body
  expect((await app.api.get('/entity-types/Doctor/fields/licenceNumber/usage')).body).toMatchObject({ savedViews: [{ id: view.id }], reports: [{ id: report.id }], records: 1, recordsWithValue: 1, emailTemplates: [{ id: template.id, name: 'Welcome' }] })
  expect((await app.api.get('/entity-types/Doctor/fields/speciality/usage')).body.options).toEqual([{ option: 'Surgery', records: 1 }])
  expect((await app.api.delete('/entity-types/Doctor/fields/licenceNumber')).status).toBe(204)
  expect((await app.api.get(`/doctors/${anna.id}`)).body).not.toHaveProperty('licenceNumber')
  expect(faultsOf(await app.api.post('/doctors', { licenceNumber: 'L2' }))).toHaveProperty('licenceNumber')
  const { body: { change: last } } = await app.api.get('/entity-types/last-change')
  expect(last.summary).toBe('Field “Licence Number” of Doctor removed')
  expect((await app.api.post('/entity-types/undo', { id: last.id })).body.undone).toEqual(last)
  expect((await app.api.get(`/doctors/${anna.id}`)).body.licenceNumber).toBe('L1')
  expect((await app.api.post('/doctors', { lastName: 'Twin', licenceNumber: 'l1' })).status).toBe(409)
  expect((await app.api.post('/entity-types/undo', { id: last.id })).body.code).toBe('notTheLastChange')
  expect((await app.api.get('/audit-log')).body.items.map(({ action }: { action: string }) => action)).toEqual(expect.arrayContaining(['fieldRemoved', 'definitionChangeUndone']))
})

test('a removed type comes back with its records and the links to them; after 30 days Clean Up has dropped it for good', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  await app.api.post('/doctors', { lastName: 'Ito' })
  await app.api.post('/entity-types/Contact/fields', { name: 'physician', type: 'link', linksTo: 'Doctor' })
  expect((await app.api.get('/entity-types/Doctor/usage')).body).toMatchObject({ records: 1, links: [{ entityType: 'Contact', field: 'physician' }] })
  expect((await app.api.delete('/entity-types/Doctor')).status).toBe(204)
  expect((await app.api.get('/doctors')).status).toBe(404)
  expect((await app.api.get('/contacts?fields=physicianId')).status).toBe(400)
  await app.api.post('/entity-types/undo')
  expect((await app.api.get('/doctors')).body.total).toBe(1)
  expect((await app.api.get('/contacts?fields=physicianId')).status).toBe(200)
  await app.api.delete('/entity-types/Doctor')
  const tables = async () => (await sql<{ relname: string }>`select relname from pg_class where relname like 'x\\_%' and relkind = 'r'`.execute(app.db)).rows
  for (const days of [0, 29, 2]) {
    app.clock.advance({ hours: 24 * days })
    await app.api.post('/scheduled-jobs/clean-up/run')
    await app.settle()
    if (days < 2) expect(await tables()).toHaveLength(1)
  }
  expect(await tables()).toEqual([])
  expect((await app.api.post('/entity-types/undo')).body.code).toBe('nothingToUndo')
})

test('fields come while records are written: nothing is refused', async () => {
  await using app = await startApp()
  let isOver = false
  const statuses = new Set<number>()
  const write = async () => {
    while (!isOver) statuses.add((await app.api.post('/contacts', { lastName: 'Busy' })).status)
  }
  const writers = [write(), write(), write()]
  for (let number = 1; number <= 5; number++) await add(app, { name: `extra${number}`, type: 'text', unique: number % 2 === 0 })
  expect((await app.api.delete('/entity-types/Contact/fields/extra1')).status).toBe(204)
  isOver = true
  await Promise.all(writers)
  expect([...statuses]).toEqual([201])
})

test('while somebody reads a table for long a new field waits, and everybody else works on', async () => {
  await using app = await startApp()
  const reader = await app.db.startTransaction().execute()
  await sql`select count(*) from contact`.execute(reader)
  const field = app.api.post('/entity-types/Contact/fields', { name: 'late', type: 'text' })
  // Were the field waiting for its lock without end, these would wait behind it, and the reader is only done after them.
  for (const until = performance.now() + 1_500; performance.now() < until;) {
    expect((await app.api.post('/contacts', { lastName: 'Busy' })).status).toBe(201)
  }
  await reader.commit().execute()
  expect((await field).status).toBe(201)
})

test('a process that died in the middle leaves nothing that matters, and Clean Up takes it away', async () => {
  await using app = await startApp()
  await add(app, { name: 'code', type: 'text' })
  await sql`create unique index ${sql.id(uniqueIndexOf('contact', 'c_code'))} on contact (lower(c_code)) where c_code <> ''`.execute(app.db)
  await sql`alter table contact add column c_other text not null default ''`.execute(app.db)
  await people(app, { code: 'a' })
  expect((await app.api.post('/contacts', { code: 'A' })).status).toBe(409)
  await app.api.post('/scheduled-jobs/clean-up/run')
  await app.settle()
  expect((await app.api.post('/contacts', { code: 'A' })).status).toBe(201)
  expect((await app.db.selectFrom('entityLeftover').select(['tableName', 'columnName']).execute())).toEqual([{ tableName: 'contact', columnName: 'c_other' }])
  await add(app, { name: 'other', type: 'text' })
  expect((await people(app, { other: 'x' }))[0].other).toBe('x')
})

test('only administrators shape entity types; everybody reads them', async () => {
  await using app = await startApp()
  const somebody = app.as((await app.givenUser('regular')).key)
  expect((await somebody.get('/entity-types')).status).toBe(200)
  expect((await somebody.get('/relationships')).status).toBe(200)
  expect((await somebody.post('/entity-types', {})).status).toBe(403)
  expect((await somebody.post('/entity-types/Contact/fields', {})).status).toBe(403)
  expect((await somebody.post('/entity-types/undo')).status).toBe(403)
})
