/** Webhooks on their way to a real web server. */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { webServer } from '../../test/web-server.ts'
import { guardedFetch } from '../platform/guarded-fetch.ts'
import { postDue } from './post.ts'
import { queueWebhookEvent } from './queue.ts'

const secret = 'a secret of sixteen and more'
const post = (app: TestApp, allow = ['127.0.0.0/8']) => postDue({ ...app.ground, fetch: guardedFetch(allow) })
const tell = (app: TestApp, text = 'SMTP server: refused') => app.db.transaction().execute((tx) => queueWebhookEvent(tx, 'healthAlarm', { text, data: { code: 'smtp' } }, app.clock.read()))
const given = async (app: TestApp, url: string, more: object = {}) => {
  const { status, body } = await app.api.post('/webhooks', { name: 'Chat', url, events: ['healthAlarm'], secret, ...more })
  expect(status).toBe(201)
  return body.id as string
}
const log = async (app: TestApp, id: string) => (await app.api.get(`/webhooks/${id}/deliveries`)).body.items

test('an event is posted once to each webhook that wants it, signed over id, time and body', async () => {
  await using server = await webServer({ status: 200, body: 'thanks' })
  await using app = await startApp()
  const id = await given(app, `${server.url}/hook?a=1`)
  await given(app, server.url, { events: [] })
  await given(app, server.url, { active: false })
  expect(await tell(app)).toBe(1)
  await Promise.all([1, 2, 3].map(() => post(app)))
  expect(server.asked).toHaveLength(1)
  const [{ method, url, headers, body }] = server.asked as [typeof server.asked[0]]
  expect([method, url, headers['content-type']]).toEqual(['POST', '/hook?a=1', 'application/json'])
  const [delivery] = await log(app, id)
  expect(JSON.parse(body)).toEqual({ id: delivery.id, type: 'healthAlarm', timestamp: app.clock.read().toISOString(), text: 'SMTP server: refused', data: { code: 'smtp' } })
  const seconds = String(app.clock.read().getTime() / 1000)
  const signature = createHmac('sha256', secret).update(`${delivery.id}.${seconds}.${body}`).digest('base64')
  expect(headers).toMatchObject({ 'webhook-id': delivery.id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` })
  expect(delivery).toMatchObject({ event: 'healthAlarm', status: 'delivered', attempts: 1, httpStatus: 200, answer: 'thanks', nextTryAt: null })
})

test('what is not taken is tried again with the same id and body for a day, then given up; 410 ends it at once', async () => {
  await using server = await webServer({ status: 503, body: 'later' }, { status: 302, headers: { location: '/elsewhere' } }, { status: 204 }, { status: 500 })
  await using app = await startApp()
  const id = await given(app, server.url)
  await tell(app)
  await post(app)
  expect((await log(app, id))[0]).toMatchObject({ status: 'queued', httpStatus: 503, answer: 'later', nextTryAt: '2030-01-01T12:01:00.000Z' })
  expect(await post(app)).toBe(0)
  app.clock.advance({ minutes: 1 })
  await post(app)
  app.clock.advance({ minutes: 5 })
  await post(app)
  expect((await log(app, id))[0]).toMatchObject({ status: 'delivered', attempts: 3, httpStatus: 204 })
  expect(new Set(server.asked.map(({ url, headers, body }) => `${url} ${headers['webhook-id']} ${body}`)).size).toBe(1)
  await tell(app)
  for (let hour = 0; hour < 26; hour++) {
    await post(app)
    app.clock.advance({ hours: 1 })
  }
  expect((await log(app, id))[0]).toMatchObject({ status: 'failed', httpStatus: 500, nextTryAt: null })
  await using gone = await webServer({ status: 410 })
  const other = await given(app, gone.url)
  await app.api.post(`/webhooks/${other}/test`)
  await post(app)
  expect((await log(app, other))[0]).toMatchObject({ event: 'test', status: 'failed', attempts: 1 })
})

test('who posts and dies loses nothing: it is posted again when his claim is over', async () => {
  await using server = await webServer({ status: 200 })
  await using app = await startApp()
  const id = await given(app, server.url)
  await tell(app)
  await app.db.updateTable('webhookDelivery').set({ attempts: 1, dueAt: new Date(app.clock.read().getTime() + 60_000) }).execute()
  expect(await post(app)).toBe(0)
  app.clock.advance({ minutes: 1 })
  expect([await post(app), (await log(app, id))[0].status]).toEqual([1, 'delivered'])
})

test('a private network is not reached unless the environment allows it, and the log says so', async () => {
  await using server = await webServer({ status: 200 })
  await using app = await startApp()
  const id = await given(app, server.url.replace('127.0.0.1', 'localhost'))
  await app.api.post(`/webhooks/${id}/test`)
  await post(app, [])
  expect((await log(app, id))[0]).toMatchObject({ status: 'queued', httpStatus: null, answer: expect.stringContaining('TIDINGS_ALLOW_PRIVATE') })
  expect(server.asked).toEqual([])
})

test('what was queued for a webhook that is switched off or removed is not posted; a test is posted also while it is off', async () => {
  await using server = await webServer({ status: 200 })
  await using app = await startApp()
  const [off, removed] = [await given(app, server.url), await given(app, server.url)]
  await tell(app)
  await app.api.patch(`/webhooks/${off}`, { active: false })
  expect((await app.api.delete(`/webhooks/${removed}`)).status).toBe(204)
  await app.api.post(`/webhooks/${off}/test`)
  await post(app)
  expect(server.asked.map(({ body }) => JSON.parse(body).type)).toEqual(['test'])
  expect((await log(app, off)).map(({ event, status }: { event: string; status: string }) => [event, status])).toEqual([['test', 'delivered'], ['healthAlarm', 'failed']])
  expect((await app.api.get(`/webhooks/${removed}/deliveries`)).status).toBe(404)
})

test('the secret is never shown, goes when the URL is another one, and every change is audited; wrong input names its field', async () => {
  await using app = await startApp()
  const id = await given(app, 'https://chat.example/hook')
  const shown = async () => (await app.api.get(`/webhooks/${id}`)).body
  expect(await shown()).toMatchObject({ secretSet: true, events: ['healthAlarm'], active: true, lastStatus: null })
  await app.api.patch(`/webhooks/${id}`, { name: 'Other' })
  expect((await shown()).secretSet).toBe(true)
  await app.api.patch(`/webhooks/${id}`, { url: 'https://evil.example/' })
  expect((await shown()).secretSet).toBe(false)
  expect((await app.api.patch(`/webhooks/${id}`, { secret, url: 'https://chat.example/' })).body.secretSet).toBe(true)
  const everything = JSON.stringify([await shown(), (await app.api.get('/webhooks')).body, (await app.api.get('/audit-log')).body, await app.db.selectFrom('webhook').selectAll().execute()])
  expect(everything).not.toContain(secret)
  expect((await app.api.get('/audit-log?q=webhook')).body.items.map(({ action }: { action: string }) => action)).toEqual(['webhookChanged', 'webhookChanged', 'webhookChanged', 'webhookAdded'])
  const faultOf = async (body: object) => (await app.api.post('/webhooks', { name: 'x', url: 'https://x.example', ...body })).body.errors?.map(({ path }: { path: string }) => path)
  expect([await faultOf({ url: 'ftp://x' }), await faultOf({ events: ['nothing'] }), await faultOf({ secret: 'short' }), await faultOf({ colour: 1 })]).toEqual([['url'], ['events.0'], ['secret'], ['colour']])
})
