/** Records by API: what is kept, what is refused, and that one engine treats every type alike. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'

test('a contact is answered as it was given, with a computed name, its account\'s name and the creator as assigned user', async () => {
  await using app = await startApp()
  const account = (await app.api.post('/accounts', { name: 'Steel & Söhne' })).body
  const created = await app.api.post('/contacts', {
    firstName: 'Zoë', lastName: 'O\'Neil', emailAddress: ' Zoe@BÜCHER.example ', accountId: account.id, addressCity: 'Köln', doNotEmail: true,
  })
  expect(created.status).toBe(201)
  expect(created.headers['etag']).toBe('"1"')
  expect(created.body).toMatchObject({
    name: 'Zoë O\'Neil', emailAddress: 'Zoe@xn--bcher-kva.example', emailMalformed: false, accountId: account.id, accountName: 'Steel & Söhne',
    addressCity: 'Köln', doNotEmail: true, teamIds: [], assignedUserId: app.admin.userId, createdById: app.admin.userId, createdAt: '2030-01-01T12:00:00.000Z', version: 1,
  })
  expect((await app.api.get(`/contacts/${created.body.id}`)).body).toEqual(created.body)
})

test('the name of a person without a name is the address', async () => {
  await using app = await startApp()
  expect((await app.api.post('/leads', { emailAddress: 'ben@x.example' })).body.name).toBe('ben@x.example')
})

test('all faults of a record are named at once, unknown and read-only fields too, and nothing is written', async () => {
  await using app = await startApp()
  const answer = await app.api.post('/leads', {
    firstName: 7, lastName: 'x'.repeat(256), status: 'Lost', doNotEmail: 'yes', name: 'Computed', shoeSize: 44, title: 'a\0b', assignedUserId: 'nobody', teamIds: ['t'],
  })
  expect(answer.status).toBe(400)
  expect(answer.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'assignedUserId', 'doNotEmail', 'firstName', 'lastName', 'name', 'shoeSize', 'status', 'teamIds', 'title',
  ])
  expect((await app.api.get('/leads')).body.total).toBe(0)
})

test('a malformed address is kept, with a warning', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/contacts', { emailAddress: 'anna@@x' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ emailAddress: 'anna@@x', emailMalformed: true })
  expect(body.warnings).toEqual([{ path: 'emailAddress', message: expect.stringContaining('malformed') }])
})

test('a second record with the same address is created, with a warning', async () => {
  await using app = await startApp()
  await app.api.post('/contacts', { emailAddress: 'anna@x.example' })
  const second = await app.api.post('/contacts', { emailAddress: 'ANNA@X.example' })
  expect(second.status).toBe(201)
  expect(second.body.warnings[0].message).toContain('Another contact')
})

test('null empties a field, and an account keeps the name it must have', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/accounts', { name: 'Acme', website: 'acme.example', industry: 'Steel' })).body
  expect((await app.api.patch(`/accounts/${id}`, { website: null, industry: '' })).body).toMatchObject({ website: '', industry: '', name: 'Acme' })
  expect((await app.api.patch(`/accounts/${id}`, { name: null })).status).toBe(400)
  expect((await app.api.post('/accounts', {})).body.errors).toEqual([{ path: 'name', message: 'is required' }])
  expect((await app.api.patch(`/accounts/${id}`, { website: 'javascript:alert(1)' })).status).toBe(400)
})

test('a change that rests on an older version is refused and changes nothing', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/contacts', { firstName: 'Anna' })).body
  expect((await app.api.patch(`/contacts/${id}`, { firstName: 'Anne' }, { 'if-match': '"1"' })).headers['etag']).toBe('"2"')
  expect((await app.api.patch(`/contacts/${id}`, { firstName: 'Ann' }, { 'if-match': '"1"' })).status).toBe(412)
  expect((await app.api.delete(`/contacts/${id}`, undefined, { 'if-match': '"1"' })).status).toBe(412)
  expect((await app.api.get(`/contacts/${id}`)).body.firstName).toBe('Anne')
})

test('a deleted record is gone, its contacts stay without it, and unknown ids and types are not found', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/accounts', { name: 'Acme' })).body
  const contact = (await app.api.post('/contacts', { accountId: id })).body
  expect((await app.api.delete(`/accounts/${id}`)).status).toBe(204)
  expect((await app.api.get(`/contacts/${contact.id}`)).body).toMatchObject({ accountId: null, accountName: null })
  for (const path of [`/accounts/${id}`, '/accounts/not-an-id', '/doctors', '/doctors/1']) expect((await app.api.get(path)).status, path).toBe(404)
  expect((await app.api.patch(`/accounts/${id}`, { name: 'x' })).status).toBe(404)
})

test('hostile texts come back as they were given', async () => {
  await using app = await startApp()
  for (const text of [`'; drop table contact; --`, '<script>alert(1)</script>', '=1+1', '{"a":1}', '\u202eabc', '  spaces  ', 'x'.repeat(255)]) {
    expect((await app.api.post('/contacts', { lastName: text })).body.lastName).toBe(text)
  }
  const long = 'ä'.repeat(1_000_000)
  expect((await app.api.post('/contacts', { description: long })).body.description).toBe(long)
  expect((await app.api.post('/contacts', { description: `${long}x` })).status).toBe(400)
})

test('a list is filtered by own fields, by the account\'s, by target list and by search', async () => {
  await using app = await startApp()
  const steel = (await app.api.post('/accounts', { name: 'Steel AG', industry: 'Steel' })).body
  const anna = (await app.api.post('/contacts', { firstName: 'Anna', addressCity: 'Berlin', accountId: steel.id })).body
  const ben = (await app.api.post('/contacts', { firstName: 'Ben', addressCity: 'Berlin' })).body
  const list = (await app.api.post('/target-lists', { name: 'Friends' })).body
  await app.api.post('/contacts/mass-action', { selection: { ids: [anna.id] }, action: 'addToTargetList', data: { targetListId: list.id } })
  const found = async (filter: object, q = '') => (await listed(app, filter, q)).items.map(({ firstName }) => firstName).sort()
  expect(await found({ field: 'addressCity', op: 'equals', value: 'berlin' })).toEqual(['Anna', 'Ben'])
  expect(await found({ not: { field: 'account.industry', op: 'in', value: ['Steel'] } })).toEqual(['Ben'])
  expect(await found({ field: 'accountName', op: 'startsWith', value: 'steel' })).toEqual(['Anna'])
  expect(await found({ op: 'memberOf', value: [list.id] })).toEqual(['Anna'])
  expect(await found({ op: 'notMemberOf', value: [list.id] })).toEqual(['Ben'])
  expect(await found({ activity: 'clicked', withinDays: 30 })).toEqual([])
  expect(await found({ and: [] }, 'be')).toEqual(['Ben'])
  expect(ben.assignedUserName).toBe('Test admin')
})

test('people are found by what they did in a campaign, not by what a machine or a test did', async () => {
  await using app = await startApp()
  const [campaign, massEmail] = [newId(), newId()]
  let deliveryId = 0
  const did = async (firstName: string, action: string, { at = '2029-12-20', machine = false, test = false } = {}) => {
    const { id } = (await app.api.post('/contacts', { firstName })).body
    await sql`insert into log_entry (lane, campaign_id, mass_email_id, delivery_id, action, at, entity_type, record_id, email_address, machine, test, last_at)
      values (1, ${campaign}, ${massEmail}, ${++deliveryId}, ${action}, ${at}, 'Contact', ${id}, '', ${machine}, ${test}, ${at})`.execute(app.db)
  }
  await did('Anna', 'clicked')
  await did('Bénno', 'opened')
  await did('Machine', 'clicked', { machine: true })
  await did('Test', 'clicked', { test: true })
  await did('Long ago', 'clicked', { at: '2029-01-01' })
  const found = async (filter: object) => (await listed(app, filter)).items.map(({ firstName }) => firstName).sort()
  expect(await found({ activity: 'clicked', campaignId: campaign })).toEqual(['Anna', 'Long ago'])
  expect(await found({ activity: 'clicked', withinDays: 30 })).toEqual(['Anna'])
  expect(await found({ not: { activity: 'clicked' } })).toEqual(['Bénno', 'Machine', 'Test'])
  expect(await found({ activity: 'clicked', campaignId: massEmail })).toEqual([])
  expect(await found({ activity: 'clicked', massEmailId: massEmail, trackingUrlId: 'not-an-id' })).toEqual([])
})

test('walking the pages meets everybody once, in order, whatever the sort', async () => {
  await using app = await startApp()
  for (let number = 0; number < 23; number++) {
    await app.api.post('/contacts', { lastName: number % 5 === 0 ? '' : `n${number % 4}`, addressCity: '' })
    app.clock.advance({ seconds: number % 3 })
  }
  for (const sort of ['name', '-name', 'createdAt', '-createdAt', 'accountName', '-accountName', 'doNotEmail']) {
    const ids: string[] = []
    for (let cursor = ''; ;) {
      const page: { items: { id: string }[]; next: string | null; total: number } = (await app.api.get(`/contacts?sort=${sort}&limit=4${cursor && `&cursor=${cursor}`}`)).body
      ids.push(...page.items.map(({ id }) => id))
      expect(page.total).toBe(23)
      if (page.next === null) break
      cursor = page.next
    }
    expect(new Set(ids).size, sort).toBe(23)
    expect(ids, sort).toHaveLength(23)
  }
})

test('fields, sorts, cursors and filters that do not exist are refused, all at once', async () => {
  await using app = await startApp()
  const filter = encodeURIComponent(JSON.stringify({ field: 'password_hash', op: 'isEmpty' }))
  const answer = await app.api.get(`/users?fields=passwordHash,name&sort=wrong&filter=${filter}`)
  expect(answer.status).toBe(400)
  expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual(['filter.field', 'sort', 'fields'])
  for (const query of ['cursor=abc', `cursor=${Buffer.from('["-createdAt","rubbish","x"]').toString('base64url')}`, 'limit=201', 'filter=x', 'foo=1']) {
    expect((await app.api.get(`/contacts?${query}`)).status, query).toBe(400)
  }
  expect((await app.api.get('/contacts?fields=firstName,accountId')).status).toBe(200)
})

test('a user is written by administrators only, keeps the password to itself, and can sign in with it', async () => {
  await using app = await startApp()
  const regular = await app.givenUser('regular')
  expect((await app.as(regular.key).post('/users', { userName: 'eve' })).status).toBe(403)
  const created = await app.api.post('/users', { userName: 'carla', password: 'correct horse', type: 'regular' })
  expect(created.status).toBe(201)
  expect(JSON.stringify(created.body)).not.toMatch(/password|hash/i)
  expect((await app.as(null).post('/session', { userName: 'carla', password: 'correct horse' })).status).toBe(201)
  const twin = await app.api.post('/users', { userName: 'CARLA' })
  expect([twin.status, twin.body.code, twin.body.errors[0].path]).toEqual([409, 'notUnique', 'userName'])
  expect((await app.api.get('/audit-log?q=userCreated')).body.items).toMatchObject([{ aboutName: 'carla' }])
  expect((await app.api.post('/users', { password: 'short' })).body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['password', 'userName'])
})

test('the last active administrator cannot be deleted, demoted or set inactive', async () => {
  await using app = await startApp()
  const path = `/users/${app.admin.userId}`
  for (const refused of [await app.api.delete(path), await app.api.patch(path, { type: 'regular' }), await app.api.patch(path, { isActive: false })]) {
    expect(refused.status).toBe(409)
    expect(refused.body.code).toBe('lastAdministrator')
  }
  await app.givenUser('admin')
  expect((await app.api.patch(path, { isActive: false })).status).toBe(200)
})

test('of two administrators who demote each other at the same moment, one stays', async () => {
  await using app = await startApp()
  const other = await app.givenUser('admin')
  const answers = await Promise.all([
    app.api.patch(`/users/${other.actor.userId}`, { type: 'regular' }), app.as(other.key).patch(`/users/${app.admin.userId}`, { type: 'regular' }),
  ])
  expect(answers.map(({ status }) => status)).toContain(200)
  const { rows } = await sql<{ count: number }>`select count(*) as count from "user" where type = 'admin'`.execute(app.db)
  expect(rows[0]!.count).toBe(1)
})

test('the entity types tell what fields there are', async () => {
  await using app = await startApp()
  const { items } = (await app.api.get('/entity-types')).body
  expect(items.map(({ name }: { name: string }) => name)).toEqual(['Contact', 'Lead', 'User', 'Account'])
  const status = items[1].fields.find(({ key }: { key: string }) => key === 'status')
  expect(status).toMatchObject({ type: 'enum', options: ['New', 'Assigned', 'In Process', 'Converted', 'Recycled', 'Dead'], default: 'New' })
})

async function listed(app: TestApp, filter: object, q = ''): Promise<{ items: { firstName: string }[] }> {
  const { status, body } = await app.api.get(`/contacts?filter=${encodeURIComponent(JSON.stringify(filter))}&q=${q}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
