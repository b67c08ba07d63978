import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { newId } from '../platform/id.ts'
import { saveSandboxAccount } from '../outbound/sandbox-account.ts'
import { lockNextDue, takeStep } from './steps.ts'

async function givenTemplate({ db }: TestApp, body = '<p>Hello {Person.firstName}</p>', subject = 'Autumn'): Promise<string> {
  const id = newId()
  await db.insertInto('emailTemplate').values({ id, name: 'Letter', subject, body }).execute()
  return id
}

async function givenList({ api, db }: TestApp, name: string, addresses: string[]): Promise<string> {
  const ids = addresses.map(() => newId())
  if (ids.length > 0) await db.insertInto('contact').values(addresses.map((emailAddress, n) => ({ id: ids[n]!, emailAddress, firstName: `P${n}` }))).execute()
  const { body: list } = await api.post('/target-lists', { name })
  if (ids.length > 0) await api.post(`/target-lists/${list.id}/members`, { entityType: 'Contact', ids })
  return list.id
}

/** A campaign with one list and everything that Pending needs. */
async function givenMassEmail(app: TestApp, more: object = {}, campaign: object = {}) {
  await saveSandboxAccount(app.db, { host: '127.0.0.1', port: 2525 })
  const list = await givenList(app, 'Readers', ['anna@example.com', 'ben@example.com', ''])
  const { body: { id: campaignId } } = await app.api.post('/campaigns', { name: 'Autumn', status: 'active', targetListIds: [list], ...campaign })
  const created = await app.api.post('/mass-emails', {
    campaignId, name: 'Letter', emailTemplateId: await givenTemplate(app), dateStart: app.clock.read().toISOString(), fromAddress: 'news@acme.example', ...more,
  })
  return { path: `/mass-emails/${created.body.id}`, id: created.body.id as string, campaignId: campaignId as string, list, body: created.body }
}

test('a mass email needs only its campaign, takes its lists, and becomes a draft', async () => {
  await using app = await startApp()
  const list = await givenList(app, 'Readers', [])
  const { body: { id: campaignId } } = await app.api.post('/campaigns', { name: 'Autumn', targetListIds: [list] })
  const created = await app.api.post('/mass-emails', { campaignId })
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject({ name: 'Autumn', campaignName: 'Autumn', status: 'draft', targetListIds: [list], ownTargetLists: false, allowedSteps: ['schedule'], version: 1 })
  expect((await app.api.post('/mass-emails', { campaignId: newId() })).status).toBe(400)
  const { body: { id: poster } } = await app.api.post('/campaigns', { name: 'Poster', type: 'mail' })
  expect((await app.api.post('/mass-emails', { campaignId: poster })).body.code).toBe('campaignNotMailed')
})

test('lists of its own replace the campaign’s until they are given back', async () => {
  await using app = await startApp()
  const [a, b, c] = [await givenList(app, 'A', []), await givenList(app, 'B', []), await givenList(app, 'C', [])]
  const { body: { id: campaignId } } = await app.api.post('/campaigns', { name: 'Autumn', targetListIds: [a], excludingTargetListIds: [b] })
  const { body: { id } } = await app.api.post('/mass-emails', { campaignId, targetListIds: [c] })
  const read = async () => (await app.api.get(`/mass-emails/${id}`)).body
  expect(await read()).toMatchObject({ targetListIds: [c], excludingTargetListIds: [b], ownTargetLists: true })
  await app.api.patch(`/mass-emails/${id}`, { excludingTargetListIds: [] })
  expect(await read()).toMatchObject({ targetListIds: [c], excludingTargetListIds: [], ownTargetLists: true })
  await app.api.patch(`/mass-emails/${id}`, { targetListIds: null, excludingTargetListIds: null })
  expect(await read()).toMatchObject({ targetListIds: [a], excludingTargetListIds: [b], ownTargetLists: false })
})

test('Pending is refused with every check that failed, and nothing is changed', async () => {
  await using app = await startApp()
  const { body: { id: campaignId } } = await app.api.post('/campaigns', { name: 'Autumn' })
  const { body: { id } } = await app.api.post('/mass-emails', { campaignId })
  const refused = await app.api.patch(`/mass-emails/${id}`, { status: 'pending', name: 'Never kept' })
  expect([refused.status, refused.body.code]).toEqual([409, 'preflightFailed'])
  const errors = refused.body.checks.filter((check: any) => check.level === 'error').map((check: any) => check.code)
  expect(errors).toEqual(['dateStartMissing', 'templateMissing', 'targetListsMissing', 'senderMissing'])
  expect((await app.api.get(`/mass-emails/${id}`)).body).toMatchObject({ status: 'draft', name: 'Autumn', version: 1 })
})

test('with everything there it becomes Pending, other fields of the same PATCH first, and back', async () => {
  await using app = await startApp()
  const { path, body } = await givenMassEmail(app, { dateStart: null })
  const pending = await app.api.patch(path, { status: 'pending', dateStart: '2030-02-01T09:00:00+01:00' }, { 'if-match': `"${body.version}"` })
  expect(pending.body).toMatchObject({ status: 'pending', dateStart: '2030-02-01T08:00:00.000Z', allowedSteps: ['backToDraft', 'cancel'] })
  expect((await app.api.patch(path, { status: 'pending', name: 'Renamed' })).body).toMatchObject({ status: 'pending', name: 'Renamed' })
  const refused = await app.api.patch(path, { dateStart: null })
  expect([refused.status, refused.body.code]).toEqual([409, 'preflightFailed'])
  expect((await app.api.patch(path, { status: 'draft', dateStart: null })).body).toMatchObject({ status: 'draft', dateStart: null })
})

test('by PATCH no other status can be reached', async () => {
  await using app = await startApp()
  const { path } = await givenMassEmail(app)
  for (const status of ['inProcess', 'paused', 'complete', 'canceled', 'failed']) {
    const answer = await app.api.patch(path, { status })
    expect([answer.status, answer.body.code]).toEqual([409, 'stepNotAllowed'])
  }
  expect((await app.api.patch(path, { status: 'sent' })).status).toBe(400)
})

test('an unknown placeholder is an error that nobody can override; a missing opt-out link can be, by name', async () => {
  await using app = await startApp()
  const { path } = await givenMassEmail(app)
  await app.api.patch(path, { emailTemplateId: await givenTemplate(app, '{Person.frstName} {trackingUrl:unknown}') })
  const { body: first } = await app.api.get(`${path}/preflight`)
  expect(first.ready).toBe(false)
  expect(first.checks.find((check: any) => check.code === 'placeholderUnknown')).toMatchObject({ level: 'error' })

  await app.api.patch('/settings/outbound-emails', { disableOptOutLink: true })
  await app.api.patch(path, { emailTemplateId: await givenTemplate(app, '<p>No link</p>') })
  expect((await app.api.patch(path, { status: 'pending' })).body.checks.filter((check: any) => check.level === 'error')).toMatchObject([{ code: 'optOutLinkMissing' }])
  expect((await app.api.patch(path, { override: ['placeholderUnknown'] })).status).toBe(400)
  expect((await app.api.patch(path, { override: ['optOutLinkMissing'], status: 'pending' })).body.status).toBe('pending')
})

test('the pre-flight counts for how many a placeholder leaves nothing behind', async () => {
  await using app = await startApp()
  const { path, list } = await givenMassEmail(app)
  const { body: account } = await app.api.post('/accounts', { name: 'Acme', emailAddress: 'info@acme.example', industry: 'Steel' })
  await app.api.post(`/target-lists/${list}/members`, { entityType: 'Account', ids: [account.id] })
  await app.api.patch(path, { emailTemplateId: await givenTemplate(app, '{Person.firstName} {Contact.lastName} {Account.industry|x} {Contact.account.name|y}', '{Contact.account}') })
  const { body: { checks } } = await app.api.get(`${path}/preflight`)
  expect(checks.find((check: any) => check.code === 'placeholdersEmpty')).toMatchObject({
    level: 'warning', message: '{Contact.account} is empty for 3 people. {Person.firstName} is empty for 1 person. {Contact.lastName} is empty for 3 people.',
  })
})

test('a tracking URL of another campaign is an error, which names this campaign’s link of the same name', async () => {
  await using app = await startApp()
  const { path, campaignId } = await givenMassEmail(app)
  const { body: { id: other } } = await app.api.post('/campaigns', { name: 'Other' })
  const link = async (of: string) => (await app.api.post('/tracking-urls', { campaignId: of, name: 'Shop', action: 'redirect', url: 'https://shop.example/' })).body.code
  const checkWith = async (code: string) => {
    await app.api.patch(path, { emailTemplateId: await givenTemplate(app, `<a href="${code}">Shop</a>`) })
    return (await app.api.get(`${path}/preflight`)).body.checks.find((check: any) => check.code === 'placeholderUnknown')
  }
  const [foreign, own] = [await link(other), await link(campaignId)]
  expect(await checkWith(foreign)).toMatchObject({ level: 'error', message: `${foreign} is the link "Shop" of the campaign Other. Use this campaign's link of the same name: ${own}.` })
  expect(await checkWith(own)).toMatchObject({ level: 'ok' })
})

test('the audience names everybody behind each verdict while it is a draft', async () => {
  await using app = await startApp()
  const { path, list } = await givenMassEmail(app)
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'ben@example.com' })
  expect((await app.api.get(`${path}/audience`)).body).toEqual({
    candidates: 3, included: 1, verdicts: { noAddress: 1, optedOutOfList: 1 }, notes: { optedOutOfOneOfItsLists: 0 }, frozen: false,
  })
  expect((await app.api.get(`${path}/audience/optedOutOfList`)).body.items).toMatchObject([{ entityType: 'Contact', name: 'P1', emailAddress: 'ben@example.com' }])
  expect((await app.api.get(`${path}/audience/included`)).body).toMatchObject({ total: 1, items: [{ emailAddress: 'anna@example.com' }] })
  expect((await app.api.get(`${path}/audience/nonsense`)).status).toBe(400)
})

test('informational mail goes to opted-out people, and the pre-flight says to how many', async () => {
  await using app = await startApp()
  const { path, list } = await givenMassEmail(app, {}, { type: 'informationalEmail' })
  await app.api.post(`/target-lists/${list}/opt-out`, { emailAddress: 'ben@example.com' })
  expect((await app.api.get(`${path}/audience`)).body).toMatchObject({ included: 2, verdicts: { noAddress: 1 } })
  const { body: { checks } } = await app.api.get(`${path}/preflight`)
  expect(checks.find((check: any) => check.code === 'optedOutIncluded').message).toContain('1 person')
})

test('what was started keeps its lists and fields, whatever becomes of the campaign', async () => {
  await using app = await startApp()
  const { path, id, campaignId, list } = await givenMassEmail(app)
  await app.api.patch(path, { status: 'pending' })
  await app.db.transaction().execute((tx) => takeStep(tx, id, 'start', app.clock.read(), { frozenAt: app.clock.read() }))
  const other = await givenList(app, 'Other', [])
  await app.api.patch(`/campaigns/${campaignId}`, { targetListIds: [other] })
  await app.api.delete(`/target-lists/${list}`)
  expect((await app.api.get(path)).body).toMatchObject({ status: 'inProcess', targetListIds: [list], allowedSteps: ['pause', 'cancel', 'retryFailed', 'sendToNew'] })
  const refused = await app.api.patch(path, { fromName: 'Somebody else' })
  expect([refused.status, refused.body.code]).toEqual([409, 'massEmailFrozen'])
  expect((await app.api.patch(path, { name: 'A better name' })).body.name).toBe('A better name')
})

test('due are the pending ones of active campaigns whose Date Start has come', async () => {
  await using app = await startApp()
  const due = await givenMassEmail(app)
  const later = await givenMassEmail(app, { dateStart: '2031-01-01T00:00:00Z' })
  const braked = await givenMassEmail(app, {}, { status: 'inactive' })
  for (const { path } of [due, later, braked]) expect((await app.api.patch(path, { status: 'pending' })).status).toBe(200)
  await givenMassEmail(app)
  await app.db.transaction().execute(async (tx) => {
    expect((await lockNextDue(tx, app.clock.read()))?.id).toBe(due.id)
    expect(await lockNextDue(tx, app.clock.read(), [due.id])).toBeUndefined()
  })
})

test('who takes the first that is due leaves the second to another process', async () => {
  await using app = await startApp()
  const [first, second] = [await givenMassEmail(app), await givenMassEmail(app)]
  for (const { path } of [first, second]) await app.api.patch(path, { status: 'pending' })
  await app.db.transaction().execute(async (tx) => {
    expect((await lockNextDue(tx, app.clock.read()))?.id).toBe(first.id)
    expect((await app.db.transaction().execute((other) => lockNextDue(other, app.clock.read())))?.id).toBe(second.id)
  })
})

test('what waits is held with a reason when its account changes, and waits again once a person resumes it', async () => {
  await using app = await startApp()
  const { path, id } = await givenMassEmail(app)
  await app.api.patch(path, { status: 'pending' })
  await app.db.transaction().execute((tx) => takeStep(tx, id, 'hold', app.clock.read(), { pausedReason: 'accountChanged' }))
  expect((await app.api.get(path)).body).toMatchObject({ status: 'paused', pausedReason: 'accountChanged', allowedSteps: ['resume', 'cancel'] })
  await app.db.transaction().execute((tx) => takeStep(tx, id, 'resume', app.clock.read()))
  expect((await app.api.get(path)).body).toMatchObject({ status: 'pending', pausedReason: null })
})

test('what was held for a new account has to pass the pre-flight again before it waits', async () => {
  await using app = await startApp()
  const { path } = await givenMassEmail(app)
  await app.api.patch(path, { status: 'pending' })
  await app.api.patch('/settings/general', { publicUrl: 'http://mail.acme.example' })
  await app.api.patch('/settings/outbound-emails', { systemSmtp: { host: '127.0.0.1', port: 25, security: 'none' } })
  expect((await app.api.get(path)).body).toMatchObject({ status: 'paused', pausedReason: 'accountChanged' })
  const refused = await app.api.post(`${path}/resume`)
  expect([refused.status, refused.body.code]).toEqual([409, 'preflightFailed'])
  expect(refused.body.checks.filter((check: any) => check.level === 'error')).toMatchObject([{ code: 'publicUrlNotHttps' }])
  await app.api.patch(path, { override: ['publicUrlNotHttps'] })
  expect((await app.api.post(`${path}/resume`)).status).toBeLessThan(300)
  expect((await app.api.get(path)).body.status).toBe('pending')
})

test('a duplicate is a draft that nobody has got yet', async () => {
  await using app = await startApp()
  const { path } = await givenMassEmail(app)
  await app.api.patch(path, { status: 'pending' })
  const copy = await app.api.post(`${path}/duplicate`, { name: 'Second letter' })
  expect(copy.body).toMatchObject({ name: 'Second letter', status: 'draft', dateStart: null, fromAddress: 'news@acme.example', emailTemplateName: 'Letter' })
  expect((await app.api.get('/mass-emails?status=pending&fields=name')).body.items.map((item: any) => item.name)).toEqual(['Letter'])
})

test('two people who set it Pending at the same time are told apart by the version', async () => {
  await using app = await startApp()
  const { path, body } = await givenMassEmail(app)
  const both = await Promise.all([1, 2].map(() => app.api.patch(path, { status: 'pending' }, { 'if-match': `"${body.version}"` })))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
})
