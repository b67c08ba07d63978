import { expect, test } from 'vitest'
import { startDnsServer, type Zone } from '../../test/dns-server.ts'
import { checkDomain } from './check-domain.ts'
import { recordValue, zoneFileValue } from './dkim-record.ts'
import { aligned } from './dmarc.ts'
import { openDns } from './dns.ts'
import { judgeProvider } from './spf.ts'

const key = { domain: 'acme.example', selector: 's1', algorithm: 'rsa', publicKey: `MIIB${'x'.repeat(388)}` } as const
const good = {
  'acme.example': ['google-site-verification=1', 'v=spf1 include:_spf.provider.example ip4:192.0.2.1 ~all'],
  '_spf.provider.example': ['v=spf1 ip4:192.0.2.0/24 -all'],
  '_dmarc.acme.example': ['v=DMARC1; p=quarantine; rua=mailto:reports@acme.example'],
  's1._domainkey.acme.example': [recordValue(key)],
}
async function statesOf(zone: Zone, domain = 'acme.example') {
  await using server = await startDnsServer({ ...good, ...zone })
  return await checkDomain(openDns(server.address), domain, [key])
}

test('a domain with all three records is fine, a long key put together from its strings', async () => {
  const { spf, dkim, dmarc } = await statesOf({})
  expect([spf.state, dkim.state, dmarc.state]).toEqual(['ok', 'ok', 'ok'])
  expect(spf).toMatchObject({ record: 'v=spf1 include:_spf.provider.example ip4:192.0.2.1 ~all', message: expect.stringContaining('1 of 10') })
  expect(dkim.record).toBe(recordValue(key))
})

test('a domain without records is told what to add, and where', async () => {
  await using server = await startDnsServer()
  const { spf, dkim, dmarc } = await checkDomain(openDns(server.address), 'acme.example', [key])
  expect([spf.state, dkim.state, dmarc.state]).toEqual(['missing', 'missing', 'missing'])
  expect(spf.advice).toContain('TXT record at acme.example: v=spf1')
  expect(dkim.advice).toContain('s1._domainkey.acme.example')
  expect(dmarc.advice).toContain('_dmarc.acme.example: v=DMARC1')
})

test.each([
  ['two records', { 'acme.example': ['v=spf1 ~all', 'v=spf1 -all'] }, 'has 2 SPF records'],
  ['everybody may send', { 'acme.example': ['v=spf1 +all'] }, 'lets everybody send'],
  ['a part that nobody knows', { 'acme.example': ['v=spf1 ipv4:192.0.2.1 ~all'] }, 'ipv4:192.0.2.1'],
  ['more than ten look-ups', {
    'acme.example': [`v=spf1 ${Array.from({ length: 11 }, (_, n) => `include:n${n}.example`).join(' ')} ~all`],
  }, 'more than 10 DNS look-ups'],
])('SPF with %s is wrong', async (_, zone, words) => {
  expect((await statesOf(zone)).spf).toMatchObject({ state: 'wrong', message: expect.stringContaining(words), advice: expect.stringMatching(/./) })
})

test('SPF must reach the provider by whom the mail leaves, at any depth, circles or not', async () => {
  const zone = { '_spf.provider.example': ['v=spf1 include:deep.example -all'], 'deep.example': ['v=spf1 include:acme.example ?all'] }
  const { spf, spfReached } = await statesOf(zone)
  const judged = (name: string, finding = { spf, reached: spfReached }) => judgeProvider(finding, 'acme.example', [name])
  expect(judged('deep.example')).toEqual({ ...spf, advice: '' })
  expect(judged('other.example')).toMatchObject({ state: 'wrong', advice: 'Add include:other.example to it.' })
  expect(judgeProvider({ spf, reached: spfReached }, 'acme.example', [])).toEqual(spf)
  const partly = await statesOf({ ...zone, 'deep.example': 'servfail' })
  expect(judged('other.example', { spf: partly.spf, reached: partly.spfReached }).state).toBe('ok')
  const none = await statesOf({ 'acme.example': [] })
  expect(judged('other.example', { spf: none.spf, reached: none.spfReached })).toMatchObject({ state: 'missing', advice: expect.stringContaining('v=spf1 include:other.example ~all') })
})

test.each([
  ['another key', 'v=DKIM1; k=rsa; p=AAAA', 'holds another key'],
  ['a withdrawn key', 'v=DKIM1; p=', 'withdrawn'],
  ['another kind of key', recordValue({ ...key, algorithm: 'ed25519' }), 'another kind'],
  ['only sha1', `${recordValue(key)}; h=sha1`, 'does not allow sha256'],
  ['something else', 'hello', 'is not a DKIM key'],
])('a DKIM record with %s is wrong', async (_, record, words) => {
  expect((await statesOf({ 's1._domainkey.acme.example': [record] })).dkim).toMatchObject({ state: 'wrong', record, message: expect.stringContaining(words) })
})

test('without a key of ours mail is not signed, and that is said', async () => {
  await using server = await startDnsServer(good)
  expect((await checkDomain(openDns(server.address), 'acme.example', [])).dkim).toMatchObject({ state: 'missing', message: expect.stringContaining('not signed') })
})

test('a subdomain has the DMARC policy of the domain above it, by its tag sp', async () => {
  const { dmarc } = await statesOf({ '_dmarc.acme.example': ['v=DMARC1; p=reject; sp=none; rua=mailto:a@acme.example'] }, 'news.acme.example')
  expect(dmarc).toMatchObject({ state: 'ok', message: 'DMARC of news.acme.example: none (from acme.example).' })
  expect((await statesOf({ '_dmarc.acme.example': ['v=DMARC1; p=maybe'] })).dmarc.state).toBe('wrong')
  expect((await statesOf({ '_dmarc.acme.example': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] })).dmarc.state).toBe('wrong')
})

test('what DNS cannot say is unknown, never missing: a server that fails, one that is not there, one that is no address', async () => {
  const failing = await statesOf({ 'acme.example': 'servfail', '_dmarc.acme.example': 'servfail', 's1._domainkey.acme.example': 'servfail' })
  const nowhere = await checkDomain(openDns('127.0.0.1:1'), 'acme.example', [key])
  const nonsense = await checkDomain(openDns('not a host'), 'acme.example', [key])
  for (const { spf, dkim, dmarc } of [failing, nowhere, nonsense]) expect([spf.state, dkim.state, dmarc.state]).toEqual(['unknown', 'unknown', 'unknown'])
  expect(failing.spf.message).toContain('ESERVFAIL')
  expect(nonsense.spf.message).toContain('TIDINGS_DNS')
})

test('a server that never answers is waited for five seconds and no longer', async () => {
  const started = performance.now()
  const { spf } = await statesOf({ 'acme.example': 'silent', '_spf.provider.example': 'silent' })
  expect(spf.state).toBe('unknown')
  expect(performance.now() - started).toBeLessThan(6_000)
})

test('a key goes into a zone file in strings of at most 255 characters that join to the value', () => {
  const strings = zoneFileValue(recordValue(key)).split(/(?<=") (?=")/).map((text) => JSON.parse(text) as string)
  expect(strings.map(({ length }) => length <= 255)).toEqual([true, true])
  expect(strings.join('')).toBe(recordValue(key))
})

test('alignment is relaxed: one domain within the other', () => {
  expect(aligned('acme.example', 'bounce.acme.example')).toBe(true)
  expect(aligned('news.acme.example', 'acme.example')).toBe(true)
  expect(aligned('acme.example', 'badacme.example')).toBe(false)
})
