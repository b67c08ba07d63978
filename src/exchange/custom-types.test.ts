/** What works for Contact works for a type that an administrator made: every type of field out and in again, by any key, with links by name. */
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { imported } from '../../test/given-import.ts'

const fields = [
  { name: 'code', type: 'text', label: 'Code', unique: true }, { name: 'licence', type: 'integer', label: 'Licence' }, { name: 'rating', type: 'decimal', label: 'Rating' },
  { name: 'isChief', type: 'boolean', label: 'Chief' }, { name: 'born', type: 'date', label: 'Born' }, { name: 'seenAt', type: 'dateTime', label: 'Seen at' },
  { name: 'speciality', type: 'enum', label: 'Speciality', options: ['Heart', 'Skin; hair'] }, { name: 'languages', type: 'multiEnum', label: 'Languages', options: ['de', 'en', 'a;b'] },
  { name: 'fee', type: 'currency', label: 'Fee' }, { name: 'site', type: 'url', label: 'Site' }, { name: 'clinic', type: 'link', label: 'Clinic', linksTo: 'Account' }, { name: 'notes', type: 'longText', label: 'Notes' },
]

test.each(['csv', 'xlsx'])('every type of field comes back from %s, whatever the values look like', async (kind) => {
  await using app = await startApp()
  expect((await app.api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', fields })).status).toBe(201)
  const clinic = (await app.api.post('/accounts', { name: '=Clinic' })).body
  const doctors = [
    { lastName: '=1', code: '+1', licence: 900_719_925_474_099, rating: '12.50', isChief: true, born: '1899-12-31', seenAt: '2030-07-01T09:30:15.123Z', speciality: 'Skin; hair', languages: ['de', 'a;b'], fee: { amount: '-12.50', currency: 'EUR' }, site: 'https://x.example/?a=1&b=2', clinicId: clinic.id, notes: 'a\r\n\tb' },
    { lastName: "'", code: '0012', licence: -5, rating: '0.1', isChief: false, born: '2030-02-28', seenAt: null, speciality: '', languages: [], fee: null, site: '', clinicId: null, notes: ' ' },
  ]
  for (const doctor of doctors) expect((await app.api.post('/doctors', doctor)).status).toBe(201)
  const read = async () => (await app.api.get('/doctors?sort=code')).body.items.map(({ id: _i, createdAt: _c, modifiedAt: _m, ...rest }: Record<string, unknown>) => rest)
  const before = await read()
  const { rawPayload } = await app.server.inject({ url: `/api/v1/doctors/export.${kind}`, headers: { authorization: `Bearer ${app.adminKey}` } })
  await app.api.post('/doctors/mass-action', { selection: { filter: { and: [] } }, action: 'delete' })
  await app.settle()
  const names = ['lastName', 'assignedUserId', ...fields.map(({ name }) => (name === 'clinic' ? 'clinicId' : name))]
  expect(await imported(app, rawPayload, { entityType: 'Doctor', mapping: Object.fromEntries(names.map((name) => [name, name])) })).toMatchObject({ created: 2, rejected: 0 })
  expect(await read()).toEqual(before)
})

test('records of a custom type are found by any field, with or without an index, and linked by name', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', fields })
  await app.api.post('/accounts', { name: 'Mercy' })
  for (const [code, licence] of [['A', 1], ['B', 2]]) await app.api.post('/doctors', { lastName: 'x', code, licence })
  const file = 'Key,Name,Where,Rating\nb,Bea,MERCY,"1,5"\nc,Cy,,\n'
  const mapping = { Key: 'code', Name: 'lastName', Where: 'clinic', Rating: 'rating' }
  expect(await imported(app, file, { entityType: 'Doctor', mapping, action: 'createAndUpdate', updateBy: 'code', decimal: ',' })).toMatchObject({ created: 1, updated: 1, rejected: 0 })
  expect((await app.api.get('/doctors?sort=code')).body.items).toMatchObject([{ code: 'A' }, { code: 'b', lastName: 'Bea', clinicName: 'Mercy', rating: 1.5 }, { code: 'c', lastName: 'Cy' }])
  expect(await imported(app, 'No,Name\n1,Ada\n2,Bo\n3,None\n,Empty\n', { entityType: 'Doctor', mapping: { No: 'licence', Name: 'lastName' }, action: 'update', updateBy: 'licence' })).toMatchObject({ updated: 2, rejected: 2 })
  expect((await app.api.get('/doctors?sort=code&fields=lastName')).body.items.map(({ lastName }: { lastName: string }) => lastName)).toEqual(['Ada', 'Bo', 'Cy'])
})
