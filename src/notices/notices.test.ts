import { expect, test } from 'vitest'
import { noon, startApp, type TestApp } from '../../test/app.ts'
import { endNotice, endNotices, forgetOldNotices, notify, type NoticeInput } from './notices.ts'

const broken: NoticeInput = {
  kind: 'accountBroken', level: 'error', title: 'Acme does not take mail', text: 'ECONNREFUSED', to: 'administrators',
  about: { type: 'OutboundAccount', id: 'a1', name: 'Acme' }, onceKey: 'accountBroken:a1',
}
const titles = async (api: TestApp['api']) => (await api.get('/notices')).body.items.map(({ title }: { title: string }) => title)

test('one fault gives one notice, whoever sees it how often; when it is over the next one is said again', async () => {
  await using app = await startApp()
  const said = await Promise.all(Array.from({ length: 5 }, () => notify(app.db, broken, noon)))
  expect(said.filter(Boolean).length).toBe(1)
  expect(await titles(app.api)).toEqual([broken.title])
  expect(await endNotice(app.db, 'accountBroken:a1', noon)).toBe(true)
  expect(await endNotice(app.db, 'accountBroken:a1', noon)).toBe(false)
  expect(await notify(app.db, broken, noon)).toBe(true)
  expect((await app.api.get('/notices')).body).toMatchObject({ total: 2, unread: 2 })
  await notify(app.db, { ...broken, onceKey: 'accountBroken:a2' }, noon)
  expect(await endNotices(app.db, ['accountBroken:a1', 'accountBroken:a2', 'never said'], noon)).toBe(2)
})

test('everybody sees his own notices only, and reads them for himself', async () => {
  await using app = await startApp()
  const [anna, ben] = [await app.givenUser('regular'), await app.givenUser('regular')]
  await notify(app.db, { ...broken, title: 'For both', onceKey: 'x', to: { userIds: [anna.actor.userId, ben.actor.userId, anna.actor.userId] } }, noon)
  await notify(app.db, { ...broken, title: 'For Anna', onceKey: 'y', to: { userIds: [anna.actor.userId] } }, noon)
  const [asAnna, asBen] = [app.as(anna.key), app.as(ben.key)]
  expect((await titles(asAnna)).toSorted()).toEqual(['For Anna', 'For both'])
  expect([await titles(asBen), await titles(app.api)]).toEqual([['For both'], []])
  const [{ id }] = (await asAnna.get('/notices?q=anna')).body.items
  expect((await asBen.post(`/notices/${id}/read`)).status).toBe(404)
  expect((await asAnna.post(`/notices/${id}/read`)).body).toMatchObject({ title: 'For Anna', readAt: noon.toISOString(), about: { id: 'a1', name: 'Acme' } })
  expect((await asAnna.get('/notices')).body.unread).toBe(1)
  expect((await asAnna.post('/notices/read')).body).toEqual({ read: 1 })
  expect([(await asAnna.get('/notices')).body.unread, (await asBen.get('/notices')).body.unread]).toEqual([0, 1])
  expect((await app.as(null).get('/notices')).status).toBe(401)
})

test('when nobody it is meant for is active any more, the administrators hear of it', async () => {
  await using app = await startApp()
  const { actor } = await app.givenUser('regular')
  await app.db.updateTable('user').set({ isActive: false }).where('id', '=', actor.userId).execute()
  await notify(app.db, { ...broken, to: { userIds: [actor.userId, null] } }, noon)
  expect(await titles(app.api)).toEqual([broken.title])
})

test('old notices are forgotten, faults that last are not', async () => {
  await using app = await startApp()
  await notify(app.db, broken, noon)
  await notify(app.db, { kind: 'massEmailComplete', level: 'success', title: 'News is complete', to: 'administrators' }, noon)
  expect(await forgetOldNotices(app.db, new Date('2029-12-31T00:00:00Z'))).toBe(0)
  expect(await forgetOldNotices(app.db, new Date('2030-01-15T00:00:00Z'))).toBe(1)
  expect(await titles(app.api)).toEqual([broken.title])
})
