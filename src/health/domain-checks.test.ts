import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { startDnsServer } from '../../test/dns-server.ts'
import { sendThrough } from '../../test/given-mass-email.ts'

const look = async (app: TestApp, code: string) =>
  (await app.api.post('/health/delivery/check', { code })).body.checks.find((found: { code: string }) => found.code === code)
const levels = async (app: TestApp) => [(await look(app, 'spf')).level, (await look(app, 'dkim')).level, (await look(app, 'dmarc')).level]

test('missing records of the default sender are warnings that say what to add; with them, and a key, all is well', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  await sendThrough(app, { port: 25 }, { bounceAddress: 'bounces@return.acme.example' })
  expect(await levels(app)).toEqual(['warning', 'unknown', 'warning'])
  expect((await look(app, 'spf')).advice).toContain('TXT record at return.acme.example')
  expect((await look(app, 'dmarc')).advice).toContain('_dmarc.acme.example')

  const { id, recordName, recordValue } = (await app.api.post('/dkim-keys', { domain: 'acme.example' })).body
  Object.assign(dns.zone, { 'return.acme.example': ['v=spf1 -all'], '_dmarc.acme.example': ['v=DMARC1; p=none'], [recordName]: [recordValue] })
  await app.api.post(`/dkim-keys/${id}/activate`, {})
  expect(await levels(app)).toEqual(['ok', 'ok', 'ok'])

  delete dns.zone[recordName]
  expect(await look(app, 'dkim')).toMatchObject({ level: 'error', message: expect.stringContaining(recordName) })
})

test('DNS that cannot be asked is unknown and makes nothing worse; the Sandbox needs no records', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  expect(await levels(app)).toEqual(['ok', 'ok', 'ok'])
  await sendThrough(app, { port: 25 })
  expect(await levels(app)).toEqual(['unknown', 'unknown', 'unknown'])
})
