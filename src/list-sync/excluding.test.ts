import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, sendThrough, statusesOf, statusOf } from '../../test/given-mass-email.ts'
import { givenContactsIn, givenListInStep, givenReport, membersOf, moveTo, runSyncJob } from '../../test/given-report.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'

/** Sent to everybody but a and b, who are in an excluding list in step; its campaign is complete. */
async function givenComplete(app: TestApp, server: { port: number }) {
  await sendThrough(app, server)
  const people = await givenContactsIn(app, { a: 'Berlin', b: 'Berlin', c: 'Bonn' })
  const [all, excluding] = [await givenListInStep(app, [await givenReport(app, { field: 'emailAddress', op: 'contains', value: '@' })], {}, 'All'), await givenListInStep(app, [await givenReport(app)], {}, 'No mail')]
  await runSyncJob(app)
  const massEmail = await givenMassEmail(app, { to: ['zoe'], status: 'draft' })
  await app.api.patch(`/mass-emails/${massEmail.id}`, { targetListIds: [all], excludingTargetListIds: [excluding], status: 'pending' })
  await app.settle()
  expect(Object.keys(await statusesOf(app, massEmail))).toEqual(['c', 'zoe'])
  await app.api.patch(`/campaigns/${massEmail.campaignId}`, { status: 'complete' })
  await moveTo(app, 'Rom', [people['a'], people['b']])
  await givenContactsIn(app, { dora: 'Bonn' })
  return { massEmail, excluding }
}

test('an excluding list is guarded also after its campaign is complete: neither the job nor sending to new members mails those who left it by accident', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  const { massEmail, excluding } = await givenComplete(app, server)
  expect(await runSyncJob(app)).toMatchObject({ removed: 0, notInStep: 1 })
  expect(await membersOf(app, excluding)).toEqual(['a', 'b'])
  expect(await app.api.post(`/mass-emails/${massEmail.id}/send-to-new`)).toMatchObject({ status: 409, body: { code: 'syncHeld', holds: [{ name: 'No mail' }] } })
  expect(await statusOf(app, massEmail)).toBe('complete')
  expect(Object.keys(await statusesOf(app, massEmail))).toEqual(['c', 'zoe'])
})
