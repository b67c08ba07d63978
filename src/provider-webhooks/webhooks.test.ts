import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'

const password = 'a long password, really'

test('a webhook shows the URL to enter at the provider; its key is sealed and never answered', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { publicUrl: 'https://mail.acme.example' })
  const { status, body } = await app.api.post('/provider-webhooks', { name: 'Postmark', provider: 'postmark', key: password })
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Postmark', provider: 'postmark', active: true, keySet: true, lastEventAt: null, lastRefusal: null, version: 1 })
  expect(body.url).toMatch(new RegExp(`^https://mail\\.acme\\.example/e/${body.id}/[\\w-]{24}$`))
  expect(JSON.stringify(body)).not.toContain(password)
  const { keySealed } = await app.db.selectFrom('providerWebhook').select('keySealed').executeTakeFirstOrThrow()
  expect(app.secrets.open(keySealed!)).toBe(password)
  expect((await app.api.get('/provider-webhooks')).body.items).toEqual([body])
})

test('a key that cannot be one is named by its field, for every provider', async () => {
  await using app = await startApp()
  for (const provider of ['amazonSes', 'sendGrid', 'postmark', 'mailgun']) {
    const { status, body } = await app.api.post('/provider-webhooks', { name: 'x', provider, key: 'wrong' })
    expect([provider, status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([provider, 400, ['key']])
  }
})

test('an address that is wrong, switched off or removed is nowhere, and without a key nothing is believed', async () => {
  await using app = await startApp()
  const { body: { id, url } } = await app.api.post('/provider-webhooks', { name: 'Postmark', provider: 'postmark' })
  const path = new URL(url).pathname
  const post = async (to: string) => (await app.as(null).post(to, { RecordType: 'Open' }, { authorization: `Basic ${Buffer.from(`x:${password}`).toString('base64')}` })).status
  expect(await post(path)).toBe(403)
  await app.api.patch(`/provider-webhooks/${id}`, { key: password })
  expect(await post(path)).toBe(204)
  expect([await post(`/e/${id}/${'A'.repeat(24)}`), await post(`/e/${id}/x`), await post('/e/x/y')]).toEqual([404, 404, 404])
  await app.api.patch(`/provider-webhooks/${id}`, { active: false })
  expect(await post(path)).toBe(404)
  await app.api.patch(`/provider-webhooks/${id}`, { active: true })
  expect((await app.api.delete(`/provider-webhooks/${id}`)).status).toBe(204)
  expect([await post(path), (await app.api.get(`/provider-webhooks/${id}`)).status]).toEqual([404, 404])
})

test('nobody but administrators sees or changes them; what somebody else changed meanwhile is not overwritten', async () => {
  await using app = await startApp()
  const { body: { id } } = await app.api.post('/provider-webhooks', { name: 'A', provider: 'mailgun' })
  const other = app.as((await app.givenUser('regular')).key)
  expect([(await other.get('/provider-webhooks')).status, (await other.patch(`/provider-webhooks/${id}`, { active: false })).status]).toEqual([403, 403])
  expect((await app.api.patch(`/provider-webhooks/${id}`, { name: 'B' }, { 'if-match': '"1"' })).body).toMatchObject({ name: 'B', version: 2 })
  expect((await app.api.patch(`/provider-webhooks/${id}`, { name: 'C' }, { 'if-match': '"1"' })).status).toBe(412)
})
