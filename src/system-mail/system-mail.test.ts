/** Mail that the product writes, on its way through real SMTP conversations. */
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { type Answer, type Script, scriptedServer } from '../../test/scripted-smtp-server.ts'
import { forgetUnreadable } from '../platform/sealed.ts'
import { openSecrets } from '../platform/secrets.ts'
import { queueSystemMail, type SystemMail, withdrawSystemMail } from './queue.ts'
import { sendSystemMail } from './send.ts'

const letter: SystemMail = { purpose: 'report', ref: 'r1', to: { address: 'ann@x.test', name: 'Änne "A" Berg' }, subject: 'Grüße', text: 'Hallo Änne\n' }

test('a mail with a picture and attachments is read as it was written', async () => {
  await using app = await startApp()
  await using server = await given(app)
  const picture = Buffer.from(Array.from({ length: 500 }, (_, index) => index % 256))
  const files = [
    { fileName: 'chart.png', contentType: 'image/png', content: picture, contentId: 'chart@tidings' },
    { fileName: 'Umsätze “Q3” \ud800 sehr lang und noch länger als eine Zeile sein darf.csv', contentType: 'text/csv', content: Buffer.from('a,b\r\n1,2\r\n') },
    { fileName: 'x\r\nBcc: evil@x.test', contentType: 'text/csv', content: Buffer.alloc(0) },
  ]
  await queue(app, { ...letter, html: '<p>Hallo <img src="cid:chart@tidings"></p>', files })
  expect(await sendSystemMail(app.ground)).toBe(1)
  const message = await PostalMime.parse(server.contents[0]!)
  expect(message).toMatchObject({ subject: 'Grüße', to: [{ address: 'ann@x.test', name: 'Änne "A" Berg' }] })
  expect([message.text!.trim(), message.html!.trim()]).toEqual(['Hallo Änne', '<p>Hallo <img src="cid:chart@tidings"></p>'])
  expect(message.attachments.map(({ filename, mimeType, disposition, related }) => [filename, mimeType, disposition, related ?? false])).toEqual([
    ['chart.png', 'image/png', 'inline', true],
    ['Umsätze “Q3” \ufffd sehr lang und noch länger als eine Zeile sein darf.csv', 'text/csv', 'attachment', false],
    ['x Bcc: evil@x.test', 'text/csv', 'attachment', false],
  ])
  expect(Buffer.from(message.attachments[0]!.content as ArrayBuffer)).toEqual(picture)
  expect(Math.max(...server.contents[0]!.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
})

test('the same mail is queued once, and what is not wanted any more does not go out', async () => {
  await using app = await startApp()
  await using server = await given(app)
  expect(await queue(app, letter)).not.toBeNull()
  expect(await queue(app, letter)).toBeNull()
  await queue(app, { ...letter, ref: 'r2' })
  await app.db.transaction().execute((tx) => withdrawSystemMail(tx, 'report', ['r2']))
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(1)
  expect(await queue(app, letter)).toBeNull()
  expect(await states(app)).toEqual([{ ref: 'r1', status: 'sent', repeats: 0 }])
})

test('who carries a mail and dies loses nothing: before the mark it is sent as if nothing had been, behind it with the same Message-ID, or not at all', async () => {
  await using app = await startApp()
  await using server = await given(app)
  await queue(app, letter)
  const claimed = { dueAt: new Date(app.clock.read().getTime() + 300_000), attempts: 1 }
  await app.db.updateTable('systemMail').set(claimed).execute()
  expect(await sendSystemMail(app.ground)).toBe(0)
  app.clock.advance({ minutes: 5 })
  await sendSystemMail(app.ground)
  await queue(app, { ...letter, ref: 'marked' })
  await app.db.updateTable('systemMail').set({ ...claimed, wireAt: app.clock.read(), messageId: 'same@x.test' }).where('ref', '=', 'marked').execute()
  app.clock.advance({ minutes: 5 })
  await sendSystemMail(app.ground)
  expect(server.contents[1]).toContain('Message-ID: <same@x.test>')
  await app.api.patch('/settings/outbound-emails', { neverTwice: true })
  await queue(app, { ...letter, ref: 'never' })
  await app.db.updateTable('systemMail').set({ ...claimed, wireAt: app.clock.read() }).where('ref', '=', 'never').execute()
  app.clock.advance({ minutes: 5 })
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(2)
  expect(await states(app)).toEqual([{ ref: 'marked', status: 'sent', repeats: 1 }, { ref: 'never', status: 'uncertain', repeats: 0 }, { ref: 'r1', status: 'sent', repeats: 0 }])
})

test('a server in trouble is tried again until the mail is of no use any more; a recipient who is refused is not', async () => {
  await using app = await startApp()
  let refusal: string | undefined = '451 4.7.1 Later'
  await using server = await given(app, (line) => (line.startsWith('RCPT') ? refusal : undefined))
  await queue(app, letter)
  await sendSystemMail(app.ground)
  expect(await sendSystemMail(app.ground)).toBe(0)
  app.clock.advance({ minutes: 1 })
  refusal = undefined
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(1)
  refusal = '550 5.1.1 Nobody here'
  await queue(app, { ...letter, ref: 'dead' })
  await sendSystemMail(app.ground)
  refusal = '451 4.7.1 Later'
  await queue(app, { ...letter, ref: 'late', expiresAt: new Date(app.clock.read().getTime() + 60_000) })
  await sendSystemMail(app.ground)
  app.clock.advance({ minutes: 2 })
  await sendSystemMail(app.ground)
  const rows = await app.db.selectFrom('systemMail').select(['ref', 'status', 'reply', 'dueAt']).orderBy('ref').execute()
  expect(rows).toMatchObject([{ ref: 'dead', status: 'failed', reply: '550 5.1.1 Nobody here', dueAt: null }, { ref: 'late', status: 'failed', reply: '451 4.7.1 Later', dueAt: null }, { ref: 'r1', status: 'sent' }])
})

test('refused for now after its last line it has not arrived: it is tried again even where mail is never sent twice, counts as no repeat, and can be withdrawn', async () => {
  await using app = await startApp()
  let verdict: Answer | undefined = '451 4.3.0 Disk full'
  await using server = await given(app, (line) => (line === '.' ? verdict : undefined))
  await app.api.patch('/settings/outbound-emails', { neverTwice: true })
  await queue(app, letter)
  await queue(app, { ...letter, ref: 'unwanted' })
  await queue(app, { ...letter, ref: 'late', expiresAt: new Date(app.clock.read().getTime() + 30_000) })
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(3)
  await app.db.transaction().execute((tx) => withdrawSystemMail(tx, 'report', ['unwanted']))
  verdict = undefined
  app.clock.advance({ minutes: 1 })
  await sendSystemMail(app.ground)
  expect(await states(app)).toEqual([{ ref: 'late', status: 'failed', repeats: 0 }, { ref: 'r1', status: 'sent', repeats: 0 }])
})

test('refused for now when it was sent again, it may still have arrived the first time', async () => {
  await using app = await startApp()
  let verdict: Answer | undefined = 'hang up'
  await using _server = await given(app, (line) => (line === '.' ? verdict : undefined))
  await queue(app, letter)
  await sendSystemMail(app.ground)
  verdict = '451 4.3.0 Disk full'
  app.clock.advance({ hours: 1 })
  await sendSystemMail(app.ground)
  app.clock.advance({ hours: 24 })
  await sendSystemMail(app.ground)
  expect(await states(app)).toEqual([{ ref: 'r1', status: 'uncertain', repeats: 0 }])
})

test('a mail whose sealed text is lost with the secret is given up with the reason, and goes to nobody as an empty one', async () => {
  await using app = await startApp()
  await using server = await given(app)
  await queue(app, { ...letter, text: '', textSealed: openSecrets('a secret that nobody has').seal('Choose a password here') })
  await forgetUnreadable(app.db, app.secrets)
  await sendSystemMail(app.ground)
  expect(server.contents).toEqual([])
  expect(await app.db.selectFrom('systemMail').select(['status', 'reply', 'dueAt']).execute()).toEqual([{ status: 'failed', reply: expect.stringContaining('secret'), dueAt: null }])
})

async function given(app: TestApp, script?: Script) {
  const server = await scriptedServer(script)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: server.port, security: 'none' }, fromAddress: 'news@acme.test', fromName: 'Acme' })
  return server
}

const queue = (app: TestApp, mail: SystemMail) => app.db.transaction().execute((tx) => queueSystemMail(tx, mail, app.clock.read()))
const states = (app: TestApp) => app.db.selectFrom('systemMail').select(['ref', 'status', 'repeats']).orderBy('ref').execute()
