import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect, test } from 'vitest'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { openSession, quit, type SmtpTarget } from './session.ts'
import { carry } from './transaction.ts'

const certificate = readFileSync('test/tls/localhost.crt', 'utf8')
const key = readFileSync('test/tls/localhost.key', 'utf8')

/** A real library's server: it disagrees with us where a hand-made one might not. */
async function realServer(options: SMTPServerOptions) {
  const received: { to: string; content: string; secure: boolean }[] = []
  const server = new SMTPServer({
    key, cert: certificate, disableReverseLookup: true, ...options,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo[0]!.address, content: Buffer.concat(chunks).toString(), secure: session.secure })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.server.address() as AddressInfo).port
  return { port, received, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)) }
}

const target = (port: number, more: Partial<SmtpTarget>): SmtpTarget => ({ host: 'localhost', port, security: 'none', ehloName: 'client.example', ca: certificate, ...more })

async function sendOne(to: SmtpTarget) {
  const session = await openSession(to)
  if ('kind' in session) return session
  const outcome = await carry(session, { from: 'news@example.org', to: 'anna@example.net', content: Buffer.from('Subject: Hi\r\n\r\n.dot\r\n') }, () => true)
  await quit(session)
  return outcome
}

test.each(['starttls', 'tls'] as const)('with %s a message travels encrypted, to a server whose certificate is valid for its name', async (security) => {
  await using server = await realServer({ secure: security === 'tls', authOptional: true })
  expect(await sendOne(target(server.port, { security }))).toMatchObject({ kind: 'sent' })
  expect(server.received).toEqual([{ to: 'anna@example.net', content: 'Subject: Hi\r\n\r\n.dot\r\n', secure: true }])
})

test.each([['starttls', 'starttls'], ['tls', 'connect']] as const)('with %s a certificate that nobody vouches for is an account failure', async (security, stage) => {
  await using server = await realServer({ secure: security === 'tls', authOptional: true })
  expect(await sendOne(target(server.port, { security, ca: undefined }))).toMatchObject({ kind: 'accountFailure', stage, reply: expect.stringContaining('self-signed') })
})

test('when STARTTLS has been stripped from the offer nothing is sent in the clear', async () => {
  await using server = await scriptedServer()
  expect(await openSession(target(server.port, { security: 'starttls' }))).toMatchObject({ kind: 'accountFailure', stage: 'starttls' })
  expect(server.lines.map((line) => line.split(' ')[0])).toEqual(['EHLO'])
})

test('what a middleman slips in behind the STARTTLS answer is not believed', async () => {
  await using server = await scriptedServer((line) => (line === 'STARTTLS' ? '220 go\r\n250 injected' : undefined), ['STARTTLS'])
  expect(await openSession(target(server.port, { security: 'starttls' }))).toMatchObject({ kind: 'accountFailure', stage: 'starttls' })
})

test.each([[['PLAIN']], [['LOGIN']]])('a user name and password are presented by AUTH %s', async (authMethods) => {
  const auth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) =>
    username === 'news' && password === 'pässword' ? done(null, { user: 'news' }) : done(new Error('no'))
  await using server = await realServer({ authMethods, onAuth: auth })
  const secure = { security: 'starttls', username: 'news' } as const
  expect(await sendOne(target(server.port, { ...secure, password: 'pässword' }))).toMatchObject({ kind: 'sent' })
  expect(await sendOne(target(server.port, { ...secure, password: 'wrong' }))).toMatchObject({ kind: 'accountFailure', stage: 'auth', code: 535 })
})

test('a refused connection names the system\'s own error', async () => {
  const server = await scriptedServer()
  await server[Symbol.asyncDispose]()
  expect(await openSession(target(server.port, { host: '127.0.0.1' }))).toMatchObject({ kind: 'accountFailure', stage: 'connect', reply: `connect ECONNREFUSED 127.0.0.1:${server.port}` })
})

test('a server older than EHLO is greeted with HELO', async () => {
  await using server = await scriptedServer((line) => (line.startsWith('EHLO') ? '502 what?' : undefined))
  expect(await sendOne(target(server.port, {}))).toMatchObject({ kind: 'sent' })
})

const fixedTokens = (token: string) => {
  const forgotten: string[] = []
  return { forgotten, current: async () => ({ token }), forget: async () => { forgotten.push(token) } }
}

test.each([['short', 40], ['longer than a command may be', 2000]])('a token that is %s is presented by XOAUTH2', async (_, length) => {
  const token = 't'.repeat(length)
  const auth: SMTPServerOptions['onAuth'] = ({ username, accessToken }, _session, done) =>
    username === 'news@acme.example' && accessToken === token ? done(null, { user: 'news' }) : done(new Error('no'))
  await using server = await realServer({ authMethods: ['XOAUTH2'], onAuth: auth })
  const secure = { security: 'starttls', username: 'news@acme.example' } as const
  expect(await sendOne(target(server.port, { ...secure, tokens: fixedTokens(token) }))).toMatchObject({ kind: 'sent' })
})

test('a refused token is told in the server\'s own words, and forgotten', async () => {
  const auth: SMTPServerOptions['onAuth'] = (_auth, _session, done) => done(null, { data: { status: '400', schemes: 'Bearer', scope: 'https://mail.example/' } } as never)
  await using server = await realServer({ authMethods: ['XOAUTH2'], onAuth: auth })
  const tokens = fixedTokens('stale')
  expect(await sendOne(target(server.port, { security: 'starttls', username: 'news', tokens }))).toMatchObject({
    kind: 'accountFailure', stage: 'auth', code: 535, reply: expect.stringContaining('"scope":"https://mail.example/"'),
  })
  expect(tokens.forgotten).toEqual(['stale'])
})

test('an account without a token, or a server without XOAUTH2, is an account failure that says so', async () => {
  await using server = await realServer({ authMethods: ['XOAUTH2'] })
  const tokens = { ...fixedTokens(''), current: async () => ({ reason: 'invalid_grant: revoked' }) }
  const secure = { security: 'starttls', username: 'news' } as const
  expect(await sendOne(target(server.port, { ...secure, tokens }))).toMatchObject({ kind: 'accountFailure', stage: 'auth', reply: expect.stringContaining('invalid_grant: revoked') })
  await using old = await realServer({ authMethods: ['PLAIN'] })
  expect(await sendOne(target(old.port, { ...secure, tokens }))).toMatchObject({ kind: 'accountFailure', reply: 'The server does not offer AUTH XOAUTH2.' })
})
