import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenTeam, readsAll, upTo } from '../../test/given-rights.ts'
import { noRights } from '../access/rights.ts'

/** One record each: mine, made by me and assigned to nobody, of my team, of somebody else. */
async function givenContacts(app: TestApp, { me, other, teamId }: Awaited<ReturnType<typeof givenTeam>>) {
  const make = async (lastName: string, values: object) => (await app.api.post('/contacts', { lastName, emailAddress: `${lastName}@example.com`, ...values })).body.id as string
  const ids = {
    mine: await make('mine', { assignedUserId: me.actor.userId }),
    made: await make('made', { assignedUserId: null }),
    team: await make('team', { assignedUserId: other.actor.userId, teamIds: [teamId] }),
    foreign: await make('foreign', { assignedUserId: other.actor.userId }),
  }
  await sql`update contact set created_by = ${me.actor.userId} where id = ${ids.made}`.execute(app.db)
  return ids
}

const names = (body: { items: { lastName: string }[] }) => body.items.map(({ lastName }) => lastName).sort()
const filter = (tree: object) => `filter=${encodeURIComponent(JSON.stringify(tree))}`

test.each([['own', ['made', 'mine']], ['team', ['made', 'mine', 'team']], ['all', ['foreign', 'made', 'mine', 'team']]] as const)(
  'with the level %s a person finds, counts, exports and reads exactly %j', async (level, found) => {
    await using app = await startApp()
    const given = await givenTeam(app, level)
    const ids = await givenContacts(app, given)
    expect(names((await given.as.get('/contacts')).body)).toEqual(found)
    expect(names((await given.as.get('/contacts?q=example.com')).body)).toEqual(found)
    expect((await given.as.get(`/contacts/count?${filter({ not: { field: 'lastName', op: 'equals', value: 'nobody' } })}`)).body.total).toBe(found.length)
    expect((await given.as.get('/contacts/export.csv?fields=lastName')).text.split(/\r?\n/).slice(1).filter(Boolean).sort()).toEqual(found)
    for (const [name, id] of Object.entries(ids)) {
      expect((await given.as.get(`/contacts/${id}`)).status).toBe((found as readonly string[]).includes(name) ? 200 : 404)
      expect((await given.as.get(`/contacts/${id}/history`)).status).toBe((found as readonly string[]).includes(name) ? 200 : 404)
    }
  })

test('what may be read but not changed answers 403, what may not be read 404, and neither changes', async () => {
  await using app = await startApp()
  const given = await givenTeam(app, 'own')
  const { mine, foreign } = await givenContacts(app, given)
  const reads = app.as((await app.givenUser('regular', { rights: { ...noRights, types: { Contact: readsAll } } })).key)
  for (const [as, status] of [[reads, 403], [given.as, 404]] as const) {
    expect((await as.patch(`/contacts/${foreign}`, { lastName: 'Changed' })).status).toBe(status)
    expect((await as.delete(`/contacts/${foreign}`)).status).toBe(status)
    expect((await as.patch(`/contacts/${foreign}`, { nonsense: 1 })).status).toBe(status)
  }
  expect((await app.api.get(`/contacts/${foreign}`)).body).toMatchObject({ lastName: 'foreign', version: 1 })
  expect((await given.as.patch(`/contacts/${mine}`, { lastName: 'Changed' })).status).toBe(200)
  const none = app.as((await app.givenUser('regular', { rights: noRights })).key)
  expect([(await none.get('/contacts')).status, (await none.post('/contacts', { lastName: 'X' })).body.code, (await none.get(`/contacts/${mine}`)).status]).toEqual([403, 'mayNotCreate', 404])
})

test('of a linked record that may not be read nothing is told: no name, no field, no filter, no sort; and nobody links to it', async () => {
  await using app = await startApp()
  const given = await givenTeam(app, 'own')
  const account = (await app.api.post('/accounts', { name: 'Secret Ltd', industry: 'Steel' })).body.id as string
  const { mine } = await givenContacts(app, given)
  await app.api.patch(`/contacts/${mine}`, { accountId: account })
  expect((await given.as.get(`/contacts/${mine}`)).body).toMatchObject({ accountId: account, accountName: null })
  expect((await given.as.get('/contacts?fields=account.industry')).body.items).not.toContainEqual(expect.objectContaining({ 'account.industry': 'Steel' }))
  expect((await given.as.get(`/contacts/count?${filter({ field: 'account.industry', op: 'equals', value: 'Steel' })}`)).body.total).toBe(0)
  expect((await app.api.get(`/contacts/count?${filter({ field: 'account.industry', op: 'equals', value: 'Steel' })}`)).body.total).toBe(1)
  const admin = (await app.api.get(`/users/${app.admin.userId}`)).body.emailAddress
  expect((await given.as.get(`/contacts/count?${filter({ field: 'createdBy.emailAddress', op: 'equals', value: admin })}`)).body.total).toBe(0)
  expect((await given.as.post('/contacts', { lastName: 'X', accountId: account })).body.errors[0].path).toBe('accountId')
  // What somebody else linked stays when the rest is changed.
  expect((await given.as.patch(`/contacts/${mine}`, { lastName: 'New', accountId: account })).status).toBe(200)
})

test('a filter by target list or by what people did tells nothing of lists and campaigns that may not be read', async () => {
  await using app = await startApp()
  const given = await givenTeam(app, 'own')
  const { mine } = await givenContacts(app, given)
  const list = (await app.api.post('/target-lists', { name: 'Theirs' })).body.id
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [mine] })
  const total = async (tree: object) => (await given.as.get(`/contacts/count?${filter(tree)}`)).body.total
  expect(await total({ op: 'memberOf', value: [list] })).toBe(0)
  await app.api.patch(`/target-lists/${list}`, { teamIds: [], assignedUserId: given.me.actor.userId })
  expect(await total({ op: 'memberOf', value: [list] })).toBe(1)
})

test('an action on all results reaches what the person may do it to, and nothing else; also when the right is lost meanwhile', async () => {
  await using app = await startApp()
  const given = await givenTeam(app, 'own')
  const { foreign, team } = await givenContacts(app, given)
  const all = { selection: { filter: { and: [] } } }
  expect((await given.as.post('/contacts/mass-action', { ...all, action: 'update', data: { title: 'X' } })).body.task.result).toEqual({ updated: 2 })
  expect((await given.as.post('/contacts/mass-action', { selection: { ids: [foreign, team] }, action: 'delete' })).body.task.result).toEqual({ deleted: 0 })
  expect((await app.api.get(`/contacts/count?${filter({ field: 'title', op: 'equals', value: 'X' })}`)).body.total).toBe(2)
  const reads = app.as((await app.givenUser('regular', { rights: { ...upTo('own', ['massUpdate']), types: { Contact: readsAll } } })).key)
  expect((await reads.post('/contacts/mass-action', { ...all, action: 'update', data: { title: 'Y' } })).body.task.result).toEqual({ updated: 0, notAllowed: 4 })
  const without = app.as((await app.givenUser('regular', { rights: upTo('all', []) })).key)
  expect((await without.post('/contacts/mass-action', { ...all, action: 'update', data: { title: 'Z' } })).body).toMatchObject({ status: 403, code: 'mayNotMassUpdate' })
  await sql`insert into contact (id, last_name, assigned_user_id) select gen_random_uuid(), 'many', ${given.me.actor.userId}::uuid from generate_series(1, 1500)`.execute(app.db)
  app.clock.advance({ hours: 24 * 365 * 10 })
  const { task } = (await given.as.post('/contacts/mass-action', { ...all, action: 'delete' })).body
  await app.db.updateTable('user').set({ roleIds: [] }).where('id', '=', given.me.actor.userId).execute()
  await app.settle()
  expect((await app.api.get(`/tasks/${task.id}`)).body.status).toBe('failed')
  expect((await app.api.get('/contacts/count')).body.total).toBe(1504)
})

test('everybody sees himself among the users, and others only with the right to', async () => {
  await using app = await startApp()
  const { actor, key } = await app.givenUser('regular', { rights: noRights })
  expect((await app.as(key).get('/users')).body.items.map(({ id }: { id: string }) => id)).toEqual([actor.userId])
  expect((await app.as(key).get(`/users/${actor.userId}`)).status).toBe(200)
  expect((await app.as(key).get(`/users/${app.admin.userId}`)).status).toBe(404)
  await app.api.patch(`/users/${actor.userId}`, { roleIds: [] })
  const said = await app.db.selectFrom('auditEntry').select('detail').where('action', '=', 'userChanged').execute()
  expect(said).toEqual([{ detail: { from: { roles: [`Role of ${actor.userName}`] }, to: { roles: [] } } }])
  for (const raise of [{ type: 'admin' }, { roleIds: [] }, { teamIds: [] }]) {
    expect((await app.as(key).patch(`/users/${actor.userId}`, raise)).status).toBe(403)
  }
})
