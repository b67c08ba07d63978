import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { doctor, faultsOf, givenEntityType as given } from '../../test/given-entity-type.ts'

test('a type that an administrator makes has the fields of its base type and its own, and its records work like contacts', async () => {
  await using app = await startApp()
  const type = await given(app)
  expect(type).toMatchObject({ name: 'Doctor', slug: 'doctors', baseType: 'person', mailable: false, custom: true, icon: 'stethoscope' })
  const names = type.fields.map(({ name }: { name: string }) => name)
  expect(names).toEqual(expect.arrayContaining(['firstName', 'emailAddress', 'doNotEmail', 'addressCity', 'speciality', 'licenceNumber', 'account', 'assignedUser']))
  const clinic = (await app.api.post('/accounts', { name: 'City Clinic' })).body
  const anna = await app.api.post('/doctors', {
    firstName: 'Anna', lastName: 'Ito', emailAddress: 'anna@clinic.example', licenceNumber: 'L1', beds: 12, fee: { amount: '12.50', currency: 'EUR' }, languages: ['en', 'de'], accountId: clinic.id,
  })
  expect(anna.body).toMatchObject({
    name: 'Anna Ito', speciality: 'GP', licenceNumber: 'L1', beds: 12, fee: { amount: '12.50', currency: 'EUR' }, languages: ['en', 'de'], accountId: clinic.id, accountName: 'City Clinic',
  })
  expect((await app.api.patch(`/doctors/${anna.body.id}`, { speciality: 'Surgery' })).body).toMatchObject({ speciality: 'Surgery' })
  const filter = JSON.stringify({ and: [{ field: 'speciality', op: 'equals', value: 'surgery' }, { field: 'account.name', op: 'startsWith', value: 'city' }] })
  expect((await app.api.get(`/doctors?filter=${encodeURIComponent(filter)}`)).body).toMatchObject({ total: 1, items: [{ name: 'Anna Ito' }] })
  expect((await app.api.get('/doctors?q=ito&sort=-beds')).body.total).toBe(1)
  expect(await app.api.post('/doctors', { lastName: 'Twin', licenceNumber: 'l1' })).toMatchObject({ status: 409, body: { code: 'notUnique', errors: [{ path: 'licenceNumber' }] } })
  expect((await app.api.get('/entity-types/Doctor')).body.fields).toEqual(type.fields)
  expect((await app.api.delete(`/accounts/${clinic.id}`)).status).toBe(204)
  expect((await app.api.get(`/doctors/${anna.body.id}`)).body).toMatchObject({ accountId: null, accountName: null })
})

test('a type of base type Company or Base is usable too; every type of field keeps what it is given', async () => {
  await using app = await startApp()
  const values = {
    text: 'a', longText: 'b\nc', integer: 3, decimal: 1.5, boolean: true, date: '2030-02-01', dateTime: '2030-02-01T10:00:00.000Z', enum: 'x', multiEnum: ['x', 'y'],
    email: 'a@b.example', phone: '+49 1', url: 'https://a.example', currency: { amount: '3', currency: 'USD' },
  }
  const fields = Object.keys(values).map((type) => ({ name: `my${type[0]!.toUpperCase()}${type.slice(1)}`, type, label: type, ...(type.toLowerCase().includes('enum') && { options: ['x', 'y'] }) }))
  await given(app, { name: 'Thing', plural: 'Things', slug: 'things', baseType: 'base', fields })
  await given(app, { name: 'Clinic', plural: 'Clinics', slug: 'clinics', baseType: 'company', fields: [{ name: 'things', type: 'linkMultiple', linksTo: 'Thing' }] })
  const body = Object.fromEntries(Object.entries(values).map(([type, value]) => [`my${type[0]!.toUpperCase()}${type.slice(1)}`, value]))
  const thing = await app.api.post('/things', { name: 'One', ...body })
  expect(thing).toMatchObject({ status: 201, body: { name: 'One', ...body } })
  expect((await app.api.get('/things?q=one')).body.total).toBe(1)
  expect((await app.api.post('/clinics', { name: 'C', emailAddress: 'c@c.example', thingIds: [thing.body.id] })).body).toMatchObject({ thingIds: [thing.body.id] })
})

test('two who make the same type at once take turns: one makes it, the other is told that it is there', async () => {
  await using app = await startApp()
  const answers = await Promise.all([app.api.post('/entity-types', doctor), app.api.post('/entity-types', doctor), app.api.post('/entity-types/Contact/fields', { name: 'meanwhile', type: 'text' })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 400])
  expect(Object.keys(faultsOf(answers.find(({ status }) => status === 400)!))).toEqual(['name', 'plural', 'slug'])
  const { items } = (await app.api.get('/entity-types')).body
  expect(items.filter(({ name }: { name: string }) => name === 'Doctor')).toHaveLength(1)
})

test('names that are wrong, taken or hostile are refused, all at once; labels and options may hold anything that can be seen', async () => {
  await using app = await startApp()
  const answer = await app.api.post('/entity-types', {
    name: 'x"; drop table contact; --', plural: '', slug: 'campaigns', baseType: 'person', icon: '<b>', color: 'url(x)',
    fields: [
      { name: 'first_name', type: 'text' }, { name: 'constructor', type: 'text' }, { name: 'emailAddress', type: 'text' }, { name: 'account', type: 'link', linksTo: 'Nothing' },
      { name: 'good', type: 'enum' }, { name: 'good', type: 'integer', maxLength: 3, default: 'x' }, { name: `a${'B'.repeat(60)}`, type: 'text' }, { name: 'boss', type: 'link', linksTo: 'User' }, { name: 'bossId', type: 'text' },
    ],
  })
  expect(answer.status).toBe(400)
  expect(Object.keys(faultsOf(answer))).toEqual([
    'name', 'plural', 'slug', 'icon', 'color', 'fields.0.name', 'fields.1.name', 'fields.2.name', 'fields.3.linksTo', 'fields.4.options',
    'fields.5.name', 'fields.5.maxLength', 'fields.5.default', 'fields.6.name', 'fields.8.name',
  ])
  for (const name of ['Contact', 'Person', 'TargetList', 'contact', 'Ünder', '']) expect(faultsOf(await app.api.post('/entity-types', { ...doctor, name }))).toHaveProperty('name')
  for (const slug of ['contacts', 'imports', 'relationships', 'entity-types', 'tasks', 'a', 'A-b', '../x', 'api', 'sandbox', 'mass-emails']) {
    expect(faultsOf(await app.api.post('/entity-types', { ...doctor, slug })), slug).toHaveProperty('slug')
  }
  const hostile = `'); drop table contact; -- <script>"{Contact.firstName}`
  await given(app, { plural: hostile, fields: [{ name: 'mood', type: 'enum', label: hostile, options: [hostile, `{"a"}`] }] })
  const made = await app.api.post('/doctors', { lastName: 'X', mood: hostile })
  expect(made.body.mood).toBe(hostile)
  expect((await app.api.get(`/doctors?filter=${encodeURIComponent(JSON.stringify({ field: 'mood', op: 'equals', value: hostile }))}`)).body.total).toBe(1)
  expect((await app.api.get('/entity-types/Doctor')).body.fields.find(({ name }: { name: string }) => name === 'mood').label).toBe(hostile)
  expect((await sql`select 1 from contact`.execute(app.db)).rows).toEqual([])
})
