import { sql } from 'kysely'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, sendThrough } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { sendSystemMail } from '../system-mail/send.ts'
import { overTime } from './over-time.ts'

test('a day after its last mass email was complete the owner gets the figures of the campaign, once', async () => {
  await using app = await startApp()
  await using server = await scriptedServer()
  await sendThrough(app, server)
  const { campaignId } = await givenMassEmail(app, { to: ['anna', 'ben'] })
  await app.settle()
  const mailed = server.contents.length
  app.clock.advance({ hours: 23 })
  expect(await runJob(app)).toEqual({ queued: 0, leftOut: 0 })
  app.clock.advance({ hours: 2 })
  const counts = await Promise.all([runJob(app), runJob(app)])
  expect(counts[0]!['queued']! + counts[1]!['queued']!).toBe(1)
  expect(await runJob(app)).toEqual({ queued: 0, leftOut: 0 })
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(mailed + 1)

  const message = await PostalMime.parse(server.contents.at(-1)!)
  expect(message.to?.[0]?.address).toBe(app.admin.userName)
  expect(message.subject).toBe('Spring: how it went')
  expect(message.text).toMatch(/2 people reached, 2 mails delivered, 0% opened/)
  expect(message.text).toContain('Delivered | 2')
  expect(message.text).toContain('Dead addresses: 0% of what was sent, within the safe line of 5%.')
  expect(message.html).toContain(`/campaigns/${campaignId}`)
  expect(message.attachments.map(({ filename, mimeType, related }) => [filename, mimeType, related])).toEqual([['chart1.png', 'image/png', true], ['chart2.png', 'image/png', true]])
})

test('a campaign of which another mass email is to come waits, one without an owner who may see it is let be, and old ones too', async () => {
  await using app = await startApp()
  await using server = await scriptedServer()
  await sendThrough(app, server)
  const waiting = await givenMassEmail(app, { to: ['anna'] })
  const old = await givenMassEmail(app, { to: ['ben'] })
  const ownerless = await givenMassEmail(app, { to: ['cem'] })
  await app.settle()
  expect((await app.api.post('/mass-emails', { campaignId: waiting.campaignId, name: 'Next', emailTemplateId: waiting.templateId, dateStart: '2030-01-09T12:00:00Z', status: 'pending' })).status).toBe(201)
  await app.db.updateTable('massEmail').set({ completedAt: new Date('2029-12-01T12:00:00Z') }).where('id', '=', old.id).execute()
  await app.db.updateTable('campaign').set({ assignedUserId: null, createdBy: null }).where('id', '=', ownerless.campaignId).execute()
  app.clock.advance({ hours: 25 })
  expect(await runJob(app)).toEqual({ queued: 0, leftOut: 1 })
  expect(await app.db.selectFrom('campaignSummary').select(['campaignId', 'leftOut']).execute()).toEqual([{ campaignId: ownerless.campaignId, leftOut: 'The campaign has no owner.' }])
})

test('a campaign of which no summary can be made keeps no other owner waiting, and the run says so', async () => {
  await using app = await startApp()
  await using server = await scriptedServer()
  await sendThrough(app, server)
  const broken = await givenMassEmail(app, { to: ['anna'] })
  const other = await givenMassEmail(app, { to: ['ben'] })
  await app.settle()
  await app.db.updateTable('massEmail').set({ completedAt: new Date('2030-01-01T11:00:00Z') }).where('id', '=', broken.id).execute()
  await sql`
    create function refuse() returns trigger language plpgsql as $$ begin if new.campaign_id = ${sql.lit(broken.campaignId)} then raise 'Not this one.'; end if; return new; end $$;
    create trigger refuse before insert on campaign_summary for each row execute function refuse()`.execute(app.db)
  app.clock.advance({ hours: 25 })
  await expect(runJob(app)).rejects.toThrow(`1 of 2 did not work. ${broken.campaignId}: Not this one.`)
  expect(await app.db.selectFrom('campaignSummary').select('campaignId').execute()).toEqual([{ campaignId: other.campaignId }])
})

test('figures run evenly over time: by the hour, or by the days of the time zone when there are many', () => {
  const at = (hour: string, opened: number) => ({ hour: new Date(hour), counts: { opened } })
  const metrics = [{ key: 'opened', label: 'Opened' }]
  expect(overTime([at('2030-01-01T12:00:00Z', 3), at('2030-01-01T14:00:00Z', 1)], metrics, 'UTC')).toMatchObject({ categories: ['12:00', '13:00', '14:00'], series: [{ values: [3, 0, 1] }] })
  const days = overTime([at('2030-01-01T23:00:00Z', 3), at('2030-01-04T12:00:00Z', 1)], metrics, 'Europe/Berlin')
  expect(days).toMatchObject({ categories: ['2 Jan', '3 Jan', '4 Jan'], series: [{ values: [3, 0, 1] }] })
  expect(overTime([], metrics, 'UTC')).toMatchObject({ categories: [], series: [{ values: [] }] })
})

const runJob = (app: TestApp) => app.jobs['send-campaign-summaries']!.run({ db: app.db, clock: app.clock.read, signal: new AbortController().signal })
