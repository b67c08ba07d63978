/** Layouts by the API: defaults from the definition, chosen, refused, reset, and read after a field is gone. */
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { givenEntityType } from '../../test/given-entity-type.ts'

test('every entity type has its layouts from the definition, until an administrator chooses, and again when he takes it back', async () => {
  await using app = await startApp()
  const { items } = (await app.api.get('/layouts/Contact')).body
  expect(items.map(({ kind, isDefault }: { kind: string; isDefault: boolean }) => [kind, isDefault])).toEqual([['list', true], ['detail', true], ['bottomPanels', true], ['filters', true]])
  expect(items[0].items).toEqual(['name', 'emailAddress', 'title', 'accountId', 'addressCity', 'createdAt'])
  expect(items[1].groups.map(({ title }: { title: string }) => title)).toEqual(['Details', 'Address', 'More'])
  expect(items[3].items).toContain('targetList')
  const chosen = await app.api.put('/layouts/Contact/list', { items: ['lastName', 'account'] })
  expect([chosen.status, chosen.body.items, chosen.body.isDefault, chosen.headers['etag']]).toEqual([200, ['lastName', 'accountId'], false, '"1"'])
  expect((await app.api.put('/layouts/Contact/list', { items: ['name'] }, { 'if-match': '"0"' })).status).toBe(412)
  expect((await app.api.get('/layouts/Contact/list')).body).toEqual(chosen.body)
  expect((await app.api.get('/layouts/Lead/list')).body.isDefault).toBe(true)
  expect((await app.api.delete('/layouts/Contact/list')).status).toBe(204)
  expect((await app.api.get('/layouts/Contact/list')).body).toEqual(items[0])
  expect((await app.api.get('/audit-log?q=layout')).body.items.map(({ action }: { action: string }) => action).sort()).toEqual(['layoutChanged', 'layoutReset'])
})

test('what a type does not have is named, with everything else that is wrong, and nothing is changed', async () => {
  await using app = await startApp()
  const faults = async (path: string, body: object) => (await app.api.put(`/layouts/${path}`, body)).body.errors.map(({ path }: { path: string }) => path)
  expect(await faults('Contact/list', { items: ['name', 'speciality', 'name', `'; drop table layout; --`] })).toEqual(['items.1', 'items.2', 'items.3'])
  expect((await app.api.put('/layouts/Contact/list', { items: ['speciality'] })).body.detail).toContain('speciality')
  expect(await faults('Contact/list', { items: [] })).toEqual(['items'])
  expect(await faults('Contact/list', { groups: [] })).toEqual(['groups'])
  expect(await faults('Contact/detail', { groups: [{ title: 'Who', items: ['lastName', 'nothing'] }, { title: ' ', items: [] }] })).toEqual(['groups.1.title'])
  expect(await faults('Contact/detail', { groups: [{ title: 'Who', items: ['lastName', 'nothing'] }] })).toEqual(['groups.0.items.1'])
  expect(await faults('Account/detail', { groups: [{ title: 'Who', items: ['website'] }] })).toEqual(['groups'])
  expect(await faults('TargetList/bottomPanels', { items: ['contacts', 'doctors'] })).toEqual(['items.1'])
  for (const path of ['Doctor/list', 'TargetList/list']) expect((await app.api.put(`/layouts/${path}`, { items: [] })).status, path).toBe(404)
  expect((await app.api.get('/layouts/Contact/wrong')).status).toBe(400)
  expect((await app.api.get('/layouts/Contact/list')).body.isDefault).toBe(true)
})

test('a removed field is left out and told, and comes back to its place with undo; one that becomes required is never hidden', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  const fields = async (path: string, body: object) => (await app.api.post(`/entity-types/Doctor/fields${path}`, body)).status
  expect(await fields('', { name: 'clinicHours', type: 'text' })).toBe(201)
  const groups = [{ title: 'Practice', items: ['lastName', 'clinicHours', 'speciality'] }]
  expect((await app.api.put('/layouts/Doctor/detail', { groups })).status).toBe(200)
  const detail = async () => (await app.api.get('/layouts/Doctor/detail')).body
  expect((await app.api.delete('/entity-types/Doctor/fields/clinicHours')).status).toBe(204)
  expect(await detail()).toMatchObject({ groups: [{ title: 'Practice', items: ['lastName', 'speciality'] }], gone: ['clinicHours'] })
  expect((await app.api.post('/entity-types/undo', {})).status).toBe(200)
  expect(await detail()).toMatchObject({ groups, gone: [] })
  expect((await app.api.patch('/entity-types/Doctor/fields/firstName', { required: true })).status).toBe(200)
  expect((await detail()).groups[0].items.at(-1)).toBe('firstName')
})

test('a custom type has its panel in target lists when an administrator adds it, and no other type loses one', async () => {
  await using app = await startApp()
  await givenEntityType(app)
  expect((await app.api.put('/layouts/TargetList/bottomPanels', { items: ['contacts', 'doctors'] })).status).toBe(400)
  const { id } = (await app.api.post('/relationships', { kind: 'manyToMany', left: 'TargetList', right: 'Doctor', leftName: 'doctors', rightName: 'targetLists' })).body
  const panels = async () => (await app.api.get('/layouts/TargetList/bottomPanels')).body
  expect(await panels()).toMatchObject({ items: ['contacts', 'leads', 'users', 'accounts'], choices: expect.arrayContaining([{ name: 'doctors', label: 'Doctors', required: false, entityType: 'Doctor' }]) })
  await app.api.put('/layouts/TargetList/bottomPanels', { items: ['doctors', 'contacts'] })
  expect((await panels()).items).toEqual(['doctors', 'contacts'])
  expect((await app.api.delete(`/relationships/${id}`)).status).toBe(204)
  expect(await panels()).toMatchObject({ items: ['contacts'], gone: ['doctors'] })
})

test('a target list has a panel for each mailable type that ships; only administrators choose', async () => {
  await using app = await startApp()
  expect((await app.api.get('/layouts/TargetList/bottomPanels')).body.items).toEqual(['contacts', 'leads', 'users', 'accounts'])
  expect((await app.api.get('/layouts/Account/bottomPanels')).body).toMatchObject({ items: ['contacts'], choices: [{ name: 'contacts', label: 'Contacts', entityType: 'Contact' }] })
  const regular = app.as((await app.givenUser('regular')).key)
  expect((await regular.get('/layouts/TargetList/bottomPanels')).status).toBe(200)
  expect((await regular.put('/layouts/TargetList/bottomPanels', { items: [] })).status).toBe(403)
  expect((await regular.delete('/layouts/TargetList/bottomPanels')).status).toBe(403)
  expect((await app.api.put('/layouts/TargetList/bottomPanels', { items: ['leads', 'contacts'] })).body.items).toEqual(['leads', 'contacts'])
})
