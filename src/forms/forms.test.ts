import { expect, test } from 'vitest'
import { startApp } from '../../test/app.ts'
import { confirmPath, givenForm, visitorPosts } from '../../test/given-form.ts'
import { everything, noRights } from '../access/rights.ts'
import { newId } from '../platform/id.ts'

test('a form needs a name only, asks for double opt-in by default, and is not open before it has a list', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/subscription-forms', { name: 'Newsletter' })
  expect([status, body]).toEqual([201, expect.objectContaining({ name: 'Newsletter', doubleOptIn: true, lifetimeHours: 48, active: true, open: false, fields: [], pending: 0, confirmed: 0 })])
  expect(body.url).toMatch(/^http.*\/s\/[a-z2-7]{10}$/)
  expect((await app.as(null).get(new URL(body.url).pathname)).status).toBe(503)
  const list = (await app.api.post('/target-lists', { name: 'News' })).body.id
  expect((await app.api.patch(`/subscription-forms/${body.id}`, { targetListIds: [list] })).body).toMatchObject({ open: true, targetLists: [{ id: list, name: 'News' }], version: 2 })
  expect((await app.api.get('/subscription-forms?q=newsl')).body).toMatchObject({ total: 1, items: [{ id: body.id, targetListIds: [list] }] })
})

test('every change of the consent text is a new version, and the old ones stay word by word', async () => {
  await using app = await startApp()
  const { form } = await givenForm(app)
  expect(form).toMatchObject({ consentText: 'You may write to me.', textVersion: 1 })
  await app.api.patch(`/subscription-forms/${form.id}`, { title: 'Our news' })
  const changed = await app.api.patch(`/subscription-forms/${form.id}`, { consentText: 'You may write to me each week.' })
  expect(changed.body).toMatchObject({ consentText: 'You may write to me each week.', textVersion: 2 })
  expect(await app.db.selectFrom('subscriptionFormText').select(['version', 'consentText']).orderBy('version').execute())
    .toEqual([{ version: 1, consentText: 'You may write to me.' }, { version: 2, consentText: 'You may write to me each week.' }])
})

test('what cannot be right is refused, all faults at once, each with its place', async () => {
  await using app = await startApp()
  const list = (await app.api.post('/target-lists', { name: 'Not public' })).body.id
  const { status, body } = await app.api.post('/subscription-forms', {
    name: 'X', fields: [{ name: 'firstName' }, { name: 'status' }, { name: 'firstName' }], targetListIds: [newId()], topicIds: [list], mailBody: 'Without a link', emailTemplateId: newId(), leadUserId: newId(),
  })
  expect([status, body.errors.map(({ path }: { path: string }) => path).sort()])
    .toEqual([400, ['emailTemplateId', 'fields.1.name', 'fields.2.name', 'leadUserId', 'mailBody', 'targetListIds.0', 'topicIds.0']])
  for (const successUrl of ['javascript:alert(1)', '/relative', 'ftp://x.example']) {
    expect((await app.api.post('/subscription-forms', { name: 'X', successUrl })).body.errors[0].path).toBe('successUrl')
  }
})

test('whoever may not change a target list lets no visitor into it', async () => {
  await using app = await startApp()
  const { form, list } = await givenForm(app)
  const { key } = await app.givenUser('regular', { rights: { ...noRights, otherTypes: { ...everything, edit: 'own' }, permissions: ['administer'] } })
  const other = (await app.api.post('/target-lists', { name: 'Others' })).body.id
  const refused = await app.as(key).patch(`/subscription-forms/${form.id}`, { targetListIds: [list, other] })
  expect([refused.status, refused.body.errors]).toEqual([400, [{ path: 'targetListIds.1', message: expect.stringContaining('may not change') }]])
  expect((await app.as(key).patch(`/subscription-forms/${form.id}`, { targetListIds: [list], title: 'Mine' })).status).toBe(200)
})

test('the HTML and JSON to embed hold the fields, the trap and the version of the text, with names that are no markup', async () => {
  await using app = await startApp()
  const { form } = await givenForm(app, { consentText: '<b>Yes</b> & "so"', fields: [{ name: 'firstName', label: '<i>You</i>', required: true }] })
  expect(form.html).toContain(`<form action="${form.url}" method="post">`)
  expect(form.html).toContain('&lt;i&gt;You&lt;/i&gt;')
  expect(form.html).toContain('&lt;b&gt;Yes&lt;/b&gt; &amp; &quot;so&quot;')
  expect(form.html).toContain('name="contact_url"')
  expect(form.json).toContain('"textVersion": 1')
})

test('a preview shows what is about to be saved, and saves nothing', async () => {
  await using app = await startApp()
  const { status, body } = await app.api.post('/subscription-forms/preview', { name: 'News', language: 'de', consentText: '<script>alert(1)</script>', fields: [{ name: 'firstName' }] })
  expect(status).toBe(200)
  expect(body.html).toMatch(/<html lang="de">[\s\S]*Vorname[\s\S]*&lt;script&gt;/)
  expect((await app.api.get('/subscription-forms')).body.total).toBe(0)
})

test('a deleted form is gone from the list, its page and its links say so, and mail that had not left stays here', async () => {
  await using app = await startApp()
  const { form, path } = await givenForm(app)
  await visitorPosts(app, path, { emailAddress: 'anna@x.test' })
  const link = await confirmPath(app, path, 'anna@x.test')
  expect((await app.api.delete(`/subscription-forms/${form.id}`)).status).toBe(204)
  expect((await app.api.get(`/subscription-forms/${form.id}`)).status).toBe(404)
  for (const answer of [await app.as(null).get(path), await app.as(null).get(link), await app.as(null).post(link), await visitorPosts(app, path, { emailAddress: 'ben@x.test' })]) {
    expect([answer.status, answer.text.includes('This form is gone')]).toEqual([404, true])
  }
  expect(await app.db.selectFrom('systemMail').selectAll().execute()).toEqual([])
  expect((await app.api.get('/leads')).body.total).toBe(0)
})
