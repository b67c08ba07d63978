import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { definitionOf } from '../records/entity-types.ts'
import { loadMergeValues } from './merge-values.ts'
import { readVersion, versionOf } from './templates.ts'

const path = '/email-templates'
const given = async (app: TestApp, values: object) => (await app.api.post(path, { name: 'Autumn', ...values })).body
const givenContact = async (app: TestApp, values: object) => (await app.api.post('/contacts', values)).body.id as string

test('a template is kept and returned exactly as given, whatever is in it', async () => {
  await using app = await startApp()
  const written = { name: 'Autumn', subject: ' {Person.firstName} ', body: '<P>\r\n\t{{ liquid }} {x} </p>\n', format: 'html', textBody: '', category: 'News' }
  const created = await app.api.post(path, written)
  expect(created.status).toBe(201)
  expect(created.headers['etag']).toBe('"1"')
  expect(created.body).toMatchObject({ ...written, version: 1, assignedUserId: app.admin.userId })
  expect((await app.api.get(`${path}/${created.body.id}`)).body).toEqual(created.body)
  expect(await given(app, {})).toMatchObject({ subject: '', body: '', format: 'html', textBody: null, category: '' })
})

test('all faults of a template are named at once', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post(path, { name: ' ', format: 'mjml', colour: 'red', assignedUserId: 7 })
  expect(status).toBe(400)
  expect(body.errors.map((error: { path: string }) => error.path).sort()).toEqual(['assignedUserId', 'colour', 'format', 'name'])
  expect((await app.api.post(path, { name: 'x', body: 'a\0b', assignedUserId: 'nobody' })).body.errors).toHaveLength(2)
})

test('a change counts the version up, and one that rests on an older version is refused', async () => {
  await using app = await startApp()
  const { id } = await given(app, {})
  expect((await app.api.patch(`${path}/${id}`, { subject: 'Hi' }, { 'if-match': '"1"' })).body).toMatchObject({ subject: 'Hi', name: 'Autumn', version: 2 })
  expect((await app.api.patch(`${path}/${id}`, { subject: 'No' }, { 'if-match': '"1"' })).status).toBe(412)
  expect((await app.api.get(`${path}/${id}`)).body.subject).toBe('Hi')
})

test('templates are listed, searched and filtered without their bodies; one that was removed is not found any more', async () => {
  await using app = await startApp()
  const spring = await given(app, { name: 'Spring', body: 'long' })
  await given(app, { name: 'Winter', format: 'text' })
  expect((await app.api.get(`${path}?q=spring`)).body).toMatchObject({ total: 1, items: [{ id: spring.id, name: 'Spring' }] })
  expect((await app.api.get(`${path}?q=spring`)).body.items[0]).not.toHaveProperty('body')
  expect((await app.api.get(`${path}?filter=${encodeURIComponent('{"field":"format","op":"equals","value":"text"}')}`)).body.total).toBe(1)
  expect((await app.api.delete(`${path}/${spring.id}`)).status).toBe(204)
  expect((await app.api.get(`${path}/${spring.id}`)).status).toBe(404)
  expect((await app.api.patch(`${path}/${spring.id}`, { name: 'x' })).status).toBe(404)
  expect((await app.api.get(path)).body.total).toBe(1)
})

test('a duplicate has everything of the original and another name', async () => {
  await using app = await startApp()
  const original = await given(app, { subject: 'S', body: 'B', format: 'text', category: 'C' })
  const { status, body } = await app.api.post(`${path}/${original.id}/duplicate`, {})
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Autumn (copy)', subject: 'S', body: 'B', format: 'text', category: 'C', version: 1 })
  expect((await app.api.post(`${path}/${original.id}/duplicate`, { name: 'Mine' })).body.name).toBe('Mine')
})

test('a preview is the mail as the record would get it, and names what is unresolved', async () => {
  await using app = await startApp()
  const account = (await app.api.post('/accounts', { name: 'Smith & Sons' })).body
  const anna = await givenContact(app, { firstName: 'Anna', accountId: account.id })
  const { id } = await given(app, {
    subject: 'Hi {Person.firstName}', body: '<p title="{Contact.account.name}">{Contact.account} {Lead.firstName|x}{Contact.lastName}{Person.frstName} {User.lastName} {currentYear}</p>',
  })
  const { status, body } = await app.api.post(`${path}/${id}/render`, { entityType: 'Contact', id: anna })
  expect(status).toBe(200)
  expect(body.subject).toBe('Hi Anna')
  expect(body.html).toMatch(/^<p title="Smith &amp; Sons">Smith &amp; Sons x\{Person\.frstName\} admin 2030<\/p><p style=.*>Unsubscribe<\/a><\/p>$/)
  expect(body.text).toMatch(/^Smith & Sons x\{Person\.frstName\} admin 2030\n/)
  expect(body.unresolved).toEqual(['{Person.frstName}', '{Contact.lastName}'])
  expect(body.problems).toMatchObject([{ code: 'unknownField', placeholder: '{Person.frstName}', part: 'body', line: 1 }])
})

test('a preview shows a draft that is not saved, and sample values where no record is chosen', async () => {
  await using app = await startApp()
  const { id } = await given(app, { body: 'old' })
  const { body } = await app.api.post(`${path}/${id}/render`, { subject: '{Person.firstName}', body: 'Dear {Contact.account.industry}, {optOutUrl}', format: 'text' })
  expect(body).toMatchObject({ subject: '[First Name]', html: null, text: 'Dear [Account: Industry], http://localhost:8080/u/preview' })
  expect((await app.api.get(`${path}/${id}`)).body.body).toBe('old')
})

test('a preview of nobody says so', async () => {
  await using app = await startApp()
  const { id } = await given(app, {})
  expect((await app.api.post(`${path}/${id}/render`, { entityType: 'Contact', id: app.admin.userId })).status).toBe(404)
  expect((await app.api.post(`${path}/${id}/render`, { entityType: 'Contact', id: 'x' })).status).toBe(404)
  expect((await app.api.post(`${path}/${id}/render`, { entityType: 'constructor', id: 'x' })).status).toBe(400)
})

test('a tracking URL shows its target in a preview; an unknown one is unresolved', async () => {
  await using app = await startApp()
  const campaign = await app.db.insertInto('campaign').values({ id: app.admin.userId, name: 'C' }).returning('id').executeTakeFirstOrThrow()
  const { id: link } = await app.db.insertInto('trackingUrl').values({ id: campaign.id, campaignId: campaign.id, url: 'https://shop.example/?a=1&b=2' }).returning('id').executeTakeFirstOrThrow()
  const { id } = await given(app, { body: `<a href="{trackingUrl:${link}}">{trackingUrl:unknown}</a>{optOutLink}` })
  const { body } = await app.api.post(`${path}/${id}/render`, {})
  expect(body.html).toContain('<a href="https://shop.example/?a=1&amp;b=2">{trackingUrl:unknown}</a>')
  expect(body.unresolved).toEqual(['{trackingUrl:unknown}'])
})

test('a version is cut when what is sent has changed, not when only the name has', async () => {
  await using app = await startApp()
  const { id } = await given(app, { subject: 'One' })
  const cut = () => app.db.transaction().execute((tx) => versionOf(tx, id))
  const first = await cut()
  await app.api.patch(`${path}/${id}`, { name: 'Other' })
  expect(await cut()).toBe(first)
  await app.api.patch(`${path}/${id}`, { subject: 'Two' })
  const second = await cut()
  expect(second).not.toBe(first)
  await app.api.delete(`${path}/${id}`)
  expect([await readVersion(app.db, first), await readVersion(app.db, second)]).toMatchObject([{ subject: 'One' }, { subject: 'Two' }])
})

test('values of many records come in one query, as text in the language and time zone of the installation', async () => {
  await using app = await startApp()
  const account = (await app.api.post('/accounts', { name: 'Acme' })).body
  const ids = [await givenContact(app, { firstName: 'Anna', accountId: account.id, doNotEmail: true }), await givenContact(app, { firstName: 'Ben' })]
  await sql`update contact set created_at = '2030-01-01T23:30:00Z'`.execute(app.db)
  const paths = ['firstName', 'account', 'account.name', 'doNotEmail', 'createdAt', 'assignedUser.lastName']
  const values = await loadMergeValues(app.db, definitionOf('Contact'), [...ids, app.admin.userId], paths, { language: 'de', timeZone: 'Europe/Berlin' })
  expect(ids.map((id) => [...values.get(id)!.values()])).toEqual([
    ['Anna', 'Acme', 'Acme', 'Ja', '2. Januar 2030 um 00:30', 'admin'], ['Ben', '', '', 'Nein', '2. Januar 2030 um 00:30', 'admin'],
  ])
  expect(values.size).toBe(2)
})

test('the menu of placeholders names only what a template may use', async () => {
  await using app = await startApp()
  const { groups } = (await app.api.get(`${path}/placeholders`)).body
  const codes: string[] = groups.flatMap(({ placeholders }: { placeholders: { code: string }[] }) => placeholders.map(({ code }) => code))
  expect(codes).toEqual(expect.arrayContaining(['{Person.firstName}', '{Contact.account.industry}', '{User.emailAddress}', '{optOutLink}', '{today}', '{Account.website}']))
  const { id } = await given(app, { body: codes.join(' ') })
  for (const [slug, values] of Object.entries({ contacts: {}, leads: {}, accounts: { name: 'Acme' } })) {
    const record = (await app.api.post(`/${slug}`, values)).body
    const entityType = { contacts: 'Contact', leads: 'Lead', accounts: 'Account' }[slug]
    expect((await app.api.post(`${path}/${id}/render`, { entityType, id: record.id })).body).toMatchObject({ problems: [] })
  }
})
