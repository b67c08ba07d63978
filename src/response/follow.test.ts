import { expect, test } from 'vitest'
import { noon, startApp } from '../../test/app.ts'
import { browser, entries, form, givenLink, givenMail, optOuts, pathsOf } from '../../test/given-mail.ts'
import { figuresOf } from '../log/figures-of.ts'
import { verifyFigures } from '../log/recount.ts'

test('a click leads to the stored address, never to one from the query, and is in the log before the answer', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/spring?a=1&b=ü' })
  const answer = await app.as(null).get(`${pathsOf(app, ann).click(link.number)}?url=https://evil.test`, undefined, browser)
  expect(answer).toMatchObject({ status: 302, headers: { location: 'https://shop.test/spring?a=1&b=%C3%BC', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(await entries(app, 'clicked')).toEqual([{ emailAddress: 'ann@x.test', machine: false, repeats: 1 }])
  expect(await entries(app, 'opened')).toEqual([])
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ clicked: 1, clicks: 1, opened: 0 })
})

test('a click implies an open where opens are tracked', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app, { openTracking: true })
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  for (let i = 0; i < 3; i++) await app.as(null).get(pathsOf(app, ann).click(link.number), undefined, browser)
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ clicked: 1, clicks: 3, opened: 1 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('a link that shows a message renders its text, and nothing in it is markup', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const link = await givenLink(app, campaignId, { action: 'showMessage', message: 'Thanks!\n\n<script>alert(1)</script>' })
  const { status, text } = await app.as(null).get(pathsOf(app, ann).click(link.number), undefined, browser)
  expect(status).toBe(200)
  expect(text).toContain('<p>Thanks!</p><p>&lt;script&gt;')
})

test('the open pixel is a GIF that nobody keeps, and logs an open', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const { status, headers } = await app.as(null).get(pathsOf(app, ann).open, undefined, browser)
  expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'image/gif', 'no-store'])
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ opened: 1 })
})

test('wrong tokens, other spellings and tokens of another purpose all get the same page', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  const { click, optOut, open } = pathsOf(app, ann)
  const good = click(link.number)
  const wrong = [
    '/c/AAAA', `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`, `${good}/`, `${good}.gif`, `${good}x`, `/c/${optOut.slice(3)}`, good.replace('/c/', '/u/'),
    `${good.slice(0, 3)}%${good.charCodeAt(3).toString(16)}${good.slice(4)}`, open.replace('.gif', ''), `${optOut}=`, '/v/AAAA', '/p/AAAA', '/h/AAAA',
    pathsOf(app, { ...ann, id: 999_999 }).optOut, pathsOf(app, ann).click(999_999),
  ]
  const answers = await Promise.all(wrong.map((path) => app.as(null).get(path, undefined, browser)))
  expect(answers.map(({ status }, index) => [wrong[index], status])).toEqual(wrong.map((path) => [path, 404]))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await entries(app, 'clicked')).toEqual([])
})

test("a test mail's links show what they would do and change nothing", async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app, { test: true })
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  const paths = pathsOf(app, ann)
  const click = await app.as(null).get(paths.click(link.number), undefined, browser)
  expect([click.status, click.text.includes('href="https://shop.test/"')]).toEqual([200, true])
  await app.as(null).get(paths.open, undefined, browser)
  for (const [path, body] of [[paths.optOut, 'choice=everything'], [paths.optOut, 'List-Unsubscribe=One-Click'], [paths.preferences, 'topic=']] as const) {
    expect(await app.as(null).post(path, body, form)).toMatchObject({ status: 200, text: expect.stringContaining('This is a test mail') })
  }
  expect(await app.db.selectFrom('logEntry').select('id').execute()).toEqual([])
  expect([await optOuts(app), await app.db.selectFrom('suppression').select('id').execute()]).toEqual([[], []])
})

test('links outlive the campaign, the mass email, the link and the record', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  await app.db.updateTable('campaign').set({ deletedAt: noon }).execute()
  await app.db.updateTable('massEmail').set({ deletedAt: noon }).execute()
  await app.db.updateTable('trackingUrl').set({ deletedAt: noon }).execute()
  await app.db.updateTable('targetList').set({ deletedAt: noon }).execute()
  await app.db.deleteFrom('contact').execute()
  expect((await app.as(null).get(pathsOf(app, ann).click(link.number), undefined, browser)).status).toBe(302)
  await app.as(null).post(pathsOf(app, ann).optOut, 'choice=unsubscribe', form)
  expect(await optOuts(app)).toHaveLength(1)
})
