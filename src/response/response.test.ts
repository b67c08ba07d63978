import { expect, test } from 'vitest'
import { noon, startApp, type TestApp } from '../../test/app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail, type LedgerDelivery, settled } from '../../test/given-ledger.ts'
import { versionOf } from '../content/templates.ts'
import { figuresOf } from '../log/figures-of.ts'
import { verifyFigures } from '../log/recount.ts'
import { linkKeyPurpose, linksFor } from '../message/recipient-links.ts'
import { newId } from '../platform/id.ts'
import { putInJournal } from './journal.ts'
import { openVisits } from './visits.ts'

const browser = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36' }
const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' }

/** Ann and Ben got a mail that was frozen with the list News. */
async function givenMail(app: TestApp, { openTracking = false, optOutEntirely = false, test: isTest = false } = {}) {
  const campaignId = await givenCampaign(app.db)
  const massEmail = { id: await givenMassEmail(app.db, campaignId, { optOutEntirely, frozen: JSON.stringify({ openTracking }) }), campaignId }
  const news = newId()
  await app.db.insertInto('targetList').values({ id: news, name: 'News', publicTopic: true }).execute()
  await app.db.insertInto('massEmailTargetList').values({ massEmailId: massEmail.id, targetListId: news, position: 0 }).execute()
  const [ann, ben] = await givenDeliveries(app.db, massEmail, ['ann@x.test', 'ben@x.test'], { test: isTest })
  await settled(app.db, isTest ? [] : [ann!, ben!], 'sending', 'sent')
  return { campaignId, massEmail, news, ann: ann!, ben: ben! }
}

async function givenLink(app: TestApp, campaignId: string, values: { action?: string; url?: string; message?: string }) {
  const link = await app.db.insertInto('trackingUrl').values({ id: newId(), campaignId, ...values }).returning(['id', 'number']).executeTakeFirstOrThrow()
  return link
}

/** The paths of a delivery's links, as its mail would hold them. */
function pathsOf(app: TestApp, delivery: LedgerDelivery) {
  const links = linksFor(app.secrets.key(linkKeyPurpose), '', delivery)
  return { optOut: links.optOutUrl, preferences: links.preferencesUrl, view: links.viewUrl, open: links.openUrl, trap: links.honeypotUrl, click: (number: number) => links.clickUrl(number) }
}

const optOuts = (app: TestApp) => app.db.selectFrom('optOut').select(['emailKey', 'source', 'reason', 'ip']).execute()
const entries = (app: TestApp, action: string) => app.db.selectFrom('logEntry').select(['emailAddress', 'machine', 'repeats']).where('action', '=', action).orderBy('id').execute()

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

test('looking at the opt-out page changes nothing, with GET and with HEAD', async () => {
  await using app = await startApp()
  const { ann } = await givenMail(app)
  const { status, text, headers } = await app.as(null).get(pathsOf(app, ann).optOut, undefined, browser)
  expect([status, await app.as(null).head(pathsOf(app, ann).optOut).then((answer) => answer.status)]).toEqual([200, 200])
  expect(text).toContain('ann@x.test')
  expect(String(headers['content-security-policy'])).toContain("default-src 'none'")
  expect([await optOuts(app), await entries(app, 'optedOut')]).toEqual([[], []])
})

test('pressing Unsubscribe opts out of every list of the mass email, with the reason and where it came from', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const { status, text } = await app.as(null).post(pathsOf(app, ann).optOut, 'choice=unsubscribe&reason=Too+many', form)
  expect([status, text.includes('Subscribe again')]).toEqual([200, true])
  expect(await optOuts(app)).toEqual([{ emailKey: 'ann@x.test', source: 'optOutPage', reason: 'Too many', ip: '127.0.0.1' }])
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ optedOut: 1, optedIn: 0 })
})

test('opting out concerns the lists the mail was frozen with, whatever the campaign uses since', async () => {
  await using app = await startApp()
  const { massEmail, ann } = await givenMail(app)
  const frozenWith = newId()
  await app.db.insertInto('targetList').values({ id: frozenWith, name: 'Then' }).execute()
  await app.db.updateTable('massEmail').set({ frozen: JSON.stringify({ targetListIds: [frozenWith] }) }).where('id', '=', massEmail.id).execute()
  await app.as(null).post(pathsOf(app, ann).optOut, 'choice=unsubscribe', form)
  expect(await app.db.selectFrom('optOut').select('targetListId').execute()).toEqual([{ targetListId: frozenWith }])
})

test('subscribing again undoes exactly what this link did, and the proof of the opt-out stays in the log', async () => {
  await using app = await startApp()
  const { campaignId, ann } = await givenMail(app)
  const other = newId()
  await app.db.insertInto('targetList').values({ id: other, name: 'Other' }).execute()
  await app.db.insertInto('optOut').values({ targetListId: other, emailKey: 'ann@x.test', emailAddress: 'ann@x.test' }).execute()
  await app.as(null).post(pathsOf(app, ann).optOut, 'choice=everything', form)
  expect(await app.db.selectFrom('suppression').select('reason').execute()).toEqual([{ reason: 'optedOut' }])
  await app.as(null).post(pathsOf(app, ann).optOut, 'choice=subscribe', form)
  expect(await app.db.selectFrom('suppression').select('reason').execute()).toEqual([])
  expect(await optOuts(app)).toHaveLength(1)
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ optedOut: 1, optedIn: 1 })
})

test('a "no" that was said elsewhere cannot be lifted by a link', async () => {
  await using app = await startApp()
  const { ann, news } = await givenMail(app)
  await app.db.insertInto('optOut').values({ targetListId: news, emailKey: 'ann@x.test', emailAddress: 'ann@x.test' }).execute()
  const { text } = await app.as(null).get(pathsOf(app, ann).optOut, undefined, browser)
  expect(text).not.toContain('Subscribe again')
  await app.as(null).post(pathsOf(app, ann).optOut, 'choice=subscribe', form)
  expect([await optOuts(app), await entries(app, 'optedIn')]).toEqual([[expect.objectContaining({ source: 'manual' })], []])
})

test('one click unsubscribes in both encodings, twice as well as once, without cookie or redirect', async () => {
  await using app = await startApp()
  const { ann, ben } = await givenMail(app)
  const urlencoded = ['List-Unsubscribe=One-Click', { 'content-type': 'application/x-www-form-urlencoded' }] as const
  const multipart = ['--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n', { 'content-type': 'multipart/form-data; boundary=b' }] as const
  for (const [delivery, [body, headers]] of [[ann, urlencoded], [ann, urlencoded], [ben, multipart], [ben, multipart]] as const) {
    const answer = await app.as(null).post(pathsOf(app, delivery).optOut, body, { ...headers, origin: 'https://mail.provider.test' })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toBeUndefined()
  }
  expect((await optOuts(app)).map(({ emailKey, source }) => [emailKey, source]).sort()).toEqual([['ann@x.test', 'oneClick'], ['ben@x.test', 'oneClick']])
})

test('a mass email that is set to opt out entirely does so by every way out', async () => {
  await using app = await startApp()
  const { ann } = await givenMail(app, { optOutEntirely: true })
  await app.as(null).post(pathsOf(app, ann).optOut, 'List-Unsubscribe=One-Click', form)
  expect(await app.db.selectFrom('suppression').select(['emailKey', 'reason', 'source']).execute()).toEqual([{ emailKey: 'ann@x.test', reason: 'optedOut', source: 'oneClick' }])
})

test('a POST that says something unknown changes nothing', async () => {
  await using app = await startApp()
  const { ann } = await givenMail(app)
  for (const body of ['choice=all', 'List-Unsubscribe=No']) expect((await app.as(null).post(pathsOf(app, ann).optOut, body, form)).status).toBe(400)
  expect(await optOuts(app)).toEqual([])
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

test('a page speaks the language of its reader, else that of the installation', async () => {
  await using app = await startApp()
  const { ann } = await givenMail(app)
  await app.api.patch('/settings/general', { language: 'uk', companyName: 'Müller & Söhne' })
  const seen = async (language: string) => (await app.as(null).get(pathsOf(app, ann).optOut, undefined, { ...browser, ...(language && { 'accept-language': language }) })).text
  expect(await seen('nl, de-AT;q=0.8, en;q=0.5')).toMatch(/<html lang="de">[\s\S]*Müller &amp; Söhne[\s\S]*Abmelden/)
  expect(await seen('')).toContain('Відписатися')
})

test('on the preferences page topics are switched off and on again', async () => {
  await using app = await startApp()
  const { campaignId, ann, news } = await givenMail(app)
  const offers = newId()
  await app.db.insertInto('targetList').values([{ id: offers, name: 'Offers', publicTopic: true }, { id: newId(), name: 'Internal' }]).execute()
  await app.db.insertInto('targetListMember').values({ targetListId: news, entityType: 'Contact', recordId: ann.recordId }).execute()
  const { preferences } = pathsOf(app, ann)
  const boxes = (text: string) => [...text.matchAll(/value="([\w-]+)"( checked)?/g)].map(([, id, checked]) => [id, Boolean(checked)])
  expect(boxes((await app.as(null).get(preferences, undefined, browser)).text)).toEqual([[news, true], [offers, false]])
  expect(boxes((await app.as(null).post(preferences, `topic=${offers}`, form)).text)).toEqual([[news, false], [offers, true]])
  expect(boxes((await app.as(null).post(preferences, `topic=${offers}&topic=${news}`, form)).text)).toEqual([[news, true], [offers, true]])
  expect(await figuresOf(app.db, { campaignId })).toMatchObject({ optedOut: 1, optedIn: 1 })
})

test('the mail is shown in a browser as it was sent, with the values of today, and can run nothing', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, ann } = await givenMail(app)
  const link = await givenLink(app, campaignId, { url: 'https://shop.test/' })
  const { body: template } = await app.api.post('/email-templates', {
    name: 'News', subject: 'Hi', format: 'html', body: `<p>Hi {Person.firstName|there}, <a href="{trackingUrl:${link.id}}">look</a></p><script>alert(1)</script>`,
  })
  const versionId = await app.db.transaction().execute((tx) => versionOf(tx, template.id))
  const frozen = { accountId: newId(), sandbox: true, from: { address: 'news@x.test', name: '' }, replyTo: null, targetListIds: [], excludingTargetListIds: [], informational: false, openTracking: false, trackAllLinks: false, appendOptOut: true }
  await app.db.updateTable('massEmail').set({ templateVersionId: versionId, frozen: JSON.stringify(frozen) }).where('id', '=', massEmail.id).execute()
  await app.db.updateTable('contact').set({ firstName: 'Änne' }).where('id', '=', ann.recordId).execute()
  const seen = () => app.as(null).get(pathsOf(app, ann).view, undefined, browser)
  const { status, text, headers } = await seen()
  expect(status).toBe(200)
  expect(text).toContain('<p>Hi Änne, ')
  expect(text).toMatch(/href="[^"]*\/c\/[\w-]+"/)
  expect(String(headers['content-security-policy'])).toMatch(/default-src 'none'.*sandbox allow-popups/)
  await app.db.deleteFrom('contact').execute()
  expect((await seen()).text).toContain('<p>Hi there, ')
})
