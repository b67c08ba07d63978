import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { readAccount } from './accounts.ts'
import { openCircuit } from './breaker.ts'
import { changeGroupAccount, createGroupAccount, type GroupSmtp, removeGroupAccount } from './group-accounts.ts'
import { without } from './outcome.ts'

const smtp: GroupSmtp = { host: 'mail.acme.example', port: 587, security: 'starttls', auth: 'password', username: 'offers', password: 'secret' }
const named = (more: Partial<GroupSmtp> = {}) => ({ name: 'Offers', smtp: { ...smtp, ...more }, fromAddress: 'offers@acme.example', fromName: 'Offers', bounceAddress: '' })

const create = (app: TestApp) => app.db.transaction().execute((tx) => createGroupAccount(tx, app.secrets, named(), app.clock.read()))
const change = (app: TestApp, id: string, more: Partial<GroupSmtp>) => app.db.transaction().execute((tx) => changeGroupAccount(tx, app.secrets, id, named(more), app.clock.read()))
const remove = (app: TestApp, id: string) => app.db.transaction().execute((tx) => removeGroupAccount(tx, id, app.clock.read()))

test('a group account is listed beside the others, and its password lies sealed', async () => {
  await using app = await startApp()
  const id = await create(app)
  expect((await app.api.get(`/outbound-accounts/${id}`)).body).toMatchObject({ name: 'Offers', kind: 'group', host: 'mail.acme.example', state: 'ok', isDefault: false })
  const { passwordSealed } = await readAccount(app.db, id)
  expect([passwordSealed?.includes('secret'), app.secrets.open(passwordSealed!)]).toEqual([false, 'secret'])
})

test('a password that is not given stays only for the same server and user, and null removes it', async () => {
  await using app = await startApp()
  const id = await create(app)
  const passwordAfter = async (more: Partial<GroupSmtp>) => {
    await change(app, id, { password: undefined, ...more })
    return (await readAccount(app.db, id)).passwordSealed !== null
  }
  expect(await passwordAfter({ port: 465, security: 'tls' })).toBe(true)
  expect(await passwordAfter({ password: null })).toBe(false)
  await change(app, id, {})
  expect(await passwordAfter({ host: 'evil.example' })).toBe(false)
})

test('what is set anew has not failed yet', async () => {
  await using app = await startApp()
  const id = await create(app)
  await openCircuit(app.db, id, without('accountFailure', 'connect', 'connect ECONNREFUSED'), app.clock.read())
  await change(app, id, {})
  expect(await readAccount(app.db, id)).toMatchObject({ brokenUntil: null, failuresInRow: 0, version: 2 })
})

test('an account that still has mail to send is not removed; afterwards it is gone from the list, and so are its secrets', async () => {
  await using app = await startApp()
  const id = await create(app)
  const massEmail = await givenMassEmail(app, { to: ['anna'], status: 'draft' })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  expect((await app.api.patch(`/mass-emails/${massEmail.id}`, { accountId: id, status: 'pending' })).status).toBe(200)
  await expect(remove(app, id)).rejects.toMatchObject({ code: 'accountInUse', message: expect.stringContaining('First') })
  await app.api.post(`/mass-emails/${massEmail.id}/cancel`)
  await remove(app, id)
  expect((await app.api.get('/outbound-accounts')).body.items.map((item: { id: string }) => item.id)).not.toContain(id)
  expect(await readAccount(app.db, id)).toMatchObject({ host: '', passwordSealed: null, refreshTokenSealed: null })
  expect((await app.api.get(`/mass-emails/${massEmail.id}`)).body.accountName).toBe('Offers')
})
