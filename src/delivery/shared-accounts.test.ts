import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, recipientsAt, sendThrough } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { newId } from '../platform/id.ts'

async function givenAccount(app: TestApp, name: string, { port }: { port: number }, weight: number): Promise<string> {
  const id = newId()
  await app.db.insertInto('outboundAccount').values({ id, name, kind: 'group', host: '127.0.0.1', port, weight, fromAddress: 'news@acme.example' }).execute()
  return id
}

test('accounts share a mass email by their weights, and nobody gets it twice', async () => {
  await using large = await scriptedServer()
  await using small = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, large, { maxPerHour: 200 })
  const accountId = await givenAccount(app, 'Large', large, 3)
  const other = await givenAccount(app, 'Small', small, 1)
  const massEmail = await givenMassEmail(app, { to: 300, status: 'draft' })
  expect((await app.api.patch(`/mass-emails/${massEmail.id}`, { accountId, sharedAccountIds: [other], status: 'pending' })).body.sharedAccountIds).toEqual([other])
  await app.settle()
  expect([large.contents.length, small.contents.length]).toEqual([150, 50])
  app.clock.advance({ minutes: 61 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 300 })
  expect(new Set([...recipientsAt(large), ...recipientsAt(small)]).size).toBe(300)
})

test('while one of the accounts is broken, or has used up its hour, the others go on', async () => {
  await using good = await scriptedServer()
  await using broken = await scriptedServer((line) => (line === 'connect' ? '421 4.3.2 closing' : undefined))
  await using app = await startApp()
  await sendThrough(app, good)
  const [accountId, other, limited] = [await givenAccount(app, 'Good', good, 1), await givenAccount(app, 'Broken', broken, 5), await givenAccount(app, 'Limited', good, 5)]
  await app.db.updateTable('outboundAccount').set({ maxPerHour: 3 }).where('id', '=', limited).execute()
  const massEmail = await givenMassEmail(app, { to: 40, status: 'draft' })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { accountId, sharedAccountIds: [other, limited], status: 'pending' })
  await app.settle()
  app.clock.advance({ seconds: 20 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 40 })
  const by = await app.db.selectFrom('delivery').select(['accountId', (query) => query.fn.countAll().as('count')]).groupBy('accountId').execute()
  const counts = Object.fromEntries(by.map(({ accountId: id, count }) => [id, Number(count)]))
  expect(counts[accountId]! + counts[limited]!).toBe(40)
  expect([1, 2, 3]).toContain(counts[limited])
})

test('only real accounts that are there may share', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const sandbox = newId()
  await app.db.insertInto('outboundAccount').values({ id: sandbox, name: 'Sandbox', kind: 'sandbox', host: '127.0.0.1', port: 25 }).execute()
  const massEmail = await givenMassEmail(app, { to: 1, status: 'draft' })
  for (const id of [sandbox, newId(), 'nonsense']) {
    expect((await app.api.patch(`/mass-emails/${massEmail.id}`, { sharedAccountIds: [id] })).body.errors?.[0].path).toBe('sharedAccountIds')
  }
})

test('an account whose password cannot be opened is broken, and says so; the others go on', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const unreadable = await givenAccount(app, 'Unreadable', server, 1)
  await app.db.updateTable('outboundAccount').set({ username: 'anna', passwordSealed: 'sealed with another secret' }).where('id', '=', unreadable).execute()
  const stuck = await givenMassEmail(app, { to: ['anna'], status: 'draft' })
  await app.api.patch(`/mass-emails/${stuck.id}`, { accountId: unreadable, status: 'pending' })
  const other = await givenMassEmail(app, { to: ['ben'] })
  await app.settle()
  expect([await countsOf(app, stuck), await countsOf(app, other)]).toEqual([{ pending: 1 }, { sent: 1 }])
  expect((await app.api.get(`/outbound-accounts/${unreadable}`)).body).toMatchObject({ state: 'broken', brokenReason: expect.stringContaining('TIDINGS_SECRET') })
})
