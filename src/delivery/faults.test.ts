import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, openBatch, recipientsAt, sendThrough, statusesOf, statusOf } from '../../test/given-mass-email.ts'
import { type Script, scriptedServer } from '../../test/scripted-smtp-server.ts'
import { verifyFigures } from '../log/recount.ts'
import { recoverFromDeadSenders } from './recover.ts'
import { Sender } from './sender.ts'

const whenTold = (start: string, answer: string): Script => (line) => (line.startsWith(start) ? answer : undefined)
const delivery = async (app: TestApp, address: string) =>
  app.db.selectFrom('delivery').selectAll().where('emailAddress', '=', address).where('test', '=', false).executeTakeFirstOrThrow()

test('a temporary no is tried again after 1, 5, 15 and 60 minutes, then each hour, and fails when a day is over', async () => {
  await using server = await scriptedServer(whenTold('RCPT', '451 4.7.1 greylisted'))
  await using app = await startApp()
  await sendThrough(app, server, { retryForHours: 3 })
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  const tries: number[] = []
  const began = app.clock.read().getTime()
  for (let minute = 0; minute <= 200; minute += 1) {
    const before = server.lines.length
    await app.settle()
    if (server.lines.length > before) tries.push((app.clock.read().getTime() - began) / 60_000)
    const { status, dueAt } = await delivery(app, 'anna@example.net')
    if (status !== 'pending') break
    app.clock.advance({ seconds: (dueAt.getTime() - app.clock.read().getTime()) / 1000 })
  }
  expect(tries).toEqual([0, 1, 6, 21, 81, 141])
  expect(await delivery(app, 'anna@example.net')).toMatchObject({ status: 'failed', attempts: 6, reasonCode: 'triedLongEnough', reason: '451 4.7.1 greylisted' })
  expect(await statusOf(app, massEmail)).toBe('complete')
})

test('a deferred recipient waits until everybody else has been tried', async () => {
  let deferrals = 0
  const once: Script = (line) => (line.includes('<r0000@') && line.startsWith('RCPT') && deferrals++ === 0 ? '450 4.2.0 busy' : undefined)
  await using server = await scriptedServer(once)
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 5 })
  const massEmail = await givenMassEmail(app, { to: 10 })
  for (let round = 0; round < 4; round++) {
    await app.settle()
    app.clock.advance({ minutes: 61 })
  }
  expect(await countsOf(app, massEmail)).toEqual({ sent: 10 })
  if (deferrals > 0) expect(recipientsAt(server).at(-1)).toBe('r0000')
})

test('a dead address fails, becomes invalid and is not tried again by Retry Failed', async () => {
  await using server = await scriptedServer((line) => (line.startsWith('RCPT TO:<anna') ? '550 5.1.1 no such user' : line.startsWith('RCPT TO:<ben') ? '550 5.7.1 not you' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben', 'carla'] })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['failed', 'deadAddress'], ben: ['failed', 'refused'], carla: ['sent', null] })
  expect((await app.api.get('/suppressions')).body.items).toMatchObject([{ emailAddress: 'anna@example.net', reason: 'invalid' }])
  const { status, body } = await app.api.post(`/mass-emails/${massEmail.id}/retry-failed`)
  expect([status, body.requeued, body.status]).toEqual([200, 1, 'inProcess'])
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect(server.lines.filter((line) => line.startsWith('RCPT TO:<anna')).length).toBe(1)
  expect(server.lines.filter((line) => line.startsWith('RCPT TO:<ben')).length).toBe(2)
  expect(await verifyFigures(app.db)).toEqual([])
})

test.each(['connect', 'EHLO', 'MAIL', 'DATA'])('421 at %s judges nobody: everybody waits, no attempt is used up, the account says why', async (line) => {
  let broken = true
  await using server = await scriptedServer((said) => (broken && said.startsWith(line) ? '421 4.3.2 closing' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: 30 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ pending: 30 })
  expect((await app.db.selectFrom('delivery').select('attempts').where('attempts', '>', 0).execute()).length).toBe(0)
  const { body } = await app.api.get('/outbound-accounts')
  expect(body.items.find(({ kind }: { kind: string }) => kind === 'system')).toMatchObject({ state: 'broken', brokenReason: '421 4.3.2 closing' })
  broken = false
  app.clock.advance({ seconds: 15 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 30 })
  expect((await app.api.get('/outbound-accounts')).body.items.find(({ kind }: { kind: string }) => kind === 'system')).toMatchObject({ state: 'ok' })
})

test('421 at RCPT and after the dot makes everybody wait and loses nobody', async () => {
  let broken = true
  await using server = await scriptedServer((line) => (broken && (line.startsWith('RCPT TO:<r000') || line === '.') ? '421 4.3.2 closing' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: 12 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ pending: 12 })
  broken = false
  app.clock.advance({ minutes: 2 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 12 })
})

test('a connection lost after the dot is Uncertain, named in the log, and sent again with the same Message-ID', async () => {
  let lost = true
  await using server = await scriptedServer((line) => (lost && line === '.' ? 'hang up' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['uncertain', 'noAnswer'] })
  expect(await statusOf(app, massEmail)).toBe('inProcess')
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body).toMatchObject({ sent: 0, uncertain: 1 })
  lost = false
  app.clock.advance({ minutes: 14 })
  await app.settle()
  expect(server.contents.length).toBe(1)
  app.clock.advance({ minutes: 2 })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['sent', null] })
  const ids = server.contents.map((content) => /^Message-ID: (.*)$/m.exec(content)?.[1])
  expect(ids.length).toBe(2)
  expect(ids[0]).toBe(ids[1])
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures`)).body).toMatchObject({ sent: 1, uncertain: 0 })
  expect((await app.api.get(`/campaigns/${massEmail.campaignId}/log?action=uncertain`)).body.total).toBe(1)
  expect(await verifyFigures(app.db)).toEqual([])
})

test('with "never twice" an Uncertain delivery stays so, and the mass email is complete', async () => {
  await using server = await scriptedServer((line) => (line === '.' ? 'hang up' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { neverTwice: true })
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await app.settle()
  app.clock.advance({ hours: 2 })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['uncertain', 'noAnswer'] })
  expect(await statusOf(app, massEmail)).toBe('complete')
})

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
  expect(counts['uncertain']).toBeLessThanOrEqual(8)
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

test('one recipient at whom the server always hangs up waits by itself: the others go on, the account is not broken, and it ends as Failed', async () => {
  await using server = await scriptedServer((line) => (line.startsWith('RCPT TO:<ben@') ? 'hang up' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben', 'carla', 'dan', 'eve'] })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 4, pending: 1 })
  expect((await app.api.get('/outbound-accounts')).body.items.every(({ state }: { state: string }) => state !== 'broken')).toBe(true)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=pending`)).body.items).toMatchObject([{ attempts: 1, emailAddress: 'ben@example.net' }])
  for (let hour = 0; hour < 27; hour++) {
    app.clock.advance({ minutes: 61 })
    await app.settle()
  }
  expect((await statusesOf(app, massEmail))['ben']).toEqual(['failed', 'triedLongEnough'])
})

test('everything outlives a mail server that hangs up in the middle again and again', async () => {
  let lines = 0
  await using server = await scriptedServer((line) => (/^(RCPT|DATA|MAIL)/.test(line) && ++lines % 7 === 0 ? 'hang up' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { connections: 3 })
  const massEmail = await givenMassEmail(app, { to: 60 })
  for (let round = 0; round < 60 && (await statusOf(app, massEmail)) !== 'complete'; round++) {
    await app.settle()
    app.clock.advance({ minutes: 5 })
  }
  expect(await countsOf(app, massEmail)).toEqual({ sent: 60 })
  expect(new Set(recipientsAt(server)).size).toBe(60)
  expect(server.contents.length).toBe(60)
})

test('a database that fails between claiming and sending costs nobody the mail', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 100 })
  const massEmail = await givenMassEmail(app, { to: 10 })
  await openBatch(app)
  const sender = await Sender.start(app.ground)
  await sql`alter table contact rename column first_name to hidden_name`.execute(app.db)
  await expect(sender.feed()).rejects.toThrow(/first_name/)
  await sql`alter table contact rename column hidden_name to first_name`.execute(app.db)
  for (let turn = 0; turn < 3; turn++) {
    await sender.feed()
    await sender.keepHouse()
    await sender.idle()
  }
  await sender.stop()
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 10 })
  expect((await app.db.selectFrom('allowanceHold').selectAll().execute())).toEqual([])
  expect(server.contents.length).toBe(10)
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

test('with VERP each delivery has a sender of its own; a server that refuses such senders gets the plain one', async () => {
  let strict = false
  await using server = await scriptedServer((line) => (strict && line.startsWith('MAIL FROM:<bounce+') ? '553 5.7.1 sender not allowed' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { verp: true, bounceAddress: 'returns@acme.example' })
  await givenMassEmail(app, { to: ['anna', 'ben'] })
  await app.settle()
  const senders = () => server.lines.filter((line) => line.startsWith('MAIL')).map((line) => /<(.*)>/.exec(line)![1]!)
  expect(new Set(senders()).size).toBe(2)
  for (const sender of senders()) expect(sender).toMatch(/^bounce\+[a-z2-7]+@acme\.example$/)
  strict = true
  const second = await givenMassEmail(app, { to: ['carla'] })
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect(await statusesOf(app, second)).toEqual({ carla: ['sent', null] })
  expect(senders().at(-1)).toBe('returns@acme.example')
})

test('what a server says at any length and in any script is written down: no settlement hangs on it', async () => {
  await using server = await scriptedServer(whenTold('RCPT', `550 5.7.1 ${'x'.repeat(489)}\u{1f4e7} no`))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['failed', 'refused'] })
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

test('while it cannot be written down what the server took, a connection is given no more than one message on top', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { connections: 1 })
  const massEmail = await givenMassEmail(app, { to: 10 })
  await openBatch(app)
  await sql`create function refuse() returns trigger language plpgsql as 'begin if cardinality(new.taken) > 0 then raise exception ''away''; end if; return new; end'`.execute(app.db)
  await sql`create trigger refuse before insert on wire for each row execute function refuse()`.execute(app.db)
  const sender = await Sender.start(app.ground)
  await sender.feed()
  await expect.poll(async () => (await countsOf(app, massEmail))['sent']).toBeGreaterThan(0)
  expect(server.contents.length).toBeLessThanOrEqual(2)
  await sql`drop trigger refuse on wire`.execute(app.db)
  await sender.idle()
  await sender.stop()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 10 })
})
