import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { saveSandboxAccount } from '../outbound/sandbox-account.ts'

const check = async (app: TestApp, code: string) =>
  (await app.api.post('/health/delivery/check', { code })).body.checks.find((found: { code: string }) => found.code === code)

test('an inactive job is named, with what to do', async () => {
  await using app = await startApp()
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
  expect(first).toMatchObject({ level: 'error', message: expect.stringContaining('http://127.0.0.1:1') })
  app.clock.advance({ minutes: 1 })
  expect((await check(app, 'siteUrl')).since).toBe(first.since)
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
  expect(await check(app, 'bounceMailbox')).toMatchObject({ level: 'ok' })
  await app.settle()
  expect(await check(app, 'bounceMailbox')).toMatchObject({ level: 'error', message: expect.stringContaining('ECONNREFUSED') })
  expect(await check(app, 'jobCheckGroupEmailAccounts')).toMatchObject({ level: 'ok' })
})
