/** Something done to many records: at once, in the background, and safely repeated. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { targetListActions } from '../audience/mass-actions.ts'
import { readTask, runNextTask, type TaskKind } from '../platform/task.ts'
import { definitionOf } from './entity-types.ts'
import { massActionTask, ownMassActions, startMassAction } from './mass-action.ts'

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

test('a task that is canceled says what was done, and that stays done', async () => {
  await using app = await startApp()
  await many(app, 4_500)
  const task = await started(app, { action: 'delete', selection: { filter: { and: [] } } })
  await workOn(app, { ...task, after: (done) => done >= 2_000 && app.api.delete(`/tasks/${task.id}`) })
  expect(await state(app, task)).toMatchObject({
    status: 'canceled', progress: { done: 2_000, total: 4_500 }, result: { deleted: 2_000 }, error: expect.stringContaining('2000 of 4500'),
  })
  expect(await count(app)).toBe(2_500)
})

test('a task whose worker is killed in the middle goes on where it stood: every record is changed once, none is forgotten', async () => {
  await using app = await startApp()
  await many(app, 4_500)
  const task = await started(app, { action: 'update', data: { addressCity: 'Bonn' }, selection: { filter: { field: 'addressCity', op: 'isEmpty' } } })
  await workOn(app, { ...task, after: (done) => { if (done >= 2_000) throw new Error('killed') } }).catch(() => {})
  await app.db.updateTable('task').set({ status: 'running', error: null, heartbeatAt: new Date(Date.now() - 60_000) }).execute()
  await app.settle()
  expect(await state(app, task)).toMatchObject({ status: 'done', progress: { done: 4_500, total: 4_500 }, result: { updated: 4_500 } })
  expect((await sql`select version, count(*) from contact group by version`.execute(app.db)).rows).toEqual([{ version: 2, count: 4_500 }])
})

test('the audit log tells an action once, with all its counts, also when it was stopped in the middle and its end was run twice', async () => {
  await using app = await startApp()
  await many(app, 4_500)
  const task = await started(app, { action: 'delete', selection: { filter: { and: [] } } })
  const stop = new AbortController()
  await workOn(app, { ...task, stop, after: (done) => done >= 2_000 && stop.abort() })
  expect([(await state(app, task)).status, await audited(app, 'massDelete')]).toEqual(['queued', []])
  await workOn(app, task)
  await app.db.updateTable('task').set({ status: 'running', heartbeatAt: new Date(Date.now() - 60_000) }).execute()
  await app.settle()
  expect(await state(app, task)).toMatchObject({ status: 'done', result: { deleted: 4_500 } })
  expect(await audited(app, 'massDelete')).toEqual([{ deleted: 4_500 }])
})

test('what is done at once is done with its audit entry and its task, or not at all', async () => {
  await using app = await startApp()
  const id = await contact(app, 'Anna')
  await sql`alter table task add constraint no_room check (kind <> 'massAction')`.execute(app.db)
  const answer = await app.api.post('/contacts/mass-action', { selection: { ids: [id] }, action: 'delete', data: {} })
  expect([answer.status, await count(app), await audited(app, 'massDelete')]).toEqual([500, 1, []])
})

test('a task ceases when its target list is deleted, and says how far it came', async () => {
  await using app = await startApp()
  await many(app, 4_500)
  const list = (await app.api.post('/target-lists', { name: 'Friends' })).body
  const task = await started(app, { action: 'addToTargetList', data: { targetListId: list.id }, selection: { filter: { and: [] } } })
  await workOn(app, { ...task, after: (done) => done === 2_000 && app.api.delete(`/target-lists/${list.id}`) })
  expect(await state(app, task)).toMatchObject({ status: 'failed', error: expect.stringMatching(/no such target list.* It came to 2000 of 4500/) })
  expect((await sql`select count(*) from target_list_member`.execute(app.db)).rows).toEqual([{ count: 2_000 }])
})

test('a task ceases when the field that it changes is removed, and writes nothing more there', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types/Contact/fields', { name: 'grade', type: 'text', label: 'Grade' })
  await many(app, 4_500)
  const { id } = (await app.api.post('/contacts/mass-action', { action: 'update', selection: { filter: { and: [] } }, data: { grade: 'A' } })).body.task
  await workOn(app, { id, after: async (done) => { if (done === 2_000) await app.api.delete('/entity-types/Contact/fields/grade') } })
  expect((await app.api.get(`/tasks/${id}`)).body).toMatchObject({ status: 'failed', error: expect.stringMatching(/There is no such field.*It came to 2000 of 4500/), result: { updated: 2_000 } })
  const { rows } = await sql<{ count: number }>`select count(*) as count from contact where version > 1`.execute(app.db)
  expect(rows[0]!.count).toBe(2_000)
})

test('a request does not wait until very many are written down: the task begins with that', async () => {
  await using app = await startApp()
  await many(app, 2_345)
  const holder = await app.db.startTransaction().execute()
  await sql`lock table mass_action_batch in share mode`.execute(holder)
  const request = { selection: { filter: { and: [] } }, action: 'delete' as const, data: {} }
  const { task } = await startMassAction(app.db, actions, definitionOf('Contact'), request, { actor: app.admin, now: app.clock.read(), patienceMs: 200 })
  await holder.rollback().execute()
  expect(task).toMatchObject({ status: 'queued', title: 'Delete all chosen Contacts' })
  await app.settle()
  expect(await state(app, task)).toMatchObject({ status: 'done', progress: { done: 2_345, total: 2_345 }, result: { deleted: 2_345 } })
})

test('two workers on the same action do nothing twice', async () => {
  await using app = await startApp()
  await many(app, 4_500)
  const task = await started(app, { action: 'update', data: { addressCity: 'Bonn' }, selection: { filter: { and: [] } } })
  await Promise.all([1, 2].map(() => workOn(app, { ...task, claim: false })))
  expect((await sql`select version, count(*) from contact group by version`.execute(app.db)).rows).toEqual([{ version: 2, count: 4_500 }])
})

test('an action is about the records that were found when it was started, whatever becomes of them', async () => {
  await using app = await startApp()
  await many(app, 1_500)
  const late = await contact(app, 'Late')
  await sql`update contact set address_city = 'Rome' where id = ${late}`.execute(app.db)
  const task = await started(app, { action: 'delete', selection: { filter: { field: 'addressCity', op: 'isEmpty' } } })
  expect(await state(app, task)).toMatchObject({ progress: { done: 0, total: 1_500 } })
  await app.api.patch(`/contacts/${late}`, { addressCity: '' })
  await contact(app, 'Later')
  await app.settle()
  expect(await state(app, task)).toMatchObject({ status: 'done', result: { deleted: 1_500 } })
  expect(await count(app)).toBe(2)
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

const count = async (app: TestApp): Promise<number> => (await app.api.get('/contacts/count')).body.total
const state = async (app: TestApp, { id }: { id: string }) => (await app.api.get(`/tasks/${id}`)).body
const started = async (app: TestApp, body: object): Promise<{ id: string }> => (await app.api.post('/contacts/mass-action', body)).body.task

const actions = { ...ownMassActions, ...targetListActions }
const audited = async (app: TestApp, action: string) => (await app.db.selectFrom('auditEntry').select('detail').where('action', '=', action).execute()).map(({ detail }) => detail)

/** A worker's turn at the task, watched after each batch; `claim: false` is a worker that has it already. */
async function workOn(app: TestApp, { id, after, claim = true, stop = new AbortController() }: { id: string; after?: (done: number) => unknown; claim?: boolean; stop?: AbortController }) {
  const massAction = massActionTask(actions)
  const watched: TaskKind = (context, input) => massAction({
    ...context, progress: async (done, total) => { await after?.(done); await context.progress(done, total) },
  }, input)
  if (claim) return runNextTask(app.db, { massAction: watched }, app.clock.read, stop.signal)
  const { input } = await app.db.selectFrom('task').select('input').where('id', '=', id).executeTakeFirstOrThrow()
  const task = await readTask(app.db, id)
  return watched({ db: app.db, clock: app.clock.read, task, signal: new AbortController().signal, progress: async () => {} }, input)
}

const many = (app: TestApp, count: number) =>
  sql`insert into contact (id, last_name) select uuid_v7(), 'n' || n from generate_series(1, ${count}) as n`.execute(app.db)

test('an action that meets a value which must be unique fails with that reason and says how far it came', async () => {
  await using app = await startApp()
  await many(app, 2_500)
  const task = await started(app, { action: 'update', data: { addressCity: 'Bonn' }, selection: { filter: { and: [] } } })
  await sql`create unique index one_bonn on contact (last_name) where address_city = 'Bonn' and last_name = 'twin'`.execute(app.db)
  await sql`update contact set last_name = 'twin' where id in (select id from contact order by id desc limit 2)`.execute(app.db)
  await app.settle()
  expect(await state(app, task)).toMatchObject({ status: 'failed', result: { updated: 2_000 }, error: expect.stringMatching(/must be unique\. It came to 2000 of 2500\. What was done stays done\.$/) })
})
