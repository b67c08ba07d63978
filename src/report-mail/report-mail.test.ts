/** Reports that are mailed on a schedule, through a real SMTP conversation. */
import { sql } from 'kysely'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenContactsIn, givenReport } from '../../test/given-report.ts'
import { upTo } from '../../test/given-rights.ts'
import { type Script, scriptedServer } from '../../test/scripted-smtp-server.ts'
import { type Db, openDb } from '../platform/db.ts'
import { isDatabaseGone } from '../platform/errors.ts'
import { sendSystemMail } from '../system-mail/send.ts'

const monday = { schedule: '0 8 * * 1', userIds: [] as string[] }
/** A Monday, an hour before. */
const now = new Date('2030-01-07T07:00:00Z')
const byCity = { name: 'Contacts by city', kind: 'grid', groupBy: ['addressCity'], aggregates: ['count'], chart: 'bar', filter: null }

test('when its time has come, everybody gets the report with his own rights: chart, rows, file and link, once', async () => {
  await using app = await startApp({ now })
  await using server = await givenServer(app)
  await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin', cem: 'Hamburg <&>' })
  const { actor: own } = await app.givenUser('regular', { userName: 'own@tidings.example', rights: { ...upTo('all'), types: { Contact: { create: false, read: 'own', edit: 'own', delete: 'no' } } } })
  const id = await givenSchedule(app, await givenReport(app, {}, byCity), { attach: 'csv', userIds: [app.admin.userId, own.userId] })
  expect(await runJob(app)).toEqual({ due: 0, queued: 0, leftOut: 0, failed: 0, later: 0 })
  app.clock.advance({ minutes: 60 })
  expect(await runJob(app)).toEqual({ due: 1, queued: 2, leftOut: 0, failed: 0, later: 0 })
  expect(await runJob(app)).toEqual({ due: 0, queued: 0, leftOut: 0, failed: 0, later: 0 })
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(2)

  const messages = await Promise.all(server.contents.map((content) => PostalMime.parse(content)))
  const toAdmin = messages.find(({ to }) => to?.[0]?.address === app.admin.userName)!
  const toOwn = messages.find(({ to }) => to?.[0]?.address === 'own@tidings.example')!
  expect(toAdmin.subject).toBe('Contacts by city: 7 Jan 2030')
  expect(toAdmin.text).toContain('2 groups at 7 Jan 2030, 08:00 (UTC), with what you may see.')
  expect(toAdmin.text).toContain('Berlin | 2\nHamburg <&> | 1\nTotal | 3')
  expect(toAdmin.html).toContain('Hamburg &lt;&amp;&gt;')
  expect(toAdmin.html).toContain(`/reports/`)
  expect(toAdmin.html).toContain('<img src="cid:chart@tidings" alt="Chart: Contacts by city. Its numbers stand in the table below."')
  expect(toAdmin.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([['chart.png', 'image/png'], ['Contacts by city.csv', 'text/csv']])
  expect(Buffer.from(toAdmin.attachments[0]!.content as ArrayBuffer).subarray(1, 4).toString()).toBe('PNG')
  expect(Buffer.from(toAdmin.attachments[1]!.content as ArrayBuffer).toString()).toContain('Berlin,2')
  // Who may read no contact finds none.
  expect(toOwn.text).toContain('The report found nothing')
  await runJob(app)
  expect((await app.api.get(`/report-schedules/${id}`)).body).toMatchObject({
    scheduleInWords: 'At 08:00, only on Monday', nextRuns: expect.arrayContaining(['2030-01-14T08:00:00.000Z']), lastMails: [{ outcome: 'sent', dueAt: '2030-01-07T08:00:00.000Z' }, { outcome: 'sent' }],
  })
})

test('two processes at the same time, and one that stops among the recipients: everybody is mailed once, nobody is forgotten', async () => {
  await using app = await startApp({ now })
  await using server = await givenServer(app)
  await givenContactsIn(app, { anna: 'Berlin' })
  const { actor: ben } = await app.givenUser('regular')
  const { actor: cem } = await app.givenUser('regular')
  await givenSchedule(app, await givenReport(app), { userIds: [app.admin.userId, ben.userId, cem.userId] })
  app.clock.advance({ minutes: 60 })
  // Stopped before the second recipient.
  let looks = 0
  await runJob(app, { get aborted() { return ++looks > 2 } } as AbortSignal)
  expect(await app.db.selectFrom('systemMail').selectAll().execute()).toHaveLength(1)
  const counts = await Promise.all([runJob(app), runJob(app)])
  expect(counts[0]!['queued']! + counts[1]!['queued']!).toBe(2)
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(3)
  expect(await app.db.selectFrom('reportMail').selectAll().execute()).toHaveLength(3)
})

test('every connection killed among the recipients loses nothing and repeats nothing: what was committed stays, the next run does the rest', async () => {
  await using app = await startApp({ now })
  await givenContactsIn(app, { anna: 'Berlin' })
  const users = await Promise.all(Array.from({ length: 6 }, () => app.givenUser('regular')))
  await givenSchedule(app, await givenReport(app), { userIds: users.map(({ actor }) => actor.userId) })
  app.clock.advance({ minutes: 60 })
  const killer = openDb(app.url, { max: 1 })
  const killAll = () => sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(killer)
  await sql`select`.execute(killer)
  for (const recipient of [1, 3, 5]) {
    let looks = 0
    let killed: Promise<unknown> = Promise.resolve()
    const signal = { get aborted() { if (++looks === 1 + recipient) killed = killAll(); return false } } as AbortSignal
    const program = openDb(app.url)
    await runJob(app, signal, program).catch((error: unknown) => expect(error).toSatisfy(isDatabaseGone))
    await killed
    await program.destroy()
  }
  // Connections of its own: a pool may hold some of those that were killed and hear of it only when they are used.
  const next = openDb(app.url)
  await runJob(app, undefined, next)
  const mails = await next.selectFrom('systemMail').select('toAddress').where('purpose', '=', 'report').execute()
  expect(mails.map(({ toAddress }) => toAddress).toSorted()).toEqual(users.map(({ actor }) => actor.userName).toSorted())
  expect((await next.selectFrom('reportMail').select('outcome').execute()).map(({ outcome }) => outcome)).toEqual(Array(6).fill('queued'))
  await Promise.all([killer.destroy(), next.destroy()])
})

test('a report that cannot be run just now is tried again by the next runs for an hour, for those who are left; only then it failed', async () => {
  await using app = await startApp({ now })
  const { actor: ben } = await app.givenUser('regular')
  const id = await givenSchedule(app, await givenReport(app), { userIds: [app.admin.userId, ben.userId] })
  const trouble = (on: boolean) => sql`alter table ${sql.id(on ? 'contact' : 'contact_away')} rename to ${sql.id(on ? 'contact_away' : 'contact')}`.execute(app.db)
  app.clock.advance({ minutes: 60 })
  await trouble(true)
  expect(await runJob(app)).toEqual({ due: 1, queued: 0, leftOut: 0, failed: 0, later: 2 })
  await trouble(false)
  app.clock.advance({ minutes: 15 })
  expect(await runJob(app)).toMatchObject({ queued: 2, later: 0 })
  expect(await runJob(app)).toMatchObject({ due: 0 })
  expect(await app.db.selectFrom('reportMail').select(['outcome', 'dueAt']).execute()).toEqual(Array(2).fill({ outcome: 'queued', dueAt: new Date('2030-01-07T08:00:00Z') }))

  await trouble(true)
  app.clock.advance({ hours: 7 * 24, minutes: -15 })
  for (let quarter = 0; quarter < 4; quarter++) {
    expect(await runJob(app)).toMatchObject({ failed: 0, later: 2 })
    app.clock.advance({ minutes: 15 })
  }
  expect(await runJob(app)).toMatchObject({ failed: 2, later: 0 })
  expect((await app.api.get(`/report-schedules/${id}`)).body.lastMails[0]).toMatchObject({ outcome: 'failed', reply: expect.stringContaining('could not be run') })
})

test('where the next due time comes before the next run, what cannot be run has failed at once', async () => {
  await using app = await startApp({ now })
  await givenSchedule(app, await givenReport(app), { schedule: '*/15 * * * *', userIds: [app.admin.userId] })
  await sql`alter table contact rename to contact_away`.execute(app.db)
  app.clock.advance({ minutes: 15 })
  expect(await runJob(app)).toMatchObject({ failed: 1, later: 0 })
})

test('a schedule that breaks keeps no other one waiting, and the run says so', async () => {
  await using app = await startApp({ now })
  const reportId = await givenReport(app)
  const broken = await givenSchedule(app, reportId, { userIds: [app.admin.userId] })
  await givenSchedule(app, reportId, { userIds: [app.admin.userId] })
  await app.db.updateTable('reportSchedule').set({ schedule: 'whenever' }).where('id', '=', broken).execute()
  app.clock.advance({ minutes: 60 })
  await expect(runJob(app)).rejects.toThrow(`1 of 2 did not work. ${broken}`)
  expect(await app.db.selectFrom('systemMail').selectAll().execute()).toHaveLength(1)
})

test('what fell due while nothing ran is mailed once, and what fell due while it was off or had another schedule not at all', async () => {
  await using app = await startApp({ now })
  await using server = await givenServer(app)
  const id = await givenSchedule(app, await givenReport(app), { schedule: '0 * * * *', userIds: [app.admin.userId] })
  app.clock.advance({ hours: 30, minutes: 5 })
  expect(await runJob(app)).toMatchObject({ due: 1, queued: 1 })
  await app.api.patch(`/report-schedules/${id}`, { active: false })
  app.clock.advance({ hours: 5 })
  await app.api.patch(`/report-schedules/${id}`, { active: true })
  expect(await runJob(app)).toMatchObject({ due: 0 })
  app.clock.advance({ minutes: 50 })
  await app.api.patch(`/report-schedules/${id}`, { schedule: '0 0 1 1 *' })
  app.clock.advance({ minutes: 30 })
  expect(await runJob(app)).toMatchObject({ due: 0 })
  await sendSystemMail(app.ground)
  expect(server.contents).toHaveLength(1)
})

test('somebody who may not see the report any more is left out, and whoever made the schedule hears of it once', async () => {
  await using app = await startApp({ now })
  await using server = await givenServer(app)
  const { actor: guest } = await app.givenUser('regular', { rights: upTo('own') })
  const { actor: former } = await app.givenUser('regular')
  await givenSchedule(app, await givenReport(app), { schedule: '0 * * * *', userIds: [guest.userId, former.userId] })
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', former.userId).execute()
  for (let hour = 0; hour < 2; hour++) {
    app.clock.advance({ hours: 1 })
    expect(await runJob(app)).toMatchObject({ leftOut: 2, queued: 0 })
  }
  await sendSystemMail(app.ground)
  expect(server.contents).toEqual([])
  const { items } = (await app.api.get('/notices')).body
  expect(items.map(({ kind, text }: any) => [kind, text.split('.')[0]]).toSorted()).toEqual([['scheduledReport', 'There is no such active user'], ['scheduledReport', 'They may not see the report']])
})

test('no mail while nothing is found, where that is asked for; no file for somebody who may not export, and the mail says so', async () => {
  await using app = await startApp({ now })
  await using server = await givenServer(app)
  const { actor: reader } = await app.givenUser('regular', { rights: upTo('all', []) })
  const id = await givenSchedule(app, await givenReport(app), { schedule: '0 * * * *', onlyIfRows: true, attach: 'xlsx', userIds: [reader.userId] })
  app.clock.advance({ hours: 1 })
  await runJob(app)
  expect((await app.api.get(`/report-schedules/${id}`)).body.lastMails).toMatchObject([{ outcome: 'noRows' }])
  await givenContactsIn(app, { anna: 'Berlin' })
  app.clock.advance({ hours: 1 })
  await runJob(app)
  await sendSystemMail(app.ground)
  const message = await PostalMime.parse(server.contents[0]!)
  expect(message.attachments).toEqual([])
  expect(message.text).toContain('Your roles do not let you export, so no file is attached.')
})

test('the server’s answer stands on the schedule, and three failures in a row are told once, until it works', async () => {
  await using app = await startApp({ now })
  let refusal: string | undefined = '550 5.1.1 Nobody here'
  await using _server = await givenServer(app, (line) => (line.startsWith('RCPT') ? refusal : undefined))
  const id = await givenSchedule(app, await givenReport(app), { schedule: '0 * * * *', userIds: [app.admin.userId] })
  const hour = async () => {
    app.clock.advance({ hours: 1 })
    await runJob(app)
    await sendSystemMail(app.ground)
    await runJob(app)
  }
  const notices = async () => (await app.api.get('/notices')).body.items.map(({ title, text, overAt }: any) => [title, text.includes('550 5.1.1 Nobody here'), Boolean(overAt)])
  await hour()
  await hour()
  expect((await app.api.get(`/report-schedules/${id}`)).body.lastMails[0]).toMatchObject({ outcome: 'failed', reply: '550 5.1.1 Nobody here' })
  expect(await notices()).toEqual([])
  await hour()
  await hour()
  expect(await notices()).toEqual([['“People” could not be mailed three times in a row', true, false]])
  refusal = undefined
  await hour()
  expect((await app.db.selectFrom('notice').select('overAt').execute()).every(({ overAt }) => overAt !== null)).toBe(true)
})

test('a schedule is checked; whoever may read the report makes one, and only he or who may change the report changes it', async () => {
  await using app = await startApp({ now })
  const reportId = await givenReport(app)
  const { key: reader, actor } = await app.givenUser('regular', { rights: { ...upTo('all'), types: { Report: { create: false, read: 'all', edit: 'no', delete: 'no' } } } })
  const { body } = await app.as(reader).post('/report-schedules', { reportId, schedule: 'often', userIds: ['nobody'] })
  expect(body.errors.map(({ path }: any) => path)).toEqual(['schedule'])
  expect((await app.as(reader).post('/report-schedules', { reportId, schedule: '0 8 * * 1', userIds: ['nobody'] })).body.errors).toEqual([{ path: 'userIds.0', message: 'There is no such user.' }])
  const mine = await app.as(reader).post('/report-schedules', { reportId, schedule: '0 8 * * 1' })
  expect(mine).toMatchObject({ status: 201, body: { userIds: [actor.userId], mayChange: true, active: true, attach: 'none' } })
  expect((await app.as(reader).patch(`/report-schedules/${mine.body.id}`, { attach: 'csv' })).body).toMatchObject({ attach: 'csv', version: 2 })
  const theirs = await givenSchedule(app, reportId, monday)
  expect((await app.as(reader).patch(`/report-schedules/${theirs}`, { attach: 'csv' })).status).toBe(403)
  expect((await app.api.delete(`/report-schedules/${mine.body.id}`)).status).toBe(204)
  expect((await app.api.get(`/report-schedules?reportId=${reportId}`)).body.items.map(({ id }: any) => id)).toEqual([theirs])
})

test('others get a report once an hour at most, and each of them takes himself out without being asked what else he may do', async () => {
  await using app = await startApp({ now })
  const reportId = await givenReport(app)
  const { key: reader, actor } = await app.givenUser('regular', { rights: { ...upTo('all'), types: { Report: { create: false, read: 'all', edit: 'no', delete: 'no' } } } })
  const fault = { errors: [{ path: 'schedule', message: 'Others get it too: leave at least an hour between two mails.' }] }
  const both = [app.admin.userId, actor.userId]
  for (const schedule of ['* * * * *', '0,30 8 * * 1', '5,59 8,9 * * *']) expect((await app.api.post('/report-schedules', { reportId, schedule, userIds: both })).body).toMatchObject(fault)
  const own = await givenSchedule(app, reportId, { schedule: '*/15 * * * *', userIds: [app.admin.userId] })
  expect((await app.api.patch(`/report-schedules/${own}`, { userIds: both })).body).toMatchObject(fault)
  expect((await app.as(reader).post(`/report-schedules/${own}/leave`)).status).toBe(204)
  const id = await givenSchedule(app, reportId, { schedule: '0 * * * *', userIds: both })
  expect((await app.api.patch(`/report-schedules/${id}`, { schedule: '*/30 * * * *' })).body).toMatchObject(fault)

  expect((await app.as(reader).patch(`/report-schedules/${id}`, { userIds: [app.admin.userId] })).status).toBe(403)
  expect((await app.as(reader).post(`/report-schedules/${id}/leave`)).status).toBe(204)
  expect((await app.api.get(`/report-schedules/${id}`)).body).toMatchObject({ userIds: [app.admin.userId], version: 2 })
  app.clock.advance({ minutes: 60 })
  await runJob(app)
  expect(await app.db.selectFrom('systemMail').select('toAddress').distinct().execute()).toEqual([{ toAddress: app.admin.userName }])
})

test('it can be mailed at once to whoever asks', async () => {
  await using app = await startApp({ now })
  await using server = await givenServer(app)
  await givenContactsIn(app, { anna: 'Berlin' })
  const id = await givenSchedule(app, await givenReport(app), monday)
  expect((await app.api.post(`/report-schedules/${id}/send-to-me`)).body).toEqual({ to: app.admin.userName })
  await sendSystemMail(app.ground)
  expect((await PostalMime.parse(server.contents[0]!)).text).toContain('anna')
})

async function givenServer(app: TestApp, script?: Script) {
  const server = await scriptedServer(script)
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: server.port, security: 'none' }, fromAddress: 'news@acme.test', fromName: 'Acme' })
  return server
}

async function givenSchedule(app: TestApp, reportId: string, more: object): Promise<string> {
  const { status, body, text } = await app.api.post('/report-schedules', { ...monday, reportId, ...more })
  if (status !== 201) throw new Error(`schedule: ${status} ${text}`)
  return body.id
}

const runJob = (app: TestApp, signal: AbortSignal = new AbortController().signal, db: Db = app.db) => app.jobs['send-scheduled-reports']!.run({ db, clock: app.clock.read, signal })
