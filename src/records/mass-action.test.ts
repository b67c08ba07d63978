/** Something done to many records: at once, in the background, and safely repeated. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'

test('a few selected records are changed at once, and only they', async () => {
  await using app = await startApp()
  const [anna, ben] = [await contact(app, 'Anna'), await contact(app, 'Ben')]
  const answer = await app.api.post('/contacts/mass-action', { selection: { ids: [anna, 'not-an-id'] }, action: 'update', data: { addressCity: 'Berlin' } })
  expect([answer.status, answer.body.task]).toMatchObject([202, { status: 'done', result: { updated: 1 } }])
  expect((await app.api.get(`/contacts/${anna}`)).body).toMatchObject({ addressCity: 'Berlin', version: 2 })
  expect((await app.api.get(`/contacts/${ben}`)).body).toMatchObject({ addressCity: '', version: 1 })
})

test('all results of a filter, more than a thousand, are changed by a task, although the change takes them out of the filter', async () => {
  await using app = await startApp()
  await many(app, 2_345)
  const selection = { filter: { field: 'addressCity', op: 'isEmpty' } }
  const { status, body } = await app.api.post('/contacts/mass-action', { selection, action: 'update', data: { addressCity: 'Bonn' } })
  expect(status).toBe(202)
  expect((await app.api.get('/contacts/count')).body).toEqual({ total: 2_345, totalIsEstimate: false })
  await app.settle()
  expect((await app.api.get(`/tasks/${body.task.id}`)).body).toMatchObject({ status: 'done', progress: { done: 2_345, total: 2_345 }, result: { updated: 2_345 } })
  const bonn = encodeURIComponent(JSON.stringify({ field: 'addressCity', op: 'equals', value: 'Bonn' }))
  expect((await app.api.get(`/contacts/count?filter=${bonn}`)).body.total).toBe(2_345)
})

test('a task that is canceled says how far it came', async () => {
  await using app = await startApp()
  await many(app, 1_500)
  const { body } = await app.api.post('/contacts/mass-action', { selection: { filter: { and: [] } }, action: 'delete' })
  await sql`update task set cancel_asked = true where id = ${body.task.id}`.execute(app.db)
  await app.settle()
  const task = (await app.api.get(`/tasks/${body.task.id}`)).body
  expect(task).toMatchObject({ status: 'canceled', error: expect.stringContaining('1000 of 1500') })
  expect((await app.api.get('/contacts/count')).body.total).toBe(500)
})

test('selected records join a target list once, leave it again, and leave it when they are deleted', async () => {
  await using app = await startApp()
  const ids = [await contact(app, 'Anna'), await contact(app, 'Ben')]
  const list = (await app.api.post('/target-lists', { name: 'Friends' })).body
  const act = async (action: string, selected: string[]) =>
    (await app.api.post('/contacts/mass-action', { selection: { ids: selected }, action, data: action === 'delete' ? {} : { targetListId: list.id } })).body.task.result
  expect(await act('addToTargetList', ids)).toEqual({ added: 2, alreadyThere: 0 })
  expect(await act('addToTargetList', ids)).toEqual({ added: 0, alreadyThere: 2 })
  expect(await act('removeFromTargetList', [ids[0]!])).toEqual({ removed: 1 })
  expect(await act('delete', ids)).toEqual({ deleted: 2 })
  expect((await app.api.get(`/target-lists/${list.id}`)).body.members).toBe(0)
})

test('wrong data is refused before anything is done', async () => {
  await using app = await startApp()
  const id = await contact(app, 'Anna')
  const refused = async (body: object) => {
    const answer = await app.api.post('/contacts/mass-action', { selection: { ids: [id] }, ...body })
    expect(answer.status, JSON.stringify(answer.body)).toBe(400)
  }
  await refused({ action: 'update', data: { shoeSize: 44 } })
  await refused({ action: 'update', data: {} })
  await refused({ action: 'explode' })
  await refused({ action: 'delete', data: { all: true } })
  await refused({ action: 'addToTargetList', data: { targetListId: id } })
  await refused({ action: 'delete', selection: {} })
  await refused({ action: 'delete', selection: { ids: [id], filter: { and: [] } } })
  await refused({ action: 'delete', selection: { filter: { field: 'wrong', op: 'isEmpty' } } })
  expect((await app.api.get(`/contacts/${id}`)).body.version).toBe(1)
})

test('a selection of nobody answers zeros', async () => {
  await using app = await startApp()
  const nobody = { field: 'firstName', op: 'equals', value: 'Nobody' }
  for (const selection of [{ ids: [] }, { filter: nobody }, { q: 'nobody' }]) {
    expect((await app.api.post('/contacts/mass-action', { selection, action: 'delete' })).body.task.result).toEqual({ deleted: 0 })
  }
})

test('a selection of users that would leave no administrator is refused as a whole', async () => {
  await using app = await startApp()
  const other = await app.givenUser('regular')
  const answer = await app.api.post('/users/mass-action', { selection: { ids: [app.admin.userId, other.actor.userId] }, action: 'delete' })
  expect([answer.status, answer.body.code]).toEqual([409, 'lastAdministrator'])
  expect((await app.api.get('/users/count')).body.total).toBe(2)
})

const contact = async (app: TestApp, firstName: string): Promise<string> => (await app.api.post('/contacts', { firstName })).body.id

const many = (app: TestApp, count: number) =>
  sql`insert into contact (id, last_name) select uuid_v7(), 'n' || n from generate_series(1, ${count}) as n`.execute(app.db)
