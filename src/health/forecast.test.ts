import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { givenMassEmail, sendThrough } from '../../test/given-mass-email.ts'
import { scriptedServer } from '../../test/scripted-smtp-server.ts'

test('a mass email on its way says when it will be out, hour by hour, and what it waits for', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 10 })
  const massEmail = await givenMassEmail(app, { to: 25 })
  await app.settle()
  const { status, body } = await app.api.get(`/mass-emails/${massEmail.id}/forecast`)
  expect(status).toBe(200)
  expect(body).toEqual({
    waiting: 15, perHour: 10, limitedBy: 'portion', nextPortionAt: '2030-01-01T13:01:00.000Z', finishesAt: '2030-01-01T14:02:00.000Z',
    portions: [
      { hour: '2030-01-01T12:00:00.000Z', sent: 10, planned: 0 }, { hour: '2030-01-01T13:00:00.000Z', sent: 0, planned: 10 }, { hour: '2030-01-01T14:00:00.000Z', sent: 0, planned: 5 },
    ],
  })
})

test('before it is frozen it says when so many people would be reached', async () => {
  await using server = await scriptedServer()
  await using app = await startApp()
  await sendThrough(app, server, { maxPerHour: 1000 })
  const massEmail = await givenMassEmail(app, { to: 1, status: 'draft' })
  expect((await app.api.get(`/mass-emails/${massEmail.id}/forecast?people=2500`)).body).toMatchObject({ waiting: 2500, finishesAt: '2030-01-01T14:02:00.000Z', limitedBy: 'portion' })
  expect((await app.api.get(`/mass-emails/${massEmail.id}/forecast`)).body).toMatchObject({ waiting: 0, finishesAt: null })
  expect((await app.api.get('/mass-emails/nonsense/forecast')).status).toBe(404)
})
