/** What somebody may not do by mail himself, he cannot bring about by changing or copying a campaign. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { upTo } from '../../test/given-rights.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import type { Permission } from '../access/rights.ts'
import { takeStep } from './steps.ts'

const somebody = async (app: TestApp, given: Permission[]) => {
  const { actor, key } = await app.givenUser('regular', { rights: upTo('all', given) })
  return { id: actor.userId, api: app.as(key) }
}

async function givenPending(app: TestApp, type = 'email') {
  await app.api.patch('/settings/outbound-emails', { fromAddress: 'news@acme.example' })
  const massEmail = await givenMassEmail(app, { to: ['anna'], type })
  const other = (await app.api.post('/target-lists', { name: 'Others' })).body.id as string
  return { ...massEmail, other, path: `/campaigns/${massEmail.campaignId}`, authorOf: async () => (await app.db.selectFrom('massEmail').select('authorId').where('id', '=', massEmail.id).executeTakeFirstOrThrow()).authorId }
}

test('who may not send cannot change the lists with which something is Pending; who may send is its author from then on', async () => {
  await using app = await startApp({ sandbox: true })
  const { path, other, targetListId, authorOf } = await givenPending(app)
  const [edits, sends] = [await somebody(app, []), await somebody(app, ['send'])]
  for (const change of [{ targetListIds: [targetListId, other] }, { excludingTargetListIds: [other] }]) {
    expect(await edits.api.patch(path, change)).toMatchObject({ status: 403, body: { code: 'mayNotSend' } })
  }
  expect((await app.api.get(path)).body).toMatchObject({ targetListIds: [targetListId], excludingTargetListIds: [], version: 1 })
  expect(await edits.api.patch(path, { name: 'Summer', targetListIds: [targetListId], excludingTargetListIds: [] })).toMatchObject({ status: 200 })
  expect(await authorOf()).toBe(app.admin.userId)
  expect(await sends.api.patch(path, { targetListIds: [targetListId, other] })).toMatchObject({ status: 200 })
  expect(await authorOf()).toBe(sends.id)
  expect(await sends.api.patch(path, { targetListIds: [] })).toMatchObject({ status: 409, body: { code: 'preflightFailed' } })
})

test('lists that count for nothing that is Pending need no right to send: drafts, and mass emails with lists of their own', async () => {
  await using app = await startApp({ sandbox: true })
  const { id, path, other, targetListId, authorOf } = await givenPending(app)
  const edits = await somebody(app, [])
  await app.api.patch(`/mass-emails/${id}`, { targetListIds: [targetListId] })
  expect(await edits.api.patch(path, { targetListIds: [other] })).toMatchObject({ status: 200 })
  expect(await authorOf()).toBe(app.admin.userId)
  await app.api.patch(`/mass-emails/${id}`, { targetListIds: null, status: 'draft' })
  expect(await edits.api.patch(path, { targetListIds: [targetListId] })).toMatchObject({ status: 200 })
})

test('what is held before it started is changed only by who may send, and waits in that name', async () => {
  await using app = await startApp({ sandbox: true })
  const { id, path, other, targetListId, authorOf } = await givenPending(app)
  await app.db.transaction().execute((tx) => takeStep(tx, id, 'hold', app.clock.read(), { pausedReason: 'accountChanged' }))
  const [edits, sends, alsoSends] = [await somebody(app, []), await somebody(app, ['send']), await somebody(app, ['send'])]
  expect(await edits.api.patch(path, { targetListIds: [targetListId, other] })).toMatchObject({ status: 403, body: { code: 'mayNotSend' } })
  expect(await edits.api.patch(`/mass-emails/${id}`, { targetListIds: [other] })).toMatchObject({ status: 403, body: { code: 'mayNotSend' } })
  expect(await sends.api.patch(path, { targetListIds: [targetListId, other] })).toMatchObject({ status: 200 })
  expect(await authorOf()).toBe(sends.id)
  expect(await alsoSends.api.patch(`/mass-emails/${id}`, { excludingTargetListIds: [other] })).toMatchObject({ status: 200, body: { status: 'paused' } })
  expect(await authorOf()).toBe(alsoSends.id)
  await app.api.post(`/mass-emails/${id}/resume`)
  expect([await authorOf(), (await app.api.get(`/mass-emails/${id}`)).body.status]).toEqual([alsoSends.id, 'pending'])
})

test('who may not send does not activate a campaign that has something to send, and informational email asks for its own right', async () => {
  await using app = await startApp({ sandbox: true })
  const { id, path } = await givenPending(app, 'informationalEmail')
  const [edits, sends, informs] = [await somebody(app, []), await somebody(app, ['send']), await somebody(app, ['send', 'sendInformational'])]
  expect(await edits.api.patch(path, { status: 'inactive' })).toMatchObject({ status: 200 })
  expect(await edits.api.patch(path, { status: 'active' })).toMatchObject({ status: 403, body: { code: 'mayNotSend' } })
  expect(await sends.api.patch(path, { status: 'active' })).toMatchObject({ status: 403, body: { code: 'mayNotSendInformational' } })
  expect((await app.api.get(path)).body.status).toBe('inactive')
  expect(await informs.api.patch(path, { status: 'active' })).toMatchObject({ status: 200 })
  await app.api.patch(`/mass-emails/${id}`, { status: 'draft' })
  await edits.api.patch(path, { status: 'inactive' })
  expect(await edits.api.patch(path, { status: 'active' })).toMatchObject({ status: 200 })
})

test('a campaign is duplicated only by who may read its lists and templates: the copy would mail to whom he does not know, or miss whom it must exclude', async () => {
  await using app = await startApp({ sandbox: true })
  const { path, targetListId, templateId, other } = await givenPending(app)
  await app.api.patch(path, { excludingTargetListIds: [other] })
  const me = await app.givenUser('regular', { rights: { ...upTo('own'), types: { Campaign: upTo('all').otherTypes } } })
  const as = app.as(me.key)
  const giveMe = (what: string) => app.api.patch(what, { assignedUserId: me.actor.userId })
  const refused = async () => (await as.post(`${path}/duplicate`)).body
  const campaigns = async () => (await app.api.get('/campaigns')).body.total
  expect(await refused()).toMatchObject({ status: 403, code: 'partsNotReadable', detail: expect.stringMatching(/1 target list, 1 excluding target list and 1 template/) })
  await giveMe(`/target-lists/${targetListId}`)
  await giveMe(`/email-templates/${templateId}`)
  expect(await refused()).toMatchObject({ code: 'partsNotReadable', detail: expect.stringContaining('1 excluding target list') })
  await app.api.delete(`/target-lists/${other}`)
  expect(await refused()).toMatchObject({ code: 'partsNotReadable' })
  expect(await campaigns()).toBe(1)
  await app.api.patch(path, { excludingTargetListIds: [] })
  expect(await as.post(`${path}/duplicate`)).toMatchObject({ status: 201, body: { targetListIds: [targetListId] } })
})

test('lists that only a mass email of the campaign has are asked for, too', async () => {
  await using app = await startApp({ sandbox: true })
  const { id, path, targetListId, templateId, other } = await givenPending(app)
  await app.api.patch(`/mass-emails/${id}`, { excludingTargetListIds: [other] })
  const me = await app.givenUser('regular', { rights: { ...upTo('own'), types: { Campaign: upTo('all').otherTypes } } })
  for (const what of [`/target-lists/${targetListId}`, `/email-templates/${templateId}`]) await app.api.patch(what, { assignedUserId: me.actor.userId })
  expect((await app.as(me.key).post(`${path}/duplicate`)).body).toMatchObject({ code: 'partsNotReadable', detail: expect.stringContaining('1 excluding target list') })
})
