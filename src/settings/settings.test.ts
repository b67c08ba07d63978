import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { readOutboundEmails } from './settings.ts'

const outbound = '/settings/outbound-emails'

test('a fresh installation sends 1,000 an hour through the Sandbox, without open tracking', async () => {
  await using app = await startApp()
  expect((await app.api.get(outbound)).body).toMatchObject({
    maxPerHour: 1000, batchSize: null, openTracking: false, trackingPermission: 'notRefused', verp: false, retryForHours: 24,
    retryUncertainAfterSeconds: 900, spread: 'atOnce', window: null, connections: 20, systemSmtp: { host: null, passwordSet: false },
  })
})

test('nested settings are merged, null empties', async () => {
  await using app = await startApp()
  await app.api.patch(outbound, { systemSmtp: { host: 'mail.example', port: 2525, security: 'none' } })
  const { body } = await app.api.patch(outbound, { maxPerHour: null, systemSmtp: { username: 'anna' } })
  expect(body).toMatchObject({ maxPerHour: null, systemSmtp: { host: 'mail.example', port: 2525, security: 'none', username: 'anna' } })
  expect((await app.api.patch(outbound, { systemSmtp: null })).body.systemSmtp.host).toBeNull()
})

test('a password is never shown, lies sealed in the database, and goes when host or user name change', async () => {
  await using app = await startApp()
  const answer = await app.api.patch(outbound, { systemSmtp: { host: 'mail.example', username: 'anna', password: 'top secret' } })
  expect(answer.body.systemSmtp.passwordSet).toBe(true)
  expect(answer.text).not.toContain('top secret')
  const { systemSmtp } = await readOutboundEmails(app.db)
  expect(systemSmtp.passwordSealed).not.toContain('top secret')
  expect(app.secrets.open(systemSmtp.passwordSealed!)).toBe('top secret')
  expect((await app.api.patch(outbound, { systemSmtp: { port: 465 } })).body.systemSmtp.passwordSet).toBe(true)
  expect((await app.api.patch(outbound, { systemSmtp: { host: 'evil.example' } })).body.systemSmtp.passwordSet).toBe(false)
})

test('every wrong setting is named, all at once', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.patch(outbound, { maxPerHour: 0, spread: 'slowly', colour: 'red', systemSmtp: { port: 99_999 } })
  expect(status).toBe(400)
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['colour', 'maxPerHour', 'spread', 'systemSmtp.port'])
})

test('a time zone that is none is refused', async () => {
  await using app = await startApp()
  expect((await app.api.patch('/settings/general', { timeZone: 'Mars/Olympus' })).body.errors[0].path).toBe('timeZone')
})

test('of two people who change the same settings, the second is told', async () => {
  await using app = await startApp()
  const { headers } = await app.api.get('/settings/general')
  const etag = String(headers['etag'])
  expect((await app.api.patch('/settings/general', { companyName: 'A' }, { 'if-match': etag })).status).toBe(200)
  const late = await app.api.patch('/settings/general', { companyName: 'B' }, { 'if-match': etag })
  expect([late.status, late.body.code]).toEqual([412, 'changedMeanwhile'])
  expect((await app.api.get('/settings/general')).body.companyName).toBe('A')
})

test('a sender with an international domain is stored as mail needs it; what is no address is refused by name', async () => {
  await using app = await startApp()
  expect((await app.api.patch(outbound, { fromAddress: 'News@Bücher.example' })).body.fromAddress).toBe('News@xn--bcher-kva.example')
  const { status, body } = await app.api.patch(outbound, { fromAddress: 'nobody', bounceAddress: 'no one@x.example' })
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([400, ['fromAddress', 'bounceAddress']])
})
