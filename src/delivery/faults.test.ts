import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, openBatch, recipientsAt, sendThrough, statusesOf, statusOf } from '../../test/given-mass-email.ts'
import { type Script, scriptedServer } from '../../test/scripted-smtp-server.ts'
import { verifyFigures } from '../log/recount.ts'
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
