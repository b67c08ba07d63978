import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { confirmPath, givenForm, membersOf, subscriptions, visitorPosts } from '../../test/given-form.ts'
import { browser, entries, form as formHeaders, givenMail, pathsOf } from '../../test/given-mail.ts'
import { forgetUnconfirmed } from './forget.ts'

const consents = (app: TestApp, list: string) => app.db.selectFrom('targetListMember').select(['source', 'consentAt', 'consentSource', 'consentText']).where('targetListId', '=', list).execute()

async function pending(app: TestApp, path: string, emailAddress: string, values: Record<string, string> = {}) {
  await visitorPosts(app, path, { emailAddress, ...values })
  return confirmPath(app, path, emailAddress)
}

test('the link only asks, with GET and HEAD however often; pressing its button makes a lead, a member and a proof', async () => {
  await using app = await startApp()
  const { path, list, form } = await givenForm(app)
  const link = await pending(app, path, 'anna@x.test', { firstName: 'Anna', lastName: 'Berg' })
  for (let time = 0; time < 2; time++) expect((await app.as(null).get(link, undefined, browser)).text).toContain('Shall anna@x.test get our mail?')
  await app.as(null).head(link)
  expect([await membersOf(app, list), (await subscriptions(app))[0]!.status]).toEqual([[], 'pending'])
  app.clock.advance({ hours: 2 })
  const done = await app.as(null).post(link, '', formHeaders)
  expect([done.status, done.text.includes('You are subscribed')]).toEqual([200, true])
  const [lead] = (await app.api.get('/leads')).body.items
  expect(lead).toMatchObject({ firstName: 'Anna', lastName: 'Berg', emailAddress: 'anna@x.test', source: 'Subscription form: Newsletter', status: 'New' })
  expect(await membersOf(app, list)).toEqual([expect.objectContaining({ entityType: 'Lead', emailAddress: 'anna@x.test', source: 'form', state: 'deliverable' })])
  expect(await consents(app, list)).toEqual([{ source: 'form', consentAt: app.clock.read(), consentSource: 'Subscription form: Newsletter', consentText: 'You may write to me.' }])
  const { body } = await app.api.get(`/leads/${lead.id}/consents`)
  expect(body.items).toEqual([expect.objectContaining({
    formName: 'Newsletter', status: 'confirmed', formVersion: 1, textVersion: 1, consentText: 'You may write to me.', askedAt: '2030-01-01T12:00:00.000Z', askedIp: '127.0.0.1',
    askedUserAgent: browser['user-agent'], confirmedAt: '2030-01-01T14:00:00.000Z', confirmedIp: '127.0.0.1', confirmedUserAgent: browser['user-agent'],
    record: { entityType: 'Lead', id: lead.id }, targetLists: [{ id: list, name: 'News' }], effect: {},
  })])
  expect((await app.api.get(`/subscription-forms/${form.id}`)).body).toMatchObject({ pending: 0, confirmed: 1, expired: 0 })
  expect((await subscriptions(app))[0]!.given).toEqual({})
})

test('confirming again, and twice at the same moment, changes nothing', async () => {
  await using app = await startApp()
  const { path, list } = await givenForm(app)
  const link = await pending(app, path, 'anna@x.test')
  const answers = await Promise.all([1, 2, 3].map(() => app.as(null).post(link, '', formHeaders)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await app.as(null).get(link, undefined, browser)).text).toContain('You are subscribed')
  expect([(await app.api.get('/leads')).body.total, (await membersOf(app, list)).length]).toEqual([1, 1])
})

test('two forms confirmed at the same moment make one lead', async () => {
  await using app = await startApp()
  const [first, second] = [await givenForm(app), await givenForm(app)]
  const links = [await pending(app, first.path, 'anna@x.test'), await pending(app, second.path, 'Anna@x.test').catch(() => confirmPath(app, second.path, 'Anna@x.test'))]
  await Promise.all(links.map((link) => app.as(null).post(link, '', formHeaders)))
  expect((await app.api.get('/leads')).body.total).toBe(1)
})

test('a token that was changed, or is of another form, is a broken link', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  const link = await pending(app, path, 'anna@x.test')
  const other = await givenForm(app)
  const token = link.slice(path.length + 1)
  for (const url of [`${path}/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, `${path}/${token}A`, `${path}/${token.toUpperCase()}`]) {
    expect((await app.as(null).post(url, '', formHeaders)).status).toBe(404)
  }
  expect((await app.as(null).post(`${other.path}/${token}`, '', formHeaders)).status).toBe(410)
  expect((await subscriptions(app))[0]!.status).toBe('pending')
})

test('after its time a link says so and offers to subscribe again; a month later it is forgotten and says the same', async () => {
  await using app = await startApp()
  const { path, form } = await givenForm(app, { lifetimeHours: 1 })
  const link = await pending(app, path, 'anna@x.test')
  app.clock.advance({ hours: 1 })
  const old = await app.as(null).post(link, '', formHeaders)
  expect([old.status, old.text.includes('This link is too old'), old.text.includes(`href="../${path.slice(3)}"`)]).toEqual([410, true, true])
  expect((await app.api.get(`/subscription-forms/${form.id}/subscriptions?filter=${encodeURIComponent('{"field":"status","op":"equals","value":"expired"}')}`)).body).toMatchObject({ total: 1, items: [{ emailAddress: 'anna@x.test' }] })
  app.clock.advance({ hours: 24 * 31 })
  expect(await forgetUnconfirmed(app.db, app.clock.read())).toBe(1)
  expect((await app.as(null).get(link, undefined, browser)).text).toContain('This link is too old')
  expect((await app.api.get('/leads')).body.total).toBe(0)
})

test('somebody who is known is found, a contact before a lead, and only what was empty is filled in', async () => {
  await using app = await startApp()
  const { path, list } = await givenForm(app, { fields: [{ name: 'firstName' }, { name: 'lastName' }, { name: 'addressCity' }, { name: 'accountName' }] })
  await app.api.post('/leads', { lastName: 'Lead', emailAddress: 'anna@x.test' })
  const contact = (await app.api.post('/contacts', { lastName: 'Berg', emailAddress: 'Anna@x.test' })).body
  const link = await pending(app, path, 'anna@x.test', { firstName: 'Anna', lastName: 'Other', addressCity: 'Berlin', accountName: 'Acme' })
  await app.as(null).post(link, '', formHeaders)
  expect((await app.api.get(`/contacts/${contact.id}`)).body).toMatchObject({ firstName: 'Anna', lastName: 'Berg', addressCity: 'Berlin', version: contact.version + 1 })
  expect((await membersOf(app, list)).map(({ entityType }) => entityType)).toEqual(['Contact'])
})

test('who confirmed stays in the list when its report names him no more, and nobody who types in his address replaces his proof', async () => {
  await using app = await startApp()
  const { path, list, form } = await givenForm(app)
  const contact = (await app.api.post('/contacts', { lastName: 'Berg', emailAddress: 'anna@x.test' })).body.id as string
  await app.db.insertInto('targetListMember').values({ targetListId: list, entityType: 'Contact', recordId: contact, source: 'report' }).execute()
  await app.as(null).post(await pending(app, path, 'anna@x.test'), '', formHeaders)
  const [proved] = await consents(app, list)
  expect(proved).toMatchObject({ source: 'form', consentText: 'You may write to me.' })
  await app.api.patch(`/subscription-forms/${form.id}`, { doubleOptIn: false, consentText: 'Another text.' })
  app.clock.advance({ hours: 1 })
  await visitorPosts(app, path, { emailAddress: 'anna@x.test' })
  expect((await subscriptions(app)).map(({ status }) => status)).toEqual(['confirmed', 'confirmed'])
  expect(await consents(app, list)).toEqual([proved])
})

test('who comes back is mailed again by these lists only: "no" to everything and a complaint go on counting for all others', async () => {
  await using app = await startApp()
  const { path, list, form } = await givenForm(app)
  const others = await Promise.all(['Offers', 'Events'].map(async (name) => (await app.api.post('/target-lists', { name })).body.id as string))
  const contact = (await app.api.post('/contacts', { lastName: 'Berg', emailAddress: 'anna@x.test' })).body.id
  for (const id of [list, ...others]) await app.api.post(`/target-lists/${id}/members`, { entityType: 'Contact', ids: [contact] })
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'anna@x.test' })
  for (const reason of ['optedOut', 'complained']) await app.api.post('/suppressions', { emailAddress: 'anna@x.test', reason, detail: reason })
  const link = await pending(app, path, 'anna@x.test')
  expect((await membersOf(app, list))[0]!.state).toBe('complained')
  await app.as(null).post(link, '', formHeaders)
  expect((await membersOf(app, list))[0]!.state).toBe('deliverable')
  for (const id of others) expect((await membersOf(app, id))[0]!.state).toBe('optedOut')
  expect((await app.api.get('/suppressions')).body.total).toBe(0)
  const effect = { liftedLists: ['News'], liftedEntirely: true, liftedComplaint: true, optedOutOfOthers: 2 }
  expect((await app.api.get(`/contacts/${contact}/consents`)).body.items[0].effect).toEqual(effect)
  const audited = (await app.api.get('/audit-log')).body.items.filter(({ action }: { action: string }) => action === 'optOutLifted')
  expect(audited).toEqual([expect.objectContaining({ userName: 'Subscription form', aboutId: form.id, detail: { record: { entityType: 'Contact', id: contact }, ...effect } })])
})

test('an invalid address stays invalid, "do not email" stays, and the proof says what still stands against mail', async () => {
  await using app = await startApp()
  const { path, list } = await givenForm(app)
  await app.api.post('/contacts', { lastName: 'Berg', emailAddress: 'anna@x.test', doNotEmail: true })
  const link = await pending(app, path, 'anna@x.test')
  await app.api.post('/suppressions', { emailAddress: 'anna@x.test', reason: 'invalid' })
  await app.as(null).post(link, '', formHeaders)
  expect((await membersOf(app, list))[0]!.state).toBe('invalid')
  expect((await subscriptions(app))[0]!.effect).toEqual({ stillSuppressed: ['doNotEmail', 'invalid'] })
})

test('a "no" that a link had said is logged as Opted In beside its mail, and the Opted Out entry stays', async () => {
  await using app = await startApp()
  const { path, form } = await givenForm(app)
  const { ann, news } = await givenMail(app)
  await app.api.patch(`/subscription-forms/${form.id}`, { targetListIds: [news] })
  await app.as(null).post(pathsOf(app, ann).optOut, 'choice=unsubscribe', formHeaders)
  await app.as(null).post(await pending(app, path, 'ann@x.test'), '', formHeaders)
  expect([(await entries(app, 'optedOut')).length, (await entries(app, 'optedIn')).length]).toEqual([1, 1])
  expect(await app.db.selectFrom('optOut').selectAll().execute()).toEqual([])
})

test('after confirming one goes to the address that the form names, and to no other', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app, { successUrl: 'https://acme.example/thanks?x=1' })
  const link = await pending(app, path, 'anna@x.test')
  expect(String((await app.as(null).get(`${link}?successUrl=https://evil.example`, undefined, browser)).headers['content-security-policy'])).toContain("form-action 'self' https://acme.example;")
  const done = await app.as(null).post(`${link}?successUrl=https://evil.example`, 'successUrl=https://evil.example', formHeaders)
  expect([done.status, done.headers['location']]).toEqual([303, 'https://acme.example/thanks?x=1'])
})

test('the proof names the text that the visitor had read, also where the form has another one since', async () => {
  await using app = await startApp()
  const { path, list, form } = await givenForm(app)
  await app.api.patch(`/subscription-forms/${form.id}`, { consentText: 'Daily.' })
  await app.as(null).post(await pending(app, path, 'anna@x.test', { textVersion: '1' }), '', formHeaders)
  expect((await consents(app, list))[0]!.consentText).toBe('You may write to me.')
  for (const textVersion of ['0', '3', '1.5', 'x']) await pending(app, path, `t${textVersion}@x.test`, { textVersion })
  expect((await subscriptions(app)).slice(1).map((row) => row.textVersion)).toEqual([2, 2, 2, 2])
})

test('proofs of a record that was merged are found with the one that stays, and go back when that is undone', async () => {
  await using app = await startApp()
  const { path } = await givenForm(app)
  await app.as(null).post(await pending(app, path, 'anna@x.test'), '', formHeaders)
  const [lead] = (await app.api.get('/leads')).body.items
  const survivor = (await app.api.post('/leads', { lastName: 'Berg' })).body.id
  expect((await app.api.post('/leads/merge', { survivorId: survivor, otherIds: [lead.id] })).status).toBe(200)
  expect((await app.api.get(`/leads/${survivor}/consents`)).body.items).toHaveLength(1)
  const { items: [action] } = (await app.api.get('/bin/actions')).body
  await app.api.post(`/bin/actions/${action.id}/undo`)
  await app.settle()
  const { rows } = await sql<{ recordId: string }>`select record_id from subscription`.execute(app.db)
  expect(rows).toEqual([{ recordId: lead.id }])
})
