import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail, sendThrough } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'
import { tellAboutPortion } from './portion-notice.ts'

const said = async (app: TestApp) => {
  await Promise.all([1, 2].map(() => tellAboutPortion(app.db, app.clock.read)))
  return (await app.api.get('/notices?filter=' + encodeURIComponent(JSON.stringify({ field: 'kind', op: 'equals', value: 'portionUsedUp' })))).body.items.map(({ overAt }: { overAt: string | null }) => overAt !== null)
}

test('a portion that is used up is told once while mail waits for it, is over when there is allowance, and said again with the next one', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 2 })
  const massEmail = await givenMassEmail(app, { to: 8 })
  expect(await said(app)).toEqual([])
  await app.settle()
  expect(await said(app)).toEqual([false])
  const { body: { items: [notice] } } = await app.api.get('/notices')
  expect(notice).toMatchObject({ level: 'info', about: { type: 'MassEmail', id: massEmail.id }, text: expect.stringMatching(/^2 of 2 were sent within an hour\. What waits goes on by itself at 1 January 2030 at 13:0\d \(UTC\)\.$/) })
  // A little allowance that is used at once: still the same exhaustion.
  app.clock.advance({ minutes: 10 })
  await app.api.patch('/settings/outbound-emails', { maxPerHour: 3 })
  expect(await said(app)).toEqual([true])
  await app.settle()
  expect(await said(app)).toEqual([true])
  app.clock.advance({ minutes: 62 })
  expect(await said(app)).toEqual([true])
  await app.settle()
  expect(await said(app)).toEqual([false, true])
})

test('a portion that nobody waits for is told to nobody', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 2 })
  await givenMassEmail(app, { to: 2 })
  await app.settle()
  expect(await said(app)).toEqual([])
})
