/** What the settings keep only for some days goes, a day later and not before; the figures stay right, and addresses are kept as far as they may be. */
import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { verifyFigures } from '../src/log/recount.ts'
import { newId } from '../src/platform/id.ts'
import { startApp, type TestApp } from './app.ts'
import { storeMails } from '../src/delivery/stored-mail.ts'
import { givenMassEmail } from './given-mass-email.ts'
import { givenMailbox, givenSent } from './given-returned-mail.ts'

const cleanUp = async (app: TestApp) => {
  await app.api.post('/scheduled-jobs/clean-up/run')
  await app.settle()
}
const countOf = async (app: TestApp, table: 'auditEntry' | 'settingChange' | 'notice' | 'sandboxMessage') =>
  Number((await app.db.selectFrom(table).select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow()).count)

test('without a limit nothing of it is deleted', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { companyName: 'Acme' })
  app.clock.advance({ hours: 24 * 4000 })
  await cleanUp(app)
  expect(await countOf(app, 'settingChange')).toBe(1)
  expect(await countOf(app, 'auditEntry')).toBeGreaterThan(0)
})

test('audit log and history of settings, notices and captured mail are kept as long as the settings say', async () => {
  await using app = await startApp({ now: new Date() })
  await app.api.patch('/settings/general', { keepAuditDays: 30, keepNoticesDays: 10, keepRawMailDays: 5 })
  const at = app.clock.read()
  await app.db.insertInto('notice').values({ id: newId(), kind: 'x', level: 'info', title: 'Done', createdAt: at }).execute()
  await app.db.insertInto('sandboxMessage').values({ id: newId(), receivedAt: at, envelopeFrom: '', envelopeTo: '', size: 1, raw: Buffer.from('x') }).execute()
  const left = async () => [await countOf(app, 'sandboxMessage'), await countOf(app, 'notice'), await countOf(app, 'settingChange')]
  app.clock.advance({ hours: 5 * 24 - 1 })
  await cleanUp(app)
  expect(await left()).toEqual([1, 1, 1])
  app.clock.advance({ hours: 2 })
  await cleanUp(app)
  expect(await left()).toEqual([0, 1, 1])
  app.clock.advance({ hours: 5 * 24 })
  await cleanUp(app)
  expect(await left()).toEqual([0, 0, 1])
  app.clock.advance({ hours: 21 * 24 })
  await cleanUp(app)
  expect(await left()).toEqual([0, 0, 0])
  expect(await countOf(app, 'auditEntry')).toBe(0)
})

test('where one step of Clean Up fails the others have their turn, and the run fails and names it', async () => {
  await using app = await startApp()
  await app.api.patch('/settings/general', { keepNoticesDays: 10 })
  await app.db.insertInto('notice').values({ id: newId(), kind: 'x', level: 'info', title: 'Done', createdAt: app.clock.read() }).execute()
  await sql`alter table log_entry rename to log_entry_away`.execute(app.db)
  await app.api.patch('/settings/general', { keepLogDetailDays: 30 })
  app.clock.advance({ hours: 11 * 24 })
  await expect(cleanUp(app)).rejects.toThrow(/logDetail: .*log_entry/)
  expect(await app.db.selectFrom('notice').select('id').where('kind', '=', 'x').execute()).toEqual([])
  const run = await app.db.selectFrom('scheduledJobRun').select(['outcome', 'error']).where('job', '=', 'clean-up').executeTakeFirstOrThrow()
  expect(run).toEqual({ outcome: 'failed', error: expect.stringMatching(/logDetail: .*log_entry/) })
})

test('of sent and returned mail the bytes go, and what is known of it stays', async () => {
  await using app = await startApp()
  const at = app.clock.read()
  const { massEmail, deliveries: [delivery] } = await givenSent(app, ['anna@example.com'])
  await storeMails(app.db, [{ lane: delivery!.lane, deliveryId: delivery!.id, massEmailId: massEmail.id, raw: Buffer.from('Subject: x'), at }])
  const accountId = await givenMailbox(app)
  await app.db.insertInto('mailboxMessage').values({
    id: newId(), accountId, folder: 'INBOX', uidValidity: 1, uid: 1, receivedAt: at, readAt: at, kind: 'hardBounce', outcome: 'logged', classification: '{"from": "mx", "text": "no such user"}', raw: Buffer.from('Subject: x'),
  }).execute()
  await app.api.patch('/settings/general', { keepRawMailDays: 10 })
  const left = async () => [
    await app.db.selectFrom('storedMail').select('deliveryId').execute(), await app.db.selectFrom('mailboxMessage').select(['outcome', 'classification', sql<boolean>`raw is not null`.as('raw')]).execute(),
  ]
  app.clock.advance({ hours: 10 * 24 - 1 })
  await cleanUp(app)
  expect(await left()).toEqual([[{ deliveryId: delivery!.id }], [{ outcome: 'logged', classification: { from: 'mx', text: 'no such user' }, raw: true }]])
  app.clock.advance({ hours: 2 })
  await cleanUp(app)
  expect(await left()).toEqual([[], [{ outcome: 'logged', classification: { from: 'mx' }, raw: false }]])
})

test('old entries of the campaign log lose words and marks, and no figure changes', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const { id: massEmailId } = await givenMassEmail(app, { to: ['anna'] })
  await app.api.post('/scheduled-jobs/send-mass-emails/run')
  await app.settle()
  const { rows: [{ lane, id }] } = await sql<{ lane: number; id: number }>`select lane, id from delivery limit 1`.execute(app.db) as { rows: [{ lane: number; id: number }] }
  await sql`update log_entry set detail = '{"reply": "550 no such user anna@example.com", "text": "I am away", "visitor": "abc", "reason": "deadAddress", "verified": true}'
             where lane = ${lane} and delivery_id = ${id}`.execute(app.db)
  const figures = (await app.api.get(`/mass-emails/${massEmailId}/figures`)).body
  await app.api.patch('/settings/general', { keepLogDetailDays: 30 })
  app.clock.advance({ hours: 29 * 24 })
  await cleanUp(app)
  const detail = async () => (await sql<{ detail: object }>`select detail from log_entry where lane = ${lane} and delivery_id = ${id}`.execute(app.db)).rows[0]!.detail
  expect(await detail()).toHaveProperty('reply')
  app.clock.advance({ hours: 2 * 24 })
  await cleanUp(app)
  expect(await detail()).toEqual({ reason: 'deadAddress', verified: true })
  expect((await app.api.get(`/mass-emails/${massEmailId}/figures`)).body).toEqual(figures)
  expect(await verifyFigures(app.db)).toEqual([])
})

test('what is written down of an address of somebody who signs in or changes something is what the settings allow', async () => {
  await using app = await startApp()
  const ipsOf = async () => {
    await app.api.patch('/settings/general', { companyName: newId() })
    return (await app.db.selectFrom('auditEntry').select('ip').orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).ip
  }
  expect(await ipsOf()).toBe('127.0.0.1')
  await app.api.patch('/settings/general', { storeIp: 'anonymised' })
  expect(await ipsOf()).toBe('127.0.0.0')
  await app.api.patch('/settings/general', { storeIp: 'no' })
  expect(await ipsOf()).toBe('')
})

test('a session keeps of the address what the settings allow', async () => {
  await using app = await startApp()
  const { id } = (await app.api.post('/users', { userName: 'anna', emailAddress: 'anna@tidings.example', password: 'a long password' })).body
  await app.api.patch('/settings/general', { storeIp: 'anonymised' })
  expect((await app.as(null).post('/session', { userName: 'anna', password: 'a long password' })).status).toBe(201)
  expect(await app.db.selectFrom('session').select('ip').where('userId', '=', id).executeTakeFirst()).toEqual({ ip: '127.0.0.0' })
})
