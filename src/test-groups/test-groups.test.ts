import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'

async function given(app: TestApp) {
  const anna = (await app.api.post('/contacts', { firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@example.com' })).body.id as string
  const ben = (await app.api.post('/leads', { lastName: 'Ben', emailAddress: 'ben@example.com' })).body.id as string
  return { anna: { entityType: 'Contact', id: anna }, ben: { entityType: 'Lead', id: ben } }
}

test('a test group keeps its recipients in their order, of whatever mailable type, and can be used as Send Test takes them', async () => {
  await using app = await startApp()
  const { anna, ben } = await given(app)
  const made = await app.api.post('/test-groups', { name: 'Proof-readers', recipients: [ben, anna, ben] })
  expect([made.status, made.body]).toEqual([201, expect.objectContaining({
    name: 'Proof-readers', recipients: [ben, anna], people: [{ ...ben, name: 'Ben', emailAddress: 'ben@example.com' }, { ...anna, name: 'Anna Berg', emailAddress: 'anna@example.com' }],
  })])
  expect((await app.api.get(`/test-groups/${made.body.id}`)).body).toEqual(made.body)
  expect((await app.api.get('/test-groups?q=proof')).body).toMatchObject({ total: 1, items: [{ id: made.body.id, recipients: [ben, anna] }] })
  const changed = await app.api.patch(`/test-groups/${made.body.id}`, { name: 'Readers', recipients: [anna] })
  expect(changed.body).toMatchObject({ name: 'Readers', recipients: [anna], version: 2 })
  expect((await app.api.delete(`/test-groups/${made.body.id}`)).status).toBe(204)
  expect((await app.api.get(`/test-groups/${made.body.id}`)).status).toBe(404)
})

test('a recipient who is deleted leaves the group', async () => {
  await using app = await startApp()
  const { anna, ben } = await given(app)
  const { id } = (await app.api.post('/test-groups', { name: 'Readers', recipients: [anna, ben] })).body
  await app.api.delete(`/contacts/${anna.id}`)
  expect((await app.api.get(`/test-groups/${id}`)).body.recipients).toEqual([ben])
})

test('what is no record of a mailable type is named, each with its place', async () => {
  await using app = await startApp()
  const { anna } = await given(app)
  const { status, body } = await app.api.post('/test-groups', { name: 'Wrong', recipients: [anna, { entityType: 'Campaign', id: newId() }, { entityType: 'Contact', id: 'nobody' }] })
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['recipients.1', 'recipients.2']])
  expect((await app.api.post('/test-groups', { recipients: [] })).body.errors[0].path).toBe('name')
  expect((await app.api.post('/test-groups', { name: 'Empty' })).body.recipients).toEqual([])
})
