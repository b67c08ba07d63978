/** A missing sender, as Delivery Health and *Why is nothing going out?* tell it: the same words, and of all checks one. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, openBatch, sendThrough, statusOf } from '../../test/given-mass-email.ts'
import { type ScriptedServer, scriptedServer } from '../../test/scripted-smtp-server.ts'
import { createDeliveryHealth } from './delivery-health.ts'

type Check = { code: string; level: string; message: string; advice: string }
const checks = async (app: TestApp): Promise<Check[]> => (await app.api.post('/health/delivery/check', {})).body.checks
const massEmails = async (app: TestApp, options: { stopped?: boolean } = {}) => (await createDeliveryHealth(app.ground, options).check('massEmails')).checks.find(({ code }) => code === 'massEmails')!
const why = async (app: TestApp, { id }: { id: string }) => (await app.api.get(`/mass-emails/${id}/why`)).body.reasons as { code: string; message: string }[]
const inTrouble = (all: Check[]) => all.filter(({ level }) => level === 'error' || level === 'warning').map(({ code, level }) => `${code} ${level}`)
const longAgo = (app: TestApp) => sql`update sender_last_end set ended_at = '2026-02-03 03:10:00Z'`.execute(app.db)
const senderLives = (app: TestApp) => app.db.insertInto('sender').values({ leaseUntil: sql<Date>`clock_timestamp() + interval '1 hour'` }).execute()
const senderIsKilled = (app: TestApp) => app.db.updateTable('sender').set({ leaseUntil: sql<Date>`clock_timestamp() - interval '31 seconds'` }).execute()

/** Everything that a test without a proxy and without DNS finds besides. */
async function given(app: TestApp, server: ScriptedServer) {
  await sendThrough(app, server)
  await app.settle()
  const before = inTrouble(await checks(app))
  return { newTroubles: async () => inTrouble(await checks(app)).filter((trouble) => !before.includes(trouble)) }
}

test('mail that is ready to go and no sender is one error, with since when and what to start, in the words of why nothing goes out; a sender ends it', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  const { newTroubles } = await given(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  expect([await newTroubles(), await why(app, massEmail)]).toEqual([[], []])
  await longAgo(app)
  expect(await newTroubles()).toEqual(['massEmails error'])
  const since = 'No process that sends mail has been alive since 3 February 2026 at 03:10 (UTC).'
  expect(await massEmails(app)).toMatchObject({ message: `${since} Ready to go, and waiting for one: “First”.`, advice: expect.stringMatching(/tidings start --role sender.*TIDINGS_ROLES=sender/) })
  expect(await why(app, massEmail)).toMatchObject([{ code: 'schedulerDead', message: since }])
  await senderLives(app)
  expect([await newTroubles(), await why(app, massEmail)]).toEqual([[], []])
  await app.sendWhatIsDue()
  expect(await statusOf(app, massEmail)).toBe('complete')
})

test('what a killed sender had in its hands waits for another one, and is no sign that mail goes out', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  const { newTroubles } = await given(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  await senderLives(app)
  await app.db.updateTable('delivery').set({ status: 'sending', senderId: app.db.selectFrom('sender').select('id') }).execute()
  await longAgo(app)
  expect([await newTroubles(), await why(app, massEmail)]).toEqual([[], []])
  await senderIsKilled(app)
  expect(await newTroubles()).toEqual(['massEmails error'])
  expect(await why(app, massEmail)).toMatchObject([{ code: 'schedulerDead', message: expect.stringMatching(/sends mail/) }])
})

test('while nothing is ready to go, or the window holds it, a missing sender is a warning; one that has just ended may be starting again', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  const { newTroubles } = await given(app, server)
  await longAgo(app)
  expect(await newTroubles()).toEqual(['massEmails warning'])
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  expect((await why(app, massEmail)).map(({ message }) => message)).toEqual([expect.stringMatching(/sends mail/)])
  await openBatch(app)
  await app.api.patch('/settings/outbound-emails', { window: { timeZone: 'UTC', days: [3], from: '08:00', to: '09:00' } })
  expect(await newTroubles()).toEqual(['window warning', 'massEmails warning'])
  expect((await why(app, massEmail)).map(({ code }) => code)).toEqual(['windowClosed', 'schedulerDead'])
  // It comes and goes in good order.
  await app.sendWhatIsDue()
  expect(await newTroubles()).toEqual(['window warning'])
})

test('with another thing wrong about a mass email both are told, the sender first', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await given(app, server)
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await app.api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'inactive' })
  await longAgo(app)
  expect(await massEmails(app)).toMatchObject({ level: 'warning', message: expect.stringMatching(/^No process that sends mail.*“First” waits: its campaign “Spring” is not active\.$/), advice: expect.stringContaining('role sender') })
})

test('the Sandbox, which runs in the sender, is not blamed for it', async () => {
  await using app = await startApp()
  await longAgo(app)
  expect((await checks(app)).filter(({ code }) => code === 'smtp' || code === 'massEmails')).toMatchObject([
    { level: 'unknown', message: expect.stringContaining('Mass emails') }, { level: 'warning', advice: expect.stringContaining('role sender') },
  ])
})

test('while no process of the installation runs at all, none is missed: what waits cannot be told, what is wrong otherwise can', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await given(app, server)
  await longAgo(app)
  expect(await massEmails(app, { stopped: true })).toMatchObject({ level: 'ok' })
  const massEmail = await givenMassEmail(app, { to: ['anna'] })
  await openBatch(app)
  expect(await massEmails(app, { stopped: true })).toMatchObject({ level: 'unknown', message: expect.stringContaining('No server of this installation runs') })
  await app.api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'inactive' })
  expect(await massEmails(app, { stopped: true })).toMatchObject({ level: 'warning', message: '“First” waits: its campaign “Spring” is not active.' })
})
