import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, openBatch, recipientsAt, sendThrough, statusesOf, statusOf } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { verifyFigures } from '../log/recount.ts'

test('a mass email whose time has come goes to everybody once, is logged and counted, and is complete', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben', 'carla'] })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({ anna: ['sent', null], ben: ['sent', null], carla: ['sent', null] })
  expect(recipientsAt(server).toSorted()).toEqual(['anna', 'ben', 'carla'])
  expect(await statusOf(app, massEmail)).toBe('complete')
  const { body: log } = await app.api.get(`/campaigns/${massEmail.campaignId}/log?action=sent`)
  expect(log.total).toBe(3)
  const { body: figures } = await app.api.get(`/mass-emails/${massEmail.id}/figures`)
  expect(figures).toMatchObject({ people: 3, sent: 3, failed: 0, skipped: 0, uncertain: 0 })
})

test('each message is made for its own recipient: name, links and Message-ID', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben'] })
  await app.settle()
  const anna = server.contents.find((content) => content.includes('anna@example.net'))!
  expect(anna).toContain('To: Anna Reader <anna@example.net>')
  expect(anna).toContain('Subject: News for Anna')
  expect(anna).not.toMatch(/ben/i)
  const { body } = await app.api.get(`/mass-emails/${massEmail.id}/deliveries?status=sent`)
  const delivery = body.items.find((item: { emailAddress: string }) => item.emailAddress === 'anna@example.net')
  expect(anna).toContain(`Message-ID: <${delivery.messageId}>`)
  expect(delivery).toMatchObject({ status: 'sent', attempts: 1, record: { entityType: 'Contact', name: 'Anna Reader' } })
})

test('somebody who opts out after the audience was frozen is skipped, and the log says why', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben', 'carla', 'dora'] })
  await openBatch(app)
  const [anna, ben, carla] = massEmail.contactIds
  await app.api.post(`/target-lists/${massEmail.targetListId}/opt-out`, { entityType: 'Contact', id: anna })
  await app.api.patch(`/contacts/${ben}`, { doNotEmail: true })
  await app.api.delete(`/contacts/${carla}`)
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({
    anna: ['skipped', 'optedOutOfList'], ben: ['skipped', 'doNotEmail'], carla: ['skipped', 'recordDeleted'], dora: ['sent', null],
  })
  expect(recipientsAt(server)).toEqual(['dora'])
  const { body: log } = await app.api.get(`/campaigns/${massEmail.campaignId}/log?action=skipped`)
  expect(log.items.map((entry: { detail: { reason: string } }) => entry.detail.reason).toSorted()).toEqual(['doNotEmail', 'optedOutOfList', 'recordDeleted'])
})

test('of 250 recipients with 100 an hour a hundred go at once, the next hundred when the hour is over', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 100 })
  const massEmail = await givenMassEmail(app, { to: 250 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 100, pending: 150 })
  const { body: progress } = await app.api.get(`/mass-emails/${massEmail.id}/progress`)
  expect(progress).toMatchObject({ opened: false, portion: { limit: 100, used: 100, nextAt: '2030-01-01T13:01:00.000Z' } })
  app.clock.advance({ minutes: 59 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 100, pending: 150 })
  app.clock.advance({ minutes: 2 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 200, pending: 50 })
  app.clock.advance({ minutes: 61 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 250 })
  expect(new Set(recipientsAt(server)).size).toBe(250)
  expect(await statusOf(app, massEmail)).toBe('complete')
})

test('several senders at once never send anything twice, and the figures equal a recount', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: 300 })
  await openBatch(app)
  await Promise.all([1, 2, 3].map(() => app.sendWhatIsDue()))
  expect(await countsOf(app, massEmail)).toEqual({ sent: 300 })
  expect(server.contents.length).toBe(300)
  expect(new Set(recipientsAt(server)).size).toBe(300)
  expect(await verifyFigures(app.db)).toEqual([])
})

test('a job fired many times at once freezes an audience once', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: 20 })
  const run = () => openBatch(app)
  const counts = await Promise.all([run(), run(), run(), run(), run()])
  expect(counts.reduce((sum, { frozen }) => sum + frozen!, 0)).toBe(1)
  expect(await countsOf(app, massEmail)).toEqual({ pending: 20 })
})

test('with a batch size a run opens no more than that', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { batchSize: 30 })
  const massEmail = await givenMassEmail(app, { to: 50 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 30, pending: 20 })
  app.clock.advance({ minutes: 1 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 50 })
})

test('an audience in which nobody is left goes back to draft and says so', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await app.api.patch(`/contacts/${massEmail.contactIds[0]}`, { doNotEmail: true })
  await app.settle()
  const { body } = await app.api.get(`/mass-emails/${massEmail.id}`)
  expect(body).toMatchObject({ status: 'draft', notice: expect.stringContaining('Nobody would get it') })
  expect((await app.db.selectFrom('notMailed').selectAll().execute()).length).toBe(0)
})

test('a changed address is followed, unless the new one is in the ledger or may not be mailed', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben', 'carla', 'dora'] })
  await openBatch(app)
  const [anna, ben, carla] = massEmail.contactIds
  await app.api.post('/suppressions', { emailAddress: 'gone@example.net', reason: 'invalid' })
  await app.api.patch(`/contacts/${anna}`, { emailAddress: 'anna.new@example.net' })
  await app.api.patch(`/contacts/${ben}`, { emailAddress: 'dora@example.net' })
  await app.api.patch(`/contacts/${carla}`, { emailAddress: 'gone@example.net' })
  await app.settle()
  expect(await statusesOf(app, massEmail)).toEqual({
    'anna.new': ['sent', null], ben: ['skipped', 'addressChanged'], carla: ['skipped', 'addressChanged'], dora: ['sent', null],
  })
  expect(recipientsAt(server).toSorted()).toEqual(['anna.new', 'dora'])
  expect(await verifyFigures(app.db)).toEqual([])
})

test('outside the sending window nothing leaves, and the page says when it opens', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { window: { timeZone: 'UTC', days: [2], from: '13:00', to: '14:00' } })   // 1 January 2030 is a Tuesday
  const massEmail = await givenMassEmail(app, { to: 3 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ pending: 3 })
  expect((await app.api.get(`/mass-emails/${massEmail.id}/progress`)).body.portion.nextAt).toBe('2030-01-01T13:00:00.000Z')
  app.clock.advance({ hours: 1 })
  await app.settle()
  expect(await countsOf(app, massEmail)).toEqual({ sent: 3 })
})
