/** Why nothing of a mass email goes out: held against what does go out. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { countsOf, type GivenMassEmail, givenMassEmail, openBatch, sendThrough, statusOf } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'

type Reason = { code: string; message: string; until?: string }
const why = async (app: TestApp, { id }: { id: string }): Promise<Reason[]> => (await app.api.get(`/mass-emails/${id}/why`)).body.reasons
const codes = async (app: TestApp, massEmail: { id: string }) => (await why(app, massEmail)).map(({ code }) => code)
const schedulerLives = (app: TestApp) => app.db.updateTable('scheduledJob').set({ checkedUntil: app.clock.read() }).execute()
const senderLives = (app: TestApp) => app.db.insertInto('sender').values({ leaseUntil: sql<Date>`clock_timestamp() + interval '1 hour'` }).execute()
const setPending = (app: TestApp, { id }: GivenMassEmail) => app.api.patch(`/mass-emails/${id}`, { status: 'pending', dateStart: app.clock.read().toISOString() })

type Hindrances = { batch: 'open' | 'closed'; job: boolean; window: boolean; portion: boolean; account: boolean; campaign: boolean }

const bothOf = <Key extends keyof Hindrances>(key: Key, values: Hindrances[Key][], all: Hindrances[]) => all.flatMap((each) => values.map((value) => ({ ...each, [key]: value })))
const combinations = (['job', 'window', 'portion', 'account', 'campaign'] as const)
  .reduce((all, key) => bothOf(key, [true, false], all), bothOf('batch', ['open', 'closed'], [{} as Hindrances]))

/** True: fine. Everything starts from a batch that is open and on which nothing lies in the way. */
async function hinder(app: TestApp, { id, campaignId }: GivenMassEmail, is: Hindrances) {
  await sql`update mass_email set opened_through = ${is.batch === 'open' ? sql`(select max(id) from delivery where mass_email_id = ${id})` : sql`0`} where id = ${id}`.execute(app.db)
  await app.db.updateTable('scheduledJob').set({ status: is.job ? 'active' : 'inactive' }).where('name', '=', 'send-mass-emails').execute()
  await app.db.updateTable('campaign').set({ status: is.campaign ? 'active' : 'inactive' }).where('id', '=', campaignId).execute()
  // It is a Tuesday.
  const { status } = await app.api.patch('/settings/outbound-emails', { window: is.window ? null : { timeZone: 'UTC', days: [3], from: '08:00', to: '09:00' }, maxPerHour: is.portion ? null : 1 })
  expect(status).toBe(200)
  // After the settings: new ones let the account be tried again.
  const broken = is.account ? { brokenSince: null, brokenUntil: null, brokenReason: null } : { brokenSince: app.clock.read(), brokenUntil: new Date(app.clock.read().getTime() + 60_000), brokenReason: '421 not now' }
  await app.db.updateTable('outboundAccount').set(broken).execute()
}

test('nothing is said while mail goes out, and whatever keeps it back is said, in every combination of what can', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  await schedulerLives(app)
  await senderLives(app)
  // Uses up a portion of one.
  await givenMassEmail(app, { to: ['first'] })
  await app.settle()
  const massEmail = await givenMassEmail(app, { to: 80 })
  await openBatch(app)
  const order = ['campaignNotActive', 'accountBroken', 'windowClosed', 'portionUsedUp', 'jobInactive', 'noRunYet']
  for (const is of combinations) {
    await hinder(app, massEmail, is)
    const said = await codes(app, massEmail)
    const before = (await countsOf(app, massEmail))['sent'] ?? 0
    await app.db.updateTable('delivery').set({ dueAt: new Date(app.clock.read().getTime() + 3_600_000) }).where('massEmailId', '=', massEmail.id).where('status', '=', 'pending')
      .where('id', 'not in', (eb) => eb.selectFrom('delivery').select('id').where('massEmailId', '=', massEmail.id).where('status', '=', 'pending').orderBy('id').limit(1)).execute()
    await app.sendWhatIsDue()
    await app.db.updateTable('delivery').set({ dueAt: app.clock.read() }).where('massEmailId', '=', massEmail.id).where('status', '=', 'pending').execute()
    const goesOut = ((await countsOf(app, massEmail))['sent'] ?? 0) > before
    const hindrances = [
      ...(is.campaign ? [] : ['campaignNotActive']), ...(is.account ? [] : ['accountBroken']), ...(is.window ? [] : ['windowClosed']), ...(is.portion ? [] : ['portionUsedUp']),
      ...(is.batch === 'closed' && !is.job ? ['jobInactive'] : []),
    ]
    expect({ ...is, said, goesOut }).toEqual({ ...is, goesOut: is.batch === 'open' && hindrances.length === 0, said: is.batch === 'closed' && hindrances.length === 0 ? ['noRunYet'] : hindrances })
    expect(said).toEqual(said.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
  }
}, 60_000)

test('what is pending says everything that will keep it back; when all is sent nothing is said', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  await schedulerLives(app)
  await senderLives(app)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  expect(await why(app, massEmail)).toMatchObject([{ code: 'noRunYet', until: '2030-01-01T12:00:00.000Z' }])
  await app.api.patch('/scheduled-jobs/send-mass-emails', { status: 'inactive' })
  await app.api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'inactive' })
  await app.db.updateTable('massEmail').set({ dateStart: new Date('2030-01-02T08:00:00Z') }).execute()
  expect(await codes(app, massEmail)).toEqual(['notDue', 'campaignNotActive', 'jobInactive'])
  await app.api.patch('/scheduled-jobs/send-mass-emails', { status: 'active' })
  await app.db.updateTable('massEmail').set({ dateStart: app.clock.read() }).execute()
  app.clock.advance({ minutes: 4 })
  expect(await codes(app, massEmail)).toEqual(['campaignNotActive', 'schedulerDead'])
  await app.api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'active' })
  await app.settle()
  expect([await statusOf(app, massEmail), await codes(app, massEmail)]).toEqual(['complete', []])
})

test('what was put off by its server says until when; an open batch that nobody sends says that, too', async () => {
  let answer: string | undefined = '452 4.2.2 mailbox full'
  await using server = await scriptedServer((line) => (line.startsWith('RCPT') ? answer : undefined))
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna', 'ben'] })
  await openBatch(app)
  await sql`update sender_last_end set ended_at = clock_timestamp() - interval '1 minute'`.execute(app.db)
  expect(await why(app, massEmail)).toMatchObject([{ code: 'schedulerDead', message: expect.stringContaining('sends mail') }])
  await senderLives(app)
  expect(await codes(app, massEmail)).toEqual([])
  await app.sendWhatIsDue()
  expect(await why(app, massEmail)).toMatchObject([{ code: 'notDue', message: expect.stringMatching(/^2 are tried again later/), until: expect.stringMatching(/^2030-01-01T12:0/) }])
  answer = undefined
  app.clock.advance({ minutes: 5 })
  await app.sendWhatIsDue()
  expect([await statusOf(app, massEmail), await codes(app, massEmail)]).toEqual(['complete', []])
})

test('a draft that the pre-flight refused says so until it is changed or passes, whatever the words are', async () => {
  await using app = await startApp()
  await sendThrough(app, { port: 25 })
  const massEmail = await givenMassEmail(app, { to: ['anna'], status: 'draft' })
  expect(await codes(app, massEmail)).toEqual(['draft'])
  await app.api.patch(`/email-templates/${massEmail.templateId}`, { body: '<p>Hello {Person.frstName}</p>' })
  expect((await setPending(app, massEmail)).body.code).toBe('preflightFailed')
  expect(await why(app, massEmail)).toMatchObject([{ code: 'preflightFailed', message: expect.stringContaining('frstName') }])
  await app.api.patch(`/mass-emails/${massEmail.id}`, { name: 'Nobody is told' })
  expect(await codes(app, massEmail)).toEqual(['draft'])
  await setPending(app, massEmail)
  await app.api.patch(`/email-templates/${massEmail.templateId}`, { body: '<p>Hello</p>' })
  expect([(await setPending(app, massEmail)).status, await codes(app, massEmail)]).toEqual([200, ['schedulerDead']])
})

test('an audience that came to nobody, or has nobody to begin with, is told by its code', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await app.api.post('/suppressions', { emailAddress: 'anna@example.net', reason: 'optedOut' })
  await app.settle()
  expect([await statusOf(app, massEmail), await codes(app, massEmail)]).toEqual(['draft', ['emptyAudience']])
  const { body: draft } = await app.api.post('/mass-emails', { campaignId: massEmail.campaignId, name: 'nobody' })
  await app.db.deleteFrom('targetListMember').execute()
  expect(await codes(app, draft)).toEqual(['draft', 'emptyAudience'])
})

test('one that was held before it started and may not start any more says what the pre-flight found', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await sendThrough(app, { port: 25 })
  await app.api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'inactive' })
  expect(await codes(app, massEmail)).toEqual(['paused', 'campaignNotActive'])
  await app.api.delete(`/email-templates/${massEmail.templateId}`)
  const { status, body } = await app.api.post(`/mass-emails/${massEmail.id}/resume`)
  expect([status, body.code]).toEqual([409, 'preflightFailed'])
  expect(await codes(app, massEmail)).toEqual(['preflightFailed', 'campaignNotActive'])
})
