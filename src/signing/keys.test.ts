import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { startDnsServer } from '../../test/dns-server.ts'
import { lookForNewRecords } from './watch.ts'

const create = async (app: TestApp, body: object = { domain: 'acme.example' }) => (await app.api.post('/dkim-keys', body)).body
const stateOf = async (app: TestApp, { id }: { id: string }) => (await app.api.get(`/dkim-keys/${id}`)).body.state as string

test('a key is made with its record ready to copy; its private half never leaves and lies sealed', async () => {
  await using app = await startApp()
  const { status, body, text } = await app.api.post('/dkim-keys', { domain: ' Müller.Example. ' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ domain: 'xn--mller-kva.example', algorithm: 'rsa', state: 'new', recordState: null, recordName: `${body.selector}._domainkey.xn--mller-kva.example` })
  const [, p] = /^v=DKIM1; k=rsa; p=(.+)$/.exec(body.recordValue)!
  expect(createPublicKey({ key: Buffer.from(p!, 'base64'), format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength).toBe(2048)
  const { privateKeySealed } = await app.db.selectFrom('dkimKey').select('privateKeySealed').executeTakeFirstOrThrow()
  expect(privateKeySealed).not.toContain('PRIVATE')
  expect(app.secrets.open(privateKeySealed)).toContain('BEGIN PRIVATE KEY')
  expect(text + (await app.api.get('/dkim-keys')).text).not.toMatch(/private|sealed/i)
})

test('an Ed25519 record holds the bare 32 bytes of the key', async () => {
  await using app = await startApp()
  const { recordValue } = await create(app, { domain: 'acme.example', algorithm: 'ed25519' })
  expect(Buffer.from(/^v=DKIM1; k=ed25519; p=(.+)$/.exec(recordValue)![1]!, 'base64')).toHaveLength(32)
})

test('what is no domain is refused by name, and only administrators come near keys', async () => {
  await using app = await startApp()
  for (const domain of ['', 'localhost', 'a b.example', 'x@acme.example', '192.0.2.1']) {
    expect((await app.api.post('/dkim-keys', { domain })).body).toMatchObject({ errors: [{ path: 'domain' }] })
  }
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).get('/dkim-keys')).status).toBe(403)
  expect((await app.as(key).post('/dkim-keys', { domain: 'acme.example' })).status).toBe(403)
})

test('a key signs from the moment its record is seen, and not before', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const key = await create(app)
  expect((await app.api.post(`/dkim-keys/${key.id}/check`, {})).body).toMatchObject({ state: 'new', recordState: 'missing', recordMessage: expect.stringContaining(key.recordName) })
  dns.zone[key.recordName] = ['v=DKIM1; k=rsa; p=AAAA']
  expect((await app.api.post(`/dkim-keys/${key.id}/check`, {})).body).toMatchObject({ state: 'new', recordState: 'wrong' })
  dns.zone[key.recordName] = [key.recordValue]
  expect((await app.api.post(`/dkim-keys/${key.id}/check`, {})).body).toMatchObject({ state: 'active', recordState: 'ok', activatedAt: app.clock.read().toISOString() })
})

test('a new key beside an active one takes over by itself once its record is there; the other kind stays', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const [first, second, curve] = [await create(app), await create(app), await create(app, { domain: 'acme.example', algorithm: 'ed25519' })]
  for (const { recordName, recordValue } of [first, curve]) dns.zone[recordName] = [recordValue]
  expect(await lookForNewRecords(app.ground)).toBe(3)
  expect([await stateOf(app, first), await stateOf(app, second), await stateOf(app, curve)]).toEqual(['active', 'new', 'active'])
  dns.zone[second.recordName] = [second.recordValue]
  expect(await lookForNewRecords(app.ground)).toBe(0)
  app.clock.advance({ minutes: 1 })
  expect(await lookForNewRecords(app.ground)).toBe(1)
  expect([await stateOf(app, first), await stateOf(app, second), await stateOf(app, curve)]).toEqual(['retired', 'active', 'active'])
  expect(first.selector).not.toBe(second.selector)
})

test('two keys whose records appear at the same moment end as one active and one retired', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const keys = [await create(app), await create(app), await create(app)]
  for (const { recordName, recordValue } of keys) dns.zone[recordName] = [recordValue]
  await Promise.all(keys.map(({ id }) => app.api.post(`/dkim-keys/${id}/check`, {})))
  expect((await Promise.all(keys.map((key) => stateOf(app, key)))).sort()).toEqual(['active', 'retired', 'retired'])
})

test('switching by hand is refused while DNS does not show the record, with what is wrong, and goes with an override', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const key = await create(app)
  const refused = await app.api.post(`/dkim-keys/${key.id}/activate`, {})
  expect(refused).toMatchObject({ status: 409, body: { code: 'dkimRecordNotSeen', recordState: 'missing' } })
  expect(await stateOf(app, key)).toBe('new')
  dns.zone[key.recordName] = 'servfail'
  expect((await app.api.post(`/dkim-keys/${key.id}/activate`, {})).body).toMatchObject({ recordState: 'unknown' })
  expect((await app.api.post(`/dkim-keys/${key.id}/activate`, { override: true })).body).toMatchObject({ state: 'active' })
  expect((await app.api.get('/audit-log')).body.items.map(({ action }: { action: string }) => action)).toEqual(['dkimKeyActivated', 'dkimKeyCreated'])
})

test('a deleted key is gone', async () => {
  await using app = await startApp()
  const { id } = await create(app)
  expect((await app.api.delete(`/dkim-keys/${id}`)).status).toBe(204)
  expect((await app.api.get(`/dkim-keys/${id}`)).status).toBe(404)
  expect((await app.api.delete(`/dkim-keys/${id}`)).status).toBe(404)
})

test('a domain is asked about at any time', async () => {
  await using dns = await startDnsServer({ 'acme.example': ['v=spf1 -all'] })
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  expect((await app.api.post('/sender-domains/ACME.example/check', {})).body).toMatchObject({
    domain: 'acme.example', spf: { state: 'ok', record: 'v=spf1 -all' }, dkim: { state: 'missing' }, dmarc: { state: 'missing' },
  })
})
