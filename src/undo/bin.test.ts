/** What was deleted or changed comes back as it was; what cannot is named with the reason. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { forgetInBin } from '../bin/forget.ts'
import { readTask } from '../platform/task.ts'
import { undoTask } from './undo.ts'

const massAction = async (app: TestApp, slug: string, body: object): Promise<{ id: string; result: object }> =>
  (await app.api.post(`/${slug}/mass-action`, body)).body.task
const undo = async (app: TestApp, id: string) => (await app.api.post(`/bin/actions/${id}/undo`)).body.task
const made = async (app: TestApp, path: string, body: object): Promise<string> => (await app.api.post(path, body)).body.id

/** Everything that a record's deletion may touch. */
async function contents({ db }: TestApp): Promise<unknown> {
  const { rows } = await sql<{ rows: string }>`
    select 'account' as at, (select jsonb_agg(to_jsonb(t) order by id) from account t) as rows
     union all select 'contact', (select jsonb_agg(to_jsonb(t) order by id) from contact t)
     union all select 'lead', (select jsonb_agg(to_jsonb(t) order by id) from lead t)
     union all select 'member', (select jsonb_agg(to_jsonb(t) order by target_list_id, entity_type, record_id) from target_list_member t)
     union all select 'optOut', (select jsonb_agg(to_jsonb(t) order by target_list_id, email_key) from opt_out t)
     union all select 'suppression', (select jsonb_agg(to_jsonb(t) order by email_key, reason) from suppression t)`.execute(db)
  return rows
}

/** Accounts, contacts of some of them, leads; lists with consent; people who said no. */
async function givenPeople(app: TestApp) {
  const lists = [await made(app, '/target-lists', { name: 'Readers' }), await made(app, '/target-lists', { name: 'Buyers' })]
  await sql`insert into account (id, name) select uuid_v7(), 'Firm ' || n from generate_series(1, 6) n`.execute(app.db)
  await sql`
    insert into contact (id, first_name, email_address, account_id, team_ids, description, version)
    select uuid_v7(), 'C' || n, 'c' || n || '@Example.org', (select id from account order by id offset n % 7 limit 1), array[uuid_v7()], E'"\\\\\n' || n, n
      from generate_series(1, 25) n`.execute(app.db)
  await sql`insert into lead (id, last_name, email_address) select uuid_v7(), 'L' || n, 'c' || n || '@example.org' from generate_series(1, 10) n`.execute(app.db)
  for (const [type, table] of [['Contact', 'contact'], ['Lead', 'lead'], ['Account', 'account']]) {
    await sql`
      insert into target_list_member (target_list_id, entity_type, record_id, source, added_by, added_at, consent_at, consent_source, consent_text)
      select l.id, ${type}, r.id, 'import', ${app.admin.userId}, '2026-05-06 07:08:09.123456+02', '2025-01-02T03:04:05Z', 'fair', 'Yes "please"'
        from ${sql.table(table!)} r, target_list l where (ascii(right(r.id::text, 1)) + ascii(right(l.id::text, 1))) % 2 = 0`.execute(app.db)
  }
  await app.api.post(`/target-lists/${lists[0]}/opt-out`, { emailAddress: 'c3@example.org' })
  await app.api.post('/suppressions', { emailAddress: 'c4@example.org', reason: 'optedOut' })
}

test('after deleting and restoring, in whatever order, everything is as it was before', async () => {
  await using app = await startApp()
  await givenPeople(app)
  const before = await contents(app)
  const random = randomFrom(20_261_129)
  for (let round = 0; round < 5; round++) {
    const takeBack: (() => Promise<unknown>)[] = []
    for (let step = 0; step < 6; step++) {
      const slug = ['accounts', 'contacts', 'leads'][random(3)]!
      const { items } = (await app.api.get(`/${slug}?sort=createdAt&limit=30`)).body as { items: { id: string }[] }
      const some = items.filter(() => random(3) === 0).map(({ id }) => id)
      if (some.length === 1) {
        await app.api.delete(`/${slug}/${some[0]}`)
        takeBack.push(() => app.api.post(`/bin/${some[0]}/restore`))
      } else {
        const { id } = await massAction(app, slug, { action: 'delete', selection: { ids: some } })
        if (some.length > 0) takeBack.push(() => undo(app, id))
      }
    }
    expect(await contents(app)).not.toEqual(before)
    while (takeBack.length > 0) await takeBack.splice(random(takeBack.length), 1)[0]!()
    expect(await contents(app)).toEqual(before)
    expect((await app.api.get('/bin')).body.total).toBe(0)
  }
})

test('thousands are deleted and restored by tasks, also when the worker dies in between', async () => {
  await using app = await startApp()
  await sql`insert into contact (id, last_name, email_address) select uuid_v7(), 'n' || n, n || '@example.org' from generate_series(1, 4500) n`.execute(app.db)
  const before = await contents(app)
  const { id } = await massAction(app, 'contacts', { action: 'delete', selection: { filter: { and: [] } } })
  await app.settle()
  expect((await app.api.get('/contacts/count')).body.total).toBe(0)
  const task = await undo(app, id)
  expect(task).toMatchObject({ status: 'queued', progress: { total: 4_500 } })
  await undoUntil(app, task.id, 2_000).catch(() => {})
  expect((await app.api.get('/contacts/count')).body.total).toBe(2_000)
  await app.db.updateTable('task').set({ status: 'running', runs: 1, heartbeatAt: new Date(Date.now() - 60_000) }).where('id', '=', task.id).execute()
  await app.settle()
  expect((await app.api.get(`/tasks/${task.id}`)).body).toMatchObject({ status: 'done', result: { restored: 4_500, notRestored: 0 } })
  expect(await contents(app)).toEqual(before)
  expect((await app.api.post(`/bin/actions/${id}/undo`)).body.code).toBe('undoneAlready')
})

test('what is still being deleted is not undone before it is canceled', async () => {
  await using app = await startApp()
  await sql`insert into contact (id, last_name) select uuid_v7(), 'n' || n from generate_series(1, 1500) n`.execute(app.db)
  const { id } = await massAction(app, 'contacts', { action: 'delete', selection: { filter: { and: [] } } })
  await app.settle()
  await app.db.updateTable('task').set({ status: 'running' }).where('id', '=', id).execute()
  const refused = await app.api.post(`/bin/actions/${id}/undo`)
  expect([refused.status, refused.body.code]).toEqual([409, 'stillRunning'])
  expect((await app.api.get('/bin/actions')).body.items).toMatchObject([{ undoneAt: null, left: 1_500 }])
  await app.db.updateTable('task').set({ status: 'canceled' }).where('id', '=', id).execute()
  await undo(app, id)
  await app.settle()
  expect((await app.api.get('/contacts/count')).body.total).toBe(1_500)
  expect((await app.api.get('/bin/actions')).body.items).toMatchObject([{ undoneAt: expect.any(String), left: 0 }])
})

test('how many are left of an action is known after each that comes back, is erased, or cannot come back', async () => {
  await using app = await startApp()
  const ids = await Promise.all(['Anna', 'Ben', 'Cleo', 'Dora'].map((firstName) => made(app, '/contacts', { firstName })))
  const updated = await massAction(app, 'contacts', { action: 'update', selection: { ids }, data: { title: 'Dr' } })
  const deleted = await massAction(app, 'contacts', { action: 'delete', selection: { ids } })
  const left = async () => (await app.api.get('/bin/actions?sort=kind')).body.items.map((item: { left: number; undoneAt: string | null }) => [item.left, item.undoneAt !== null])
  expect(await left()).toEqual([[4, false], [4, false]])
  await app.api.post(`/bin/${ids[0]}/restore`)
  await app.db.transaction().execute((tx) => forgetInBin(tx, { recordIds: [ids[1]!], emailKeys: [] }))
  expect(await left()).toEqual([[2, false], [3, false]])
  await sql`insert into contact (id) values (${ids[2]})`.execute(app.db)
  expect((await undo(app, deleted.id)).result).toMatchObject({ restored: 1, notRestored: 1 })
  expect(await left()).toEqual([[1, false], [3, false]])
  await app.api.delete(`/contacts/${ids[2]}`)
  await sql`delete from contact where id = ${ids[2]}`.execute(app.db)
  expect((await undo(app, updated.id)).result).toMatchObject({ restored: 2, notRestored: 1 })
  expect(await left()).toContainEqual([0, true])
})

test('a list and an account that are gone are named; the record comes back without them', async () => {
  await using app = await startApp()
  const list = await made(app, '/target-lists', { name: 'Readers' })
  const account = await made(app, '/accounts', { name: 'Firm' })
  const anna = await made(app, '/contacts', { firstName: 'Anna', accountId: account })
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Contact', ids: [anna] })
  await app.api.delete(`/contacts/${anna}`)
  await app.api.delete(`/accounts/${account}`)
  await app.api.delete(`/target-lists/${list}`)
  const undone = (await app.api.post(`/bin/${anna}/restore`)).body
  expect(undone).toMatchObject({ restored: 1, notRestored: 0 })
  expect(undone.notes.map(({ name, reason }: { name: string; reason: string }) => `${name}: ${reason}`)).toEqual([
    'Anna: Restored without its Account: that account is not there.', 'Anna: Its target list Readers was deleted meanwhile.'])
  expect((await app.api.get(`/contacts/${anna}`)).body.accountId).toBeNull()
  await app.api.post(`/bin/${account}/restore`)
  expect((await app.api.get(`/contacts/${anna}`)).body.accountName).toBe('Firm')
})

test('a mass update is undone field by field, for everybody whom nobody has changed since; the others are named', async () => {
  await using app = await startApp()
  const [anna, ben, cleo] = await Promise.all(['Anna', 'Ben', 'Cleo'].map((firstName) => made(app, '/contacts', { firstName, addressCity: `${firstName}ville`, title: 'Dr' })))
  const { id } = await massAction(app, 'contacts', { action: 'update', selection: { ids: [anna, ben, cleo] }, data: { addressCity: 'Bonn', title: '' } })
  await app.api.patch(`/contacts/${ben}`, { phoneNumber: '1' })
  await app.api.delete(`/contacts/${cleo}`)
  expect((await undo(app, id)).result).toMatchObject({
    restored: 1, notRestored: 2,
    notes: expect.arrayContaining([{ id: ben, name: 'Ben', reason: 'Kept as it is: it was changed since.' }, { id: cleo, name: 'Cleo', reason: 'Kept as it is: it was deleted since.' }]),
  })
  expect((await app.api.get(`/contacts/${anna}`)).body).toMatchObject({ addressCity: 'Annaville', title: 'Dr', version: 3 })
  expect((await app.api.get(`/contacts/${ben}`)).body).toMatchObject({ addressCity: 'Bonn', phoneNumber: '1' })
})

test('two updates of the same records are undone one after the other, the last one first', async () => {
  await using app = await startApp()
  const anna = await made(app, '/contacts', { firstName: 'Anna', addressCity: 'Rome' })
  const [first, second] = [await massAction(app, 'contacts', update(anna, 'Bonn')), await massAction(app, 'contacts', update(anna, 'Oslo'))]
  const city = async () => (await app.api.get(`/contacts/${anna}`)).body.addressCity
  await undo(app, second.id)
  expect(await city()).toBe('Bonn')
  await undo(app, first.id)
  expect(await city()).toBe('Rome')
})

const update = (id: string, addressCity: string) => ({ action: 'update', selection: { ids: [id] }, data: { addressCity } })

test('what somebody deleted is restored by them or an administrator, and seen by nobody else', async () => {
  await using app = await startApp()
  const anna = await made(app, '/contacts', { firstName: 'Anna' })
  const [owner, other] = [app.as((await app.givenUser('regular')).key), app.as((await app.givenUser('regular')).key)]
  await owner.delete(`/contacts/${anna}`)
  const [{ actionId }] = (await owner.get('/bin')).body.items
  expect((await other.get('/bin')).body.items).toEqual([])
  expect((await other.get('/bin/actions')).body.items).toEqual([])
  expect((await other.post(`/bin/${anna}/restore`)).status).toBe(404)
  expect((await other.post(`/bin/actions/${actionId}/undo`)).status).toBe(404)
  expect((await app.api.get('/bin')).body.items).toMatchObject([{ id: anna, name: 'Anna', action: 'delete' }])
  expect((await owner.post(`/bin/${anna}/restore`)).body).toMatchObject({ restored: 1 })
})

test('after 30 days nothing can be taken back, and Clean Up empties the bin', async () => {
  await using app = await startApp()
  const [anna, ben] = [await made(app, '/contacts', { firstName: 'Anna' }), await made(app, '/contacts', { firstName: 'Ben' })]
  await app.api.delete(`/contacts/${anna}`)
  app.clock.advance({ hours: 24 * 29 })
  await app.api.delete(`/contacts/${ben}`)
  app.clock.advance({ hours: 25 })
  expect((await app.api.post(`/bin/${anna}/restore`)).status).toBe(404)
  await app.api.post('/scheduled-jobs/clean-up/run')
  await app.settle()
  const { rows } = await sql`select name from bin_record`.execute(app.db)
  expect(rows).toEqual([{ name: 'Ben' }])
})

test('an erased person does not live on in the bin', async () => {
  await using app = await startApp()
  const [anna, twin, ben] = await Promise.all([['Anna', 'anna'], ['Twin', 'ANNA'], ['Ben', 'ben']].map(([firstName, at]) => made(app, '/contacts', { firstName, emailAddress: `${at}@example.org` })))
  await massAction(app, 'contacts', { action: 'update', selection: { ids: [anna] }, data: { emailAddress: 'new@example.org' } })
  await massAction(app, 'contacts', { action: 'delete', selection: { ids: [anna, twin, ben] } })
  await app.db.transaction().execute((tx) => forgetInBin(tx, { recordIds: [anna!], emailKeys: ['anna@example.org'] }))
  const { rows } = await sql<{ text: string }>`select "row"::text as text from bin_record union all select old::text from bin_change`.execute(app.db)
  expect(rows).toEqual([{ text: expect.stringContaining('Ben') }])
})

test('users are deleted for good', async () => {
  await using app = await startApp()
  const { actor } = await app.givenUser('regular')
  await app.api.delete(`/users/${actor.userId}`)
  expect((await app.api.get('/bin')).body.total).toBe(0)
  expect((await app.api.post(`/bin/${actor.userId}/restore`)).status).toBe(404)
})

/** A worker that dies when so many are back. */
async function undoUntil(app: TestApp, taskId: string, most: number) {
  const { input } = await app.db.selectFrom('task').select('input').where('id', '=', taskId).executeTakeFirstOrThrow()
  const progress = async (done: number) => { if (done >= most) throw new Error('killed') }
  await undoTask({})({ ...app.ground, task: await readTask(app.db, taskId), signal: new AbortController().signal, progress }, input)
}

/** Numbers below `n`, the same ones in every run: mulberry32. */
function randomFrom(seed: number) {
  return (n: number): number => {
    seed = (seed + 0x6d2b79f5) | 0
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) % n
  }
}

test('who would come back with a value that must be unique and is taken stays in the bin with the reason; all others come back', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', fields: [{ name: 'license', type: 'text', label: 'License', unique: true }] })
  const [anna, ben] = [await made(app, '/doctors', { firstName: 'Anna', license: 'A-1' }), await made(app, '/doctors', { firstName: 'Ben', license: 'B-2' })]
  const { id } = await massAction(app, 'doctors', { action: 'delete', selection: { ids: [anna, ben] } })
  const taker = await made(app, '/doctors', { firstName: 'Taker', license: 'a-1' })
  const reason = 'Another doctor has its License now: A-1'
  expect((await undo(app, id)).result).toEqual({ restored: 1, notRestored: 1, notes: [{ id: anna, name: 'Anna', reason }] })
  expect((await app.api.get('/bin')).body.items).toMatchObject([{ id: anna, problem: reason }])
  await app.api.delete(`/doctors/${taker}`)
  expect((await app.api.post(`/bin/${anna}/restore`)).body).toMatchObject({ restored: 1 })

  const emptied = await massAction(app, 'doctors', { action: 'update', selection: { ids: [anna, ben] }, data: { license: '' } })
  await made(app, '/doctors', { firstName: 'Other', license: 'B-2' })
  expect((await undo(app, emptied.id)).result).toMatchObject({ restored: 1, notRestored: 1, notes: [{ id: ben, reason: 'Kept as it is: another record has its old value now, which must be unique.' }] })
  expect((await app.api.get(`/doctors/${anna}`)).body.license).toBe('A-1')
})

test('a field that was removed while a record lay in the bin is left out, and one that was added holds what it holds for all who were there', async () => {
  await using app = await startApp()
  await app.api.post('/entity-types', { name: 'Doctor', plural: 'Doctors', slug: 'doctors', baseType: 'person', fields: [{ name: 'pager', type: 'text', label: 'Pager' }] })
  const [anna, ben] = [await made(app, '/doctors', { firstName: 'Anna', pager: '12' }), await made(app, '/doctors', { firstName: 'Ben' })]
  await app.api.delete(`/doctors/${anna}`)
  await app.api.delete('/entity-types/Doctor/fields/pager')
  await app.api.post('/entity-types/Doctor/fields', { name: 'grade', type: 'enum', label: 'Grade', options: ['A', 'B'], default: 'B' })
  expect((await app.api.post(`/bin/${anna}/restore`)).body).toMatchObject({ restored: 1 })
  expect((await app.api.get(`/doctors/${anna}`)).body).toMatchObject({ firstName: 'Anna', grade: (await app.api.get(`/doctors/${ben}`)).body.grade })
})
