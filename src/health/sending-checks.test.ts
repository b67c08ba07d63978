import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { createGroupAccount } from '../outbound/group-accounts.ts'
import { createDeliveryHealth } from './delivery-health.ts'

test('every account that mail may leave by is tried, and the one that fails is named with what to do', async () => {
  await using server = await scriptedServer()
  await using refusing = await scriptedServer((line) => (line.startsWith('AUTH') ? '535 5.7.8 no' : undefined), ['AUTH PLAIN'])
  await using app = await startApp()
  const smtp = async () => (await app.api.post('/health/delivery/check', { code: 'smtp' })).body.checks.find((check: { code: string }) => check.code === 'smtp')
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: server.port, security: 'none' } })
  expect(await smtp()).toMatchObject({ level: 'ok', message: `127.0.0.1:${server.port} takes mail.` })
  const group = { host: '127.0.0.1', port: refusing.port, security: 'none', auth: 'password', username: 'offers', password: 'wrong' } as const
  await app.db.transaction().execute((tx) => createGroupAccount(tx, app.secrets, { name: 'Offers', smtp: group, fromAddress: 'offers@acme.example', fromName: '', bounceAddress: '' }, app.clock.read()))
  expect(await smtp()).toMatchObject({ level: 'error', message: `127.0.0.1:${refusing.port}: 535 5.7.8 no`, advice: expect.stringContaining('password') })
})

test('a server that refuses the password is not asked again at every look: only when the account was changed, or a person asks', async () => {
  let tries = 0
  await using refusing = await scriptedServer((line) => { if (line.startsWith('AUTH')) tries++; return line.startsWith('AUTH') ? '535 5.7.8 no' : undefined }, ['AUTH PLAIN'])
  await using app = await startApp()
  const account = { host: '127.0.0.1', port: refusing.port, security: 'none', username: 'news' }
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { ...account, password: 'wrong' } })
  const look = async () => (await createDeliveryHealth(app.ground).read()).checks.find(({ code }) => code === 'smtp')!.level
  expect([await look(), await look(), tries]).toEqual(['error', 'error', 1])
  await app.api.post('/health/delivery/check', { code: 'smtp' })
  expect(tries).toBe(2)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { ...account, password: 'wrong too' } })
  expect([await look(), tries]).toEqual(['error', 3])
})
