import { expect, test } from 'vitest'
import { noon, startApp } from '../../test/app.ts'
import { givenDeliveries, settled } from '../../test/given-ledger.ts'
import { browser, entries, form, givenLink, givenMail, pathsOf } from '../../test/given-mail.ts'
import { figuresOf } from '../log/figures-of.ts'
import { verifyFigures } from '../log/recount.ts'
import { putInJournal } from './journal.ts'
import { openVisits } from './visits.ts'

test('HEAD and known robots are marked machine, and count apart', async () => {
  await using app = await startApp()
  const { campaignId, ann, ben } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  expect((await app.as(null).head(pathsOf(app, ann).click(link.number), undefined, browser)).status).toBe(302)
  await app.as(null).get(pathsOf(app, ben).open, undefined, { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })
  await app.as(null).get(pathsOf(app, ben).open, undefined, { 'user-agent': 'Mozilla/5.0 Firefox/11.0 (via ggpht.com GoogleImageProxy)' })
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ clicked: 0, clicks: 0, opened: 1, machine: { opened: 1, clicked: 1 } })
})

test('whoever falls into the trap is a machine afterwards, for that delivery and for ten minutes; others are not', async () => {
  await using app = await startApp()
  const { campaignId, ann, ben } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  await app.as(null).get(pathsOf(app, ann).trap, undefined, browser)
  await app.as(null).get(pathsOf(app, ann).click(link.number), undefined, browser)
  await app.as(null).get(pathsOf(app, ben).click(link.number), undefined, browser)
  await app.as(null).get(pathsOf(app, ann).open, undefined, { 'user-agent': 'Mozilla/5.0 (iPhone) Mobile Safari' })
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ clicked: 1, opened: 1, machine: { clicked: 1, opened: 0 } })
  app.clock.advance({ minutes: 11 })
  await app.as(null).get(pathsOf(app, ann).click(link.number), undefined, browser)
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ clicked: 2 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('many clicks at once are all in the log when they are answered', async () => {
  await using app = await startApp()
  const { campaignId, ann, ben } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  const clicks = Array.from({ length: 100 }, (_, index) => app.as(null).get(pathsOf(app, index % 2 ? ann : ben).click(link.number), undefined, browser))
  expect((await Promise.all(clicks)).every(({ status }) => status === 302)).toBe(true)
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ clicked: 2, clicks: 100 })
  expect(await verifyFigures(app.db)).toEqual([])
})

test('whoever clicks or opts out proves that an uncertain mail arrived: it is Sent then', async () => {
  await using app = await startApp()
  const { campaignId, massEmail } = await givenMail(app)
  const [cleo, dora] = await givenDeliveries(app.db, massEmail, ['cleo@x.test', 'dora@x.test'])
  await settled(app.db, [cleo!, dora!], 'sending', 'uncertain')
  await app.as(null).get(pathsOf(app, cleo!).open, undefined, browser)
  await app.as(null).post(pathsOf(app, dora!).optOut, 'choice=unsubscribe', form)
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ people: 4, sent: 4, uncertain: 0, opened: 1, optedOut: 1 })
  expect((await entries(app, 'sent')).map(({ emailAddress }) => emailAddress)).toEqual(expect.arrayContaining(['cleo@x.test', 'dora@x.test']))
  expect(await verifyFigures(app.db)).toEqual([])
})

test('a flood of clicks goes through the journal, and every one of them is in the log a moment later', async () => {
  await using app = await startApp()
  const { campaignId, ann, ben } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  const clicks = Array.from({ length: 600 }, (_, index) => app.as(null).get(pathsOf(app, index % 2 ? ann : ben).click(link.number), undefined, browser))
  expect((await Promise.all(clicks)).every(({ status }) => status === 302)).toBe(true)
  await expect.poll(() => figuresOf(app.db, { campaignId }), { timeout: 10_000 }).toMatchObject({ clicked: 2, clicks: 600 })
  await openVisits(app.db, app.log).drain()
  expect(await verifyFigures(app.db)).toEqual([])
})

test('what a process that died left in the journal is brought into the log by another one, once', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const visit = { lane: ann.lane, deliveryId: ann.id, kind: 'open', trackingUrlId: null, url: '', at: noon, machine: false, visitorMark: 'x' } as const
  await putInJournal(app.db, [visit, visit, { ...visit, deliveryId: 999_999 }])
  await Promise.all([openVisits(app.db, app.log).drain(), openVisits(app.db, app.log).drain()])
  expect(await entries(app, 'opened')).toEqual([{ emailAddress: 'ann@x.test', machine: false, repeats: 2 }])
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ opened: 1 })
  expect(await app.db.selectFrom('visit').select('id').execute()).toEqual([])
})
