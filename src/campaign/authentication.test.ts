import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { startDnsServer, type Zone } from '../../test/dns-server.ts'
import { givenMassEmail, sendThrough } from '../../test/given-mass-email.ts'
import type { RecordCheck, RecordState } from '../signing/record.ts'
import { type Authentication, fromNotAuthenticated } from './authentication.ts'

const record = (state: RecordState): RecordCheck => ({ state, record: null, message: `It is ${state}.`, advice: 'Mend it.' })
const fine: Authentication = { fromDomain: 'acme.example', envelopeDomain: 'acme.example', signed: true, spf: record('ok'), dkim: record('ok'), dmarc: record('ok') }
const levelOf = (change: Partial<Authentication>, atLargeProviders = 5_001) => fromNotAuthenticated({ ...fine, ...change }, atLargeProviders).level

test('a missing or wrong record is an error above 5,000 recipients at the large providers, below a warning', () => {
  for (const key of ['spf', 'dkim', 'dmarc'] as const) {
    for (const state of ['missing', 'wrong'] as const) expect([levelOf({ [key]: record(state) }), levelOf({ [key]: record(state) }, 5_000)]).toEqual(['error', 'warning'])
  }
  expect(levelOf({})).toBe('ok')
})

test('what DNS did not say is not known, never an error, unless something else is known to be wrong', () => {
  expect(fromNotAuthenticated(null, 9_999).level).toBe('unknown')
  expect(levelOf({ spf: record('unknown') })).toBe('unknown')
  expect(levelOf({ spf: record('unknown'), dmarc: record('missing') })).toBe('error')
})

test('a mail provider may sign unseen: without a key of ours that is a warning however many get it', () => {
  expect(levelOf({ signed: false, dkim: record('missing') })).toBe('warning')
  expect(levelOf({ signed: false, dkim: record('missing'), dmarc: record('missing') })).toBe('error')
})

test('a bounce address outside the domain of From is fine where we sign, else a warning', () => {
  expect(levelOf({ envelopeDomain: 'bounces.other.example' })).toBe('ok')
  expect(levelOf({ envelopeDomain: 'bounces.other.example', signed: false })).toBe('warning')
  expect(levelOf({ envelopeDomain: 'bounces.acme.example', signed: false })).toBe('ok')
})

const sound: Zone = { 'acme.example': ['v=spf1 ip4:192.0.2.1 -all'], '_dmarc.acme.example': ['v=DMARC1; p=none'] }
const finding = async (app: TestApp, id: string) =>
  (await app.api.get(`/mass-emails/${id}/preflight`)).body.checks.find(({ code }: { code: string }) => code === 'fromNotAuthenticated')

async function givenDraft(app: TestApp) {
  await sendThrough(app, { port: 25 })
  return givenMassEmail(app, { to: ['anna'], status: 'draft' })
}
const setPending = (app: TestApp, id: string, more: object = {}) => app.api.patch(`/mass-emails/${id}`, { status: 'pending', ...more })

async function moveAllTo(app: TestApp, domains: string[]) {
  await sql`
    insert into contact (id, last_name, email_address)
    select uuid_v7(), 'Reader', 'r' || n || '@' || (${domains}::text[])[1 + n % ${domains.length}] from generate_series(1, 5001) n`.execute(app.db)
  const { rows: [list] } = await sql<{ id: string }>`select id from target_list`.execute(app.db)
  await sql`insert into target_list_member (target_list_id, entity_type, record_id) select ${list!.id}::uuid, 'Contact', id from contact on conflict do nothing`.execute(app.db)
}

test('the pre-flight shows what DNS says of the sender; a record that appears is seen soon after', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const { id } = await givenDraft(app)
  expect(await finding(app, id)).toMatchObject({ level: 'warning', message: expect.stringMatching(/no SPF record.*not signed.*no DMARC record/) })
  Object.assign(dns.zone, sound)
  app.clock.advance({ seconds: 10 })
  expect((await finding(app, id)).message).toBe('Mail from acme.example is not signed by Tidings.')
})

test('mail to 5,001 people at Gmail, Yahoo and Microsoft from a domain without records is refused, until DNS or a person says otherwise', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const { id } = await givenDraft(app)
  await moveAllTo(app, ['gmail.com', 'Yahoo.co.uk', 'hotmail.fr'])
  await app.settle()
  const refused = await setPending(app, id)
  expect(refused).toMatchObject({ status: 409, body: { code: 'preflightFailed', detail: expect.stringContaining('5001 recipients') } })
  expect((await setPending(app, id, { override: ['fromNotAuthenticated'] })).status).toBe(200)
  expect((await setPending(app, id, { override: [] })).status).toBe(409)
  Object.assign(dns.zone, sound)
  app.clock.advance({ seconds: 10 })
  expect((await setPending(app, id, { override: [] })).status).toBe(409)
  await app.settle()
  expect((await setPending(app, id, { override: [] })).status).toBe(200)
})

test('SPF must name the provider whose server the mail leaves by', async () => {
  await using dns = await startDnsServer(sound)
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const { id } = await givenDraft(app)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'smtp.gmail.com' } })
  expect((await finding(app, id)).advice).toContain('Add include:_spf.google.com')
  dns.zone['acme.example'] = ['v=spf1 include:_spf.google.com ~all']
  app.clock.advance({ minutes: 1 })
  expect((await finding(app, id)).message).not.toContain('SPF')
})

test('people elsewhere do not count: 5,001 of them are a warning', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const { id } = await givenDraft(app)
  await moveAllTo(app, ['gmail.com.example', 'notgmail.com', 'gmx.net'])
  expect((await finding(app, id)).level).toBe('warning')
})

test('setting Pending does not wait for DNS: a resolver that never answers holds nobody up and forbids nothing', async () => {
  await using dns = await startDnsServer({ 'acme.example': 'silent', '_dmarc.acme.example': 'silent' })
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  const { id } = await givenDraft(app)
  await moveAllTo(app, ['gmail.com'])
  expect((await setPending(app, id)).status).toBe(200)
  expect(dns.questions).toEqual([])
  expect((await finding(app, id)).level).toBe('unknown')
})

test('nobody asks about the Sandbox', async () => {
  await using dns = await startDnsServer()
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address }, sandbox: true })
  const { id } = await givenMassEmail(app, { to: ['anna'], status: 'draft' })
  await app.api.patch(`/mass-emails/${id}`, { fromAddress: 'news@acme.example' })
  await app.settle()
  expect(await finding(app, id)).toMatchObject({ level: 'ok' })
  expect(dns.questions).toEqual([])
})
