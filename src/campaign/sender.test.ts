import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { createGroupAccount, removeGroupAccount } from '../outbound/group-accounts.ts'

async function given(app: TestApp) {
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: 'mail.example', security: 'none' }, fromAddress: 'news@acme.example' })
  const account = (await app.api.get('/outbound-accounts')).body.items.find(({ kind }: { kind: string }) => kind === 'system')
  const campaign = (await app.api.post('/campaigns', { name: 'Spring', type: 'email' })).body
  const person = app.as((await app.givenUser('regular')).key)
  const write = (api: TestApp['api'], values: object) => api.post('/mass-emails', { campaignId: campaign.id, name: 'First', ...values })
  return { account, person, write }
}

test('without sender identities everybody may name any From address', async () => {
  await using app = await startApp()
  const { person, write } = await given(app)
  expect((await write(person, { fromAddress: 'anna@elsewhere.example' })).status).toBe(201)
})

test('where an account has sender identities they are chosen from, and only administrators name another', async () => {
  await using app = await startApp()
  const { account, person, write } = await given(app)
  await app.api.patch(`/outbound-accounts/${account.id}`, { senderIdentities: ['offers@acme.example', 'events.acme.example'] })
  for (const fromAddress of ['Offers@acme.example', 'anybody@events.acme.example', 'news@acme.example']) {
    expect((await write(person, { fromAddress })).status).toBe(201)
  }
  const refused = await write(person, { fromAddress: 'anna@elsewhere.example' })
  expect([refused.status, refused.body.errors]).toEqual([400, [{ path: 'fromAddress', message: expect.stringContaining('offers@acme.example, events.acme.example') }]])
  expect((await write(app.api, { fromAddress: 'anna@elsewhere.example' })).status).toBe(201)
})

test('what an administrator named stays when somebody else changes the rest', async () => {
  await using app = await startApp()
  const { account, person, write } = await given(app)
  await app.api.patch(`/outbound-accounts/${account.id}`, { senderIdentities: ['acme.example'] })
  const { id } = (await write(app.api, { fromAddress: 'anna@elsewhere.example' })).body
  expect((await person.patch(`/mass-emails/${id}`, { name: 'Second', fromName: 'Anna' })).status).toBe(200)
  expect((await person.patch(`/mass-emails/${id}`, { accountId: account.id })).status).toBe(400)
})

test('an account that was removed sends nothing more: it cannot be chosen, and a mass email that names it is not scheduled', async () => {
  await using app = await startApp()
  const { write } = await given(app)
  const smtp = { host: 'mail.example', port: 25, security: 'none', auth: 'password', username: '' } as const
  const accountId = await app.db.transaction().execute((tx) => createGroupAccount(tx, app.secrets, { name: 'Offers', smtp, fromAddress: 'offers@acme.example', fromName: '', bounceAddress: '' }, app.clock.read()))
  const { id } = (await write(app.api, { accountId })).body
  await app.db.transaction().execute((tx) => removeGroupAccount(tx, accountId, app.clock.read()))
  expect((await write(app.api, { accountId })).body.errors[0].path).toBe('accountId')
  const pending = await app.api.patch(`/mass-emails/${id}`, { status: 'pending', dateStart: app.clock.read().toISOString() })
  expect([pending.status, pending.body.checks.find(({ code }: { code: string }) => code === 'senderMissing')?.level]).toEqual([409, 'error'])
  expect((await app.api.get(`/outbound-accounts/${accountId}`)).status).toBe(404)
})
