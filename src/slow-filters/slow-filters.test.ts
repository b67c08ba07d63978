/** Lists that are slow for want of an index: noticed, told, and mended while everybody works. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { contact as contactType } from '../records/shipped.ts'
import { indexOf } from './field-index.ts'
import { usesOf } from './uses.ts'
import { watchFilters } from './watch.ts'

/** Everything counts as slow, and every table as large. */
const watch = watchFilters({ slowMs: 0, manyRows: 0 })

const byTitle = { filter: { and: [{ field: 'title', op: 'equals', value: 'Pilot' }, { field: 'addressCity', op: 'equals', value: 'Bonn' }] } }

test('a filter that is slow again and again is told to administrators, and its index is made in the background', async () => {
  await using app = await startApp()
  await sql`insert into contact (id, title) select uuid_v7(), 'Title ' || n from generate_series(1, 3000) n`.execute(app.db)
  await sql`analyze contact`.execute(app.db)
  for (let times = 0; times < 3; times++) await watch({ db: app.db, now: app.clock.read() }, contactType, byTitle, async () => 'read')
  // The city has its index from the start: only the title is to blame.
  const [slow, ...others] = (await app.api.get('/slow-filters')).body.items
  expect(slow).toMatchObject({ entityType: 'Contact', field: 'title', kind: 'order', times: 3, records: 3000, index: { state: 'none' }, task: null })
  expect(others).toEqual([])
  expect(await openNotices(app)).toEqual(['slowFilter'])

  const { status, body } = await app.api.post(`/slow-filters/${slow.id}/index`)
  expect(status).toBe(202)
  expect((await app.api.post(`/slow-filters/${slow.id}/index`)).body.task.id).toBe(body.task.id)
  await app.settle()
  expect((await app.api.get(`/tasks/${body.task.id}`)).body).toMatchObject({ status: 'done', result: { index: 'contact_title_order' } })
  expect((await app.api.get('/slow-filters')).body.items[0].index).toMatchObject({ name: 'contact_title_order', state: 'made' })
  expect(await planOf(app, `select id from contact where lower(title) = 'title 7' order by created_at desc, id desc limit 50`)).toMatch(/Backward using contact_title_order(?!.*Sort)/s)
  expect(await openNotices(app)).toEqual(['indexMade'])
  // With its index it is not counted again, however long it takes.
  await watch({ db: app.db, now: app.clock.read() }, contactType, byTitle, async () => 'read')
  expect((await app.api.get('/slow-filters')).body.items[0].times).toBe(3)
  expect((await app.api.post(`/slow-filters/${slow.id}/index`)).status).toBe(409)
})

test('an index that was left unfinished is made anew, and one that is not wanted goes again', async () => {
  await using app = await startApp()
  await watch({ db: app.db, now: app.clock.read() }, contactType, { sort: '-phoneNumber' }, async () => 'read')
  const [{ id }] = (await app.api.get('/slow-filters')).body.items
  await sql`create index contact_phone_number_order on contact (lower(phone_number), created_at, id)`.execute(app.db)
  await sql`update pg_index set indisvalid = false where indexrelid = 'contact_phone_number_order'::regclass`.execute(app.db)
  expect((await app.api.get('/slow-filters')).body.items[0].index.state).toBe('none')
  await app.api.post(`/slow-filters/${id}/index`)
  await app.settle()
  expect((await app.api.get('/slow-filters')).body.items[0].index.state).toBe('made')
  expect((await app.api.delete(`/slow-filters/${id}/index`)).status).toBe(204)
  expect((await app.api.get('/slow-filters')).body.items[0].index.state).toBe('none')
  expect((await app.api.delete(`/slow-filters/${id}`)).status).toBe(204)
  expect((await app.api.get('/slow-filters')).body.items).toEqual([])
})

test('only administrators see slow filters and make indexes', async () => {
  await using app = await startApp()
  const { key } = await app.givenUser('regular')
  const id = '018f0000-0000-7000-8000-000000000001'
  const regular = app.as(key)
  const answers = [await regular.get('/slow-filters'), await regular.post(`/slow-filters/${id}/index`), await regular.delete(`/slow-filters/${id}`), await regular.delete(`/slow-filters/${id}/index`)]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  expect((await app.api.post(`/slow-filters/${id}/index`)).status).toBe(404)
})

test('which index helps is told by the operator and the field; for what no index helps, none is proposed', () => {
  const asked = { sort: 'phoneNumber', filter: { and: [
    { field: 'description', op: 'contains', value: 'x' }, { field: 'title', op: 'notEquals', value: 'x' }, { not: { field: 'title', op: 'equals', value: 'x' } },
    { field: 'accountId', op: 'equals', value: 'x' }, { op: 'memberOf', value: [] }, { or: [{ field: 'doNotEmail', op: 'isTrue' }, { field: 'teamIds', op: 'hasAny', value: [] }] },
  ] } }
  const names = usesOf(contactType, asked, () => undefined).map(({ type, field, kind }) => indexOf(type, field, kind)?.name)
  expect(names).toEqual(['contact_description_words', 'contact_account_id_order', 'contact_do_not_email_order', 'contact_team_ids_members', 'contact_phone_number_order'])
  // An entry of an index has a greatest length, which a long text may exceed.
  expect(indexOf(contactType, contactType.fields.find(({ name }) => name === 'description')!, 'order')).toBeNull()
})

const openNotices = async (app: TestApp) => {
  const { rows } = await sql<{ kind: string }>`select kind from notice where over_at is null order by created_at`.execute(app.db)
  return rows.map(({ kind }) => kind)
}

async function planOf(app: TestApp, statement: string): Promise<string> {
  const { rows } = await sql<Record<string, string>>`explain ${sql.raw(statement)}`.execute(app.db)
  return rows.flatMap((row) => Object.values(row)).join('\n')
}
