import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, type GivenMassEmail, givenMassEmail, openBatch, sendThrough, statusesOf, statusOf } from '../../test/given-mass-email.ts'
import { scriptedServer, type ScriptedServer } from '../../test/scripted-smtp-server.ts'
import { verifyFigures } from '../log/recount.ts'
import { writeTraffic } from '../../test/given-traffic.ts'

/** Contacts whose names begin with `g` are at gmail.com. */
const moveToGmail = (app: TestApp) => sql`update contact set email_address = replace(email_address, 'example.net', 'gmail.com') where email_address like 'g%'`.execute(app.db)
const toldTo = ({ lines }: ScriptedServer, domain: string) => lines.filter((line) => line.startsWith('RCPT') && line.includes(`@${domain}>`)).length
const limitAccount = (app: TestApp, limits: object) => app.db.updateTable('outboundAccount').set(limits).where('kind', '=', 'system').execute()

test('a domain gets what its rule allows in an hour, the rest of it waits without an attempt, and others go past', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const { body: rule } = await app.api.post('/domain-rules', { domain: 'gmail.com', maxPerHour: 2 })
  const massEmail = await givenMassEmail(app, { to: ['g1', 'g2', 'g3', 'g4', 'g5', 'anna', 'ben', 'carla'] })
  await moveToGmail(app)
  await app.settle()
  expect([toldTo(server, 'gmail.com'), toldTo(server, 'example.net')]).toEqual([2, 3])
  const { body } = await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=pending`)
  expect(body.items.map(({ reason, attempts }: { reason: string; attempts: number }) => [reason, attempts])).toEqual(Array(3).fill(['gmail.com gets at most 2 an hour.', 0]))
  for (const { dueAt } of body.items) expect(new Date(dueAt).getTime()).toBeGreaterThanOrEqual(app.clock.read().getTime() + 3_600_000)
  app.clock.advance({ hours: 1, minutes: 2 })
  await app.settle()
  expect(toldTo(server, 'gmail.com')).toBeGreaterThan(2)
  expect((await app.api.get(`/mass-emails/${massEmail.id}/why`)).body.reasons).toMatchObject([{ code: 'portionUsedUp', message: expect.stringContaining('gmail.com gets at most 2 an hour') }])
  expect(toldTo(server, 'gmail.com')).toBeLessThanOrEqual(4)
  // The rule goes: what waits for it goes at once.
  await app.api.delete(`/domain-rules/${rule.id}`)
  await app.settle()
  expect([toldTo(server, 'gmail.com'), await statusOf(app, massEmail)]).toEqual([5, 'complete'])
  expect(await verifyFigures(app.db)).toEqual([])
})

test('an account gives out no more than its hour and its day of warm-up allow, whoever sends', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  await limitAccount(app, { maxPerHour: 20, warmUp: JSON.stringify({ startPerDay: 30, growthPercent: 100, startedAt: app.clock.read().toISOString() }) })
  const massEmail = await givenMassEmail(app, { to: 100 })
  await openBatch(app)
  await Promise.all([1, 2, 3].map(() => app.sendWhatIsDue()))
  expect(await countsOf(app, massEmail)).toEqual({ sent: 20, pending: 80 })
  expect((await app.api.get(`/mass-emails/${massEmail.id}/why`)).body.reasons).toMatchObject([{ code: 'portionUsedUp', message: 'System account has sent what it may in this hour: 20.' }])
  app.clock.advance({ minutes: 61 })
  await Promise.all([1, 2].map(() => app.sendWhatIsDue()))
  expect(await countsOf(app, massEmail)).toEqual({ sent: 30, pending: 70 })
  app.clock.advance({ hours: 23, minutes: 2 })
  await app.sendWhatIsDue()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 50, pending: 50 })
})

test('mass emails share the portion, and what one tries again is not ahead of what another sends for the first time', async () => {
  let busy = true
  await using server = await scriptedServer((line) => (busy && line.startsWith('RCPT TO:<r000') ? '452 4.2.2 mailbox full' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const first = await givenMassEmail(app, { to: 10 })
  await app.settle()
  expect(await countsOf(app, first)).toEqual({ pending: 10 })
  busy = false
  await sendThrough(app, server, { maxPerHour: 60 })
  const [second, third] = [await givenMassEmail(app, { to: ['a', 'b', 'c'].flatMap((letter) => Array.from({ length: 20 }, (_, n) => `${letter}${n}`)) }),
    await givenMassEmail(app, { to: ['x', 'y', 'z'].flatMap((letter) => Array.from({ length: 20 }, (_, n) => `${letter}${n}`)) })]
  app.clock.advance({ minutes: 2 })
  await app.settle()
  const sentOf = async (massEmail: GivenMassEmail) => (await countsOf(app, massEmail))['sent'] ?? 0
  const [again, one, other] = [await sentOf(first), await sentOf(second), await sentOf(third)]
  expect(again + one + other).toBe(60)
  expect(Math.abs(one - other)).toBeLessThanOrEqual(6)
  expect(again).toBeLessThanOrEqual(6)
})

test('a domain whose server asks for patience gets its mail slower, others do not wait for it, and it recovers by itself', async () => {
  await using server = await scriptedServer((line) => (/^RCPT TO:<g0.*@gmail/.test(line) ? '451 4.7.1 too many messages, slow down' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const first = await givenMassEmail(app, { to: [...Array.from({ length: 12 }, (_, n) => `g0${n}`), 'anna'] })
  await moveToGmail(app)
  await app.settle()
  expect(await app.db.selectFrom('slowRoute').select(['route', 'reason']).execute()).toEqual([{ route: 'domain:gmail.com', reason: '451 4.7.1 too many messages, slow down' }])
  await app.api.post(`/mass-emails/${first.id}/cancel`)
  // As if it had gone on for a while.
  await app.db.updateTable('slowRoute').set({ perMinute: 3, fullPerMinute: 12 }).execute()
  const second = await givenMassEmail(app, { to: ['g1', 'g2', 'g3', 'g4', 'g5', 'ben', 'carla'] })
  await moveToGmail(app)
  app.clock.advance({ seconds: 5 })
  await openBatch(app)
  await app.sendWhatIsDue()
  expect(await countsOf(app, second)).toEqual({ sent: 5, pending: 2 })
  expect((await app.api.get(`/mass-emails/${second.id}/deliveries?status=pending`)).body.items[0].reason).toBe('gmail.com gets at most 3 a minute, because its server asked for patience.')
  app.clock.advance({ seconds: 100 })
  await app.sendWhatIsDue()
  expect(await countsOf(app, second)).toEqual({ sent: 7 })
})

test('a domain that took our mail and suddenly knows nobody is held, not judged, until a person decides', async () => {
  await using server = await scriptedServer((line) => (/^RCPT TO:<g.*@gmail/.test(line) ? '550 5.1.1 no such user' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  await writeTraffic(app, 'gmail.com', 150, 40)
  const massEmail = await givenMassEmail(app, { to: [...Array.from({ length: 30 }, (_, n) => `g${n}`), 'anna'] })
  await moveToGmail(app)
  await app.settle()
  expect((await app.api.get('/suppressions')).body.total).toBe(0)
  const { body: { items: [outage] } } = await app.api.get('/domain-outages')
  expect(outage).toMatchObject({ domain: 'gmail.com', decision: null, taken: 40 })
  expect((await app.api.get('/notices')).body.items).toContainEqual(expect.objectContaining({ kind: 'domainOutage', about: { type: 'DomainOutage', id: outage.id, name: 'gmail.com' } }))
  const judged = Object.values(await statusesOf(app, massEmail)).filter(([status]) => status === 'failed')
  expect(new Set(judged.map(([, reason]) => reason))).toEqual(new Set(['domainOutage']))
  expect(outage.held).toBe(judged.length)
  const later = await givenMassEmail(app, { to: ['g90', 'g91'] })
  await moveToGmail(app)
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect(await statusesOf(app, later)).toEqual({ g90: ['pending', 'domainHeld'], g91: ['pending', 'domainHeld'] })
  expect((await app.api.get(`/mass-emails/${later.id}/why`)).body.reasons).toMatchObject([{ code: 'paused', message: expect.stringContaining('gmail.com') }])
  expect((await app.api.post(`/domain-outages/${outage.id}/confirm`)).body).toMatchObject({ decision: 'confirmed', held: 0 })
  expect((await app.api.get('/suppressions')).body.total).toBe(judged.length)
  expect(await app.api.post(`/domain-outages/${outage.id}/release`)).toMatchObject({ status: 409, body: { code: 'outageDecided' } })
  await app.settle()
  expect(Object.values(await statusesOf(app, later)).map(([status]) => status)).toEqual(['failed', 'failed'])
})

test('released, a domain has its addresses back, and Retry Failed reaches them', async () => {
  let broken = true
  await using server = await scriptedServer((line) => (broken && /^RCPT TO:<g.*@gmail/.test(line) ? '550 5.1.1 no such user' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  await writeTraffic(app, 'gmail.com', 150, 0)
  const massEmail = await givenMassEmail(app, { to: Array.from({ length: 25 }, (_, n) => `g${n}`) })
  await moveToGmail(app)
  await app.settle()
  broken = false
  const { body: { items: [outage] } } = await app.api.get('/domain-outages')
  expect((await app.api.post(`/domain-outages/${outage.id}/release`)).body.decision).toBe('released')
  await app.api.post(`/mass-emails/${massEmail.id}/retry-failed`)
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 25 })
  expect((await app.api.get('/suppressions')).body.total).toBe(0)
  expect(server.contents.length).toBe(25)
})

test('a batch counts those who may be mailed now: whoever was put off until later keeps nobody waiting', async () => {
  await using server = await scriptedServer((line) => (/^RCPT TO:<r000[01]@/.test(line) ? '451 4.7.1 greylisted' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { batchSize: 2 })
  const massEmail = await givenMassEmail(app, { to: 6 })
  for (let run = 0; run < 5; run++) {
    await app.settle()
    app.clock.advance({ minutes: 1 })
  }
  expect(await countsOf(app, massEmail)).toEqual({ sent: 4, pending: 2 })
})
