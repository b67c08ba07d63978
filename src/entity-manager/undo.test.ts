/** Undo of the last change: what it would set aside is said beforehand, and it is undone like anything else. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { doctor, givenEntityType } from '../../test/given-entity-type.ts'
import { lossesOf as countedLosses } from './losses.ts'
import { lastChange as lastChangeOf } from './undo.ts'

const undo = async (app: TestApp) => (await app.api.post('/entity-types/undo')).body.undone?.summary
const lastChange = async (app: TestApp) => (await app.api.get('/entity-types/last-change')).body.change
const lossesOf = async (app: TestApp) => (await app.api.get('/entity-types/last-change/losses')).body.losses

test('an undo that took a type away is undone: the type is back with its records, its layouts and its links, as often as one likes', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  await app.api.post('/doctors', { lastName: 'Ito', licenceNumber: 'L1' })
  await app.api.put('/layouts/Doctor/list', { items: ['name', 'licenceNumber'] })
  expect(await undo(app)).toBe('Entity type Doctor made')
  expect((await app.api.get('/doctors')).status).toBe(404)
  expect(await lastChange(app)).toMatchObject({ summary: 'Undone: Entity type Doctor made', obstacle: null })
  expect(await lossesOf(app)).toEqual([])
  expect(await undo(app)).toBe('Undone: Entity type Doctor made')
  expect((await app.api.get('/doctors')).body.items).toMatchObject([{ name: 'Ito', licenceNumber: 'L1' }])
  expect((await app.api.get('/layouts/Doctor/list')).body.items).toEqual(['name', 'licenceNumber'])
  expect((await app.api.post('/doctors', { lastName: 'Twin', licenceNumber: 'l1' })).status).toBe(409)
  expect(await lastChange(app)).toMatchObject({ summary: 'Done again: Entity type Doctor made' })
  await undo(app)
  expect(await lastChange(app)).toMatchObject({ summary: 'Undone: Entity type Doctor made' })
  await undo(app)
  expect((await app.api.get('/doctors')).body.total).toBe(1)
})

test('before an undo one is told what goes aside with it; who only looks at the last change has nothing counted', async () => {
  await using app = await startApp()
  expect((await app.api.get('/entity-types/last-change/losses')).body).toEqual({ change: null, losses: [] })
  await givenEntityType(app)
  await app.api.post('/doctors', { lastName: 'Ito', beds: 3 })
  expect(await lossesOf(app)).toEqual(['Entity type Doctor, with 1 record'])
  await app.api.post('/relationships', { kind: 'manyToMany', left: 'TargetList', right: 'Doctor', leftName: 'doctors', rightName: 'targetLists' })
  expect(await lossesOf(app)).toEqual(['Doctors can no longer be mailed: what is not sent yet is skipped'])
  await app.api.post('/relationships', { kind: 'manyToMany', left: 'Contact', right: 'Doctor', leftName: 'doctors', rightName: 'patients' })
  expect(await lossesOf(app)).toEqual(['The relationship of Contact and Doctor, with no pairs'])
  await app.api.post('/entity-types/Contact/fields', { name: 'code', type: 'text', label: 'Code' })
  await sql`insert into contact (id, last_name, c_code) select uuid_v7(), 'X', 'code' from generate_series(1, 4)`.execute(app.db)
  expect(await lossesOf(app)).toEqual(['Field “Code” of Contact, with 4 values'])
  expect(await countedLosses(app.db, (await lastChangeOf(app.db, app.clock.read()))!.before, 3)).toEqual(['Field “Code” of Contact, with more than 3 values'])
  const holder = await app.db.startTransaction().execute()
  await sql`lock table contact in access exclusive mode`.execute(holder)
  expect((await lastChange(app)).summary).toContain('Code')
  await holder.rollback().execute()
})

test('what Clean Up has dropped does not come back, and the last change says so before anybody tries', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types/Contact/fields', { name: 'code', type: 'text' })
  await app.api.delete('/entity-types/Contact/fields/code')
  await sql`alter table contact drop column c_code`.execute(app.db)
  expect((await lastChange(app)).obstacle).toContain('cleaned up already')
  expect((await app.api.post('/entity-types/undo')).body.code).toBe('goneForGood')
})

test('what was undone and set aside once more is kept for its whole time again', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  await app.api.post('/doctors', { lastName: 'Ito' })
  const cleanUpAfter = async (days: number) => {
    app.clock.advance({ hours: 24 * days })
    await app.api.post('/scheduled-jobs/clean-up/run')
    await app.settle()
  }
  await undo(app)
  await cleanUpAfter(0)
  await cleanUpAfter(29)
  await undo(app)
  await undo(app)
  await cleanUpAfter(2)
  await undo(app)
  expect((await app.api.get('/doctors')).body.total).toBe(1)
})

test('the last change is the last one, also when the machine that made the one before has a clock that is ahead', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types/Contact/fields', { name: 'first', type: 'text', label: 'First' })
  app.clock.advance({ minutes: -10 })
  await app.api.post('/entity-types/Contact/fields', { name: 'second', type: 'text', label: 'Second' })
  expect((await lastChange(app)).summary).toContain('Second')
})

test('a type that is made anew under the name of a removed one begins like any other: with the layouts, columns and saved views of nobody', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  await app.api.put('/layouts/Doctor/list', { items: ['licenceNumber'] })
  await app.api.put('/layouts/Contact/list', { items: ['name'] })
  await app.api.put('/list-columns/Doctor', { columns: ['licenceNumber'] })
  await app.api.post('/saved-views', { entityType: 'Doctor', name: 'Surgeons', filter: { field: 'speciality', op: 'equals', value: 'Surgery' } })
  await app.api.delete('/entity-types/Doctor')
  await givenEntityType(app, { fields: doctor.fields.slice(0, 1) })
  expect((await app.api.get('/layouts/Doctor/list')).body.isDefault).toBe(true)
  expect((await app.api.get('/layouts/Contact/list')).body.isDefault).toBe(false)
  expect((await app.api.get('/list-columns/Doctor')).body.columns).toBeNull()
  expect((await app.api.get('/saved-views')).body.items).toEqual([])
})
