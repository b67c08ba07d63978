import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenMassEmail } from '../../test/given-mass-email.ts'
import { givenContactsIn, givenListInStep, givenReport, inCity, membersOf, runSyncJob } from '../../test/given-report.ts'
import { givenTeam, upTo } from '../../test/given-rights.ts'
import { newId } from '../platform/id.ts'

const own = { create: true, read: 'own', edit: 'own', delete: 'own' } as const
type Api = TestApp['api']

async function givenList({ api }: { api: Api }, name: string, ids: (string | undefined)[] = []): Promise<string> {
  const { body: { id } } = await api.post('/target-lists', { name })
  if (ids.length > 0) await api.post(`/target-lists/${id}/members`, { entityType: 'Contact', ids })
  return id
}

const byReport = (api: Api, list: string, reportId: string, how: 'members' | 'members/remove' = 'members') => api.post(`/target-lists/${list}/${how}`, { reportId })
const notSeen = (what: string) => ({ status: 409, body: { code: 'reportAsksUnseen', detail: expect.stringContaining(`asks about ${what} that you may not see`) } })

test('nobody who is left out by a list joins, or is taken out of one, by a person who may read the report and not that list', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const protectedOnes = await givenList(app, 'Key accounts', [anna])
  const reportId = await givenReport(app, { and: [inCity('Berlin'), { op: 'notMemberOf', value: [protectedOnes] }] })
  const bea = app.as((await app.givenUser('regular', { rights: { ...upTo('all'), types: { TargetList: own } } })).key)
  const list = await givenList({ api: bea }, 'Mine')

  expect(await byReport(bea, list, reportId)).toMatchObject(notSeen('target lists'))
  expect(await membersOf(app, list)).toEqual([])
  expect((await byReport(app.api, list, reportId)).body).toEqual({ added: 1, alreadyThere: 0 })
  expect(await byReport(bea, list, reportId, 'members/remove')).toMatchObject(notSeen('target lists'))
  expect(await membersOf(app, list)).toEqual(['ben'])
})

test('a list that a report leaves out counts also where the default of a question names it, in whatever letters', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const asked = (list: string) => ({ questions: [{ name: 'without', label: 'Without', default: [list] }] })
  const without = { op: 'notMemberOf', value: { question: 'without' } }
  const protectedOnes = await givenList(app, 'Key accounts', [anna])
  const reportId = await givenReport(app, without, asked(protectedOnes))
  const bea = app.as((await app.givenUser('regular', { rights: { ...upTo('all'), types: { TargetList: own } } })).key)
  const list = await givenList({ api: bea }, 'Mine')
  expect((await bea.put(`/target-lists/${list}/report-sync`, { reportIds: [reportId] })).body.errors).toEqual([{ path: 'reportIds.0', message: expect.stringContaining('may not see') }])
  expect(await byReport(bea, list, reportId)).toMatchObject(notSeen('target lists'))

  for (const circle of [await givenReport(app, without, asked(list)), await givenReport(app, { op: 'notMemberOf', value: [list.toUpperCase()] })]) {
    expect((await app.api.put(`/target-lists/${list}/report-sync`, { reportIds: [circle] })).body.errors[0].message).toContain('this very list')
  }
})

test('what a condition looks at and its person may read only in part is refused, each with what it is; the report\'s own rows are those that he may read', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin', ben: 'Berlin' })
  const { me, as } = await givenTeam(app, 'team')
  await sql`update contact set assigned_user_id = ${me.actor.userId} where id = ${anna!}`.execute(app.db)
  const { body: { id: mine } } = await as.post('/campaigns', { name: 'Mine', type: 'email' })
  const list = await givenList({ api: as }, 'Mine')
  const answer = async (filter: object, more: object = {}) => byReport(as, list, await givenReport({ api: as }, filter, more))

  expect(await answer({ not: { activity: 'clicked', withinDays: 90 } })).toMatchObject(notSeen('campaigns'))
  expect(await answer({ or: [inCity('Rom'), { not: { activity: 'clicked', campaignId: newId() } }] })).toMatchObject(notSeen('campaigns'))
  for (const field of ['account.industry', 'accountName']) expect(await answer({ field, op: 'notEquals', value: 'Retail' })).toMatchObject(notSeen('Accounts'))
  expect(await answer({ field: 'contacts.addressCity', op: 'notEquals', value: 'Berlin' }, { entityType: 'Account' })).toMatchObject(notSeen('Contacts'))

  const ordinary = { and: [inCity('Berlin'), { not: { activity: 'clicked', campaignIds: [mine] } }, { field: 'accountId', op: 'isEmpty' }, { field: 'assignedUserName', op: 'isNotEmpty' }] }
  expect((await answer(ordinary)).body).toEqual({ added: 1, alreadyThere: 0 })
  expect(await membersOf(app, list)).toEqual(['anna'])
})

test('who clicked in a campaign stays in the list when its person may read the campaign no more, or it is deleted', async () => {
  await using app = await startApp()
  const { anna } = await givenContactsIn(app, { anna: 'Berlin' })
  const user = await app.givenUser('regular')
  const as = { api: app.as(user.key) }
  const { id: massEmailId, campaignId } = await givenMassEmail(app, { to: ['zoe'], status: 'draft' })
  await app.db.insertInto('logEntry').values({ lane: 0, deliveryId: 1, campaignId, massEmailId, action: 'clicked', at: app.clock.read(), lastAt: app.clock.read(), entityType: 'Contact', recordId: anna!, emailAddress: 'anna@example.net' }).execute()
  const clicked = (field: string, id: string) => givenReport(as, { and: [{ field: 'action', op: 'equals', value: 'clicked' }, { field, op: 'equals', value: id }] }, { entityType: 'CampaignLog' })
  const lists = [await givenListInStep(as, [await clicked('campaignId', campaignId)]), await givenListInStep(as, [await clicked('massEmailId', massEmailId)], {}, 'Other')]
  const members = () => Promise.all(lists.map((list) => membersOf(app, list)))
  await runSyncJob(app)
  expect(await members()).toEqual([['anna'], ['anna']])

  await sql`update role set types = ${JSON.stringify({ Campaign: own })}::jsonb`.execute(app.db)
  expect(await runSyncJob(app)).toMatchObject({ removed: 0, notInStep: 2 })
  await sql`update role set types = '{}'::jsonb`.execute(app.db)
  expect(await runSyncJob(app)).toMatchObject({ notInStep: 0 })
  await app.api.delete(`/campaigns/${campaignId}`)
  expect(await runSyncJob(app)).toMatchObject({ removed: 0, notInStep: 2 })
  expect(await members()).toEqual([['anna'], ['anna']])
})
