import { connect } from 'node:net'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { openLog } from '../platform/log.ts'
import { openSecrets } from '../platform/secrets.ts'
import { startSandbox } from './service.ts'
import { openSandboxServer } from './smtp-server.ts'

const log = openLog('silent')

async function startServer() {
  const database = await createDatabase()
  const server = await openSandboxServer(database.db, { port: 0, name: 'Tidings-test', log })
  return {
    db: database.db, port: server.port,
    async [Symbol.asyncDispose]() { await server.close(); await database[Symbol.asyncDispose]() },
  }
}

/** Speaks SMTP by hand: one line (or block) for each answer. Answers all replies. */
function converse(port: number, lines: (string | Buffer)[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const replies: string[] = []
    const socket = connect(port, '127.0.0.1')
    socket.setEncoding('utf8').on('error', reject).on('data', (text: string) => {
      replies.push(text)
      const next = lines.shift()
      if (next === undefined) { socket.end(); resolve(replies) } else socket.write(next)
    })
  })
}

const envelope = (to: string) => ['EHLO test\r\n', 'MAIL FROM:<news@example.test>\r\n', `RCPT TO:<${to}>\r\n`]

test('a mail is kept byte for byte, with dot-stuffing undone', async () => {
  await using sandbox = await startServer()
  const mail = 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nFrom: Nøws <news@example.test>\r\nTo: "Ann, A." <Ann@example.test>\r\n\r\n.starts with a dot\r\n..two\r\n\xff\xfe\r\n.\r\n\r\nend\r\n'
  const bytes = Buffer.concat([Buffer.from(mail.slice(0, 60)), Buffer.from(mail.slice(60), 'latin1')])
  const stuffed = Buffer.from(bytes.toString('latin1').replace(/\r\n\./g, '\r\n..') + '.\r\n', 'latin1')
  const replies = await converse(sandbox.port, [...envelope('Ann@example.test'), 'DATA\r\n', stuffed, 'QUIT\r\n'])
  expect(replies.at(-2)).toMatch(/^250 /)

  const [row] = await sandbox.db.selectFrom('sandboxMessage').selectAll().execute()
  expect(row!.raw.equals(bytes)).toBe(true)
  expect(row).toMatchObject({ envelopeFrom: 'news@example.test', envelopeTo: 'Ann@example.test', subject: 'Grüße', size: bytes.length })
})

test('an address that begins with defer is told to come back later, others in the same breath are not', async () => {
  await using sandbox = await startServer()
  const replies = await converse(sandbox.port, [...envelope('defer.me@example.test'), 'RCPT TO:<ann@example.test>\r\n', 'QUIT\r\n'])
  expect(replies[3]).toMatch(/^451 4\.7\.1 /)
  expect(replies[4]).toMatch(/^250 /)
})

test('every mail that was answered with 250 is in the inbox, also when many connections send at once', async () => {
  await using sandbox = await startServer()
  const transport = createTransport({ host: '127.0.0.1', port: sandbox.port, pool: true, maxConnections: 10, secure: false, ignoreTLS: true })
  await Promise.all(Array.from({ length: 200 }, (_, index) =>
    transport.sendMail({ from: 'news@example.test', to: `reader${index}@example.test`, subject: `No. ${index}`, text: 'Hello' })))
  transport.close()
  const rows = await sandbox.db.selectFrom('sandboxMessage').select('envelopeTo').distinct().execute()
  expect(rows).toHaveLength(200)
})

test('the first start makes the account Sandbox; a second process stands by and takes over on the same port', async () => {
  await using database = await createDatabase()
  const ground = { db: database.db, secrets: openSecrets('one installation, one secret'), clock: () => new Date(), log }
  const first = await startSandbox(ground)
  const account = () => database.db.selectFrom('outboundAccount').select(['name', 'kind', 'host', 'port']).executeTakeFirstOrThrow()
  const { port } = await account()
  expect(await account()).toMatchObject({ name: 'Sandbox', kind: 'sandbox', host: '127.0.0.1' })

  const second = await startSandbox(ground)
  await first.stop()
  await expect.poll(() => converse(port, ['QUIT\r\n']).then((replies) => replies[0], () => ''), { timeout: 5000 }).toMatch(/^220 .*Tidings-/)
  expect((await account()).port).toBe(port)
  await second.stop()
})

test('a port that somebody else took since is left to them, and the account follows', async () => {
  await using database = await createDatabase()
  const ground = { db: database.db, secrets: openSecrets('the secret of the first installation'), clock: () => new Date(), log }
  const first = await startSandbox(ground)
  const { port } = await database.db.selectFrom('outboundAccount').select('port').executeTakeFirstOrThrow()
  await first.stop()
  const stranger = await openSandboxServer(database.db, { port, name: 'Tidings-of-somebody-else', log })

  const again = await startSandbox(ground)
  const moved = await database.db.selectFrom('outboundAccount').select('port').executeTakeFirstOrThrow()
  expect(moved.port).not.toBe(port)
  await Promise.all([stranger.close(), again.stop()])
})
