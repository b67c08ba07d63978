import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'
import { runNextTask, type TaskKind } from '../platform/task.ts'
import { addToTargetList } from './members.ts'
import { suppress } from './suppressions.ts'

async function givenContact({ db }: TestApp, emailAddress: string, more: { doNotEmail?: boolean; emailMalformed?: boolean } = {}): Promise<string> {
  const id = newId()
  await db.insertInto('contact').values({ id, firstName: emailAddress.split('@')[0] ?? '', emailAddress, ...more }).execute()
  return id
}

async function givenList({ api }: TestApp, name = 'Customers'): Promise<string> {
  return (await api.post('/target-lists', { name })).body.id
}

test('a target list is created, renamed and deleted; a stale change is refused', async () => {
  await using app = await startApp()
  const created = await app.api.post('/target-lists', { name: 'Customers' })
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({ name: 'Customers', members: 0, deliverable: 0, optedOut: 0, invalid: 0, noAddress: 0, optedOutElsewhere: 0 })
  const path = `/target-lists/${created.body.id}`

  const renamed = await app.api.patch(path, { name: 'Readers' }, { 'if-match': String(created.headers.etag) })
  expect(renamed.body).toMatchObject({ name: 'Readers', version: 2 })
  expect((await app.api.patch(path, { name: 'Old' }, { 'if-match': String(created.headers.etag) })).status).toBe(412)

  expect((await app.api.delete(path)).status).toBe(204)
  expect((await app.api.get(path)).status).toBe(404)
  expect((await app.api.get('/target-lists')).body.items).toEqual([])
})

test('the counts of a list say for every member whether it can be mailed, and add up', async () => {
  await using app = await startApp()
  const ids = await Promise.all([
    givenContact(app, 'anna@example.com'), givenContact(app, 'ben@example.com'), givenContact(app, 'dead@example.com'),
    givenContact(app, ''), givenContact(app, 'broken', { emailMalformed: true }), givenContact(app, 'angry@example.com'),
    givenContact(app, 'never@example.com', { doNotEmail: true }), givenContact(app, 'gone@example.com'),
  ])
  const list = await givenList(app)
  expect((await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids })).body).toEqual({ added: 8, alreadyThere: 0 })
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'BEN@example.com' })
  for (const [emailAddress, reason] of [['dead@example.com', 'invalid'], ['angry@example.com', 'complained'], ['gone@example.com', 'optedOut']]) {
    expect((await app.api.post('/suppressions', { emailAddress, reason })).status).toBe(201)
  }

  const counts = { members: 8, deliverable: 1, optedOut: 2, invalid: 1, noAddress: 1, otherwise: { malformed: 1, complained: 1, doNotEmail: 1 } }
  expect((await app.api.get(`/target-lists/${list}`)).body).toMatchObject(counts)
  expect((await app.api.get('/target-lists')).body.items[0]).toMatchObject(counts)
  const states = (await app.api.get(`/target-lists/${list}/members?sort=emailAddress`)).body.items.map((item: any) => [item.emailAddress, item.state])
  expect(Object.fromEntries(states)).toEqual({
    'anna@example.com': 'deliverable', 'ben@example.com': 'optedOut', 'dead@example.com': 'invalid', '': 'noAddress', broken: 'malformed',
    'angry@example.com': 'complained', 'never@example.com': 'doNotEmail', 'gone@example.com': 'optedOut',
  })
})

test('adding again says who was there already, removing says how many went', async () => {
  await using app = await startApp()
  const [anna, ben] = [await givenContact(app, 'anna@example.com'), await givenContact(app, 'ben@example.com')]
  const list = await givenList(app)
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna] })
  expect((await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna, ben, newId(), 'nonsense'] })).body).toEqual({ added: 1, alreadyThere: 1 })
  const byFilter = { entityType: 'Contact', filter: { field: 'emailAddress', op: 'startsWith', value: 'anna' } }
  expect((await app.api.post(`/target-lists/${list}/members/remove`, byFilter)).body).toEqual({ removed: 1 })
  expect((await app.api.get(`/target-lists/${list}/members`)).body.items.map((item: any) => item.id)).toEqual([ben])
})

test('a faulty selection is refused with a reason', async () => {
  await using app = await startApp()
  const list = await givenList(app)
  for (const body of [{}, { entityType: 'Contact' }, { entityType: 'Nothing', ids: [newId()] }, { entityType: 'Contact', ids: [newId()], filter: {} }, { ids: [newId()] }]) {
    expect((await app.api.post(`/target-lists/${list}/members`, body)).status).toBe(400)
  }
  expect((await app.api.post(`/target-lists/${newId()}/members`, { entityType: 'Contact', ids: [newId()] })).status).toBe(404)
})

test('more than a thousand records join, and leave, in the background', async () => {
  await using app = await startApp()
  const rows = Array.from({ length: 1_200 }, (_, n) => ({ id: newId(), lastName: 'Many', emailAddress: `n${n}@example.com` }))
  await app.db.insertInto('contact').values(rows).execute()
  const list = await givenList(app)
  const selection = { entityType: 'Contact', filter: { field: 'lastName', op: 'equals', value: 'Many' } }

  const adding = await app.api.post(`/target-lists/${list}/members`, selection)
  expect(adding.status).toBe(202)
  await app.settle()
  expect((await app.api.get(`/tasks/${adding.body.task.id}`)).body).toMatchObject({ status: 'done', result: { added: 1_200, alreadyThere: 0 }, progress: { done: 1_200, total: 1_200 } })

  const memberFilter = { entityType: 'Contact', filter: { op: 'memberOf', value: [list] } }
  const removing = await app.api.post(`/target-lists/${list}/members/remove`, memberFilter)
  await app.settle()
  expect((await app.api.get(`/tasks/${removing.body.task.id}`)).body.result).toEqual({ removed: 1_200 })
})

test('adding many ceases when the list is deleted meanwhile; after an orderly stop it goes on until all are there', async () => {
  await using app = await startApp()
  await sql`insert into contact (id, last_name) select uuid_v7(), 'Many' from generate_series(1, 5001)`.execute(app.db)
  const [goes, stays] = [await givenList(app), await givenList(app)]
  const add = async (list: string) => (await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', filter: { and: [] } })).body.task.id
  const firstBatchOf = async (stop: AbortController, then: () => unknown) => {
    const kind: TaskKind = (context, input) => addToTargetList({ ...context, progress: async (...progress) => { await context.progress(...progress); await then() } }, input)
    await runNextTask(app.db, { addToTargetList: kind }, app.clock.read, stop.signal)
  }
  const failed = await add(goes)
  await firstBatchOf(new AbortController(), () => app.api.delete(`/target-lists/${goes}`))
  expect((await app.api.get(`/tasks/${failed}`)).body).toMatchObject({ status: 'failed', progress: { done: 5_000 } })
  const stopped = await add(stays)
  const stop = new AbortController()
  await firstBatchOf(stop, () => stop.abort())
  expect((await app.api.get(`/tasks/${stopped}`)).body).toMatchObject({ status: 'queued', progress: { done: 5_000 } })
  await app.settle()
  expect((await app.api.get(`/tasks/${stopped}`)).body).toMatchObject({ status: 'done', progress: { done: 5_001 } })
  expect((await app.api.get(`/target-lists/${stays}`)).body.members).toBe(5_001)
})

test('an opt-out belongs to the address: it survives leaving and joining again, and travels to a copy', async () => {
  await using app = await startApp()
  const [anna, twin] = [await givenContact(app, 'anna@example.com'), await givenContact(app, 'Anna@Example.com')]
  const list = await givenList(app)
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna] })
  expect((await app.api.post(`/target-lists/${list}/opt-out`, { entityType: 'Contact', id: anna })).body).toMatchObject({ members: 1, optedOut: 1 })

  await app.api.post(`/target-lists/${list}/members/remove`, { entityType: 'Contact', ids: [anna] })
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna, twin] })
  expect((await app.api.get(`/target-lists/${list}`)).body).toMatchObject({ members: 2, optedOut: 2, deliverable: 0 })

  const copy = await app.api.post(`/target-lists/${list}/duplicate`)
  expect(copy.body).toMatchObject({ name: 'Customers (copy)', members: 2, optedOut: 2 })
  expect((await app.api.get(`/target-lists/${copy.body.id}/opt-outs`)).body.items).toMatchObject([{ emailAddress: 'anna@example.com', entityType: 'Contact', recordId: anna }])
})

test('cancelling an opt-out needs a reason, and the audit log keeps it', async () => {
  await using app = await startApp()
  const anna = await givenContact(app, 'anna@example.com')
  const list = await givenList(app)
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna] })
  await app.api.post(`/target-lists/${list}/opt-out`, { entityType: 'Contact', id: anna })

  const refused = await app.api.post(`/target-lists/${list}/cancel-opt-out`, { entityType: 'Contact', id: anna })
  expect([refused.status, refused.body.errors[0].path]).toEqual([400, 'reason'])
  const lifted = await app.api.post(`/target-lists/${list}/cancel-opt-out`, { emailAddress: 'anna@example.com', reason: 'She wrote to us.' })
  expect(lifted.body).toMatchObject({ optedOut: 0, deliverable: 1 })
  expect((await app.api.post(`/target-lists/${list}/cancel-opt-out`, { emailAddress: 'anna@example.com', reason: 'Again.' })).status).toBe(409)
  const audited = (await app.api.get('/audit-log')).body.items.find((item: any) => item.action === 'optOutCanceled')
  expect(audited).toMatchObject({ aboutId: list, detail: { reason: 'She wrote to us.' } })
})

test('a new list says how many opted out elsewhere, and leaves them out on request', async () => {
  await using app = await startApp()
  const [anna, ben] = [await givenContact(app, 'anna@example.com'), await givenContact(app, 'ben@example.com')]
  const [old, fresh] = [await givenList(app, 'Old'), await givenList(app, 'Fresh')]
  await app.api.post(`/target-lists/${old}/opt-out`, { emailAddress: 'anna@example.com' })
  await app.api.post(`/target-lists/${fresh}/members`, { entityType: 'Contact', ids: [anna, ben] })
  expect((await app.api.get(`/target-lists/${fresh}`)).body).toMatchObject({ members: 2, deliverable: 2, optedOutElsewhere: 1 })
  expect((await app.api.post(`/target-lists/${fresh}/members/remove`, { optedOutElsewhere: true })).body).toEqual({ removed: 1 })
  expect((await app.api.get(`/target-lists/${fresh}`)).body).toMatchObject({ members: 1, optedOutElsewhere: 0 })
})

test('merging lists keeps everybody once, and any "no" wins', async () => {
  await using app = await startApp()
  const [anna, ben] = [await givenContact(app, 'anna@example.com'), await givenContact(app, 'ben@example.com')]
  const [into, from] = [await givenList(app, 'Into'), await givenList(app, 'From')]
  await app.api.post(`/target-lists/${into}/members`, { entityType: 'Contact', ids: [anna] })
  await app.api.post(`/target-lists/${from}/members`, { entityType: 'Contact', ids: [anna, ben] })
  await app.api.post(`/target-lists/${from}/opt-out`, { entityType: 'Contact', id: anna })
  expect((await app.api.post(`/target-lists/${into}/merge`, { targetListIds: [from] })).body).toEqual({ added: 1 })
  expect((await app.api.get(`/target-lists/${into}`)).body).toMatchObject({ members: 2, optedOut: 1, deliverable: 1 })
  expect((await app.api.get(`/target-lists/${from}`)).status).toBe(404)
})

test('members move to another list with their "no"; who is in both already is in the other once', async () => {
  await using app = await startApp()
  const [anna, ben, carl] = [await givenContact(app, 'anna@example.com'), await givenContact(app, 'ben@example.com'), await givenContact(app, 'carl@example.com')]
  const [from, to] = [await givenList(app, 'From'), await givenList(app, 'To')]
  await app.api.post(`/target-lists/${from}/members`, { entityType: 'Contact', ids: [anna, ben, carl] })
  await app.api.post(`/target-lists/${to}/members`, { entityType: 'Contact', ids: [ben] })
  for (const id of [anna, carl]) await app.api.post(`/target-lists/${from}/opt-out`, { entityType: 'Contact', id })
  const moved = await app.api.post(`/target-lists/${from}/members/move`, { targetListId: to, entityType: 'Contact', filter: { field: 'emailAddress', op: 'notEquals', value: 'carl@example.com' } })
  expect(moved.body).toEqual({ moved: 2 })
  expect((await app.api.get(`/target-lists/${to}`)).body).toMatchObject({ members: 2, optedOut: 1, deliverable: 1 })
  expect((await app.api.get(`/target-lists/${from}`)).body).toMatchObject({ members: 1, optedOut: 1 })
  expect((await app.api.post(`/target-lists/${from}/members/move`, { targetListId: from, entityType: 'Contact', ids: [carl] })).status).toBe(400)
})

test('emptying a list keeps its opt-outs', async () => {
  await using app = await startApp()
  const anna = await givenContact(app, 'anna@example.com')
  const list = await givenList(app)
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna] })
  await app.api.post(`/target-lists/${list}/opt-out`, { entityType: 'Contact', id: anna })
  expect((await app.api.post(`/target-lists/${list}/empty`)).body).toEqual({ removed: 1 })
  expect((await app.api.get(`/target-lists/${list}/opt-outs`)).body.total).toBe(1)
})

test('a suppression is lifted only with a reason, by query or body, and what ended by itself is gone', async () => {
  await using app = await startApp()
  const added = await app.api.post('/suppressions', { emailAddress: 'Dead@Example.COM', reason: 'invalid' })
  expect(added.body).toMatchObject({ emailAddress: 'Dead@example.com', reason: 'invalid', source: 'api' })
  expect((await app.api.post('/suppressions', { emailAddress: 'dead@example.com', reason: 'invalid' })).body.id).toBe(added.body.id)
  expect((await app.api.post('/suppressions', { emailAddress: 'nobody', reason: 'invalid' })).status).toBe(400)
  await suppress(app.db, [{ emailAddress: 'soft@example.com', reason: 'softBounced', source: 'bounce', until: app.clock.read() }], app.clock.read())

  expect((await app.api.get('/suppressions')).body.items.map((item: any) => item.emailAddress)).toEqual(['Dead@example.com'])
  expect((await app.api.delete(`/suppressions/${added.body.id}`)).status).toBe(400)
  expect((await app.api.delete(`/suppressions/${added.body.id}?reason=typing%20error`)).status).toBe(204)
  expect((await app.api.delete(`/suppressions/${added.body.id}`, { reason: 'again' })).status).toBe(404)
})

test('a list of addresses is imported: what is no address is named with its line', async () => {
  await using app = await startApp()
  const answer = await app.api.post('/suppressions/import', { reason: 'optedOut', text: 'anna@example.com\r\n\r\nnonsense\nben@example.com\nANNA@example.com' })
  expect(answer.body).toEqual({ added: 2, alreadyThere: 1, malformed: [{ line: 3, text: 'nonsense' }] })
})

test('whoever left a list that is deleted can be kept out of another one, or of everything', async () => {
  await using app = await startApp()
  const [old, other, third] = [await givenList(app, 'Old'), await givenList(app, 'Other'), await givenList(app, 'Third')]
  await app.api.post(`/target-lists/${old}/opt-out`, { emailAddress: 'anna@example.com' })
  await app.api.post(`/target-lists/${third}/opt-out`, { emailAddress: 'ben@example.com' })
  expect((await app.api.delete(`/target-lists/${old}?optOutsTo=${newId()}`)).status).toBe(404)
  expect((await app.api.delete(`/target-lists/${old}?optOutsTo=${other}`)).status).toBe(204)
  expect((await app.api.get(`/target-lists/${other}/opt-outs`)).body.items).toMatchObject([{ emailAddress: 'anna@example.com' }])
  expect((await app.api.delete(`/target-lists/${third}?optOutsTo=entirely`)).status).toBe(204)
  expect((await app.api.get('/suppressions')).body.items).toMatchObject([{ emailAddress: 'ben@example.com', reason: 'optedOut' }])
})
