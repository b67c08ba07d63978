import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { startDnsServer } from '../../test/dns-server.ts'
import { sendThrough } from '../../test/given-mass-email.ts'
import { isOwnServer } from './domain-checks.ts'

const look = async (app: TestApp, code: string) =>
  (await app.api.post('/health/delivery/check', { code })).body.checks.find((found: { code: string }) => found.code === code)
const levels = async (app: TestApp) => Promise.all(['spf', 'dkim', 'dmarc', 'mx'].map(async (code) => (await look(app, code)).level))

test('missing records of the default sender are warnings that say what to add; with them, and a key, all is well', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  await sendThrough(app, { port: 25 }, { bounceAddress: 'bounces@return.acme.example' })
  expect(await levels(app)).toEqual(['warning', 'unknown', 'warning', 'warning'])
  expect((await look(app, 'spf')).advice).toContain('TXT record at return.acme.example')
  expect((await look(app, 'dmarc')).advice).toContain('_dmarc.acme.example')
  expect((await look(app, 'mx')).advice).toContain('MX record at return.acme.example')

  const { id, recordName, recordValue } = (await app.api.post('/dkim-keys', { domain: 'acme.example' })).body
  Object.assign(dns.zone, {
    'return.acme.example': ['v=spf1 -all'], 'MX return.acme.example': ['10 mx.acme.example'], '_dmarc.acme.example': ['v=DMARC1; p=none'], [recordName]: [recordValue],
  })
  await app.api.post(`/dkim-keys/${id}/activate`, {})
  expect(await levels(app)).toEqual(['ok', 'ok', 'ok', 'ok'])

  delete dns.zone[recordName]
  expect(await look(app, 'dkim')).toMatchObject({ level: 'error', message: expect.stringContaining(recordName) })
})

test('DNS that cannot be asked is unknown and makes nothing worse; the Sandbox needs no records', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  expect(await levels(app)).toEqual(['ok', 'ok', 'ok', 'ok'])
  await sendThrough(app, { port: 25 })
  expect(await levels(app)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
})

test('a bounce domain whose MX says that it takes no mail, or leads to a machine without an address, is told', async () => {
  await using dns = await startDnsServer({ 'MX acme.com': ['0 .'], 'A mx.acme.com': ['198.51.100.7'] })
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  await sendThrough(app, { port: 25 }, { fromAddress: 'news@acme.com' })
  expect(await look(app, 'mx')).toMatchObject({ level: 'error', message: expect.stringContaining('null MX') })
  dns.zone['MX acme.com'] = ['10 gone.acme.com']
  expect(await look(app, 'mx')).toMatchObject({ level: 'warning', message: expect.stringContaining('gone.acme.com has no address') })
  dns.zone['MX acme.com'] = ['10 gone.acme.com', '20 mx.acme.com']
  expect(await look(app, 'mx')).toMatchObject({ level: 'ok' })
  delete dns.zone['MX acme.com']
  dns.zone['A acme.com'] = ['198.51.100.7']
  expect(await look(app, 'mx')).toMatchObject({ level: 'ok', message: expect.stringContaining('its own address') })
})

test('a server of one’s own must have a name that leads back to it; of a provider, a stranger and this machine nothing is said', async () => {
  const [address, reverse] = ['93.184.216.34', 'PTR 34.216.184.93.in-addr.arpa']
  await using dns = await startDnsServer({ 'A mx.acme.com': [address], 'A smtp.other.com': [address] })
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const through = (host: string) => app.api.patch('/settings/outbound-emails', { systemSmtp: { host }, fromAddress: 'news@acme.com' })
  await through('mx.acme.com')
  expect(await look(app, 'ptr')).toMatchObject({ level: 'warning', message: `${address} has no name in reverse DNS.` })
  dns.zone[reverse] = ['other.acme.com']
  expect(await look(app, 'ptr')).toMatchObject({ level: 'error', message: expect.stringContaining('does not lead back') })
  dns.zone[reverse] = ['mx.acme.com']
  expect(await look(app, 'ptr')).toMatchObject({ level: 'ok', message: `${address} is mx.acme.com, and mx.acme.com leads back to it.` })
  for (const host of ['smtp.other.com', 'smtp.gmail.com', '127.0.0.1']) {
    await through(host)
    expect(await look(app, 'ptr')).toMatchObject({ level: 'unknown', advice: '' })
  }
})

test('a server is one’s own when it bears the name of the sender’s domain, or of one above or beside it', () => {
  const own = ['acme.com', 'mx.acme.com', 'out.mx.acme.com']
  expect([...own, 'smtp.other.com', 'relay.com'].filter((host) => isOwnServer(host, 'acme.com'))).toEqual(own)
  expect([isOwnServer('mx.acme.com', 'news.acme.com'), isOwnServer('mail.com', 'news.com')]).toEqual([true, false])
})
