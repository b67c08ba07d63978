import { expect, test } from 'vitest'
import { type Script, scriptedServer } from '../../test/scripted-smtp-server.ts'
import type { Envelope } from './envelope.ts'
import type { Outcome } from './outcome.ts'
import { openSession, type SmtpTarget } from './session.ts'
import { carry } from './transaction.ts'

const brief = { connect: 500, banner: 150, ehlo: 150, starttls: 150, auth: 150, mail: 150, rcpt: 150, data: 150, dot: 150 }
const target = (port: number): SmtpTarget => ({ host: '127.0.0.1', port, security: 'none', ehloName: 'client.example', deadlines: brief })
const message: Envelope = { from: 'news@example.org', to: 'anna@example.net', content: Buffer.from('Subject: Hello\r\n\r\nHi.\r\n') }

async function carryOnce(port: number, envelope: Envelope = message, mayLeave = () => true): Promise<Outcome> {
  const session = await openSession(target(port))
  if ('kind' in session) return session
  const outcome = await carry(session, envelope, mayLeave)
  session.wire.close()
  return outcome
}

async function outcomeWith(script: Script, extensions?: string[]) {
  await using server = await scriptedServer(script, extensions)
  const { kind, stage, code } = await carryOnce(server.port)
  return [kind, stage, code]
}

const whenTold = (start: string, answer: string): Script => (line) => (line.startsWith(start) ? answer : undefined)

test('a message that the server takes is sent, with the reply and its enhanced code', async () => {
  await using server = await scriptedServer()
  expect(await carryOnce(server.port)).toEqual({ kind: 'sent', stage: 'dot', reply: '250 2.0.0 taken', code: 250, enhanced: '2.0.0' })
  expect(server.lines).toEqual(['EHLO client.example', 'MAIL FROM:<news@example.org> SIZE=23', 'RCPT TO:<anna@example.net>', 'DATA'])
  expect(server.contents).toEqual(['Subject: Hello\r\n\r\nHi.'])
})

test('only RCPT and the final dot judge the recipient', async () => {
  expect(await outcomeWith(whenTold('RCPT', '550 5.1.1 nobody here'))).toEqual(['failed', 'rcpt', 550])
  expect(await outcomeWith(whenTold('RCPT', '451 4.7.1 greylisted'))).toEqual(['deferred', 'rcpt', 451])
  expect(await outcomeWith(whenTold('RCPT', '421 4.3.2 going down'))).toEqual(['deferred', 'rcpt', 421])
  expect(await outcomeWith(whenTold('.', '554 5.7.1 spam'))).toEqual(['failed', 'dot', 554])
  expect(await outcomeWith(whenTold('.', '452 4.3.1 full'))).toEqual(['deferred', 'dot', 452])
})

test.each([['connect', 'banner'], ['EHLO', 'ehlo'], ['MAIL', 'mail'], ['DATA', 'data']])(
  'a refusal, a hang-up and silence at %s judge the account, never the recipient', async (line, stage) => {
    expect(await outcomeWith(whenTold(line, '421 4.3.2 not now'))).toEqual(['accountFailure', stage, 421])
    expect(await outcomeWith(whenTold(line, 'hang up'))).toEqual(['accountFailure', stage, null])
    expect(await outcomeWith(whenTold(line, 'silence'))).toEqual(['accountFailure', stage, null])
  })

test('a connection lost or silent before the dot means not sent, after the dot nobody knows', async () => {
  expect(await outcomeWith(whenTold('RCPT', 'hang up'))).toEqual(['accountFailure', 'rcpt', null])
  expect(await outcomeWith(whenTold('.', 'hang up'))).toEqual(['uncertain', 'dot', null])
  expect(await outcomeWith(whenTold('.', 'silence'))).toEqual(['uncertain', 'dot', null])
})

test('a server that offers DSN is asked to return the header only, any other is not', async () => {
  await using server = await scriptedServer(undefined, ['PIPELINING', 'DSN'])
  await carryOnce(server.port)
  expect(server.lines[1]).toBe('MAIL FROM:<news@example.org> RET=HDRS')
})

test('a server without PIPELINING is spoken to one command at a time', async () => {
  const asked: string[] = []
  const script: Script = (line) => {
    asked.push(line)
    return line.startsWith('RCPT') ? '550 5.1.1 nobody here' : undefined
  }
  expect(await outcomeWith(script, [])).toEqual(['failed', 'rcpt', 550])
  expect(asked).not.toContain('DATA')
  expect(asked).toContain('MAIL FROM:<news@example.org>')
})

test('after a refused recipient the connection carries the next one', async () => {
  await using server = await scriptedServer(whenTold('RCPT TO:<bad', '550 5.1.1 nobody here'))
  // A polite server refuses DATA when no recipient was taken.
  const session = await openSession(target(server.port))
  if ('kind' in session) throw new Error(session.reply)
  session.extensions = new Map()
  const refused = await carry(session, { ...message, to: 'bad@example.net' }, () => true)
  const taken = await carry(session, message, () => true)
  session.wire.close()
  expect([refused.kind, taken.kind, server.connections]).toEqual(['failed', 'sent', 1])
  expect(server.lines).toContain('RSET')
})

test('a message whose mark is refused does not leave: the server never sees its dot', async () => {
  await using server = await scriptedServer()
  expect((await carryOnce(server.port, message, () => false)).kind).toBe('withheld')
  expect(server.contents).toEqual([])
})

test('lines that begin with a dot arrive as they were written', async () => {
  await using server = await scriptedServer()
  await carryOnce(server.port, { ...message, content: Buffer.from('.first\r\n\r\n.\r\n..two\r\nend') })
  expect(server.contents).toEqual(['..first\r\n\r\n..\r\n...two\r\nend'])
})

test('extensions are used only when offered', async () => {
  await using plain = await scriptedServer(undefined, ['PIPELINING'])
  const utf8 = { ...message, to: 'anna@exämple.net' }
  expect(await carryOnce(plain.port, utf8)).toMatchObject({ kind: 'failed', reply: 'smtputf8NotOffered' })
  await using modern = await scriptedServer(undefined, ['PIPELINING', 'SMTPUTF8', '8BITMIME'])
  await carryOnce(modern.port, { ...utf8, eightBit: true })
  expect(modern.lines).toContain('MAIL FROM:<news@example.org> BODY=8BITMIME SMTPUTF8')
})

test('a message larger than the server takes fails without being sent', async () => {
  await using server = await scriptedServer(undefined, ['SIZE 10'])
  expect(await carryOnce(server.port)).toMatchObject({ kind: 'failed', reply: expect.stringContaining('at most 10 bytes') })
  expect(server.contents).toEqual([])
})

test('an address cannot smuggle a command in', async () => {
  await using server = await scriptedServer()
  expect((await carryOnce(server.port, { ...message, to: 'a@example.net>\r\nRCPT TO:<b@example.net' })).kind).toBe('failed')
  expect(server.lines.filter((line) => line.startsWith('RCPT'))).toEqual([])
})

test('endless replies and nonsense end the connection, not the process', async () => {
  expect(await outcomeWith(whenTold('EHLO', Array(300).fill('250-more').join('\r\n')))).toEqual(['accountFailure', 'ehlo', null])
  expect(await outcomeWith(whenTold('MAIL', 'what?'))).toEqual(['accountFailure', 'mail', null])
})

/** Two messages over one connection, the second offered while the content of the first leaves. */
async function carryTwo(script: Script, extensions?: string[]) {
  await using server = await scriptedServer(script, extensions)
  const session = await openSession(target(server.port))
  if ('kind' in session) throw new Error(session.reply)
  const second: Envelope = { ...message, to: 'ben@example.net', content: Buffer.from('Subject: Second\r\n\r\n.Two.\r\n') }
  const first = await carry(session, message, () => true, () => second)
  const isIntroduced = session.introduced === second
  const outcomes = [first, await carry(session, second, () => true)]
  session.wire.close()
  return { outcomes: outcomes.map(({ kind, stage }) => `${kind} ${stage}`), isIntroduced, contents: server.contents, lines: server.lines }
}

test('the next message is introduced with the content of the one before it, and each is answered for itself', async () => {
  const { outcomes, isIntroduced, contents, lines } = await carryTwo(() => undefined)
  expect({ outcomes, isIntroduced }).toEqual({ outcomes: ['sent dot', 'sent dot'], isIntroduced: true })
  expect(contents).toEqual(['Subject: Hello\r\n\r\nHi.', 'Subject: Second\r\n\r\n..Two.'])
  expect(lines.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<anna@example.net>', 'RCPT TO:<ben@example.net>'])
})

test('a first message that is refused after its dot leaves the introduced one alone, and the other way round', async () => {
  let dots = 0
  expect((await carryTwo((line) => (line === '.' && ++dots === 1 ? '554 5.7.1 spam' : undefined))).outcomes).toEqual(['failed dot', 'sent dot'])
  expect((await carryTwo((line) => (line.includes('ben@') ? '550 5.1.1 nobody here' : undefined))).outcomes).toEqual(['sent dot', 'failed rcpt'])
})

test('a connection that ends with the first message loses nothing of the introduced one: it was not sent', async () => {
  expect((await carryTwo((line) => (line === '.' ? '421 4.3.2 going down' : undefined))).outcomes).toEqual(['deferred dot', 'accountFailure data'])
  expect((await carryTwo((line) => (line === '.' ? 'hang up' : undefined))).outcomes).toEqual(['uncertain dot', 'accountFailure mail'])
})

test('without PIPELINING nothing is introduced early', async () => {
  expect(await carryTwo(() => undefined, ['8BITMIME'])).toMatchObject({ outcomes: ['sent dot', 'sent dot'], isIntroduced: false })
})
