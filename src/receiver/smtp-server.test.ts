import net from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMailbox, givenSent, letter, report, unsubscribeMail, verpOf } from '../../test/given-returned-mail.ts'
import { ingest } from '../mailbox/ingest.ts'
import { mostConnectionsOfPeer, mostMessagesInMinute } from './peer-limits.ts'
import { openReceiver } from './smtp-server.ts'

async function open(app: TestApp) {
  const { port, close } = await openReceiver(app.ground, { host: '127.0.0.1', port: 0, name: 'bounces.acme.example' })
  return { port, [Symbol.asyncDispose]: close }
}

/** A mail server at the other end, line by line. */
async function connect(port: number) {
  const socket = net.connect({ port, host: '127.0.0.1' })
  let heard = ''
  socket.on('data', (chunk: Buffer) => { heard += chunk.toString() }).on('error', () => {})
  const reply = async (): Promise<string> => {
    for (;;) {
      const found = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(heard)?.[0]
      if (found) {
        heard = heard.slice(found.length)
        return found.split('\r\n').at(-2)!
      }
      await once(socket, 'data')
    }
  }
  const say = (line: string) => { socket.write(`${line}\r\n`); return reply() }
  const greeting = await reply()
  return { socket, greeting, say, [Symbol.dispose]: () => socket.destroy() }
}

/** Hands one mail over; answers what was said to RCPT, or to the final dot. */
async function hand(port: number, to: string[], raw: Buffer): Promise<string> {
  using peer = await connect(port)
  await peer.say('EHLO mx.example.net')
  await peer.say('MAIL FROM:<>')
  for (const each of to) {
    const answer = await peer.say(`RCPT TO:<${each}>`)
    if (!answer.startsWith('250')) return answer
  }
  await peer.say('DATA')
  return await peer.say(`${raw.toString('latin1').replace(/^\./gm, '..')}\r\n.`)
}

const invalid = async (app: TestApp) => (await app.db.selectFrom('suppression').select('emailKey').where('reason', '=', 'invalid').orderBy('emailKey').execute()).map(({ emailKey }) => emailKey)
const messages = (app: TestApp) => app.db.selectFrom('mailboxMessage').select(['door', 'outcome', 'kind']).execute()

test('a bounce to a signed return address is taken, and what it means is written before the answer: here only the envelope proves it', async () => {
  await using app = await startApp()
  await using receiver = await open(app)
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  expect(await hand(receiver.port, [verpOf(app, ann!)], report({ recipients: ['ann@x.test'] }))).toBe('250 2.0.0 Taken')
  expect(await invalid(app)).toEqual(['ann@x.test'])
  const { body } = await app.api.get('/mailbox-messages')
  expect(body.items).toMatchObject([{ door: 'smtp', account: null, webhook: null, uid: null, outcome: 'logged', findings: [{ kind: 'hard', doubt: null }] }])
})

test.each(['somebody@else.example', 'bounce+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@bounces.acme.example', 'postmaster@bounces.acme.example', 'bounce+@x.example'])(
  'mail for %s is refused at once: nothing is relayed, no forged token is taken', async (to) => {
    await using app = await startApp()
    await using receiver = await open(app)
    expect(await hand(receiver.port, [to], letter({ from: 'mallory@evil.test', subject: 'Hi' }))).toMatch(/^550 5\.7\.1 /)
    expect(await messages(app)).toEqual([])
  })

test('the same bounce by a mailbox and by this server, and handed over twice, is one entry', async () => {
  await using app = await startApp()
  await using receiver = await open(app)
  const { campaignId, deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const bounce = report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] })
  const accountId = await givenMailbox(app)
  await ingest(app, { accountId, folder: 'INBOX', uidValidity: 1, afterReading: {} }, [{ uid: 1, receivedAt: app.clock.read(), raw: bounce }], 1, app.clock.read())
  expect(await hand(receiver.port, [verpOf(app, ann!)], bounce)).toMatch(/^250 /)
  expect(await hand(receiver.port, [verpOf(app, ann!)], bounce)).toMatch(/^250 /)
  expect(await messages(app)).toMatchObject([{ door: 'imap' }])
  const { body } = await app.api.get(`/campaigns/${campaignId}/log`)
  expect(body.items.filter(({ action }: { action: string }) => action === 'bounced')).toHaveLength(1)
})

test('requests to unsubscribe are taken at the address of a group email account; other mail to it is refused, so nobody believes that it is read', async () => {
  await using app = await startApp()
  await using receiver = await open(app)
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await givenMailbox(app, { emailAddress: 'news@acme.example' })
  expect(await hand(receiver.port, ['news@acme.example'], letter({ from: 'ann@x.test', subject: 'A question' }))).toMatch(/^550 5\.7\.1 Nobody reads/)
  expect(await hand(receiver.port, ['News@acme.example'], unsubscribeMail(app, ann!))).toMatch(/^250 /)
  expect(await messages(app)).toEqual([{ door: 'smtp', kind: 'optOut', outcome: 'logged' }])
})

test('while the database is away mail is put off, and taken when it comes again', async () => {
  await using app = await startApp()
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const gone = new Proxy(app.db, { get: () => { throw new Error('the database is away') } })
  const { port, close } = await openReceiver({ ...app.ground, db: gone }, { host: '127.0.0.1', port: 0, name: 'bounces.acme.example' })
  const bounce = report({ recipients: ['ann@x.test'] })
  expect(await hand(port, [verpOf(app, ann!)], bounce)).toMatch(/^451 4\.3\.0 /)
  await close()
  await using receiver = await open(app)
  expect(await hand(receiver.port, [verpOf(app, ann!)], bounce)).toMatch(/^250 /)
  expect(await invalid(app)).toEqual(['ann@x.test'])
})

test('a mail that is too big is refused, announced or not; of a long one that fits the beginning is enough', async () => {
  await using app = await startApp()
  await using receiver = await open(app)
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  using peer = await connect(receiver.port)
  await peer.say('EHLO mx.example.net')
  expect(await peer.say('MAIL FROM:<> SIZE=30000000')).toMatch(/^552 /)
  const long = (megabytes: number) => Buffer.concat([report({ recipients: ['ann@x.test'] }), Buffer.alloc(megabytes * 1024 * 1024, `${'x'.repeat(76)}\r\n`)])
  expect(await hand(receiver.port, [verpOf(app, ann!)], long(26))).toMatch(/^552 5\.3\.4 /)
  expect(await invalid(app)).toEqual([])
  expect(await hand(receiver.port, [verpOf(app, ann!)], long(3))).toMatch(/^250 /)
  expect(await invalid(app)).toEqual(['ann@x.test'])
})

test('a mail whose connection breaks before the final dot was never taken', async () => {
  await using app = await startApp()
  await using receiver = await open(app)
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  const peer = await connect(receiver.port)
  await peer.say('EHLO mx.example.net')
  await peer.say('MAIL FROM:<>')
  await peer.say(`RCPT TO:<${verpOf(app, ann!)}>`)
  await peer.say('DATA')
  peer.socket.end(report({ recipients: ['ann@x.test'] }))
  await once(peer.socket, 'close')
  expect(await messages(app)).toEqual([])
})

test('a peer that mails without end, or opens connection after connection, is put off; a minute later it may again', async () => {
  await using app = await startApp()
  await using receiver = await open(app)
  using peer = await connect(receiver.port)
  await peer.say('EHLO mx.example.net')
  const mail = async () => { const answer = await peer.say('MAIL FROM:<>'); await peer.say('RSET'); return answer }
  for (let count = 0; count < mostMessagesInMinute; count++) await mail()
  expect(await mail()).toMatch(/^450 4\.7\.0 /)
  app.clock.advance({ minutes: 1 })
  expect(await mail()).toMatch(/^250 /)
  const others = await Promise.all(Array.from({ length: mostConnectionsOfPeer }, () => connect(receiver.port)))
  expect(others.filter(({ greeting }) => greeting.startsWith('421 4.7.0'))).toHaveLength(1)
  for (const { socket } of others) socket.destroy()
})

test('nobody signs in here, and there is nothing to list', async () => {
  await using app = await startApp()
  await using receiver = await open(app)
  using peer = await connect(receiver.port)
  expect(peer.greeting).toMatch(/^220 bounces\.acme\.example /)
  await peer.say('EHLO mx.example.net')
  expect(await peer.say('AUTH PLAIN AGEAYg==')).toMatch(/^5\d\d /)
  expect(await peer.say('VRFY ann@x.test')).not.toMatch(/^250 /)
})
