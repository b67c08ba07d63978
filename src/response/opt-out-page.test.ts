import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { browser, entries, form, givenMail, optOuts, pathsOf } from '../../test/given-mail.ts'
import { figuresOf } from '../log/figures-of.ts'
import { newId } from '../platform/id.ts'

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

test('a page speaks the language of its reader, else that of the installation', async () => {
  await using app = await startApp()
  const { ann } = await givenMail(app)
  await app.api.patch('/settings/general', { language: 'uk', companyName: 'Müller & Söhne' })
  const seen = async (language: string) => (await app.as(null).get(pathsOf(app, ann).optOut, undefined, { ...browser, ...(language && { 'accept-language': language }) })).text
  expect(await seen('nl, de-AT;q=0.8, en;q=0.5')).toMatch(/<html lang="de">[\s\S]*Müller &amp; Söhne[\s\S]*Abmelden/)
  expect(await seen('')).toContain('Відписатися')
})
