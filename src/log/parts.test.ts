import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenCampaign, givenDeliveries, givenMassEmail, happened, settled } from '../../test/given-ledger.ts'
import { newId } from '../platform/id.ts'

/** Of four people, two in Berlin, one in Rome and one of no known city, all got it; Ann of Berlin clicked, Rome bounced. */
async function givenReaders(app: TestApp) {
  const campaignId = await givenCampaign(app.db)
  const massEmail = { id: await givenMassEmail(app.db, campaignId), campaignId }
  const deliveries = await givenDeliveries(app.db, massEmail, ['ann@one.test', 'ben@one.test', 'rosa@two.test', 'dan@two.test'])
  const [ann, ben, rosa] = deliveries
  const accountId = newId()
  await app.db.insertInto('account').values({ id: accountId, name: 'Hütte', industry: 'Steel' }).execute()
  await app.db.updateTable('contact').set({ addressCity: 'Berlin', accountId }).where('id', 'in', [ann!.recordId, ben!.recordId]).execute()
  await app.db.updateTable('contact').set({ addressCity: 'Rome' }).where('id', '=', rosa!.recordId).execute()
  await settled(app.db, deliveries, 'sending', 'sent')
  await happened(app.db, [ann!], 'clicked', { subject: 'a link' })
  await happened(app.db, [ben!], 'opened', { machine: true })
  await happened(app.db, [rosa!], 'bounced', { subject: 'hard' })
  return { campaignId, massEmail, deliveries }
}

test('the figures of a campaign and of a mass email are told by domain and by entity type', async () => {
  await using app = await startApp()
  const { campaignId, massEmail } = await givenReaders(app)
  const get = async (path: string) => (await app.api.get(path)).body.items
  const domains = [{ domain: 'one.test', people: 2, sent: 2, clicked: 1, machineOpened: 1 }, { domain: 'two.test', people: 2, sent: 2, delivered: 1, bouncedHard: 1 }]
  expect(await get(`/campaigns/${campaignId}/figures/domains`)).toMatchObject(domains)
  expect(await get(`/campaigns/${campaignId}/figures/domains?massEmailId=${massEmail.id}`)).toMatchObject(domains)
  expect(await get(`/mass-emails/${massEmail.id}/figures/domains`)).toMatchObject(domains)
  expect(await get(`/campaigns/${campaignId}/figures/domains?massEmailId=${newId()}`)).toEqual([])
  expect(await get(`/campaigns/${campaignId}/figures/entity-types`)).toMatchObject([{ entityType: 'Contact', people: 4, delivered: 3, clicked: 1 }])
})

test('the figures are told by a field of the records, own or linked; who has no value stands last', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, deliveries } = await givenReaders(app)
  const { body } = await app.api.get(`/campaigns/${campaignId}/figures/by-field?field=addressCity`)
  expect(body).toMatchObject({ entityType: 'Contact', field: 'addressCity', label: expect.any(String), share: 1, truncated: false, items: [
    { value: 'Berlin', people: 2, sent: 2, delivered: 2, clicked: 1, opened: 0 }, { value: 'Rome', people: 1, delivered: 0, bouncedHard: 1 }, { value: null, people: 1 },
  ] })
  await app.db.deleteFrom('contact').where('id', '=', deliveries[2]!.recordId).execute()
  expect((await app.api.get(`/mass-emails/${massEmail.id}/figures/by-field?field=account.industry`)).body.items).toMatchObject([{ value: 'Steel', people: 2 }, { value: null, people: 2 }])
  expect((await app.api.get(`/campaigns/${campaignId}/figures/by-field?field=account`)).body.items[0]).toMatchObject({ value: 'Hütte' })
})

test('a field that people cannot be grouped by, and a type that is none, are faults', async () => {
  await using app = await startApp()
  const { campaignId } = await givenReaders(app)
  const refused = async (query: string) => { const { status, body } = await app.api.get(`/campaigns/${campaignId}/figures/by-field?${query}`); return [status, body.errors?.[0]?.path] }
  expect(await refused('field=emailAddress')).toEqual([400, 'field'])
  expect(await refused('field=nonsense')).toEqual([400, 'field'])
  expect(await refused('field=addressCity&entityType=Nobody')).toEqual([400, 'entityType'])
})

test('a field of records that may not be read tells nothing of them', async () => {
  await using app = await startApp()
  const { campaignId } = await givenReaders(app)
  const nobody = { create: false, read: 'no', edit: 'no', delete: 'no' } as const
  const { key } = await app.givenUser('regular', { rights: { types: { Campaign: { ...nobody, read: 'all' } }, otherTypes: nobody, permissions: [] } })
  const { status, body } = await app.as(key).get(`/campaigns/${campaignId}/figures/by-field?field=addressCity`)
  expect([status, body.items.map(({ value, people }: { value: string | null; people: number }) => [value, people])]).toEqual([200, [[null, 4]]])
})

test('of very many people a part is counted by a field, and the answer says so', async () => {
  await using app = await startApp()
  const { campaignId } = await givenReaders(app)
  await sql`update figure_domain set people = 3200000 where entity_type = 'Contact' and domain = 'one.test'`.execute(app.db)
  const { body } = await app.api.get(`/campaigns/${campaignId}/figures/by-field?field=addressCity`)
  expect(body.share).toBeLessThan(0.05)
})

test('a campaign is measured against the one before it of its type that sent something', async () => {
  await using app = await startApp()
  const { campaignId: first } = await givenReaders(app)
  const unsent = await givenCampaign(app.db, 'Never sent')
  const { campaignId: last } = await givenReaders(app)
  await sql`update campaign set created_at = case id when ${first} then '2030-01-01' when ${unsent} then '2030-01-02' else '2030-01-03' end::timestamptz`.execute(app.db)
  const before = async (id: string) => (await app.api.get(`/campaigns/${id}/figures/before`)).body.campaign
  expect(await before(last)).toMatchObject({ id: first, startedAt: '2030-01-01T12:00:00.000Z', figures: { sent: 4, clicked: 1 } })
  expect(await before(first)).toBeNull()
})

test('campaigns are compared by their figures, and hour by hour from the first mail of each', async () => {
  await using app = await startApp()
  const { campaignId: first } = await givenReaders(app)
  const { campaignId: second, deliveries } = await givenReaders(app)
  await happened(app.db, [deliveries[3]!], 'opened', { at: new Date('2030-01-01T15:10:00Z') })
  const { status, body } = await app.api.get(`/campaign-comparison?ids=${second},${first}`)
  expect(status).toBe(200)
  expect(body.items).toMatchObject([
    { id: second, figures: { opened: 1 }, hours: [{ hour: 0, counts: { sent: 4, clicked: 1, bouncedHard: 1 } }, { hour: 3, counts: { opened: 1 } }] },
    { id: first, figures: { opened: 0 }, hours: [{ hour: 0 }] },
  ])
  expect((await app.api.get(`/campaign-comparison?ids=${first}`)).status).toBe(400)
  expect((await app.api.get(`/campaign-comparison?ids=${first},${newId()}`)).status).toBe(404)
})

test('Home learns what of the portion is used, and how bounces and complaints stand beside the safe lines', async () => {
  await using app = await startApp()
  const { deliveries } = await givenReaders(app)
  await happened(app.db, [deliveries[1]!], 'complained', { at: new Date('2029-01-01T12:00:00Z') })
  expect((await app.api.get('/safe-lines')).body).toEqual({ days: 30, sent: 4, bouncedHard: 1, complained: 0, stopAt: { bouncedHard: 0.05, complained: 0.003 }, warnAt: { complained: 0.001 } })
  expect((await app.api.get('/portion')).body).toMatchObject({ limit: 1000, used: 0 })
})

test('the total of the log and its chips are told by the figures, tests and what proves nothing included', async () => {
  await using app = await startApp()
  const { campaignId, massEmail, deliveries } = await givenReaders(app)
  const tested = await givenDeliveries(app.db, massEmail, ['ann@one.test'], { test: true, status: 'sent' })
  await happened(app.db, tested, 'sent')
  await happened(app.db, [deliveries[1]!], 'bounced', { subject: 'unproved' })
  await happened(app.db, [deliveries[0]!, deliveries[0]!], 'clicked', { subject: 'another link' })
  const asked = async (query: string) => {
    const [log, counts] = [await app.api.get(`/campaigns/${campaignId}/log?${query}`), await app.api.get(`/campaigns/${campaignId}/log/counts?${query}`)]
    expect(log.body.items).toHaveLength(log.body.total)
    return [log.body.total, counts.body.counts.sent, counts.body.counts.bounced, counts.body.counts.clicked]
  }
  expect(await asked('')).toEqual([10, 5, 2, 2])
  expect(await asked('test=false')).toEqual([9, 4, 2, 2])
  expect(await asked('test=true')).toEqual([1, 1, 0, 0])
  expect(await asked('action=clicked,bounced&machine=false')).toEqual([4, 5, 2, 2])
  expect(await asked(`massEmailId=${newId()}`)).toEqual([0, 0, 0, 0])
  expect(await asked('q=ann')).toEqual([4, 2, 0, 2])
})
