/** Text search and filters of types that an administrator made: as quick and as wide as those of the shipped ones. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { conditionOf } from '../listing/query.ts'
import { entityTypes } from './entity-types.ts'
import { listableOf } from './record-list.ts'

async function givenTypes({ api }: TestApp) {
  for (const baseType of ['person', 'company', 'base']) {
    const made = await api.post('/entity-types', { name: `My${baseType}`, plural: `My${baseType}s`, slug: `my-${baseType}s`, baseType, fields: [{ name: 'speciality', type: 'text', label: 'Speciality' }] })
    expect(made.status).toBe(201)
  }
}

test('the text search of every type, shipped or made, is answered by its index', async () => {
  await using app = await startApp()
  await givenTypes(app)
  for (const type of entityTypes().filter(({ name }) => name !== 'User')) {
    const listable = listableOf(type)
    const where = conditionOf(listable, { q: 'berg example' }, { now: app.clock.read(), timeZone: 'UTC' })
    const plan = await app.db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      return JSON.stringify((await sql`explain (format json) select r.id from ${listable.from} where ${where}`.execute(tx)).rows)
    })
    expect(plan, type.name).toContain(`"${type.table}_search"`)
  }
})

test('a filter goes through links and relationships of made types, at both ends', async () => {
  await using app = await startApp()
  await givenTypes(app)
  const related = await app.api.post('/relationships', { kind: 'manyToMany', left: 'Myperson', right: 'Mycompany', leftName: 'clinics', rightName: 'doctors' })
  const linked = await app.api.post('/relationships', { kind: 'manyToOne', left: 'Myperson', right: 'Account', leftName: 'payer', rightName: 'paidDoctors' })
  expect([related.status, linked.status]).toEqual([201, 201])
  const payer = (await app.api.post('/accounts', { name: 'Payer' })).body.id
  const [anna] = await Promise.all([['Anna', 'Heart'], ['Ben', 'Skin']].map(async ([firstName, speciality]) => (await app.api.post('/my-persons', { firstName, speciality, ...(firstName === 'Anna' && { payerId: payer }) })).body.id))
  const clinic = (await app.api.post('/my-companys', { name: 'Clinic', speciality: 'All' })).body.id
  await app.api.post('/my-companys', { name: 'Empty' })
  expect((await app.api.post(`/my-persons/${anna}/related/clinics`, { ids: [clinic] })).status).toBe(200)
  const found = async (slug: string, filter: object) => (await app.api.get(`/${slug}?fields=name&sort=name&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items?.map(({ name }: { name: string }) => name)
  expect(await found('my-companys', { field: 'doctors.speciality', op: 'equals', value: 'heart' })).toEqual(['Clinic'])
  expect(await found('my-companys', { field: 'doctors.speciality', op: 'notEquals', value: 'heart' })).toEqual(['Empty'])
  expect(await found('my-persons', { field: 'clinics.name', op: 'isEmpty' })).toEqual(['Ben'])
  expect(await found('my-persons', { field: 'payer.name', op: 'contains', value: 'pay' })).toEqual(['Anna'])
  expect(await found('accounts', { field: 'paidDoctors.speciality', op: 'in', value: ['Heart', 'Skin'] })).toEqual(['Payer'])
  const refused = await app.api.get(`/my-companys?sort=doctors.speciality&fields=doctors.speciality&filter=${encodeURIComponent(JSON.stringify({ field: 'doctors.hat', op: 'isEmpty' }))}`)
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['filter.field', 'sort', 'fields'])
})

test('a contact whom somebody may not read answers no filter about its account', async () => {
  await using app = await startApp()
  const { id: accountId } = (await app.api.post('/accounts', { name: 'Acme' })).body
  await app.api.post('/contacts', { addressCity: 'Berlin', accountId })
  const level = (read: 'all' | 'own') => ({ create: true, read, edit: 'no', delete: 'no' } as const)
  const ben = app.as((await app.givenUser('regular', { rights: { types: { Account: level('all'), Contact: level('own') } } })).key)
  const total = async (api: TestApp['api'], op: string) => (await api.get(`/accounts/count?filter=${encodeURIComponent(JSON.stringify({ field: 'contacts.addressCity', op, value: 'Berlin' }))}`)).body.total
  expect([await total(app.api, 'equals'), await total(ben, 'equals'), await total(ben, 'notEquals')]).toEqual([1, 0, 1])
  await ben.post('/contacts', { addressCity: 'Berlin', accountId })
  expect(await total(ben, 'equals')).toBe(1)
})
