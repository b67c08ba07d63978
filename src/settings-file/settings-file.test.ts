import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, statusOf } from '../../test/given-mass-email.ts'

const outbound = '/settings/outbound-emails'
const fileOf = async (app: TestApp) => (await app.api.get('/settings/export')).body
const pathsOf = ({ body }: { body: { errors: { path: string }[] } }) => body.errors.map(({ path }) => path).sort()

test('what is exported comes in elsewhere as it was, and changes nothing where it came from', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { companyName: 'Acme', keepAuditDays: 365, timeZone: 'Europe/Berlin' })
  await app.api.patch(outbound, { maxPerHour: null, window: { days: [1], timeZone: 'UTC' }, systemSmtp: { host: 'smtp.acme.example', username: 'anna', password: 'top secret' } })
  await app.api.patch('/scheduled-jobs/clean-up', { schedule: '0 4 * * *', status: 'inactive' })
  const file = await fileOf(app)
  expect(JSON.stringify(file)).not.toMatch(/top secret|password|v1\./i)
  expect((await app.api.post('/settings/import', file)).body).toEqual({ dryRun: false, changes: [] })
  await using other = await startApp()
  const { status, body } = await other.api.post('/settings/import', file)
  expect(status).toBe(200)
  expect(body.changes).toContainEqual({ group: 'scheduledJobs', key: 'clean-up.schedule', before: '0 3 * * *', after: '0 4 * * *' })
  const { exportedAt: _first, ...wanted } = file
  expect(await fileOf(other)).toMatchObject(wanted)
})

test('a dry run says what would change and changes nothing', async () => {
  await using app = await startApp()
  const file = { format: 'tidings-settings', version: 1, general: { companyName: 'Acme' }, outboundEmails: { maxPerHour: 500 } }
  const changes = [{ group: 'general', key: 'companyName', before: '', after: 'Acme' }, { group: 'outboundEmails', key: 'maxPerHour', before: 1000, after: 500 }]
  expect((await app.api.post('/settings/import?dryRun=true', file)).body).toEqual({ dryRun: true, changes })
  expect((await app.api.get(outbound)).body.maxPerHour).toBe(1000)
  expect((await app.api.get('/settings/history')).body.items).toEqual([])
  expect((await app.api.post('/settings/import', file)).body).toEqual({ dryRun: false, changes })
  expect((await app.api.get('/settings/history')).body.items.map(({ how }: { how: string }) => how)).toEqual(['imported', 'imported'])
})

test('every unknown field and every wrong value is named at once, and nothing is taken over', async () => {
  await using app = await startApp()
  const answer = await app.api.post('/settings/import', {
    format: 'tidings-settings', version: 1, colour: 'red', general: { companyName: 'Acme', timeZone: 'Mars/Olympus', motto: 'x' },
    outboundEmails: { maxPerHour: 0, fromAddress: 'nobody', systemSmtp: { password: 'x', port: 0 } }, scheduledJobs: { 'clean-up': { schedule: 'often' }, 'make-coffee': { status: 'active' } },
  })
  expect(answer.status).toBe(400)
  expect(pathsOf(answer)).toEqual([
    'colour', 'general.motto', 'general.timeZone', 'outboundEmails.fromAddress', 'outboundEmails.maxPerHour', 'outboundEmails.systemSmtp.password', 'outboundEmails.systemSmtp.port',
    'scheduledJobs.clean-up.schedule', 'scheduledJobs.make-coffee',
  ])
  expect((await app.api.get('/settings/general')).body.companyName).toBe('')
})

test('another file, and a file of another version, are refused', async () => {
  await using app = await startApp()
  expect(pathsOf(await app.api.post('/settings/import', { hello: 1 }))).toEqual(['format', 'hello', 'version'])
  expect(pathsOf(await app.api.post('/settings/import', { format: 'tidings-settings', version: 2 }))).toEqual(['version'])
})

test('the password of the mail server stays with its host and user name, and with no other', async () => {
  await using app = await startApp()
  await app.api.patch(outbound, { systemSmtp: { host: 'smtp.acme.example', username: 'anna', password: 'top secret' } })
  const file = await fileOf(app)
  file.outboundEmails.systemSmtp.port = 465
  await app.api.post('/settings/import', file)
  expect((await app.api.get(outbound)).body.systemSmtp).toMatchObject({ port: 465, passwordSet: true })
  file.outboundEmails.systemSmtp.host = 'evil.example'
  expect((await app.api.post('/settings/import?dryRun=true', file)).body.changes).toContainEqual({ group: 'outboundEmails', key: 'systemSmtp.password', secret: true })
  await app.api.post('/settings/import', file)
  expect((await app.api.get(outbound)).body.systemSmtp).toMatchObject({ host: 'evil.example', passwordSet: false })
})

test('a file that names a mail server pauses what was meant for the Sandbox; its dry run says so and pauses nothing', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch(outbound, { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  const file = { format: 'tidings-settings', version: 1, outboundEmails: { systemSmtp: { host: 'smtp.acme.example' } } }
  expect((await app.api.post('/settings/import?dryRun=true', file)).body.pausedMassEmailIds).toEqual([massEmail.id])
  expect(await statusOf(app, massEmail)).toBe('pending')
  expect((await app.api.post('/settings/import', file)).body.pausedMassEmailIds).toEqual([massEmail.id])
  expect(await statusOf(app, massEmail)).toBe('paused')
})
