import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { startDnsServer } from '../../test/dns-server.ts'
import { saveSandboxAccount } from './sandbox-account.ts'

type Shown = { identity: string; domain: string; spf: { state: string }; dkim: { state: string }; dmarc: { state: string } }
const states = ({ identity, spf, dkim, dmarc }: Shown) => [identity, spf.state, dkim.state, dmarc.state]

test('each sender identity is shown with SPF, DKIM and DMARC of its domain', async () => {
  await using dns = await startDnsServer({ 'acme.example': ['v=spf1 ip4:192.0.2.1 -all'], '_dmarc.acme.example': ['v=DMARC1; p=reject'], 'quiet.example': 'servfail', '_dmarc.quiet.example': 'servfail' })
  await using app = await startApp({ environment: { TIDINGS_DNS: dns.address } })
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'mail.example' }, fromAddress: 'news@acme.example' })
  const { id } = (await app.api.get('/outbound-accounts')).body.items.find(({ kind }: { kind: string }) => kind === 'system')
  const shown = async () => (await app.api.get(`/outbound-accounts/${id}/sender-identities`)).body.items.map(states)
  expect(await shown()).toEqual([['news@acme.example', 'ok', 'missing', 'ok']])
  await app.api.patch(`/outbound-accounts/${id}`, { senderIdentities: ['offers@acme.example', 'new.example', 'quiet.example'] })
  expect(await shown()).toEqual([['offers@acme.example', 'ok', 'missing', 'ok'], ['new.example', 'missing', 'missing', 'missing'], ['quiet.example', 'unknown', 'missing', 'unknown']])
})

test('the Sandbox has nothing to prove to receivers', async () => {
  await using app = await startApp()
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: 2525 })
  const { id } = (await app.api.get('/outbound-accounts')).body.items[0]
  expect((await app.api.get(`/outbound-accounts/${id}/sender-identities`)).body).toEqual({ items: [] })
})
