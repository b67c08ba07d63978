/** Two records become one without losing anything, least of all a "no"; and two again. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { givenTeam } from '../../test/given-rights.ts'

const made = async (app: TestApp, path: string, body: object): Promise<string> => (await app.api.post(path, body)).body.id
const merge = async (app: TestApp, survivorId: string, otherIds: string[], values: object = {}) => (await app.api.post('/contacts/merge', { survivorId, otherIds, values })).body
const undo = async (app: TestApp, actionId: string) => (await app.api.post(`/bin/actions/${actionId}/undo`)).body.task.result

/** Everything that a merge of contacts touches, but versions and times of change. */
async function contents({ db }: TestApp): Promise<unknown> {
  const { rows } = await sql`
    select 'contact' as at, (select jsonb_agg(to_jsonb(t) - array['version', 'modified_at', 'modified_by'] order by id) from contact t) as rows
     union all select 'member', (select jsonb_agg(to_jsonb(t) order by target_list_id, record_id) from target_list_member t)
     union all select 'log', (select jsonb_agg(to_jsonb(t) order by lane, id) from log_entry t)
     union all select 'delivery', (select jsonb_agg(to_jsonb(t) order by lane, id) from delivery t)
     union all select 'group', (select jsonb_agg(to_jsonb(t) order by test_group_id, record_id) from test_group_recipient t)`.execute(db)
  return rows
}

test('the record that stays keeps its values, takes those it has not from the others, and what the user chose; a "do not email" of anybody stays', async () => {
  await using app = await startApp()
  const account = await made(app, '/accounts', { name: 'Firm' })
  const anna = await made(app, '/contacts', { firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@example.org', phoneNumber: '1' })
  const ann = await made(app, '/contacts', { firstName: 'Ann', title: 'Dr', accountId: account, phoneNumber: '2', doNotEmail: true })
  const third = await made(app, '/contacts', { title: 'Prof', addressCity: 'Bonn', phoneNumber: '3' })
  const { record } = await merge(app, anna, [ann, third], { phoneNumber: '3', doNotEmail: false })
  expect(record).toMatchObject({ id: anna, firstName: 'Anna', lastName: 'Berg', title: 'Dr', accountName: 'Firm', addressCity: 'Bonn', phoneNumber: '3', doNotEmail: true })
  expect((await app.api.get(`/contacts/${ann}`)).body).toMatchObject({ status: 404, mergedIntoId: anna })
  expect((await app.api.get('/bin')).body.items).toMatchObject([{ action: 'merge', mergedIntoId: anna }, { action: 'merge', mergedIntoId: anna }])
})

test('memberships join, each with the earliest consent and the source of whoever was there first', async () => {
  await using app = await startApp()
  const [anna, ann] = [await made(app, '/contacts', { firstName: 'Anna' }), await made(app, '/contacts', { firstName: 'Ann' })]
  const [both, only] = [await made(app, '/target-lists', { name: 'Both' }), await made(app, '/target-lists', { name: 'Only' })]
  await sql`
    insert into target_list_member (target_list_id, entity_type, record_id, source, added_at, consent_at, consent_source, consent_text) values
      (${both}, 'Contact', ${anna}, 'import', '2029-01-01Z', '2029-03-01Z', 'fair', 'late'),
      (${both}, 'Contact', ${ann}, 'form', '2029-02-01Z', '2028-01-01Z', 'web', 'early'),
      (${only}, 'Contact', ${ann}, 'api', '2029-02-01Z', null, null, null)`.execute(app.db)
  const before = await contents(app)
  const { actionId } = await merge(app, anna, [ann])
  const { rows } = await sql`select target_list_id as list, record_id as who, source, consent_source, consent_text from target_list_member order by source desc`.execute(app.db)
  expect(rows).toEqual([
    { list: both, who: anna, source: 'import', consentSource: 'web', consentText: 'early' },
    { list: only, who: anna, source: 'api', consentSource: null, consentText: null }])
  expect(await undo(app, actionId)).toMatchObject({ restored: 1, notRestored: 0 })
  expect(await contents(app)).toEqual(before)
})

test('whom a report brought and a person picked is hand-picked after a merge, whoever was there first', async () => {
  await using app = await startApp()
  const [anna, ann] = [await made(app, '/contacts', { firstName: 'Anna' }), await made(app, '/contacts', { firstName: 'Ann' })]
  const [first, second] = [await made(app, '/target-lists', { name: 'First' }), await made(app, '/target-lists', { name: 'Second' })]
  await sql`
    insert into target_list_member (target_list_id, entity_type, record_id, source, added_at) values
      (${first}, 'Contact', ${anna}, 'report', '2029-01-01Z'), (${first}, 'Contact', ${ann}, 'manual', '2029-02-01Z'),
      (${second}, 'Contact', ${anna}, 'manual', '2029-02-01Z'), (${second}, 'Contact', ${ann}, 'report', '2029-01-01Z')`.execute(app.db)
  await merge(app, anna, [ann])
  expect((await sql<{ source: string }>`select source from target_list_member`.execute(app.db)).rows).toEqual([{ source: 'manual' }, { source: 'manual' }])
})

test('a "no" of either address holds for both, complaints too; a dead mailbox stays a fact of its address', async () => {
  await using app = await startApp()
  const list = await made(app, '/target-lists', { name: 'Readers' })
  const [anna, ann] = [await made(app, '/contacts', { emailAddress: 'Anna@example.org' }), await made(app, '/contacts', { emailAddress: 'ann@example.com' })]
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'ann@example.com' })
  for (const [emailAddress, reason] of [['anna@example.org', 'optedOut'], ['ann@example.com', 'complained'], ['ann@example.com', 'invalid']]) await app.api.post('/suppressions', { emailAddress, reason })
  const { actionId } = await merge(app, anna, [ann])
  const said = async () => (await sql<{ said: string }>`
    select email_key || ' list' as said from opt_out union all select email_key || ' ' || reason from suppression order by 1`.execute(app.db)).rows.map((row) => row.said)
  const everyNo = ['ann@example.com complained', 'ann@example.com invalid', 'ann@example.com list', 'ann@example.com optedOut', 'anna@example.org complained', 'anna@example.org list', 'anna@example.org optedOut']
  expect(await said()).toEqual(everyNo)
  expect((await undo(app, actionId)).notes).toMatchObject([{ reason: '3 opt-outs that the merge carried over to the other address stay.' }])
  expect(await said()).toEqual(everyNo)
})

test('"do not email" stays with every address of those who were merged, for informational email and for records that come later, too', async () => {
  await using app = await startApp()
  const anna = await made(app, '/contacts', { firstName: 'Anna', emailAddress: 'anna@example.org' })
  const ann = await made(app, '/contacts', { firstName: 'Ann', emailAddress: 'Ann@example.com', doNotEmail: true })
  const lead = await made(app, '/leads', { firstName: 'Ann', emailAddress: 'ann@example.com' })
  const list = await made(app, '/target-lists', { name: 'Readers' })
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Lead', ids: [lead] })
  const campaignId = await made(app, '/campaigns', { name: 'Notice', type: 'informationalEmail', targetListIds: [list] })
  const massEmail = await made(app, '/mass-emails', { campaignId })
  const verdicts = async () => (await app.api.get(`/mass-emails/${massEmail}/audience`)).body.verdicts
  const members = async () => (await app.api.get(`/target-lists/${list}/members`)).body.items.map(({ state }: { state: string }) => state)
  expect([await verdicts(), await members()]).toEqual([{ doNotEmail: 1 }, ['doNotEmail']])
  expect(await merge(app, anna, [ann])).toMatchObject({ record: { emailAddress: 'anna@example.org', doNotEmail: true }, refusals: 1 })
  expect([await verdicts(), await members()]).toEqual([{ doNotEmail: 1 }, ['doNotEmail']])
  expect((await app.api.get(`/target-lists/${list}`)).body).toMatchObject({ deliverable: 0, otherwise: { doNotEmail: 1 } })
  expect((await app.api.get('/suppressions')).body.items).toMatchObject([{ emailAddress: 'Ann@example.com', reason: 'doNotEmail', source: 'merge' }])
})

test('an address that a merge leaves behind keeps its "do not email" also where no address is kept; one whose record says it needs nothing', async () => {
  await using app = await startApp()
  const [anna, ann] = [await made(app, '/contacts', { firstName: 'Anna' }), await made(app, '/contacts', { emailAddress: 'ann@example.com', doNotEmail: true })]
  expect(await merge(app, anna, [ann], { emailAddress: '' })).toMatchObject({ record: { emailAddress: '', doNotEmail: true }, refusals: 1 })
  const [ben, benno] = [await made(app, '/contacts', { emailAddress: 'ben@example.com' }), await made(app, '/contacts', { emailAddress: 'BEN@example.com', doNotEmail: true })]
  expect(await merge(app, ben, [benno])).toMatchObject({ record: { doNotEmail: true }, refusals: 0 })
})

test('whoever gives the record away in a merge gets it in the answer, as when it is changed', async () => {
  await using app = await startApp()
  const { me, as, other } = await givenTeam(app, 'own')
  const mine = { assignedUserId: me.actor.userId }
  const [anna, ann] = [await made(app, '/contacts', { firstName: 'Anna', ...mine }), await made(app, '/contacts', { firstName: 'Ann', ...mine })]
  const answer = await as.post('/contacts/merge', { survivorId: anna, otherIds: [ann], values: { assignedUserId: other.actor.userId } })
  expect(answer).toMatchObject({ status: 200, body: { record: { id: anna, assignedUserId: other.actor.userId } } })
})

test('log, deliveries, links and test groups move along, and back again', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ann', 'ben'] })
  await app.settle()
  const [anna, ann, ben] = massEmail.contactIds as [string, string, string]
  await made(app, '/test-groups', { name: 'Us', recipients: [{ entityType: 'Contact', id: ann }, { entityType: 'Contact', id: ben }] })
  const before = await contents(app)
  const { actionId } = await merge(app, anna, [ann])
  const of = async (table: string) => (await sql<{ who: string }>`select record_id as who from ${sql.table(table)} order by email_address`.execute(app.db)).rows.map(({ who }) => who)
  expect([await of('delivery'), await of('log_entry')]).toEqual([[anna, anna, ben], [anna, anna, ben]])
  expect((await app.api.get('/test-groups')).body.items[0].recipients.map(({ id }: { id: string }) => id)).toEqual([anna, ben])
  expect(await undo(app, actionId)).toMatchObject({ restored: 1, notes: [] })
  expect(await contents(app)).toEqual(before)
})

test('contacts of merged accounts belong to the account that stayed, and to their own again after the undo', async () => {
  await using app = await startApp()
  const [firm, twin] = [await made(app, '/accounts', { name: 'Firm' }), await made(app, '/accounts', { name: 'Firm Ltd' })]
  const [anna, ben] = [await made(app, '/contacts', { firstName: 'Anna', accountId: firm }), await made(app, '/contacts', { firstName: 'Ben', accountId: twin })]
  const { actionId } = (await app.api.post('/accounts/merge', { survivorId: firm, otherIds: [twin] })).body
  const accounts = () => Promise.all([anna, ben].map(async (id) => (await app.api.get(`/contacts/${id}`)).body.accountId))
  expect(await accounts()).toEqual([firm, firm])
  await undo(app, actionId)
  expect(await accounts()).toEqual([firm, twin])
})

test('who was changed after the merge keeps that; the other one comes back all the same', async () => {
  await using app = await startApp()
  const [anna, ann] = [await made(app, '/contacts', { firstName: 'Anna' }), await made(app, '/contacts', { firstName: 'Ann', title: 'Dr' })]
  const { actionId } = await merge(app, anna, [ann])
  await app.api.patch(`/contacts/${anna}`, { phoneNumber: '1' })
  expect(await undo(app, actionId)).toMatchObject({ restored: 1, notes: [{ id: anna, reason: 'Kept as it is: it was changed since.' }] })
  expect((await app.api.get(`/contacts/${anna}`)).body).toMatchObject({ title: 'Dr', phoneNumber: '1' })
  expect((await app.api.get(`/contacts/${ann}`)).body).toMatchObject({ firstName: 'Ann' })
})

test('what cannot be merged is refused with the reason, and nothing changes', async () => {
  await using app = await startApp()
  const anna = await made(app, '/contacts', { firstName: 'Anna' })
  const status = async (path: string, body: object) => (await app.api.post(path, body)).status
  expect(await status('/contacts/merge', { survivorId: anna, otherIds: [anna] })).toBe(400)
  expect(await status('/contacts/merge', { survivorId: anna, otherIds: [] })).toBe(400)
  expect(await status('/contacts/merge', { survivorId: anna, otherIds: ['nobody'] })).toBe(404)
  expect(await status('/contacts/merge', { survivorId: anna, otherIds: [app.admin.userId] })).toBe(404)
  expect(await status('/contacts/merge', { survivorId: anna, otherIds: [await made(app, '/contacts', {})], values: { shoeSize: 44 } })).toBe(400)
  expect(await status('/users/merge', { survivorId: app.admin.userId, otherIds: [(await app.givenUser('regular')).actor.userId] })).toBe(409)
  expect((await app.api.get('/bin')).body.total).toBe(0)
})

test('nobody merges, or is shown as a duplicate, what they may not read or delete', async () => {
  await using app = await startApp()
  const { me, as } = await givenTeam(app, 'own')
  const mine = await made(app, '/contacts', { firstName: 'Mine', emailAddress: 'a@example.org', assignedUserId: me.actor.userId })
  const foreign = await made(app, '/contacts', { firstName: 'Foreign', emailAddress: 'a@example.org' })
  expect((await as.get(`/contacts/${mine}/duplicates`)).body.items).toEqual([])
  expect((await as.post('/contacts/duplicates', { values: { emailAddress: 'a@example.org' } })).body.items).toMatchObject([{ name: 'Mine' }])
  expect((await as.get('/contacts/duplicates')).body.items).toEqual([])
  expect((await as.get(`/contacts/${foreign}/duplicates`)).status).toBe(404)
  for (const [survivorId, otherId] of [[mine, foreign], [foreign, mine]]) expect((await as.post('/contacts/merge', { survivorId, otherIds: [otherId] })).status).toBe(404)
  await merge(app, foreign, [mine])
  expect((await as.get(`/contacts/${mine}`)).body.mergedIntoId).toBeUndefined()
})

test('a merge whose other record cannot come back is not undone by half: nothing changes, the reason is named, and it can be undone later', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', fields: [{ name: 'license', type: 'text', label: 'License', unique: true }] })
  const list = await made(app, '/target-lists', { name: 'Readers' })
  const [anna, ann] = [await made(app, '/doctors', { firstName: 'Anna' }), await made(app, '/doctors', { firstName: 'Ann', license: 'A-1' })]
  await sql`insert into target_list_member (target_list_id, entity_type, record_id, source, added_at) values (${list}, 'Doctor', ${ann}, 'api', '2029-02-01Z')`.execute(app.db)
  const { actionId } = (await app.api.post('/doctors/merge', { survivorId: anna, otherIds: [ann] })).body
  await app.api.patch(`/doctors/${anna}`, { title: 'Prof' })
  const members = async () => (await sql<{ who: string }>`select record_id as who from target_list_member`.execute(app.db)).rows.map(({ who }) => who)
  const refused = await app.api.post(`/bin/actions/${actionId}/undo`)
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([409, 'mergeNotUndone', expect.stringContaining('Ann: Another doctor has its License now: A-1')])
  expect(await members()).toEqual([anna])
  expect((await app.api.get('/bin/actions')).body.items).toMatchObject([{ kind: 'merge', undoneAt: null, left: 1 }])
  await app.api.patch(`/doctors/${anna}`, { license: '' })
  expect(await undo(app, actionId)).toMatchObject({ restored: 1, notRestored: 0 })
  expect(await members()).toEqual([ann])
  expect((await app.api.get('/bin/actions')).body.items).toMatchObject([{ left: 0, undoneAt: expect.any(String) }])
})
