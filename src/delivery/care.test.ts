import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, openBatch, sendThrough, statusesOf, statusOf } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { versionOf } from '../content/templates.ts'
import { recordEvents } from '../log/record-events.ts'
import { verifyFigures } from '../log/recount.ts'
import { definitionsStamp } from '../records/entity-types.ts'
import { settleByEvidence } from './evidence.ts'
import type { Frozen } from './frozen.ts'
import { takeLease } from './lease.ts'
import { createMarker } from './mark.ts'

const notices = async (app: TestApp) => (await app.api.get('/notices')).body.items as { kind: string; level: string; title: string; text: string; about: object }[]
const kinds = async (app: TestApp) => (await notices(app)).map(({ kind }) => kind).toSorted()

test('an account that breaks is told to the administrators once, and once when it works again', async () => {
  let broken = true
  await using server = await scriptedServer((line) => (broken && line.startsWith('MAIL') ? '421 4.3.2 closing' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  await givenMassEmail(app, { to: 5 })
  for (let round = 0; round < 4; round++) {
    await app.settle()
    app.clock.advance({ seconds: 15 })
  }
  expect(await notices(app)).toMatchObject([{ kind: 'accountBroken', level: 'error', text: expect.stringContaining('421 4.3.2 closing') }])
  broken = false
  await app.settle()
  expect(await kinds(app)).toEqual(['accountBroken', 'accountWorks', 'massEmailComplete'])
})

test('a mass email that meets too many dead addresses is paused; resumed, it goes on and stops again only when it gets worse', async () => {
  let dead = 20
  await using server = await scriptedServer((line) => (line.startsWith('RCPT') && dead-- > 0 ? '550 5.1.1 no such user' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 150 })
  const massEmail = await givenMassEmail(app, { to: 600 })
  // Each of a hundred domains has a few of them: nobody takes it for the outage of one.
  await sql`update contact set email_address = replace(email_address, '@', '@' || right(split_part(email_address, '@', 1), 2) || '.')`.execute(app.db)
  await app.settle()
  const { body } = await app.api.get(`/mass-emails/${massEmail.id}`)
  expect(body).toMatchObject({ status: 'paused', pausedReason: 'safetyStop', notice: expect.stringMatching(/^Paused by the safety stop: 20 of 1\d\d addresses/) })
  expect((await countsOf(app, massEmail))['pending']).toBeGreaterThanOrEqual(430)
  expect(await notices(app)).toMatchObject([{ kind: 'massEmailPaused', level: 'error', title: '“First” was paused', about: { type: 'MassEmail', id: massEmail.id } }])
  expect((await app.api.get(`/mass-emails/${massEmail.id}/why`)).body.reasons[0]).toMatchObject({ code: 'paused', message: body.notice })

  expect((await app.api.post(`/mass-emails/${massEmail.id}/resume`)).body).toMatchObject({ status: 'inProcess', pausedReason: null, notice: null })
  app.clock.advance({ minutes: 61 })
  await app.settle()
  expect(await statusOf(app, massEmail)).toBe('inProcess')
  expect((await countsOf(app, massEmail))['failed']).toBe(20)

  dead = 1000
  app.clock.advance({ minutes: 61 })
  await app.settle()
  expect(await statusOf(app, massEmail)).toBe('paused')
  expect(await kinds(app)).toEqual(['massEmailPaused', 'massEmailPaused'])
})

test('complaints: a warning at 0.1 %, a stop at 0.3 %', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 700 })
  const massEmail = await givenMassEmail(app, { to: 800 })
  await app.settle()
  await complain(app, massEmail, 1)
  await app.settle()
  await app.settle()
  expect(await kinds(app)).toEqual(['massEmailWarning'])
  expect(await statusOf(app, massEmail)).toBe('inProcess')
  await complain(app, massEmail, 2)
  await app.settle()
  expect(await statusOf(app, massEmail)).toBe('paused')
  expect((await notices(app)).find(({ kind }) => kind === 'massEmailPaused')!.text).toContain('3 of 700 addresses (0.4%) complained')
})

/** The next so many of whom it was sent to. */
async function complain(app: TestApp, { id, campaignId }: { id: string; campaignId: string }, count: number) {
  const { rows } = await sql<{ lane: number; deliveryId: number; entityType: string; recordId: string; emailAddress: string }>`
    select lane, id as delivery_id, entity_type, record_id, email_address from delivery d where mass_email_id = ${id} and status = 'sent'
       and not exists (select from log_entry e where e.lane = d.lane and e.delivery_id = d.id and e.action = 'complained') order by id limit ${count}`.execute(app.db)
  for (const { lane, ...of } of rows) {
    await app.db.transaction().execute((tx) => recordEvents(tx, lane, [{ ...of, massEmailId: id, campaignId, action: 'complained', at: app.clock.read() }]))
  }
}

test('what did not start is a draft again, and its author hears why: too late, nobody in it', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const late = await givenMassEmail(app, { to: ['anna'] })
  await app.api.patch(`/mass-emails/${late.id}`, { status: 'draft', startBy: new Date(app.clock.read().getTime() + 60_000).toISOString() })
  await app.api.patch(`/mass-emails/${late.id}`, { status: 'pending' })
  app.clock.advance({ minutes: 2 })
  const empty = await givenMassEmail(app, { to: ['ben'] })
  await app.api.post('/suppressions', { emailAddress: 'ben@example.net', reason: 'invalid' })
  await app.settle()
  const told = await notices(app)
  expect(told.map(({ kind, text }) => [kind, text.slice(0, 26)])).toEqual(expect.arrayContaining([
    ['massEmailBackToDraft', 'It could not start in time'], ['massEmailBackToDraft', 'Nobody would get it: of 1 '],
  ]))
  expect([await statusOf(app, late), await statusOf(app, empty)]).toEqual(['draft', 'draft'])
})

test('complete: its author is told how many got it', async () => {
  await using server = await scriptedServer((line) => (line.startsWith('RCPT TO:<anna') ? '550 5.7.1 no' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  await givenMassEmail(app, { to: ['anna', 'ben'] })
  await app.settle()
  expect(await notices(app)).toMatchObject([{ kind: 'massEmailComplete', level: 'warning', text: 'Sent to 1 of 2; 1 failed.' }])
})

test('with "never twice" a person chooses: one is sent again, the others count as sent; it is audited and logged', async () => {
  let silent = true
  await using server = await scriptedServer((line) => (silent && line === '.' ? 'hang up' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { neverTwice: true })
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben', 'carla'] })
  await app.settle()
  app.clock.advance({ hours: 2 })
  await app.settle()
  expect([await countsOf(app, massEmail), await statusOf(app, massEmail)]).toEqual([{ uncertain: 3 }, 'complete'])
  const { items } = (await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=uncertain`)).body
  expect(items[0]).toMatchObject({ sentAgainAt: null, reasonCode: 'noAnswer', markedAt: '2030-01-01T12:00:00.000Z' })
  const choose = (body: object) => app.api.post(`/mass-emails/${massEmail.id}/uncertain`, body)
  expect(await choose({ action: 'sendAgain', deliveryIds: ['99-1'] })).toMatchObject({ status: 400, body: { errors: [{ path: 'deliveryIds.0' }] } })
  const anna = items.find(({ emailAddress }: { emailAddress: string }) => emailAddress.startsWith('anna')).id
  silent = false
  expect((await choose({ action: 'sendAgain', deliveryIds: [anna] })).body).toMatchObject({ status: 'inProcess', deliveries: 1 })
  expect((await choose({ action: 'countAsSent' })).body).toMatchObject({ deliveries: 2 })
  expect(await choose({ action: 'countAsSent' })).toMatchObject({ status: 409, body: { code: 'nothingUncertain' } })
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect([await countsOf(app, massEmail), await statusOf(app, massEmail)]).toEqual([{ sent: 3 }, 'complete'])
  const log = (await app.api.get(`/campaigns/${massEmail.campaignId}/log?action=sent`)).body.items
  expect(log.map(({ detail }: { detail: object }) => detail).filter((detail: { reason?: string }) => detail.reason === 'countedAsSent').length).toBe(2)
  const audited = await app.db.selectFrom('auditEntry').select(['action', 'detail']).where('action', 'like', 'uncertain%').orderBy('action').execute()
  expect(audited).toEqual([{ action: 'uncertainCountedAsSent', detail: { deliveries: 2 } }, { action: 'uncertainSentAgain', detail: { deliveries: 1 } }])
  expect(await verifyFigures(app.db)).toEqual([])
})

test('evidence settles an unknown one as sent, also while it waits to be sent again', async () => {
  let silent = true
  await using server = await scriptedServer((line) => (silent && line === '.' ? 'hang up' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben'] })
  await app.settle()
  await app.api.post(`/mass-emails/${massEmail.id}/pause`)
  const [{ id: anna, sentAgainAt }] = (await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=uncertain&q=anna`)).body.items
  expect(sentAgainAt).toBe('2030-01-01T12:15:00.000Z')
  await app.api.post(`/mass-emails/${massEmail.id}/uncertain`, { action: 'sendAgain' })
  expect(await countsOf(app, massEmail)).toEqual({ pending: 2 })
  const [lane, id] = anna.split('-').map(Number)
  await app.db.transaction().execute((tx) => settleByEvidence(tx, lane, [id], app.clock.read()))
  silent = false
  await app.api.post(`/mass-emails/${massEmail.id}/resume`)
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['sent', null], ben: ['sent', null] })
  expect(server.contents.length).toBe(3)
  expect(await verifyFigures(app.db)).toEqual([])
})

test('a server that never answers gets each mail for a day at most; then a person decides', async () => {
  await using server = await scriptedServer((line) => (line === '.' ? 'hang up' : undefined))
  await using app = await startApp()
  await sendThrough(app, server, { retryForHours: 1 })
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  for (let quarter = 0; quarter < 8; quarter++) {
    await app.settle()
    app.clock.advance({ minutes: 16 })
  }
  expect(server.contents.length).toBe(4)
  expect([await statusesOf(app, massEmail), await statusOf(app, massEmail)]).toEqual([{ anna: ['uncertain', 'noAnswer'] }, 'complete'])
})

test('paused, the rest can go out in the new version: each delivery names its own; a broken one is refused', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 2 })
  const massEmail = await givenMassEmail(app, { to: 4 })
  await app.settle()
  const useNew = () => app.api.post(`/mass-emails/${massEmail.id}/use-new-version`)
  expect(await useNew()).toMatchObject({ status: 409, body: { code: 'stepNotAllowed' } })
  expect((await app.api.post(`/mass-emails/${massEmail.id}/pause`)).body).toMatchObject({ status: 'paused', newVersion: false })
  expect(await useNew()).toMatchObject({ status: 409, body: { code: 'noNewVersion' } })
  const template = (body: string) => app.api.patch(`/email-templates/${massEmail.templateId}`, { body })
  await template('<p>Dear {Person.frstName}</p>')
  expect(await useNew()).toMatchObject({ status: 409, body: { code: 'preflightFailed' } })
  await template('<p>Dear {Person.firstName|reader}</p>')
  expect((await app.api.get(`/mass-emails/${massEmail.id}`)).body.newVersion).toBe(true)
  expect((await useNew()).body).toMatchObject({ deliveries: 2, newVersion: false, status: 'paused' })
  await app.api.post(`/mass-emails/${massEmail.id}/resume`)
  app.clock.advance({ minutes: 61 })
  await app.settle()
  expect(server.contents.map((content) => /(Hello|Dear)/.exec(content)![1])).toEqual(['Hello', 'Hello', 'Dear', 'Dear'])
  const { rows } = await sql<{ count: number }>`select count(*) as count from delivery where mass_email_id = ${massEmail.id} group by template_version_id order by min(sent_at)`.execute(app.db)
  expect(rows.map(({ count }) => count)).toEqual([2, 2])
  expect((await app.db.selectFrom('auditEntry').select('detail').where('action', '=', 'massEmailVersionChanged').execute())).toMatchObject([{ detail: { deliveries: 2 } }])
})

test('while something of it is on the wire the version stays', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: 2 })
  await openBatch(app)
  await app.api.post(`/mass-emails/${massEmail.id}/pause`)
  await app.api.patch(`/email-templates/${massEmail.templateId}`, { body: '<p>New</p>' })
  await sql`update delivery set status = 'sending' where id = (select min(id) from delivery)`.execute(app.db)
  expect(await app.api.post(`/mass-emails/${massEmail.id}/use-new-version`)).toMatchObject({ status: 409, body: { code: 'stillSending' } })
})

test('evidence settles what may have arrived also after a second try was put off', async () => {
  let dots = 0
  await using server = await scriptedServer((line) => (line === '.' && dots++ === 0 ? 'hang up' : line.startsWith('RCPT') && dots > 0 ? '451 4.7.1 later' : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await app.settle()
  app.clock.advance({ minutes: 16 })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['pending', 'deferred'] })
  const { lane, id } = await app.db.selectFrom('delivery').select(['lane', 'id']).executeTakeFirstOrThrow()
  await app.db.transaction().execute((tx) => settleByEvidence(tx, lane, [id], app.clock.read()))
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['sent', null] })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('what was made ready in a version that has been replaced since is not marked: it is given back and made anew', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const { id, templateId } = await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  const lease = await takeLease(app.db)
  await sql`update delivery set status = 'sending', sender_id = ${lease.id}`.execute(app.db)
  const { frozen, templateVersionId } = await app.db.selectFrom('massEmail').select(['frozen', 'templateVersionId']).where('id', '=', id).executeTakeFirstOrThrow()
  const delivery = await app.db.selectFrom('delivery').select(['lane', 'id']).executeTakeFirstOrThrow()
  const mark = createMarker(app.db, { massEmailId: id, templateVersionId: templateVersionId!, frozen: frozen as Frozen, honourRemovals: true, definitions: definitionsStamp() })
  const asked = { lane: delivery.lane, ids: [delivery.id], senderId: lease.id, now: app.clock.read() }
  await app.api.patch(`/email-templates/${templateId}`, { subject: 'Better news' })
  const newer = await app.db.transaction().execute((tx) => versionOf(tx, templateId))
  await app.db.updateTable('massEmail').set({ templateVersionId: newer }).where('id', '=', id).execute()
  expect(await mark(asked)).toEqual(new Map([[delivery.id, 'stopped']]))
  await app.db.updateTable('massEmail').set({ templateVersionId }).where('id', '=', id).execute()
  expect(await mark(asked)).toEqual(new Map([[delivery.id, 'marked']]))
  await lease.end()
})
