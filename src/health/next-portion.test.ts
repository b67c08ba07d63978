/** When portions start: by the schedule of Send Mass Emails, as it is now. */
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { countsOf, givenMassEmail, sendThrough } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'

test('changing the schedule of Send Mass Emails changes when the next portion starts, as it is told and as it is', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 2 })
  const massEmail = await givenMassEmail(app, { to: 6 })
  const told = async () => [(await app.api.get(`/mass-emails/${massEmail.id}/forecast`)).body.nextPortionAt, (await app.api.get(`/mass-emails/${massEmail.id}/why`)).body.reasons[0]?.until]
  const sentAfter = async (minutes: number) => {
    app.clock.advance({ minutes })
    await app.settle()
    return (await countsOf(app, massEmail))['sent']
  }
  await app.settle()
  // By the minute: when the allowance of the sliding hour is back.
  const [byTheMinute] = await told()
  expect(byTheMinute).toMatch(/^2030-01-01T13:0[1-3]:00/)

  await app.api.patch('/scheduled-jobs/send-mass-emails', { schedule: '30 * * * *' })
  expect(await told()).toEqual(['2030-01-01T13:30:00.000Z', '2030-01-01T13:30:00.000Z'])
  expect([await sentAfter(30), await sentAfter(59), await sentAfter(1)]).toEqual([2, 2, 4])

  await app.api.patch('/scheduled-jobs/send-mass-emails', { schedule: '0 18 * * *' })
  expect(await told()).toEqual(['2030-01-01T18:00:00.000Z', '2030-01-01T18:00:00.000Z'])
  expect([await sentAfter(269), await sentAfter(1)]).toEqual([4, 6])
})
