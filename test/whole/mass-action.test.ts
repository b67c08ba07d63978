/** A mass action in a process that is really killed. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../app.ts'
import { dataFolder, startProgram } from '../program.ts'

test('a mass update whose process is killed with SIGKILL is finished by another one, each record changed once, and can be undone as a whole', async () => {
  await using app = await startApp()
  await using data = await dataFolder()
  const many = 20_000
  await sql`insert into contact (id, last_name, address_city) select uuid_v7(), 'n' || n, 'Rome' from generate_series(1, ${many}) as n`.execute(app.db)
  const program = await startProgram(data.path, { DATABASE_URL: app.url, TIDINGS_ROLES: 'web,worker' })
  const { task } = (await app.api.post('/contacts/mass-action', { selection: { filter: { and: [] } }, action: 'update', data: { addressCity: 'Bonn' } })).body
  const state = async () => (await app.api.get(`/tasks/${task.id}`)).body
  while ((await state()).progress.done === 0) await sql`select pg_sleep(0.02)`.execute(app.db)
  await program.end('SIGKILL')
  const killed = await state()
  expect(killed.status).toBe('running')
  expect(killed.progress.done).toBeLessThan(many)
  await app.db.updateTable('task').set({ heartbeatAt: new Date(0) }).where('id', '=', task.id).execute()
  await app.settle()
  expect(await state()).toMatchObject({ status: 'done', progress: { done: many, total: many }, result: { updated: many } })
  const records = async () => (await sql`select address_city as city, version, count(*) from contact group by 1, 2`.execute(app.db)).rows
  expect(await records()).toEqual([{ city: 'Bonn', version: 2, count: many }])
  await app.api.post(`/bin/actions/${task.id}/undo`)
  await app.settle()
  expect(await records()).toEqual([{ city: 'Rome', version: 3, count: many }])
})
