/** A custom type that is related to target lists is everywhere where the shipped ones are; without the relationship it is nowhere, and what was stays. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenEntityType } from '../../test/given-entity-type.ts'
import { givenMassEmail, openBatch } from '../../test/given-mass-email.ts'
import type { Frozen } from '../delivery/frozen.ts'
import { takeLease } from '../delivery/lease.ts'
import { createMarker } from '../delivery/mark.ts'
import { definitionsStamp } from '../records/entity-types.ts'

const create = async (app: TestApp, path: string, body: object) => {
  const answer = await app.api.post(path, body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body as { id: string; [field: string]: any }
}
const relateTo = (app: TestApp, right: string) =>
  create(app, '/relationships', { kind: 'manyToMany', left: 'TargetList', right, leftName: right.toLowerCase(), rightName: 'targetLists' })
const join = (app: TestApp, list: { id: string }, entityType: string, ...ids: string[]) => app.api.post(`/target-lists/${list.id}/members`, { entityType, ids })

test('types are mailed in their order, an address belongs to whoever has it, and "do not email" of a doctor holds for a contact', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  await givenEntityType(app, { name: 'Clinic', plural: 'Clinics', slug: 'clinics', baseType: 'company', fields: [] })
  await relateTo(app, 'Doctor')
  await relateTo(app, 'Clinic')
  const at = (emailAddress: string) => ({ lastName: 'X', emailAddress: `${emailAddress}@x.example` })
  const lead = await create(app, '/leads', at('lead'))
  const [twin, own, shared] = [await create(app, '/doctors', at('lead')), await create(app, '/doctors', at('doctor')), await create(app, '/doctors', at('shared'))]
  await create(app, '/doctors', { ...at('silent'), doNotEmail: true })
  const silent = await create(app, '/contacts', at('silent'))
  const account = await create(app, '/accounts', { name: 'A', emailAddress: 'shared@x.example' })
  const clinic = await create(app, '/clinics', { name: 'C', emailAddress: 'clinic@x.example' })
  const list = await create(app, '/target-lists', { name: 'All' })
  await join(app, list, 'Lead', lead.id)
  await join(app, list, 'Doctor', twin.id, own.id, shared.id)
  await join(app, list, 'Contact', silent.id)
  await join(app, list, 'Account', account.id)
  await join(app, list, 'Clinic', clinic.id)
  const campaign = await create(app, '/campaigns', { name: 'Spring', type: 'email', status: 'active', targetListIds: [list.id] })
  const massEmail = await create(app, '/mass-emails', { campaignId: campaign.id, name: 'First' })
  expect((await app.api.get(`/mass-emails/${massEmail.id}/audience`)).body).toMatchObject({ included: 4, verdicts: { duplicateAddress: 2, doNotEmail: 1 } })
  const duplicates = (await app.api.get(`/mass-emails/${massEmail.id}/audience/duplicateAddress`)).body.items
  expect(duplicates.map(({ record }: any) => record.entityType).toSorted()).toEqual(['Account', 'Doctor'])
  expect((await app.api.get(`/doctors/${own.id}/target-lists`)).body.items).toMatchObject([{ id: list.id }])
  expect((await app.api.get(`/target-lists/${list.id}/members?q=doctor`)).body.items).toMatchObject([{ entityType: 'Doctor', name: 'X' }])
  const group = await create(app, '/test-groups', { name: 'Us', recipients: [{ entityType: 'Doctor', id: own.id }] })
  expect((await app.api.get(`/test-groups/${group.id}`)).body).toMatchObject({ recipients: [{ entityType: 'Doctor', id: own.id }] })
  expect((await app.api.get('/doctors/export.csv')).text).toContain('doctor@x.example')
  const { groups } = (await app.api.get('/email-templates/placeholders')).body
  expect(JSON.stringify(groups)).toContain('{Doctor.speciality}')
  expect(JSON.stringify(groups)).toContain('{Doctor.account.name}')
  await app.api.delete(`/doctors/${own.id}`)
  expect(await app.db.selectFrom('targetListMember').select('recordId').where('recordId', '=', own.id).execute()).toEqual([])
})

test('a doctor\'s time line and an opt-out by page work like a contact\'s, and stay when the relationship is gone', async () => {
  await using app = await startApp({ sandbox: true })
  await givenEntityType(app)
  const relationship = await relateTo(app, 'Doctor')
  const doctor = await create(app, '/doctors', { lastName: 'Ito', emailAddress: 'ito@x.example' })
  const massEmail = await givenMassEmail(app, { to: ['anna'], status: 'draft', body: '{Doctor.lastName|-}' })
  await join(app, { id: massEmail.targetListId }, 'Doctor', doctor.id)
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { status: 'pending' })
  await app.settle()
  await app.api.post(`/target-lists/${massEmail.targetListId}/opt-out`, { entityType: 'Doctor', id: doctor.id })
  const history = async () => (await app.api.get(`/doctors/${doctor.id}/history`)).body.items
  expect((await history()).map(({ action }: any) => action)).toContain('sent')
  const before = await history()
  await app.api.delete(`/relationships/${relationship.id}`)
  expect(await history()).toEqual(before)
  const members = async () => (await app.api.get(`/target-lists/${massEmail.targetListId}/members?filter=${encodeURIComponent(JSON.stringify({ field: 'entityType', op: 'equals', value: 'Doctor' }))}`)).body.items
  expect(await members()).toMatchObject([{ name: 'Ito' }])
  expect((await join(app, { id: massEmail.targetListId }, 'Doctor', doctor.id)).status).toBe(400)
  expect((await app.api.post(`/target-lists/${massEmail.targetListId}/members/remove`, { entityType: 'Doctor', ids: [doctor.id] })).body).toEqual({ removed: 1 })
  expect((await app.api.get(`/target-lists/${massEmail.targetListId}/opt-outs`)).body.items).toMatchObject([{ emailAddress: 'ito@x.example' }])
})

test('what was made ready with other entity types is not marked: it is given back and made anew', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const { id } = await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  const lease = await takeLease(app.db)
  await sql`update delivery set status = 'sending', sender_id = ${lease.id}`.execute(app.db)
  const { frozen, templateVersionId } = await app.db.selectFrom('massEmail').select(['frozen', 'templateVersionId']).where('id', '=', id).executeTakeFirstOrThrow()
  const delivery = await app.db.selectFrom('delivery').select(['lane', 'id']).executeTakeFirstOrThrow()
  const marker = () => createMarker(app.db, { massEmailId: id, templateVersionId: templateVersionId!, frozen: frozen as Frozen, honourRemovals: true, definitions: definitionsStamp() })
  const asked = { lane: delivery.lane, ids: [delivery.id], senderId: lease.id, now: app.clock.read() }
  const stale = marker()
  await givenEntityType(app)
  expect(await stale(asked)).toEqual(new Map([[delivery.id, 'stopped']]))
  expect(await marker()(asked)).toEqual(new Map([[delivery.id, 'marked']]))
})
