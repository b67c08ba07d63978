import { expect, test } from 'vitest'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { type PoolOptions, SmtpPool } from './pool.ts'

const envelope = (to: string) => ({ from: 'news@example.org', to, content: Buffer.from('Subject: Hi\r\n\r\nHi.\r\n') })
const numbered = (count: number) => Array.from({ length: count }, (_, index) => envelope(`r${index}@example.net`))

function poolTo(port: number, options: Partial<PoolOptions> = {}) {
  const pool = new SmtpPool({ host: '127.0.0.1', port, security: 'none', ehloName: 'client.example' }, { connections: 4, messagesPerConnection: null, ...options })
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.close() })
}

test('a hundred messages leave over the few connections there are, each once', async () => {
  await using server = await scriptedServer()
  await using pool = poolTo(server.port)
  const outcomes = await Promise.all(numbered(100).map((one) => pool.carry(one, () => true)))
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['sent']))
  expect(new Set(server.lines.filter((line) => line.startsWith('RCPT'))).size).toBe(100)
  expect(server.connections).toBe(4)
})

test('a connection is left after as many messages as are allowed on it', async () => {
  await using server = await scriptedServer()
  await using pool = poolTo(server.port, { connections: 1, messagesPerConnection: 10 })
  for (const one of numbered(25)) await pool.carry(one, () => true)
  expect(server.connections).toBe(3)
})

test('a server that takes two connections at a time gets two, and nobody is blamed', async () => {
  await using server = await scriptedServer((line, connection) => (line === 'connect' && connection > 2 ? '421 4.7.0 too many connections' : undefined))
  await using pool = poolTo(server.port, { connections: 10 })
  const outcomes = await Promise.all(numbered(60).map((one) => pool.carry(one, () => true)))
  expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true)
})

test('a kept connection that the server has meanwhile ended is replaced unnoticed', async () => {
  const messages: number[] = []
  const thirdIsTooMuch = (line: string, connection: number) => {
    if (line.startsWith('MAIL')) messages[connection] = (messages[connection] ?? 0) + 1
    return line.startsWith('MAIL') && messages[connection] === 3 ? '421 4.7.0 enough for one connection' : undefined
  }
  await using server = await scriptedServer(thirdIsTooMuch)
  await using pool = poolTo(server.port, { connections: 2 })
  const outcomes = await Promise.all(numbered(20).map((one) => pool.carry(one, () => true)))
  expect(outcomes.every(({ kind }) => kind === 'sent')).toBe(true)
})

test('when no connection can be made, everybody who waits learns why', async () => {
  await using server = await scriptedServer((line) => (line === 'connect' ? '554 5.7.1 you are blocked' : undefined))
  await using pool = poolTo(server.port)
  const outcomes = await Promise.all(numbered(10).map((one) => pool.carry(one, () => true)))
  expect(outcomes.every(({ kind, reply }) => kind === 'accountFailure' && reply === '554 5.7.1 you are blocked')).toBe(true)
})

test('a token that cannot be asked for because our own database is away is an account failure, and the connection is free again', async () => {
  await using server = await scriptedServer(undefined, ['AUTH XOAUTH2'])
  const tokens = { current: () => Promise.reject(new Error('the database is away')), forget: async () => {} }
  const pool = new SmtpPool({ host: '127.0.0.1', port: server.port, security: 'none', ehloName: 'client.example', username: 'anna', tokens }, { connections: 1, messagesPerConnection: null })
  for (const one of numbered(2)) {
    expect(await pool.carry(one, () => true)).toMatchObject({ kind: 'accountFailure', stage: 'auth', reply: 'the database is away' })
  }
  await pool.close()
})

test('hanging up does not wait for a server that never greets: nothing of these messages was said, and no account is blamed', async () => {
  await using server = await scriptedServer((line) => (line === 'connect' ? 'silence' : undefined))
  await using pool = poolTo(server.port)
  const carried = numbered(5).map((one) => pool.carry(one, () => true))
  await expect.poll(() => server.connections).toBe(4)
  pool.abort()
  expect((await Promise.all(carried)).map(({ kind }) => kind)).toEqual(Array(5).fill('withheld'))
})
