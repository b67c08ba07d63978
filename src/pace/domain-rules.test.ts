import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'

test('a domain rule is kept in the form in which addresses are stored, and may be changed and removed', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/domain-rules', { domain: ' @Gmail.COM ', maxPerHour: 500 })
  expect([status, body]).toMatchObject([201, { domain: 'gmail.com', maxPerHour: 500, maxPerSecond: null, connections: null, version: 1 }])
  expect((await app.api.post('/domain-rules', { domain: 'bücher.example', connections: 2 })).body.domain).toBe('xn--bcher-kva.example')
  expect((await app.api.patch(`/domain-rules/${body.id}`, { maxPerHour: null, maxPerSecond: 3 })).body).toMatchObject({ maxPerHour: null, maxPerSecond: 3, version: 2 })
  expect((await app.api.patch(`/domain-rules/${body.id}`, { maxPerHour: 9 }, { 'if-match': '1' })).status).toBe(412)
  expect((await app.api.get('/domain-rules')).body).toMatchObject({ total: 2, items: [{ domain: 'gmail.com' }, { domain: 'xn--bcher-kva.example' }] })
  expect((await app.api.delete(`/domain-rules/${body.id}`)).status).toBe(204)
  expect((await app.api.get(`/domain-rules/${body.id}`)).status).toBe(404)
})

test('what makes no rule is refused with the field that is wrong', async () => {
  await using app = await startApp()
  const errorsOf = async (rule: object) => (await app.api.post('/domain-rules', rule)).body.errors?.map(({ path }: { path: string }) => path)
  expect(await errorsOf({ domain: 'no domain', maxPerHour: 5 })).toEqual(['domain'])
  expect(await errorsOf({ domain: 'gmail.com' })).toEqual(['maxPerHour'])
  expect(await errorsOf({ domain: 'gmail.com', maxPerHour: 0 })).toEqual(['maxPerHour'])
  await app.api.post('/domain-rules', { domain: 'gmail.com', maxPerHour: 5 })
  expect(await app.api.post('/domain-rules', { domain: 'GMAIL.com', maxPerHour: 7 })).toMatchObject({ status: 409, body: { code: 'domainRuleExists' } })
})

test('only administrators make rules; everybody may read them', async () => {
  await using app = await startApp()
  const { key } = await app.givenUser('regular')
  expect((await app.as(key).post('/domain-rules', { domain: 'gmail.com', maxPerHour: 5 })).status).toBe(403)
  expect((await app.as(key).get('/domain-rules')).status).toBe(200)
})
