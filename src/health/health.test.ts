import { expect, test, vi } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { saveSandboxAccount } from '../outbound/sandbox-account.ts'
import { checks, createDeliveryHealth } from './delivery-health.ts'

const check = async (app: TestApp, code: string) =>
  (await app.api.post('/health/delivery/check', { code })).body.checks.find((found: { code: string }) => found.code === code)

test('an inactive job is named, with what to do', async () => {
  await using app = await startApp()
  await app.settle()
  await app.api.patch('/scheduled-jobs/send-mass-emails', { status: 'inactive' })
  expect(await check(app, 'jobSendMassEmails')).toMatchObject({ level: 'error', message: expect.stringContaining('inactive'), advice: expect.stringContaining('Scheduled Jobs') })
  await app.api.patch('/scheduled-jobs/send-mass-emails', { status: 'active' })
  expect(await check(app, 'jobSendMassEmails')).toMatchObject({ level: 'ok' })
})

test('a scheduler that has died is seen after three minutes', async () => {
  await using app = await startApp()
  await app.settle()
  expect(await check(app, 'scheduler')).toMatchObject({ level: 'ok' })
  app.clock.advance({ minutes: 4 })
  expect(await check(app, 'scheduler')).toMatchObject({ level: 'error', advice: expect.stringContaining('worker') })
})

test('a closed port is quoted as the system says it', async () => {
  await using app = await startApp()
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: 1 })
  expect(await check(app, 'smtp')).toMatchObject({ level: 'error', message: expect.stringContaining('ECONNREFUSED') })
})

test('an address that leads nowhere is an error, and "since" stays while the state does', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { siteUrl: 'http://127.0.0.1:1' })
  const first = await check(app, 'siteUrl')
  expect(first).toMatchObject({ level: 'error', message: 'http://127.0.0.1:1 cannot be reached: connect ECONNREFUSED 127.0.0.1:1.' })
  app.clock.advance({ minutes: 1 })
  expect((await check(app, 'siteUrl')).since).toBe(first.since)
})

test('after a quiet time the network is asked before it is answered: nobody reads what was hours ago', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  let ticks = 0
  const health = createDeliveryHealth(app.ground, { ticks: () => ticks })
  const smtp = async () => (await health.read()).checks.find(({ code }) => code === 'smtp')!
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: 1 })
  expect((await smtp()).message).toContain('ECONNREFUSED')
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: server.port })
  ticks += 61_000
  expect((await smtp()).message).toContain('Mail goes to the Sandbox')
})

test('what does not answer in time after a quiet time is not known, and the state that was found before is told to nobody', async () => {
  let silent = false
  await using server = await scriptedServer(() => (silent ? 'silence' : undefined))
  await using app = await startApp()
  let ticks = 0
  const health = createDeliveryHealth(app.ground, { ticks: () => ticks, patienceMs: 1_000 })
  const smtp = async () => (await health.read()).checks.find(({ code }) => code === 'smtp')!
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: server.port })
  await health.check('smtp')
  await expect.poll(async () => (await smtp()).message).toContain('Mail goes to the Sandbox')
  silent = true
  ticks += 61_000
  expect(await smtp()).toMatchObject({ level: 'unknown', message: expect.stringContaining('waited for') })
})

test('after a restart a check that is slow to answer has its state since it began, not since the program waited for it', async () => {
  let silent = false
  await using server = await scriptedServer(() => (silent ? 'silence' : undefined))
  await using app = await startApp()
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: server.port })
  const smtp = async (patienceMs?: number) => (await createDeliveryHealth(app.ground, { patienceMs }).read()).checks.find(({ code }) => code === 'smtp')!
  const { level, since } = await smtp()
  silent = true
  app.clock.advance({ hours: 1 })
  expect((await smtp(500)).level).toBe('unknown')
  silent = false
  expect(await smtp()).toMatchObject({ level, since })
})

test('many who look at once ask a server once', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: server.port })
  const health = createDeliveryHealth(app.ground)
  await Promise.all([1, 2, 3, 4].map(() => health.read()))
  expect(server.connections).toBe(1)
})

test('whoever looks while somebody presses the button gets the answer of that look', async () => {
  await using app = await startApp()
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: 1 })
  const health = createDeliveryHealth(app.ground)
  const database = vi.spyOn(checks.find(({ code }) => code === 'database')!, 'look')
  database.mockResolvedValue({ level: 'ok', message: 'The first look.', advice: '' })
  const found = health.read()
  // Takes longer than everything else that is looked at.
  database.mockImplementationOnce(async () => {
    await createDeliveryHealth(app.ground).read()
    await createDeliveryHealth(app.ground).read()
    return { level: 'ok', message: 'The second look.', advice: '' }
  })
  try {
    const [{ checks: seen }] = await Promise.all([found, health.check('database')])
    expect(seen.find(({ code }) => code === 'database')).toMatchObject({ message: 'The second look.' })
  } finally {
    database.mockRestore()
  }
})

test('only administrators see Delivery Health', async () => {
  await using app = await startApp()
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).get('/health/delivery')).status).toBe(403)
  expect((await app.api.get('/health/delivery')).body.checks.map(({ code }: { code: string }) => code)).toContain('database')
})

test('whether bounces are read is told as it is: by nobody, by an account that fails, by one that works', async () => {
  await using app = await startApp()
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: 1 })
  expect(await check(app, 'bounceMailbox')).toMatchObject({ level: 'unknown' })
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'mx.acme.example' }, fromAddress: 'news@acme.example', bounceAddress: 'returned@acme.example' })
  expect(await check(app, 'bounceMailbox')).toMatchObject({ level: 'warning', message: expect.stringContaining('returned@acme.example') })
  await app.api.post('/group-email-accounts', { name: 'Returned', emailAddress: 'Returned@acme.example', imap: { host: '127.0.0.1', port: 1, username: 'a', password: 'b' } })
  expect(await check(app, 'bounceMailbox')).toMatchObject({ level: 'error', message: expect.stringContaining('ECONNREFUSED') })
  await app.settle()
  expect(await check(app, 'jobCheckGroupEmailAccounts')).toMatchObject({ level: 'ok' })
})

test('since when it is so is kept over restarts and the same for all processes', async () => {
  await using app = await startApp()
  await app.api.patch('/scheduled-jobs/send-mass-emails', { status: 'inactive' })
  const { since } = await check(app, 'jobSendMassEmails')
  app.clock.advance({ hours: 1 })
  const found = (await createDeliveryHealth(app.ground).check('jobSendMassEmails')).checks.find(({ code }) => code === 'jobSendMassEmails')!
  expect([found.since.toISOString(), found.checkedAt]).toEqual([since, app.clock.read()])
})

test('with a dead scheduler only the scheduler is to blame, and a job that runs once an hour is no sign of death', async () => {
  await using app = await startApp()
  await app.settle()
  app.clock.advance({ minutes: 10 })
  const { checks } = (await app.api.get('/health/delivery')).body
  expect(checks.filter(({ level }: { level: string }) => level === 'error').map(({ code }: { code: string }) => code)).toEqual(['smtp', 'scheduler', 'siteUrl'])
  expect(await check(app, 'jobSendMassEmails')).toMatchObject({ level: 'unknown', message: expect.stringContaining('Scheduler') })
  for (const { name } of (await app.api.get('/scheduled-jobs')).body.items) await app.api.patch(`/scheduled-jobs/${name}`, { schedule: '0 * * * *' })
  await app.settle()
  app.clock.advance({ minutes: 40 })
  expect(await check(app, 'scheduler')).toMatchObject({ level: 'ok' })
})

test('a closed window is a warning only while mail waits for it', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const massEmail = await givenMassEmail(app, { to: 1 })
  await app.api.patch('/settings/outbound-emails', { window: { days: [6], from: '08:00', to: '18:00', timeZone: 'UTC' } })
  expect(await check(app, 'window')).toMatchObject({ level: 'ok', message: expect.stringContaining('It opens at 5 January 2030 at 08:00 (UTC)') })
  await app.settle()
  expect(await check(app, 'window')).toMatchObject({ level: 'warning', message: expect.stringContaining('Mail is waiting') })
  await app.api.post(`/mass-emails/${massEmail.id}/pause`, {})
  expect(await check(app, 'window')).toMatchObject({ level: 'ok' })
})

test('a visitor from the public internet is seen, by X-Forwarded-For only where the proxy is trusted', async () => {
  const visit = (app: TestApp) => app.server.inject({ url: '/u/nothing', headers: { 'x-forwarded-for': '93.184.216.34' } })
  const seen = async (app: TestApp) => (await app.db.selectFrom('publicSight').selectAll().execute()).length
  await using doubtful = await startApp()
  await visit(doubtful)
  expect(await check(doubtful, 'publicUrl')).toMatchObject({ message: expect.stringContaining('Last seen from a public address: never.') })
  await using app = await startApp({ environment: { TIDINGS_TRUSTED_PROXIES: '127.0.0.1' } })
  await visit(app)
  await expect.poll(() => seen(app)).toBe(1)
  expect((await check(app, 'publicUrl')).message).toMatch(/Last seen from a public address: \d+ \w+ \d{4}/)
})

test('a check that is not there is refused by name', async () => {
  await using app = await startApp()
  expect(await app.api.post('/health/delivery/check', { code: 'weather' })).toMatchObject({ status: 400, body: { errors: [{ path: 'code' }] } })
})
