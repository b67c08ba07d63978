import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { captureMessages } from './messages.ts'

const mail = (to: string, subject: string) => Buffer.from([
  'From: News <news@example.test>', `To: ${to}`, `Subject: ${subject}`, 'MIME-Version: 1.0', 'List-Unsubscribe: <https://t.test/u/abc>',
  'Content-Type: multipart/alternative; boundary=b', '', '--b', 'Content-Type: text/plain; charset=utf-8', '', 'Hello Ann', '--b',
  'Content-Type: text/html; charset=utf-8', '', '<p>Hello Ann, <a href="https://t.test/c/xyz?a=1&amp;b=2">look</a></p>', '--b--', '',
].join('\r\n'))

test('the inbox lists captured mail, newest first, and finds it by address and subject', async () => {
  await using app = await startApp()
  for (const name of ['ann', 'ben']) {
    await captureMessages(app.db, [{ envelopeFrom: 'bounce@example.test', envelopeTo: `${name}@x.test`, raw: mail(`${name}@x.test`, `For ${name}`) }])
  }
  const { body } = await app.api.get('/sandbox/messages')
  expect(body).toMatchObject({ total: 2, next: null, totalIsEstimate: false })
  expect(body.items[0]).toEqual({
    id: expect.any(String), from: 'News <news@example.test>', to: 'ben@x.test', subject: 'For ben', size: expect.any(Number),
    receivedAt: expect.stringMatching(/Z$/), envelopeFrom: 'bounce@example.test', envelopeTo: 'ben@x.test',
  })
  expect((await app.api.get('/sandbox/messages?q=for+ann')).body.items).toHaveLength(1)
  const filter = encodeURIComponent(JSON.stringify({ field: 'envelopeTo', op: 'equals', value: 'ben@x.test' }))
  expect((await app.api.get(`/sandbox/messages?filter=${filter}`)).body.items).toHaveLength(1)
})

test('a captured mail is shown with source, parts, headers and links, and its bytes can be had', async () => {
  await using app = await startApp()
  const raw = mail('ann@x.test', 'For Ann')
  await captureMessages(app.db, [{ envelopeFrom: '', envelopeTo: 'ann@x.test', raw }])
  const [{ id }] = (await app.api.get('/sandbox/messages')).body.items
  const { body } = await app.api.get(`/sandbox/messages/${id}`)
  expect(body).toMatchObject({ raw: raw.toString(), subject: 'For Ann', links: ['https://t.test/c/xyz?a=1&b=2'] })
  expect(body.html).toContain('<p>Hello Ann, <a href')
  expect(body.text.trim()).toBe('Hello Ann')
  expect(body.headers).toContainEqual({ name: 'List-Unsubscribe', value: '<https://t.test/u/abc>' })
  const source = await app.api.get(`/sandbox/messages/${id}/raw`)
  expect([source.headers['content-type'], source.text]).toEqual(['message/rfc822', raw.toString()])
  expect((await app.api.get('/sandbox/messages/nonsense')).status).toBe(404)
})

test('only an administrator throws captured mail away, and it is audited', async () => {
  await using app = await startApp()
  await captureMessages(app.db, [{ envelopeFrom: '', envelopeTo: 'ann@x.test', raw: mail('ann@x.test', 'For Ann') }])
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).delete('/sandbox/messages')).status).toBe(403)
  expect((await app.as(null).get('/sandbox/messages')).status).toBe(401)
  expect((await app.api.get('/sandbox/messages')).body.total).toBe(1)
  expect((await app.api.delete('/sandbox/messages')).status).toBe(204)
  expect((await app.api.get('/sandbox/messages')).body.total).toBe(0)
  expect(await app.db.selectFrom('auditEntry').select('action').where('action', '=', 'sandboxEmptied').execute()).toHaveLength(1)
})
