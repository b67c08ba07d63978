/** Alarms from the real Delivery Health, by mail and webhook. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, openBatch, sendThrough } from '../../test/given-mass-email.ts'
import { startDnsServer } from '../../test/dns-server.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { createDeliveryHealth } from '../health/delivery-health.ts'
import type { GuardedFetch } from '../platform/guarded-fetch.ts'
import { newId } from '../platform/id.ts'
import { standIn } from './stand-in.ts'
import { healthToWatch, lookForAlarms } from './watch.ts'

/** A process that watches; it takes the turn of the one before it. */
const look = async (app: TestApp, watcher = newId(), isTurn = true) => {
  if (isTurn) await app.db.updateTable('alarmSetting').set({ watchedUntil: null }).execute()
  return lookForAlarms({ db: app.db, health: createDeliveryHealth(app.ground), watcher, now: app.clock.read })
}
const mails = (app: TestApp) => app.db.selectFrom('systemMail').select(['toAddress', 'subject', 'textBody']).where('purpose', '=', 'alarm').orderBy('createdAt').orderBy('toAddress').execute()
const setJob = (app: TestApp, status: 'active' | 'inactive') => app.api.patch('/scheduled-jobs/send-mass-emails', { status })

/** Everything else that is wrong in a test is known already. */
async function given(app: TestApp, settings: object = {}) {
  await app.settle()
  expect((await app.api.patch('/alarms', { emailAddresses: ['ops@acme.example', 'boss@acme.example'], afterMinutes: 0, ...settings })).status).toBe(200)
  await app.api.post('/webhooks', { name: 'Chat', url: 'https://chat.example/', events: ['healthAlarm', 'healthOver'] })
  await look(app)
  await app.db.deleteFrom('systemMail').execute()
  await app.db.deleteFrom('webhookDelivery').execute()
  await app.api.patch('/alarms', { afterMinutes: 5, ...settings })
}
const posts = async (app: TestApp) => (await app.db.selectFrom('webhookDelivery').select('body').orderBy('createdAt').execute()).map(({ body }) => JSON.parse(body))

test('an error that lasts is mailed to every address and posted once, over restarts too, and so is its end', async () => {
  await using app = await startApp()
  await given(app)
  await setJob(app, 'inactive')
  expect(await look(app)).toBe(0)
  app.clock.advance({ minutes: 2 })
  await app.settle()
  expect(await look(app)).toBe(0)
  app.clock.advance({ minutes: 3 })
  await app.settle()
  expect(await look(app)).toBe(1)
  expect(await look(app)).toBe(0)
  expect((await mails(app)).map(({ toAddress, subject }) => [toAddress, subject])).toEqual([['boss@acme.example', 'Alarm: Job: Send Mass Emails'], ['ops@acme.example', 'Alarm: Job: Send Mass Emails']])
  expect((await mails(app))[0]!.textBody).toMatch(/inactive[^]*Scheduled Jobs[^]*\/administration\/delivery-health/)
  expect(await posts(app)).toMatchObject([{ type: 'healthAlarm', data: { code: 'jobSendMassEmails', level: 'error', since: '2030-01-01T12:00:00.000Z' } }])
  expect((await app.api.get('/alarms')).body.open.map(({ code }: { code: string }) => code)).toContain('jobSendMassEmails')
  await setJob(app, 'active')
  expect(await look(app)).toBe(1)
  expect((await mails(app)).at(-1)!.subject).toBe('Over: Job: Send Mass Emails')
  expect((await posts(app)).at(-1)).toMatchObject({ type: 'healthOver', data: { code: 'jobSendMassEmails' } })
  expect(await look(app)).toBe(0)
})

test('whoever wants to hear of it after a while in which nobody did has been told nothing', async () => {
  await using app = await startApp()
  await given(app, { afterMinutes: 0 })
  await setJob(app, 'inactive')
  expect(await look(app)).toBe(1)
  await app.api.patch('/alarms', { emailAddresses: [] })
  for (const { id } of (await app.api.get('/webhooks')).body.items) await app.api.delete(`/webhooks/${id}`)
  expect(await look(app)).toBe(0)
  expect((await app.api.get('/alarms')).body.open).toEqual([])
  await app.api.patch('/alarms', { emailAddresses: ['ops@acme.example'] })
  await look(app)
  expect((await mails(app)).at(-1)!.subject).toContain('Job: Send Mass Emails')
})

test('of many processes one watches; when it dies another one goes on, and nothing is told twice', async () => {
  await using app = await startApp()
  await given(app, { afterMinutes: 0 })
  await setJob(app, 'inactive')
  await app.db.updateTable('alarmSetting').set({ watchedUntil: null }).execute()
  const told = await Promise.all([newId(), newId(), newId()].map((watcher) => look(app, watcher, false)))
  expect(told.toSorted()).toEqual([0, 0, 1])
  expect(await look(app, newId(), false)).toBe(0)
  expect(await look(app)).toBe(0)
  expect(await mails(app)).toHaveLength(2)
})

test('whoever loses the turn while he looks tells nothing of what he saw', async () => {
  await using app = await startApp()
  await given(app, { afterMinutes: 0 })
  await setJob(app, 'inactive')
  const health = createDeliveryHealth(app.ground)
  const slow = {
    async read() {
      const found = await health.read()
      await setJob(app, 'active')
      expect(await look(app)).toBe(0)
      return found
    },
  }
  await app.db.updateTable('alarmSetting').set({ watchedUntil: null }).execute()
  expect(await lookForAlarms({ db: app.db, health: slow, watcher: newId(), now: app.clock.read })).toBe(0)
  expect(await mails(app)).toEqual([])
})

test('a dead scheduler is told of: watching does not hang on it', async () => {
  await using app = await startApp()
  await given(app)
  app.clock.advance({ minutes: 4 })
  await look(app)
  app.clock.advance({ minutes: 5 })
  expect(await look(app)).toBeGreaterThanOrEqual(1)
  expect((await mails(app)).map(({ subject }) => subject).join()).toContain('Scheduler')
})

test('while no worker lives the others tell of it, by mail and webhook, and carry what waits; beside one that lives they do nothing', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  await given(app)
  const posted: string[] = []
  const fetch: GuardedFetch = async (_url, { body }) => {
    posted.push(JSON.parse(String(body)).type)
    return { status: 200, body: '' }
  }
  const standInOf = (watcher: string) => standIn({ ...app.ground, fetch }, { db: app.db, health: createDeliveryHealth(app.ground), watcher, now: app.clock.read })
  const other = newId()
  await app.db.updateTable('alarmSetting').set({ watchedUntil: null }).execute()
  expect(await standInOf(other)).toBe(false)
  expect((await app.db.selectFrom('alarmSetting').select('watchedUntil').executeTakeFirstOrThrow()).watchedUntil).toBeNull()

  app.clock.advance({ minutes: 4 })
  expect(await standInOf(other)).toBe(true)
  app.clock.advance({ minutes: 5 })
  expect(await standInOf(other)).toBe(true)
  const subjects = (await app.api.get('/sandbox/messages')).body.items.map(({ subject }: { subject: string }) => subject)
  expect(subjects).toEqual([expect.stringMatching(/^Alarm: .*Scheduler/), expect.stringMatching(/^Alarm: .*Scheduler/)])
  expect(posted).toContain('healthAlarm')

  await app.settle()
  expect(await standInOf(other)).toBe(false)
})

test('a missing sender is told of while mail waits for it, and that it is over when one comes', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  await given(app)
  await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  await sql`update sender_last_end set ended_at = clock_timestamp() - interval '1 minute'`.execute(app.db)
  expect(await look(app)).toBe(0)
  app.clock.advance({ minutes: 5 })
  await app.db.updateTable('scheduledJob').set({ checkedUntil: app.clock.read() }).execute()
  expect(await look(app)).toBe(1)
  expect((await mails(app)).map(({ subject, textBody }) => [subject, textBody])).toEqual(Array(2).fill(['Alarm: Mass emails', expect.stringMatching(/No process that sends mail[^]*“First”[^]*tidings start --role sender/)]))
  await app.sendWhatIsDue()
  expect(await look(app)).toBe(1)
  expect((await mails(app)).at(-1)!.subject).toBe('Over: Mass emails')
})

test('a test goes to all; where nobody would hear of it that is said', async () => {
  await using app = await startApp()
  expect((await app.api.post('/alarms/test')).body.code).toBe('nobodyToAlarm')
  await given(app)
  expect((await app.api.post('/alarms/test')).body).toEqual({ mails: 2, webhooks: 1 })
  expect(await mails(app)).toMatchObject([{ subject: 'Test alarm' }, { subject: 'Test alarm' }])
})

test('the settings name what is wrong in them, keep each address once, are audited, and for administrators only', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.patch('/alarms', { emailAddresses: ['ops@acme.example', 'nobody', ''] })
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['emailAddresses.1', 'emailAddresses.2']])
  expect((await app.api.patch('/alarms', { afterMinutes: -1, level: 'all' })).body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(['afterMinutes', 'level'])
  const { body: changed } = await app.api.patch('/alarms', { emailAddresses: ['ops@ACME.example', 'ops@acme.example'], level: 'warning', repeatDaily: true })
  expect(changed).toMatchObject({ emailAddresses: ['ops@acme.example'], level: 'warning', afterMinutes: 5, repeatDaily: true, webhooks: 0, version: 1 })
  expect((await app.api.get('/audit-log?q=alarmsChanged')).body.total).toBe(1)
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).get('/alarms')).status).toBe(403)
})

test('watching signs in at a server that works once in five minutes, and at one that fails with every look', async () => {
  let works = true
  await using server = await scriptedServer((line) => (works || !line.startsWith('EHLO') ? undefined : '421 4.3.2 Closing'))
  await using app = await startApp()
  await sendThrough(app, server)
  let ticks = 0
  const health = healthToWatch(app.ground, () => ticks)
  const level = async () => (await health.read()).checks.find(({ code }) => code === 'smtp')!.level
  expect(await level()).toBe('ok')
  const once = server.connections
  for (; ticks < 270_000; ticks += 30_000) expect(await level()).toBe('ok')
  expect(server.connections).toBe(once)
  works = false
  ticks += 60_000
  expect(await level()).toBe('error')
  works = true
  ticks += 61_000
  expect(await level()).toBe('ok')
})

test('a warning that is over is seen with the next look', async () => {
  await using server = await scriptedServer()
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  await sendThrough(app, server)
  let ticks = 0
  const health = healthToWatch(app.ground, () => ticks)
  const level = async () => { await health.read(); return (await health.read()).checks.find(({ code }) => code === 'dmarc')!.level }
  expect(await level()).toBe('warning')
  const { fromAddress } = (await app.api.get('/settings/outbound-emails')).body
  dns.zone[`_dmarc.${fromAddress.split('@')[1]}`] = ['v=DMARC1; p=none']
  ticks += 61_000
  expect(await level()).toBe('ok')
})
