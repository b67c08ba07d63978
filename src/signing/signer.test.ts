import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { openSecrets } from '../platform/secrets.ts'
import { signerFor } from './signer.ts'

const message = Buffer.from('From: Acme <news@acme.example>\r\nTo: anna@example.net\r\nSubject: Autumn\r\n\r\nHello  Anna \r\n')

async function givenActive(app: TestApp, algorithm: string) {
  const { body: { id } } = await app.api.post('/dkim-keys', { domain: 'acme.example', algorithm })
  return (await app.api.post(`/dkim-keys/${id}/activate`, { override: true })).body
}

test('mail of a domain is signed with its active keys, and verifies with the records that were shown', async () => {
  await using app = await startApp({ environment: { TIDINGS_DNS: '127.0.0.1:1' } })
  expect(await signerFor(app.db, app.secrets, 'acme.example')).toBe(null)
  await givenActive(app, 'rsa')
  const keys = [await givenActive(app, 'rsa'), await givenActive(app, 'ed25519')]
  const signer = (await signerFor(app.db, app.secrets, 'acme.example'))!
  const bytes = Buffer.concat([await signer.sign(message, app.clock.read()), message])
  const resolver = async (name: string) => [[keys.find(({ recordName }) => recordName === name)?.recordValue ?? 'none']]
  const { results } = await dkimVerify(bytes, { resolver, curTime: app.clock.read() })
  expect(results.map(({ selector, status }) => [selector, status.result])).toEqual(keys.map(({ selector }) => [selector, 'pass']))
})

test('a switched key signs from the next question on, a deleted one no more; in between the prepared one is used again', async () => {
  await using app = await startApp({ environment: { TIDINGS_DNS: '127.0.0.1:1' } })
  const fieldOf = async () => (await (await signerFor(app.db, app.secrets, 'acme.example'))!.sign(message, app.clock.read())).toString('latin1')
  const first = await givenActive(app, 'rsa')
  expect(await fieldOf()).toContain(`s=${first.selector};`)
  expect(await signerFor(app.db, app.secrets, 'acme.example')).toBe(await signerFor(app.db, app.secrets, 'acme.example'))
  const second = await givenActive(app, 'rsa')
  expect(await fieldOf()).toContain(`s=${second.selector};`)
  await app.api.delete(`/dkim-keys/${second.id}`)
  expect(await signerFor(app.db, app.secrets, 'acme.example')).toBe(null)
})

test('with another secret than it was sealed with a key is an error that says what to do, never unsigned mail', async () => {
  await using app = await startApp({ environment: { TIDINGS_DNS: '127.0.0.1:1' } })
  await givenActive(app, 'rsa')
  await expect(signerFor(app.db, openSecrets('another secret'), 'acme.example')).rejects.toThrow(/sealed with another secret/)
})
