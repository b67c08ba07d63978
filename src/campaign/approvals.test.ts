import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { upTo } from '../../test/given-rights.ts'

const needing = { ...upTo('all'), sendNeedsApproval: true }

/** A marketer who needs approval with a draft of his own, and a chief who needs none. */
async function given() {
  const app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example', fromName: 'Acme' })
  const [marketer, chief] = [await app.givenUser('regular', { userName: 'marketer', rights: needing }), await app.givenUser('regular', { userName: 'chief' })]
  const [asMarketer, asChief] = [app.as(marketer.key), app.as(chief.key)]
  const draft = await givenMassEmail({ ...app, api: asMarketer } as TestApp, { to: ['anna', 'ben'], status: 'draft' })
  const path = `/mass-emails/${draft.id}`
  return {
    app, marketer, chief, asMarketer, asChief, draft, path,
    read: async () => (await app.api.get(path)).body,
    why: async () => (await app.api.get(`${path}/why`)).body.reasons,
    check: async (api = asMarketer) => (await api.get(`${path}/preflight`)).body.checks.find(({ code }: { code: string }) => code === 'needsApproval'),
    notices: async (api: TestApp['api']) => (await api.get('/notices')).body.items.map(({ kind, title }: { kind: string; title: string }) => [kind, title]),
    ask: async (note?: string) => {
      const { status, text } = await asMarketer.post(`${path}/approval`, note ? { note } : {})
      expect([status, text.slice(0, 300)]).toEqual([200, expect.any(String)])
    },
    approve: (api = asChief) => api.post(`${path}/approval/approve`),
    /** Everything due goes out; answers how many mails left. */
    run: async () => {
      app.clock.advance({ minutes: 1 })
      await app.settle()
      return (await app.api.get('/sandbox/messages')).body.total as number
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

test('whoever needs approval asks, somebody else approves, and it goes out in the name of whoever asked', async () => {
  await using it = await given()
  const { asMarketer, path, marketer, app } = it
  expect(await asMarketer.patch(path, { status: 'pending' })).toMatchObject({ status: 409, body: { code: 'needsApproval', detail: expect.stringContaining('Ask for approval') } })
  expect((await it.read()).status).toBe('draft')
  expect(await it.check()).toMatchObject({ level: 'error', message: 'Somebody else has to approve it before it goes out.' })
  expect(await it.check(it.asChief)).toBeUndefined()
  await it.ask('The spring offer')
  expect(await it.read()).toMatchObject({ status: 'draft', approval: { askedById: marketer.actor.userId, note: 'The spring offer', approved: false, holds: true } })
  expect(await it.why()).toEqual([expect.objectContaining({ code: 'needsApproval', message: expect.stringContaining('waits for approval') })])
  expect(await it.check()).toMatchObject({ level: 'error', message: 'It waits for approval.' })
  expect(await it.notices(it.asChief)).toEqual([['approvalAsked', '“First” waits for your approval']])
  expect(await it.notices(asMarketer)).toEqual([])
  expect((await it.approve()).body).toMatchObject({ status: 'pending', approval: { approved: true, holds: true } })
  expect((await app.db.selectFrom('massEmail').select('authorId').where('id', '=', it.draft.id).executeTakeFirstOrThrow()).authorId).toBe(marketer.actor.userId)
  expect(await it.check()).toMatchObject({ level: 'ok' })
  expect(await it.notices(asMarketer)).toEqual([['approvalGiven', '“First” is approved and scheduled']])
  expect(await it.run()).toBe(2)
  const log = (await app.api.get('/audit-log')).body.items.map(({ action, userName }: { action: string; userName: string }) => [action, userName])
  expect(log).toEqual(expect.arrayContaining([['massEmailApprovalAsked', 'marketer'], ['massEmailApproved', 'chief']]))
})

test('it reaches whom the asker may read, and not whom the approver may; the approver sees that number before', async () => {
  await using app = await startApp({ sandbox: true })
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const marketer = await app.givenUser('regular', { rights: { ...needing, types: { Contact: { create: true, read: 'own', edit: 'own', delete: 'own' } } } })
  const chief = app.as((await app.givenUser('regular')).key)
  const { id, contactIds } = await givenMassEmail({ ...app, api: app.as(marketer.key) } as TestApp, { to: ['anna', 'ben'], status: 'draft' })
  await app.db.updateTable('contact').set({ assignedUserId: marketer.actor.userId }).where('id', '=', contactIds[0]!).execute()
  expect((await chief.get(`/mass-emails/${id}/audience`)).body.included).toBe(2)
  await app.as(marketer.key).post(`/mass-emails/${id}/approval`, {})
  expect((await chief.get(`/mass-emails/${id}/audience`)).body).toMatchObject({ included: 1, verdicts: { notReadable: 1 } })
  expect((await chief.post(`/mass-emails/${id}/approval/approve`)).status).toBe(200)
  await app.settle()
  expect((await app.api.get('/sandbox/messages')).body.total).toBe(1)
})

test('nobody approves his own, nor does anybody who needs approval himself, or may not send or change the campaign', async () => {
  await using it = await given()
  const { app } = it
  const colleague = app.as((await app.givenUser('regular', { rights: needing })).key)
  const reader = app.as((await app.givenUser('regular', { rights: { ...upTo('all'), otherTypes: { create: true, read: 'all', edit: 'own', delete: 'own' } } })).key)
  const unsending = app.as((await app.givenUser('regular', { rights: upTo('all', []) })).key)
  expect((await it.approve()).body.code).toBe('approvalNotAsked')
  await it.ask()
  expect((await it.approve(it.asMarketer)).body.code).toBe('needsApproval')
  expect((await it.approve(colleague)).body.code).toBe('needsApproval')
  expect([(await it.approve(reader)).status, (await it.approve(unsending)).body.code]).toEqual([403, 'mayNotSend'])
  // Meanwhile he needs none any more: his own stays his own.
  await app.db.updateTable('role').set({ sendNeedsApproval: false }).execute()
  expect((await it.approve(it.asMarketer)).body.code).toBe('ownApproval')
  expect((await it.read()).status).toBe('draft')
})

test('sent back it is a draft with the reason, and can be asked for again', async () => {
  await using it = await given()
  const { asChief, asMarketer, path } = it
  await it.ask()
  expect((await asChief.post(`${path}/approval/refuse`, { reason: ' ' })).status).toBe(400)
  expect((await asMarketer.post(`${path}/approval/refuse`, { reason: 'x' })).body.code).toBe('needsApproval')
  expect((await asChief.post(`${path}/approval/refuse`, { reason: 'The price is wrong.' })).body).toMatchObject({ status: 'draft', approval: null, notice: 'chief sent it back: The price is wrong.' })
  expect((await it.notices(asMarketer))[0]).toEqual(['approvalRefused', '“First” was not approved'])
  expect((await it.approve()).body.code).toBe('approvalNotAsked')
  await it.ask()
  expect(await it.read()).toMatchObject({ notice: null, approval: { approved: false } })
  expect((await asMarketer.delete(`${path}/approval`)).status).toBe(204)
  expect((await it.read()).approval).toBeNull()
})

test('what would not pass the pre-flight is not asked for', async () => {
  await using it = await given()
  await it.asMarketer.patch(it.path, { dateStart: null })
  expect((await it.asMarketer.post(`${it.path}/approval`, {})).body).toMatchObject({ status: 409, code: 'preflightFailed' })
  expect(await it.notices(it.asChief)).toEqual([])
})

const changes: [string, (it: Awaited<ReturnType<typeof given>>) => Promise<{ status: number }>][] = [
  ['its name', ({ asMarketer, path }) => asMarketer.patch(path, { name: 'Other' })],
  ['its Date Start', ({ asMarketer, path }) => asMarketer.patch(path, { dateStart: '2030-01-02T12:00:00Z' })],
  ['its From name', ({ asMarketer, path }) => asMarketer.patch(path, { fromName: 'The Bank' })],
  ['what it overrides', ({ asMarketer, path }) => asMarketer.patch(path, { override: ['optOutLinkMissing'] })],
  ['lists of its own', async ({ asMarketer, path }) => asMarketer.patch(path, { targetListIds: [(await asMarketer.post('/target-lists', { name: 'More' })).body.id] })],
  ["the campaign's lists", async ({ asMarketer, draft }) => asMarketer.patch(`/campaigns/${draft.campaignId}`, { targetListIds: [draft.targetListId, (await asMarketer.post('/target-lists', { name: 'More' })).body.id] })],
  ['its template by another one', async ({ asMarketer, path }) => asMarketer.patch(path, { emailTemplateId: (await asMarketer.post('/email-templates', { name: 'N', subject: 'N', body: 'n', format: 'html' })).body.id })],
  ['the text of its template', ({ asMarketer, draft }) => asMarketer.patch(`/email-templates/${draft.templateId}`, { body: '<p>Other</p>' })],
  ['whether all links are tracked', ({ asMarketer, draft }) => asMarketer.patch(`/campaigns/${draft.campaignId}`, { trackAllLinks: true })],
]

test.each(changes)('a change of %s after asking drops what was asked for', async (_, change) => {
  await using it = await given()
  await it.ask()
  expect((await change(it)).status).toBe(200)
  expect((await it.read()).approval.holds).toBe(false)
  expect((await it.approve()).body.code).toBe('changedSinceAsked')
  expect(await it.why()).toEqual([expect.objectContaining({ code: 'needsApproval', message: 'It was changed since approval was asked for.' })])
  await it.ask()
  expect((await it.approve()).body.status).toBe('pending')
})

test('what was asked for anew after the approver looked at it is not approved unseen', async () => {
  await using it = await given()
  await it.ask()
  const { askedAt } = (await it.asChief.get(it.path)).body.approval
  it.app.clock.advance({ seconds: 5 })
  await it.asMarketer.patch(it.path, { name: 'Other' })
  await it.ask()
  expect((await it.asChief.post(`${it.path}/approval/approve`, { askedAt })).body.code).toBe('changedSinceAsked')
  const now = (await it.asChief.get(it.path)).body.approval
  expect((await it.asChief.post(`${it.path}/approval/approve`, { askedAt: now.askedAt })).body.status).toBe('pending')
})

test('where a link leads belongs to what was asked for', async () => {
  await using it = await given()
  const { asMarketer, draft } = it
  const link = (await asMarketer.post('/tracking-urls', { campaignId: draft.campaignId, name: 'Shop', action: 'redirect', url: 'https://shop.example/' })).body
  const unused = (await asMarketer.post('/tracking-urls', { campaignId: draft.campaignId, name: 'Other', action: 'redirect', url: 'https://shop.example/' })).body
  await asMarketer.patch(`/email-templates/${draft.templateId}`, { body: `<a href="${link.code}">Shop</a>` })
  await it.ask()
  await asMarketer.patch(`/tracking-urls/${unused.id}`, { url: 'https://other.example/' })
  expect((await it.read()).approval.holds).toBe(true)
  await asMarketer.patch(`/tracking-urls/${link.id}`, { url: 'https://evil.example/' })
  expect((await it.approve()).body.code).toBe('changedSinceAsked')
})

test('between approval and start a change by the asker is refused, and one by its template sends it back to draft', async () => {
  await using it = await given()
  const { app, asMarketer, path, draft } = it
  await asMarketer.patch(path, { dateStart: '2030-01-01T14:00:00Z' })
  await it.ask()
  await it.approve()
  expect((await asMarketer.patch(path, { name: 'Other' })).body.code).toBe('needsApproval')
  const more = (await asMarketer.post('/target-lists', { name: 'More' })).body.id
  expect((await asMarketer.patch(`/campaigns/${draft.campaignId}`, { targetListIds: [more] })).body.code).toBe('needsApproval')
  expect(await it.read()).toMatchObject({ status: 'pending', name: 'First', targetListIds: [draft.targetListId], approval: { approved: true, holds: true } })
  await asMarketer.patch(`/email-templates/${draft.templateId}`, { subject: 'Other' })
  expect(await it.why()).toEqual([expect.objectContaining({ code: 'needsApproval', message: 'It was changed since it was approved.' })])
  app.clock.advance({ hours: 3 })
  expect(await it.run()).toBe(0)
  expect(await it.read()).toMatchObject({ status: 'draft', notice: expect.stringContaining('changed since it was approved'), approval: null })
})

test('taken back to draft, what was approved has to be approved anew', async () => {
  await using it = await given()
  await it.ask()
  await it.approve()
  expect((await it.asMarketer.patch(it.path, { status: 'draft' })).body).toMatchObject({ status: 'draft', approval: null })
  expect((await it.asMarketer.patch(it.path, { status: 'pending' })).body.code).toBe('needsApproval')
})

test('whoever needs no approval schedules what waits for it in his own name, and may change what was approved', async () => {
  await using it = await given()
  const { asChief, path, chief, marketer, app } = it
  await it.ask()
  expect((await asChief.patch(path, { status: 'pending' })).body).toMatchObject({ status: 'pending', approval: null })
  const author = async () => (await app.db.selectFrom('massEmail').select('authorId').where('id', '=', it.draft.id).executeTakeFirstOrThrow()).authorId
  expect(await author()).toBe(chief.actor.userId)
  await asChief.patch(path, { status: 'draft' })
  await it.ask()
  await it.approve()
  expect(await author()).toBe(marketer.actor.userId)
  expect((await asChief.patch(path, { name: 'Better' })).body).toMatchObject({ status: 'pending', name: 'Better', approval: null })
  expect(await author()).toBe(chief.actor.userId)
  expect(await it.run()).toBe(2)
})

test('an asker who may not send any more is not approved; one who lost it after approval sends nothing', async () => {
  await using it = await given()
  const { app, marketer } = it
  const roles = (ids: string[]) => app.db.updateTable('user').set({ roleIds: ids }).where('id', '=', marketer.actor.userId).execute()
  const { roleIds } = await app.db.selectFrom('user').select('roleIds').where('id', '=', marketer.actor.userId).executeTakeFirstOrThrow()
  await it.ask()
  await roles([])
  expect((await it.approve()).body.code).toBe('askerMayNotSend')
  await roles(roleIds)
  await it.approve()
  await roles([])
  expect(await it.run()).toBe(0)
  expect((await it.read()).notice).toContain('may not send any more')
})

test('what somebody scheduled himself before he needed approval does not start without it', async () => {
  await using it = await given()
  const { app, asMarketer, path } = it
  await app.db.updateTable('role').set({ sendNeedsApproval: false }).execute()
  expect((await asMarketer.patch(path, { status: 'pending' })).status).toBe(200)
  await app.db.updateTable('role').set({ sendNeedsApproval: true }).where('name', 'like', '%marketer').execute()
  expect(await it.run()).toBe(0)
  expect(await it.read()).toMatchObject({ status: 'draft', notice: expect.stringContaining('needs the approval of somebody else') })
})

test('a new one set Pending at once, a duplicate, and a copy of the campaign need approval like any other', async () => {
  await using it = await given()
  const { asMarketer, draft, path } = it
  await it.ask()
  await it.approve()
  const body = { campaignId: draft.campaignId, emailTemplateId: draft.templateId, dateStart: '2030-01-01T12:00:00Z', status: 'pending' }
  expect((await asMarketer.post('/mass-emails', body)).body.code).toBe('needsApproval')
  const copy = (await asMarketer.post(`${path}/duplicate`, {})).body
  expect(copy).toMatchObject({ status: 'draft', approval: null })
  expect((await asMarketer.patch(`/mass-emails/${copy.id}`, { dateStart: body.dateStart, status: 'pending' })).body.code).toBe('needsApproval')
  const campaign = (await asMarketer.post(`/campaigns/${draft.campaignId}/duplicate`, {})).body
  const [inCopy] = (await asMarketer.get(`/mass-emails?campaignId=${campaign.id}`)).body.items
  expect((await asMarketer.patch(`/mass-emails/${inCopy.id}`, { dateStart: body.dateStart, status: 'pending' })).body.code).toBe('needsApproval')
})

test('activating a campaign lets go what was approved in it, and nothing that was changed since', async () => {
  await using it = await given()
  const { asMarketer, draft } = it
  const campaign = `/campaigns/${draft.campaignId}`
  await asMarketer.patch(campaign, { status: 'inactive' })
  await it.ask()
  await it.approve()
  expect(await it.run()).toBe(0)
  await asMarketer.patch(`/email-templates/${draft.templateId}`, { body: '<p>Other</p>' })
  expect((await asMarketer.patch(campaign, { status: 'active' })).status).toBe(200)
  expect(await it.run()).toBe(0)
  expect((await it.read()).status).toBe('draft')
  await it.ask()
  await it.approve()
  expect(await it.run()).toBe(2)
})

test('the template of what somebody else has scheduled is no way round', async () => {
  await using it = await given()
  const { app, asChief, asMarketer, path, draft } = it
  await asChief.patch(path, { status: 'pending', dateStart: '2030-01-01T14:00:00Z' })
  app.clock.advance({ hours: 1 })
  await asMarketer.patch(`/email-templates/${draft.templateId}`, { body: '<p>Other</p>' })
  app.clock.advance({ hours: 2 })
  expect(await it.run()).toBe(0)
  expect(await it.read()).toMatchObject({ status: 'draft', notice: expect.stringContaining('has changed its template') })
  await asChief.patch(path, { status: 'pending' })
  expect(await it.run()).toBe(2)
})

test('once it is out: more people and another version need somebody else, a pause of one’s own does not', async () => {
  await using it = await given()
  const { app, asMarketer, asChief, path, draft } = it
  await it.ask()
  await it.approve()
  expect(await it.run()).toBe(2)
  const carl = (await asMarketer.post('/contacts', { firstName: 'Carl', emailAddress: 'carl@example.net' })).body.id
  await asMarketer.post(`/target-lists/${draft.targetListId}/members`, { entityType: 'Contact', ids: [carl] })
  expect((await asMarketer.post(`${path}/send-to-new`)).body.code).toBe('needsApproval')
  expect((await asMarketer.post(`${path}/retry-failed`)).body.code).toBe('nothingToRetry')
  expect((await asChief.post(`${path}/send-to-new`)).body.added).toBe(1)
  expect((await asMarketer.post(`${path}/pause`)).status).toBe(200)
  await asMarketer.patch(`/email-templates/${draft.templateId}`, { body: '<p>Other</p>' })
  expect((await asMarketer.post(`${path}/use-new-version`)).body.code).toBe('needsApproval')
  expect((await asMarketer.post(`${path}/resume`)).body.status).toBe('inProcess')
  await asMarketer.post(`${path}/pause`)
  await app.db.updateTable('massEmail').set({ pausedReason: 'safetyStop' }).where('id', '=', draft.id).execute()
  expect((await asMarketer.post(`${path}/resume`)).body.code).toBe('needsApproval')
  expect((await asChief.post(`${path}/resume`)).status).toBe(200)
  expect(await it.run()).toBe(3)
})

test('what the product holds before it starts is changed and resumed by somebody who needs no approval', async () => {
  await using it = await given()
  const { app, asMarketer, asChief, path, draft } = it
  await asMarketer.patch(path, { dateStart: '2030-01-01T14:00:00Z' })
  await it.ask()
  await it.approve()
  await app.db.updateTable('massEmail').set({ status: 'paused', pausedReason: 'accountChanged' }).where('id', '=', draft.id).execute()
  expect((await asMarketer.patch(path, { name: 'Other' })).body.code).toBe('needsApproval')
  expect((await asMarketer.post(`${path}/resume`)).body.code).toBe('needsApproval')
  expect((await asChief.post(`${path}/resume`)).body).toMatchObject({ status: 'pending', approval: { approved: true, holds: true } })
  app.clock.advance({ hours: 3 })
  expect(await it.run()).toBe(2)
})

test('whoever needs approval leads nobody elsewhere by the tracking URLs of what is scheduled or went out', async () => {
  await using it = await given()
  const { asMarketer, asChief, draft } = it
  const link = (await asMarketer.post('/tracking-urls', { campaignId: draft.campaignId, name: 'Shop', action: 'redirect', url: 'https://shop.example/' })).body
  await asMarketer.patch(`/email-templates/${draft.templateId}`, { body: `<a href="${link.code}">Shop</a>` })
  const path = `/tracking-urls/${link.id}`
  await it.ask()
  await it.approve()
  for (const moment of ['while it waits', 'after it went out']) {
    expect([moment, (await asMarketer.patch(path, { url: 'https://evil.example/' })).body.code]).toEqual([moment, 'needsApproval'])
    expect([moment, (await asMarketer.delete(path)).body.code]).toEqual([moment, 'needsApproval'])
    expect((await asMarketer.patch(path, { name: `Shop ${moment}` })).status).toBe(200)
    await it.run()
  }
  expect((await asChief.get(path)).body.url).toBe('https://shop.example/')
  expect((await asChief.patch(path, { url: 'https://other.example/' })).status).toBe(200)
})

/** What chief has scheduled for later, in a campaign of both. */
async function scheduledByChief() {
  const it = await given()
  expect((await it.asChief.patch(it.path, { dateStart: '2030-01-01T14:00:00Z', status: 'pending' })).status).toBe(200)
  it.app.clock.advance({ minutes: 1 })
  return it
}

const coverings: [string, (it: Awaited<ReturnType<typeof given>>) => Promise<void>][] = [
  ["somebody else's save", async ({ asChief, draft }) => { await asChief.patch(`/email-templates/${draft.templateId}`, { name: 'Spring' }) }],
  ['letting go what the product held', async ({ asChief, path, draft, app }) => {
    await app.db.updateTable('massEmail').set({ status: 'paused', pausedReason: 'The account was removed.' }).where('id', '=', draft.id).execute()
    expect((await asChief.post(`${path}/resume`)).body.status).toBe('pending')
  }],
]

test.each(coverings)('a text by somebody who needs approval, in the template of what another scheduled, is not covered by %s', async (_, cover) => {
  await using it = await scheduledByChief()
  expect((await it.asMarketer.patch(`/email-templates/${it.draft.templateId}`, { body: '<p>Other</p>' })).status).toBe(200)
  it.app.clock.advance({ minutes: 1 })
  await cover(it)
  it.app.clock.advance({ hours: 3 })
  expect(await it.run()).toBe(0)
  expect(await it.read()).toMatchObject({ status: 'draft', notice: expect.stringContaining('marketer') })
  it.app.clock.advance({ minutes: 1 })
  expect((await it.asChief.patch(it.path, { status: 'pending' })).status).toBe(200)
  expect(await it.run()).toBe(2)
})

test('a template that somebody who needs approval only renamed goes out as scheduled', async () => {
  await using it = await scheduledByChief()
  expect((await it.asMarketer.patch(`/email-templates/${it.draft.templateId}`, { name: 'Spring' })).status).toBe(200)
  it.app.clock.advance({ hours: 3 })
  expect(await it.run()).toBe(2)
})
