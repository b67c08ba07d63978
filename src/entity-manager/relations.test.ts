import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, givenMassEmail } from '../../test/given-mass-email.ts'
import { faultsOf, givenEntityType } from '../../test/given-entity-type.ts'

async function relate(app: TestApp, body: object) {
  const answer = await app.api.post('/relationships', body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body
}
const create = async (app: TestApp, path: string, body: object) => (await app.api.post(path, body)).body as { id: string; [field: string]: any }
const namesAt = async (app: TestApp, path: string) => {
  const answer = await app.api.get(path)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items.map(({ name }: { name: string }) => name).toSorted()
}
const patients = { kind: 'manyToOne', left: 'Contact', right: 'Doctor', leftName: 'physician', rightName: 'patients', leftLabel: 'Physician' }
const courses = { kind: 'manyToMany', left: 'Doctor', right: 'Course', leftName: 'courses', rightName: 'speakers' }

test('many to one: the many have a link, the one has a list of them, and both are filled from either side', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  const relationship = await relate(app, patients)
  expect(relationship).toMatchObject({ ...patients, rightLabel: 'Patients', custom: true })
  const [ito, berg] = [await create(app, '/doctors', { lastName: 'Ito' }), await create(app, '/doctors', { lastName: 'Berg' })]
  const ann = await create(app, '/contacts', { lastName: 'Ann', physicianId: ito.id })
  expect(ann).toMatchObject({ physicianName: 'Ito' })
  const bob = await create(app, '/contacts', { lastName: 'Bob', physicianId: berg.id })
  const path = `/doctors/${ito.id}/related/patients`
  expect((await app.api.post(path, { ids: [ann.id, bob.id] })).body).toEqual({ added: 1, alreadyThere: 1 })
  expect(await namesAt(app, `${path}?sort=lastName`)).toEqual(['Ann', 'Bob'])
  expect((await app.api.post(`${path}/remove`, { ids: [ann.id] })).body).toEqual({ removed: 1 })
  expect(await namesAt(app, `${path}?q=bo`)).toEqual(['Bob'])
  expect(await namesAt(app, `/contacts/${bob.id}/related/physician`)).toEqual(['Ito'])
  expect((await app.api.delete('/entity-types/Contact/fields/physician')).body.code).toBe('fieldOfRelationship')
  expect((await app.api.delete(`/relationships/${relationship.id}`)).status).toBe(204)
  expect((await app.api.get(path)).status).toBe(404)
  expect((await app.api.get(`/contacts/${bob.id}`)).body).not.toHaveProperty('physicianId')
  await app.api.post('/entity-types/undo')
  expect(await namesAt(app, path)).toEqual(['Bob'])
})

test('many to many: pairs are kept once, seen from both ends, and go with either record', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  await givenEntityType(app, { name: 'Course', plural: 'Courses', slug: 'courses', baseType: 'base', fields: [] })
  await relate(app, courses)
  await relate(app, { kind: 'manyToMany', left: 'Doctor', right: 'Doctor', leftName: 'mentors', rightName: 'students' })
  const [ito, berg] = [await create(app, '/doctors', { lastName: 'Ito' }), await create(app, '/doctors', { lastName: 'Berg' })]
  const [first, second] = [await create(app, '/courses', { name: 'First' }), await create(app, '/courses', { name: 'Second' })]
  const path = `/doctors/${ito.id}/related/courses`
  expect((await app.api.post(path, { ids: [first.id, second.id, first.id] })).body).toEqual({ added: 2, alreadyThere: 0 })
  expect((await app.api.post(`/courses/${first.id}/related/speakers`, { ids: [ito.id, berg.id] })).body).toEqual({ added: 1, alreadyThere: 1 })
  expect(await namesAt(app, `/courses/${first.id}/related/speakers`)).toEqual(['Berg', 'Ito'])
  await app.api.post(`/doctors/${ito.id}/related/mentors`, { ids: [berg.id] })
  expect(await namesAt(app, `/doctors/${berg.id}/related/students`)).toEqual(['Ito'])
  expect(await namesAt(app, `/doctors/${berg.id}/related/mentors`)).toEqual([])
  await app.api.delete(`/courses/${second.id}`)
  expect(await namesAt(app, path)).toEqual(['First'])
  expect(faultsOf(await app.api.post(path, { ids: [ito.id] })).ids).toContain(`There is no Course ${ito.id}`)
})

test('the shipped relationships are there too, and are not removed', async () => {
  await using app = await startApp()
  const account = await create(app, '/accounts', { name: 'Acme' })
  await create(app, '/contacts', { lastName: 'Ann', accountId: account.id })
  expect(await namesAt(app, `/accounts/${account.id}/related/contacts`)).toEqual(['Ann'])
  const { items } = (await app.api.get('/relationships')).body
  expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ left: 'TargetList', right: 'Lead', custom: false })]))
  expect((await app.api.delete(`/relationships/${items[0].id}`)).body.code).toBe('shippedRelationship')
})

test('a relationship that cannot be is refused with everything that is wrong with it', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  await givenEntityType(app, { name: 'Course', plural: 'Courses', slug: 'courses', baseType: 'base', fields: [] })
  const inLists = { kind: 'manyToMany', left: 'TargetList', right: 'Course', leftName: 'courses', rightName: 'targetLists' }
  expect(faultsOf(await app.api.post('/relationships', inLists)).right).toContain('no email address')
  expect(faultsOf(await app.api.post('/relationships', { ...inLists, right: 'Contact' })).right).toContain('related to target lists already')
  expect(faultsOf(await app.api.post('/relationships', { ...inLists, right: 'Doctor', kind: 'manyToOne' })).left).toContain('manyToMany')
  expect(faultsOf(await app.api.post('/relationships', { kind: 'manyToOne', left: 'Nothing', right: 'Doctor', leftName: 'a b', rightName: 'beds', leftLabel: '' })))
    .toEqual({ left: expect.any(String), leftName: expect.any(String), rightName: 'is a field or relationship of Doctor already', leftLabel: 'must not be empty' })
  expect(faultsOf(await app.api.post('/relationships', { ...inLists, right: 'Doctor', leftName: 'contacts' }))).toEqual({ leftName: 'is a field or relationship of TargetList already' })
  await relate(app, patients)
  expect(faultsOf(await app.api.post('/relationships', { ...patients, leftName: 'physicianId' }))).toHaveProperty('leftName')
  expect(faultsOf(await app.api.post('/entity-types/Doctor/fields', { name: 'patients', type: 'text' }))).toHaveProperty('name')
})

test('a field that is removed while a mass email is under way leaves its fallback or nothing; nobody fails, nobody reads the placeholder', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.post('/entity-types/Contact/fields', { name: 'nick', type: 'text' })
  await givenEntityType(app)
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', maxPerHour: 2 })
  const massEmail = await givenMassEmail(app, { to: 4, body: '<p>Hi {Contact.nick|friend}{Contact.nick}{Doctor.beds}!</p>' })
  for (const id of massEmail.contactIds) await app.api.patch(`/contacts/${id}`, { nick: 'Nick' })
  await app.settle()
  const bodies = async () => {
    const { items } = (await app.api.get('/sandbox/messages')).body
    return (await Promise.all(items.map(async ({ id }: { id: string }) => (await app.api.get(`/sandbox/messages/${id}`)).body.html as string))).map((html) => /Hi [^!]*!/.exec(html)?.[0]).toSorted()
  }
  expect(await bodies()).toEqual(['Hi NickNick!', 'Hi NickNick!'])
  await app.api.delete('/entity-types/Contact/fields/nick')
  await app.api.delete('/entity-types/Doctor')
  app.clock.advance({ hours: 2 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 4 })
  expect(await bodies()).toEqual(['Hi NickNick!', 'Hi NickNick!', 'Hi friend!', 'Hi friend!'])
})
