/** In which browsers somebody is signed in, and how that ends. */
import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { browser, password, withPassword } from '../../test/given-browser.ts'

const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

test('somebody sees his browsers in words and when each was last seen, to the minute; ends one, and all others', async () => {
  await using app = await startApp()
  const { userName } = await withPassword(app)
  const [here, there, elsewhere] = [browser(app), browser(app), browser(app)]
  const start = app.clock.read()
  await there.send('POST', '/session', { userName, password }, firefox)
  for (const place of [here, elsewhere]) await place.send('POST', '/session', { userName, password })
  app.clock.advance({ seconds: 59 })
  await there.send('GET', '/tasks')
  const list = async () => (await here.send('GET', '/session/sessions')).body.items
  expect((await list()).map(({ seenAt }: { seenAt: string }) => seenAt)).toEqual([start, start, start].map((at) => at.toISOString()))
  app.clock.advance({ minutes: 2 })
  await there.send('GET', '/tasks')
  const [first, second] = [app.clock.read(), start].map((at) => at.toISOString())
  expect((await list()).map(({ device, seenAt, current }: Record<string, unknown>) => [device, seenAt, current])).toEqual([
    ['Unknown browser', first, true], ['Firefox on Linux', first, false], ['Unknown browser', second, false],
  ])
  expect((await here.send('DELETE', `/session/sessions/${(await list())[1].id}`)).status).toBe(204)
  expect([(await there.send('GET', '/tasks')).status, (await elsewhere.send('GET', '/tasks')).status]).toEqual([401, 200])
  expect((await here.send('DELETE', '/session/sessions')).body).toEqual({ ended: 1 })
  expect([(await elsewhere.send('GET', '/tasks')).status, (await here.send('GET', '/tasks')).status]).toEqual([401, 200])
})

test('nobody ends the session of another but whoever manages users', async () => {
  await using app = await startApp()
  const [{ userName, userId }, other] = [await withPassword(app), await withPassword(app)]
  const [person, stranger] = [browser(app), browser(app)]
  await person.send('POST', '/session', { userName, password })
  await stranger.send('POST', '/session', { userName: other.userName, password })
  const { body: { items: [session] } } = await app.api.get(`/users/${userId}/sessions`)
  expect((await stranger.send('DELETE', `/session/sessions/${session.id}`)).status).toBe(404)
  expect((await app.api.delete(`/users/${other.userId}/sessions/${session.id}`)).status).toBe(404)
  expect((await person.send('GET', '/tasks')).status).toBe(200)
  expect((await app.api.delete(`/users/${userId}/sessions/${session.id}`)).status).toBe(204)
  expect((await person.send('GET', '/tasks')).status).toBe(401)
  expect((await app.api.delete(`/users/${other.userId}/sessions`)).body).toEqual({ ended: 1 })
  expect((await app.api.get('/audit-log?q=session')).body.items.map(({ action, aboutName }: Record<string, unknown>) => [action, aboutName])).toEqual([['sessionsEnded', other.userName], ['sessionEnded', userName]])
})
