import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'

test('errors are problem details with a code and every fault', async () => {
  await using app = await startApp()
  const { status, headers, body } = await app.api.get('/tasks/nonsense')
  expect([status, headers['content-type']]).toEqual([404, expect.stringContaining('application/problem+json')])
  expect(body).toMatchObject({ type: 'about:blank', title: 'Not found', status: 404, code: 'taskNotFound', detail: expect.stringContaining('nonsense'), errors: [] })
})

test('nobody reaches anything without signing in, before anything else is looked at', async () => {
  await using app = await startApp()
  expect((await app.as(null).get('/tasks/nonsense')).body).toMatchObject({ status: 401, code: 'signInFirst' })
  expect((await app.as('wrong key').post('/api-keys', { wrong: true })).status).toBe(401)
})

test('an address that does not exist, and a body that is not JSON, are problems too', async () => {
  await using app = await startApp()
  expect((await app.api.get('/nothing/here/at/all')).body).toMatchObject({ status: 404, code: 'notFound' })
  expect((await app.api.post('/api-keys', '{"name":', { 'content-type': 'application/json' })).body).toMatchObject({ status: 400, code: 'notJson' })
})

test('the same Idempotency-Key gives the same answer, and the work is done once', async () => {
  await using app = await startApp()
  const headers = { 'idempotency-key': 'k1' }
  const [first, second] = [await app.api.post('/api-keys', { name: 'once' }, headers), await app.api.post('/api-keys', { name: 'once' }, headers)]
  expect(second.body).toEqual(first.body)
  expect((await app.api.get('/api-keys?q=once')).body.total).toBe(1)
  // What is shown this once lies nowhere in the clear.
  expect(JSON.stringify(await app.db.selectFrom('idempotencyKey').selectAll().execute())).not.toContain(first.body.key)
  expect((await app.api.post('/api-keys', { name: 'other' }, headers)).body.code).toBe('idempotencyKeyReused')
  expect((await app.api.post('/api-keys', { name: '' }, { 'idempotency-key': 'k2' })).status).toBe(400)
  expect((await app.api.post('/api-keys', { name: 'now right' }, { 'idempotency-key': 'k2' })).status).toBe(201)
})

test('the OpenAPI document describes every endpoint that is served', async () => {
  await using app = await startApp()
  const { body } = await app.as(null).get('/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
  const served = app.routes.map((route) => 'endpoint' in route
    ? `${route.endpoint.method.toLowerCase()} ${route.endpoint.path.replace(/:(\w+)/g, '{$1}')}`
    : `${(typeof route.method === 'string' ? route.method : route.method[0]!).toLowerCase()} ${route.url.replace(/:(\w+)/g, '{$1}')}`)
  expect(described.sort()).toEqual([...new Set(served)].sort())
})

test('healthz and readyz answer for whoever watches the process', async () => {
  await using app = await startApp()
  expect((await app.server.inject('/healthz')).statusCode).toBe(200)
  expect((await app.server.inject('/readyz')).json()).toEqual({ status: 'ready' })
})

test('a stranger cannot send more than a form to a public page', async () => {
  await using app = await startApp()
  const { status } = await app.as(null).post('/u/no-token', `reason=${'x'.repeat(70_000)}`, { 'content-type': 'application/x-www-form-urlencoded' })
  expect(status).toBe(413)
})
