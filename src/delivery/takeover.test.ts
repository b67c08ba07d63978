import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, openBatch, recipientsAt, sendThrough, statusesOf } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { verifyFigures } from '../log/recount.ts'
import { recoverFromDeadSenders } from './recover.ts'
import { Sender } from './sender.ts'

test('of a sender that dies, what was on the wire is Uncertain and the rest goes out at once, each once', async () => {
  let silent = true
  await using server = await scriptedServer((line) => (silent && line === '.' ? 'silence' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { connections: 2 })
  const massEmail = await givenMassEmail(app, { to: 20 })
  await openBatch(app)
  // Its connections hang at the dot; then it is gone as far as the database can see.
  const dead = await Sender.start(app.ground)
  await dead.feed()
  await expect.poll(() => server.contents.length).toBe(2)
  await sql`update sender set lease_until = clock_timestamp() - interval '1 second'`.execute(app.db)
  silent = false
  await app.settle()
  const counts = await countsOf(app, massEmail)
  expect(counts['uncertain']).toBeGreaterThanOrEqual(2)
  expect(counts['uncertain']).toBeLessThanOrEqual(16)
  expect(counts['sent']).toBe(20 - counts['uncertain']!)
  expect((await app.api.get(`/campaigns/${massEmail.campaignId}/log?action=uncertain`)).body.total).toBe(counts['uncertain'])
  app.clock.advance({ minutes: 16 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 20 })
  expect(await verifyFigures(app.db)).toEqual([])
  await server[Symbol.asyncDispose]()
  await dead.stop()
})

test('a sender whose lease is over writes no dot any more, though its connection stood ready', async () => {
  await using server = await scriptedServer((line) => (line === 'DATA' ? 'silence' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { connections: 1 })
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  const zombie = await Sender.start(app.ground)
  await zombie.feed()
  await expect.poll(() => server.lines.includes('DATA')).toBe(true)
  await sql`update sender set lease_until = clock_timestamp() - interval '1 second'`.execute(app.db)
  const other = await Sender.start(app.ground)
  await other.keepHouse()
  await zombie.renew()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['uncertain', 'senderLost'] })
  expect(server.contents).toEqual([])
  await other.stop()
  await server[Symbol.asyncDispose]()
  await zombie.stop()
})

test('what a dead sender had not marked waits again, what was acknowledged is Sent, only the rest is Uncertain', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben', 'carla'] })
  await openBatch(app)
  // As a sender that is gone left them: its number has no row any more.
  await sql`update delivery set status = 'sending', sender_id = 999`.execute(app.db)
  await sql`insert into wire (lane, sender_id, marked, at) select lane, 999, array[id], ${app.clock.read()} from delivery where email_key not like 'anna%'`.execute(app.db)
  await sql`insert into wire (lane, sender_id, taken, message_ids, at) select lane, 999, array[id], '{taken@shop.example}', ${app.clock.read()} from delivery where email_key like 'ben%'`.execute(app.db)
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['sent', null], ben: ['sent', null], carla: ['uncertain', 'senderLost'] })
  expect(recipientsAt(server)).toEqual(['anna'])
  expect((await app.db.selectFrom('allowanceUse').select((query) => query.fn.sum('count').as('count')).where('scope', '=', 'instance').executeTakeFirstOrThrow()).count).toBe(3)
  expect(await verifyFigures(app.db)).toEqual([])
  expect(await app.db.selectFrom('wire').selectAll().execute()).toEqual([])
})

test('a delivery that its dead sender had marked twice is Uncertain once, in the log and in the figures', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  await sql`update delivery set status = 'sending', sender_id = 999`.execute(app.db)
  await sql`insert into wire (lane, sender_id, marked, at) select lane, 999, array[id], ${app.clock.read()} from delivery, generate_series(1, 2)`.execute(app.db)
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['uncertain', 'senderLost'] })
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body).toMatchObject({ uncertain: 1 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('what a sender held that dies while others clear up after another one is not free before its marks are counted', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  await sql`update delivery set status = 'sending', sender_id = 999`.execute(app.db)
  await sql`insert into wire (lane, sender_id, marked, at) select lane, 999, array[id], ${app.clock.read()} from delivery`.execute(app.db)
  await sql`insert into sender (id, lease_until) overriding system value values (1000, clock_timestamp() + interval '1 hour')`.execute(app.db)
  await sql`insert into allowance_hold (scope, sender_id, count) values ('instance', 1000, 7)`.execute(app.db)
  // Another process finds the second one dead in the very moment in which this one counts for the first.
  await sql`create function take_over() returns trigger language plpgsql as 'begin delete from sender where id = 1000; return null; end'`.execute(app.db)
  await sql`create trigger take_over after insert on allowance_use execute function take_over()`.execute(app.db)
  await recoverFromDeadSenders(app.db, app.ground.clock)
  expect(await app.db.selectFrom('allowanceHold').select('count').where('senderId', '=', 1000).execute()).toEqual([{ count: 7 }])
})

test('several who clear up after the same dead sender at once count each unknown delivery as one attempt and one entry', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: 5 })
  await openBatch(app)
  await sql`update delivery set status = 'sending', sender_id = 999`.execute(app.db)
  await sql`insert into wire (lane, sender_id, marked, at) select lane, 999, array[id], ${app.clock.read()} from delivery`.execute(app.db)
  await Promise.all(Array.from({ length: 4 }, () => recoverFromDeadSenders(app.db, app.ground.clock)))
  expect(await countsOf(app, massEmail)).toEqual({ uncertain: 5 })
  expect(await app.db.selectFrom('delivery').select('attempts').distinct().execute()).toEqual([{ attempts: 1 }])
  expect(await app.db.selectFrom('logEntry').select('repeats').distinct().execute()).toEqual([{ repeats: 1 }])
  expect(await verifyFigures(app.db)).toEqual([])
})

test('a sender that has stopped takes no new lease, whoever renews it last', async () => {
  await using app = await startApp()
  const sender = await Sender.start(app.ground)
  await sender.stop()
  await sender.renew()
  expect(await app.db.selectFrom('sender').select('id').execute()).toEqual([])
})
