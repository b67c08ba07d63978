/** A group email account read from a real Dovecot: nothing lost, nothing twice, and nothing of other people's mail touched. */
import { connect, createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { ImapFlow } from 'imapflow'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { watchMailboxes } from '../../src/mailbox/watch-mailboxes.ts'
import { verifyFigures } from '../../src/log/recount.ts'
import { startApp, type TestApp } from '../app.ts'
import { complaint, givenSent, letter, messageIdOf, report, unsubscribeMail, verpOf } from '../given-returned-mail.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'

const needsRoot = test.runIf(process.getuid?.() === 0)
const user = 'bounces@acme.example'
/** How much larger than usual: with 20 there are 10,000 forged messages among 2,000 real ones, with 400 nearly 50,000 letters of other people. */
const scale = Number(process.env['MAILBOX_SCALE'] ?? 1)
const patience = 120_000 * scale

async function account(app: TestApp, port: number, values: object = {}) {
  const { status, body, text } = await app.api.post('/group-email-accounts', {
    name: 'Bounces', emailAddress: user, fetchSince: '2020-01-01T00:00:00Z',
    imap: { host: '127.0.0.1', port, security: 'none', username: user, password: 'secret' }, ...values,
  })
  if (status !== 201) throw new Error(text)
  return body as { id: string }
}

async function mailbox(dovecot: Dovecot): Promise<ImapFlow & AsyncDisposable> {
  const client = new ImapFlow({ host: '127.0.0.1', port: dovecot.imapPort, secure: false, doSTARTTLS: false, logger: false, auth: { user, pass: 'secret' }, disableAutoIdle: true })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.logout() })
}

async function append(client: ImapFlow, messages: Buffer[], { folder = 'INBOX', flags = [] as string[] } = {}) {
  for (const message of messages) await client.append(folder, message, flags)
}

/** Every message of a folder: its number, flags and size. */
async function contents(client: ImapFlow, folder = 'INBOX') {
  await client.mailboxOpen(folder, { readOnly: true })
  const messages = await client.fetchAll('1:*', { uid: true, flags: true, size: true })
  return messages.map(({ uid, flags, size }) => `${uid} ${[...flags!].filter((flag) => flag !== '\\Recent').sort().join(' ')} ${size}`)
}

const check = (app: TestApp) => app.jobs['check-group-email-accounts']!.run({ db: app.db, clock: app.clock.read, signal: new AbortController().signal })
const invalidOnes = async (app: TestApp) =>
  (await app.db.selectFrom('suppression').select('emailKey').where('reason', '=', 'invalid').orderBy('emailKey').execute()).map(({ emailKey }) => emailKey)
const bounceRepeats = async (app: TestApp) =>
  (await sql<{ n: number; repeats: number }>`select count(*) as n, sum(repeats)::int as repeats from log_entry where action = 'bounced' and subject = 'hard'`.execute(app.db)).rows[0]

const people = (count: number, name = 'p') => Array.from({ length: count }, (_, index) => `${name}${index}@x.test`)

needsRoot('reports among other people’s letters are found, and the mailbox is as it was, flags included', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries } = await givenSent(app, people(60))
  const letters = Array.from({ length: 120 * scale }, (_, index) => letter({ from: `friend${index}@else.test`, subject: `Letter ${index}` }))
  await dovecot.put(user, letters.slice(0, -60), { seen: true })
  await append(client, deliveries.map((each) => report({ to: verpOf(app, each), recipients: [each.emailAddress] })))
  await append(client, letters.slice(-60))
  const before = await contents(client)
  await account(app, dovecot.imapPort)

  expect(await check(app)).toEqual({ accounts: 1, failed: 0, bounce: 60, other: 120 * scale })
  expect(await invalidOnes(app)).toHaveLength(60)
  expect(await contents(client)).toEqual(before)
  expect(await check(app)).toEqual({ accounts: 1, failed: 0 })
}, patience)

needsRoot('a folder that was made anew is read anew, and nothing counts twice', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries } = await givenSent(app, people(20))
  const bounces = deliveries.map((each) => report({ to: verpOf(app, each), recipients: [each.emailAddress] }))
  await client.mailboxCreate('Returned')
  await append(client, bounces.slice(0, 10), { folder: 'Returned' })
  const { id } = await account(app, dovecot.imapPort, { monitoredFolders: ['INBOX', 'Returned'] })
  expect(await check(app)).toMatchObject({ bounce: 10 })
  const validity = await app.db.selectFrom('mailboxFolder').select('uidValidity').where('folder', '=', 'Returned').executeTakeFirstOrThrow()

  await client.mailboxDelete('Returned')
  await client.mailboxCreate('Returned')
  await append(client, bounces, { folder: 'Returned' })
  // Some servers count UIDVALIDITY in seconds: what was stored is made older, as if the folder had been.
  await app.db.updateTable('mailboxFolder').set({ uidValidity: validity.uidValidity - 1 }).where('accountId', '=', id).execute()
  expect(await check(app)).toMatchObject({ bounce: 10 })
  expect(await bounceRepeats(app)).toEqual({ n: 20, repeats: 20 })
})

needsRoot('a connection that is cut again and again loses nothing and counts nothing twice', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries } = await givenSent(app, people(300))
  await append(client, deliveries.map((each) => report({ to: verpOf(app, each), recipients: [each.emailAddress] })))
  await using proxy = await cuttingProxy(dovecot.imapPort, 12)
  await account(app, proxy.port)

  for (let run = 0; run < 5; run++) await check(app)
  expect(proxy.cuts()).toBeGreaterThan(1)
  expect(await bounceRepeats(app)).toEqual({ n: 300, repeats: 300 })
})

needsRoot('forged bounces, complaints and unsubscribe mails among real ones: none acts, all real ones do', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries } = await givenSent(app, [...people(100 * scale), ...people(500 * scale, 'victim')])
  const [real, victims] = [deliveries.slice(0, 100 * scale), deliveries.slice(100 * scale)]
  const evil = real[0]!
  const forged = victims.map((victim, index) => [
    () => report({ recipients: [victim.emailAddress], original: ['Message-ID: <AAAAAAAAAAAAAAAAAAAAAAAAAA@acme.example>'] }),
    () => report({ to: verpOf(app, evil), recipients: [victim.emailAddress] }),
    () => complaint({ original: ['X-Delivery: AAAAAAAAAAAAAAAAAAAAAAAAAA'], recipient: victim.emailAddress }),
    () => letter({ from: victim.emailAddress, subject: 'unsubscribe AAAAAAAAAAAAAAAAAAAAAAAAAA' }),
    () => unsubscribeMail(app, victim, 'Mallory <mallory@evil.test>'),
  ][index % 5]!())
  const genuine = real.map((each, index) => [
    () => report({ to: verpOf(app, each), recipients: [each.emailAddress] }),
    () => report({ recipients: [each.emailAddress], original: [`Message-ID: ${messageIdOf(app, each)}`] }),
    () => complaint({ original: [`Message-ID: ${messageIdOf(app, each)}`] }),
    () => unsubscribeMail(app, each),
  ][index % 4]!())
  await append(client, [...forged.slice(0, 250 * scale), ...genuine, ...forged.slice(250 * scale)])
  await account(app, dovecot.imapPort)
  await app.db.updateTable('massEmail').set({ optOutEntirely: true }).execute()

  await check(app)
  const acted = await app.db.selectFrom('suppression').select(['emailKey', 'reason']).where('reason', '<>', 'softBounced').execute()
  expect(acted.filter(({ emailKey }) => emailKey.startsWith('victim'))).toEqual([])
  expect(acted.filter(({ reason }) => reason === 'invalid')).toHaveLength(50 * scale)
  expect(acted.filter(({ reason }) => reason === 'complained')).toHaveLength(25 * scale)
  expect(acted.filter(({ reason }) => reason === 'optedOut')).toHaveLength(50 * scale)
  expect(await verifyFigures(app.db)).toEqual([])
}, patience)

needsRoot('a message that cannot be written down is set aside after three runs, and the others go their way', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries } = await givenSent(app, people(5))
  await append(client, deliveries.map((each) => report({ to: verpOf(app, each), recipients: [each.emailAddress] })))
  await account(app, dovecot.imapPort)
  await sql`alter table mailbox_message add constraint poison check (uid <> 3 or outcome = 'setAside')`.execute(app.db)

  for (let run = 0; run < 4; run++) await check(app)
  expect(await invalidOnes(app)).toEqual(['p0@x.test', 'p1@x.test', 'p3@x.test', 'p4@x.test'])
  expect(await app.db.selectFrom('mailboxMessage').select(['uid', 'error']).where('outcome', '=', 'setAside').execute())
    .toMatchObject([{ uid: 3, error: expect.stringContaining('poison') }])
})

needsRoot('what an administrator asks for is done with our own reports, and with nobody else’s mail', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await client.mailboxCreate('Done')
  await append(client, [report({ recipients: ['stranger@else.test'] }), report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }), letter({ from: 'a@b.test', subject: 'Hi' })])
  await account(app, dovecot.imapPort, { afterReading: { bounce: { markRead: true, moveTo: 'Done' } } })
  await check(app)
  expect((await contents(client)).map((line) => line.split(' ').slice(0, 2))).toEqual([['1', ''], ['3', '']])
  expect(await contents(client, 'Done')).toEqual([expect.stringContaining('\\Seen')])
})

needsRoot('messages from before the account was made are left unread by us, unless the administrator names an earlier day', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries: [ann, ben] } = await givenSent(app, ['ann@x.test', 'ben@x.test'])
  const hour = 3600_000
  await client.append('INBOX', report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }), [], new Date(app.clock.read().getTime() - hour))
  await client.append('INBOX', report({ to: verpOf(app, ben!), recipients: ['ben@x.test'] }), [], new Date(app.clock.read().getTime() + hour))
  await account(app, dovecot.imapPort, { fetchSince: undefined })
  expect(await check(app)).toEqual({ accounts: 1, failed: 0, bounce: 1 })
  expect(await invalidOnes(app)).toEqual(['ben@x.test'])
})

needsRoot('a bounce that arrives in the very second in which the account was made is read', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date(Math.floor(Date.now() / 1000) * 1000 + 900) })
  await using client = await mailbox(dovecot)
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await account(app, dovecot.imapPort, { fetchSince: undefined })
  await client.append('INBOX', report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] }), [], new Date(Math.floor(app.clock.read().getTime() / 1000) * 1000))
  await check(app)
  expect(await invalidOnes(app)).toEqual(['ann@x.test'])
})

needsRoot('a server that refuses the password is asked less and less often, and at once when the password was changed', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  const { id } = await account(app, dovecot.imapPort, { imap: { host: '127.0.0.1', port: dovecot.imapPort, security: 'none', username: user, password: 'wrong' } })
  const asked: number[] = []
  for (let minute = 0; minute < 8; minute++) {
    if ((await check(app))['accounts'] === 1) asked.push(minute)
    app.clock.advance({ minutes: 1 })
  }
  expect(asked).toEqual([0, 1, 3, 7])
  await app.api.patch(`/group-email-accounts/${id}`, { imap: { password: 'secret' } })
  expect(await check(app)).toEqual({ accounts: 1, failed: 0 })
}, patience)

needsRoot('mail that arrives is read at once: the server tells, and the job does not wait for its minute', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  await using client = await mailbox(dovecot)
  const { deliveries: [ann] } = await givenSent(app, ['ann@x.test'])
  await account(app, dovecot.imapPort)
  await check(app)
  const watching = watchMailboxes(app.ground)
  // Whether the server already tells cannot be seen from here: a letter more, until it does.
  await vi.waitFor(async () => {
    await append(client, [letter({ from: 'a@b.test', subject: 'Are you there?' })])
    expect(await app.db.selectFrom('task').select('id').where('kind', '=', 'job').where('status', '=', 'queued').execute()).toHaveLength(1)
  }, { timeout: 60_000, interval: 500 })
  await append(client, [report({ to: verpOf(app, ann!), recipients: ['ann@x.test'] })])
  await watching.stop()
  await app.settle()
  expect(await invalidOnes(app)).toEqual(['ann@x.test'])
})

needsRoot('a test of the mailbox says in words what is wrong and what to do', async () => {
  await using dovecot = await startDovecot()
  await using app = await startApp({ now: new Date() })
  const { id } = await account(app, dovecot.imapPort)
  const tested = async (change: object) => {
    await app.api.patch(`/group-email-accounts/${id}`, change)
    return (await app.api.post(`/group-email-accounts/${id}/test-imap`)).body
  }
  expect(await tested({})).toMatchObject({ ok: true, folders: [{ folder: 'INBOX', messages: 0 }] })
  expect(await tested({ monitoredFolders: ['Bounces'] })).toMatchObject({ ok: false, message: 'There is no folder Bounces in the mailbox.' })
  expect(await tested({ imap: { password: 'wrong' } })).toMatchObject({ ok: false, message: 'The server refuses user name and password.', reply: expect.stringContaining('AUTHENTICATIONFAILED') })
  expect(await tested({ imap: { security: 'starttls' } })).toMatchObject({ ok: false, message: 'The server does not offer STARTTLS here.' })
  expect(await tested({ imap: { port: 1 } })).toMatchObject({ ok: false, message: 'Nothing listens at 127.0.0.1:1.', reply: expect.stringContaining('ECONNREFUSED') })
  await check(app)
  expect((await app.api.get(`/group-email-accounts/${id}`)).body.lastCheck).toMatchObject({ error: expect.stringContaining('Nothing listens'), advice: expect.stringContaining('host and port') })
})

/** Passes everything on, and cuts the connection at every so many commands. */
async function cuttingProxy(port: number, every: number): Promise<AsyncDisposable & { port: number; cuts(): number }> {
  let commands = 0
  let cuts = 0
  const server = createServer((socket) => {
    const upstream = connect(port, '127.0.0.1')
    const end = () => { socket.destroy(); upstream.destroy() }
    for (const each of [socket, upstream]) each.on('error', end).on('close', end)
    upstream.pipe(socket)
    socket.on('data', (chunk) => {
      commands += chunk.toString('latin1').split('\r\n').length - 1
      if (commands < every) return void upstream.write(chunk)
      commands = 0
      cuts++
      end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, cuts: () => cuts, [Symbol.asyncDispose]: async () => { server.close() } }
}
