import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { noon, startApp, type TestApp } from '../../test/app.ts'
import { imported } from '../../test/given-import.ts'
import { givenListInStep, givenReport, runSyncJob } from '../../test/given-report.ts'

type Person = { name: string; city: string; industry: string; got: number[]; clicked: number[]; inX: boolean }

/** The last of four campaigns began last. */
const campaigns = [0, 1, 2, 3]
const cities = ['Berlin', 'Hamburg', 'Bonn']
const industries = ['Steel', 'Software']

/** Always the same, and in every combination: a digit of a number says each thing. */
const people: Person[] = Array.from({ length: 600 }, (_, n) => ({
  name: `p${n}`, city: cities[n % 3]!, industry: industries[Math.floor(n / 3) % 2]!, inX: Math.floor(n / 6) % 3 === 0,
  got: campaigns.filter((campaign) => (n * 7 + campaign * 3) % 4 === 0), clicked: campaigns.filter((campaign) => (n * 5 + campaign * 11) % 9 === 0),
}))
const recent = campaigns.slice(1)

/** As a person would count them, one by one. */
const wanted = (of: readonly Person[]) => of.filter(({ city, industry, got, clicked, inX }) =>
  ['Berlin', 'Hamburg'].includes(city) && industry === 'Steel' && recent.some((campaign) => got.includes(campaign)) && !recent.some((campaign) => clicked.includes(campaign)) && !inX,
).map(({ name }) => name).toSorted()

async function givenWorld(app: TestApp) {
  const { body: { id: x } } = await app.api.post('/target-lists', { name: 'X' })
  const industryIds = Object.fromEntries(await Promise.all(industries.map(async (industry) => [industry, (await app.api.post('/accounts', { name: industry, industry })).body.id])))
  const ids = await Promise.all(campaigns.map(async (campaign) => {
    const { body: { id: campaignId } } = await app.api.post('/campaigns', { name: `Campaign ${campaign}`, type: 'email' })
    const { body: { id } } = await app.api.post('/mass-emails', { campaignId })
    await app.db.updateTable('massEmail').set({ frozenAt: new Date(noon.getTime() + campaign * 60_000) }).where('id', '=', id).execute()
    return { campaignId, id }
  }))
  const { rows } = await sql<{ id: string; name: string }>`
    insert into contact (id, first_name, email_address, address_city, account_id)
    select uuid_v7(), name, name || '@example.net', city, account::uuid from jsonb_to_recordset(${JSON.stringify(people.map(({ industry, ...person }) => ({ ...person, account: industryIds[industry] })))}::jsonb) as p (name text, city text, account text)
    returning id, first_name as name`.execute(app.db)
  const idOf = new Map(rows.map(({ id, name }) => [name, id]))
  const entries = people.flatMap(({ name, got, clicked }) => [...got.map((campaign) => [name, campaign, 'sent'] as const), ...clicked.map((campaign) => [name, campaign, 'clicked'] as const)])
  await app.db.insertInto('logEntry').values(entries.map(([name, campaign, action], deliveryId) => ({
    lane: 0, deliveryId, campaignId: ids[campaign]!.campaignId, massEmailId: ids[campaign]!.id, action, at: noon, lastAt: noon, entityType: 'Contact', recordId: idOf.get(name)!, emailAddress: `${name}@example.net`,
  }))).execute()
  await app.db.insertInto('targetListMember').values(people.filter(({ inX }) => inX).map(({ name }) => ({ targetListId: x, entityType: 'Contact', recordId: idOf.get(name)! }))).execute()
  return x as string
}

const members = async (app: TestApp, listId: string) => (await sql<{ name: string }>`
  select first_name as name from target_list_member m join contact c on c.id = m.record_id where m.target_list_id = ${listId}`.execute(app.db)).rows.map(({ name }) => name).toSorted()

test('people of two cities, of one industry, who got one of the last three campaigns, clicked none and are in no such list: filled, and in step after an import, as counted one by one', async () => {
  await using app = await startApp()
  const x = await givenWorld(app)
  const reportId = await givenReport(app, { and: [
    { field: 'addressCity', op: 'in', value: ['Berlin', 'Hamburg'] }, { field: 'account.industry', op: 'equals', value: 'Steel' },
    { activity: 'sent', lastCampaigns: 3 }, { not: { activity: 'clicked', lastCampaigns: 3 } }, { op: 'notMemberOf', value: [x] },
  ] })
  const first = wanted(people)
  expect(first.length).toBeGreaterThan(20)
  const { body: { id: once } } = await app.api.post('/target-lists', { name: 'Once' })
  expect((await app.api.post(`/target-lists/${once}/members`, { reportId })).body).toEqual({ added: first.length, alreadyThere: 0 })
  expect(await members(app, once)).toEqual(first)

  const list = await givenListInStep(app, [reportId])
  await runSyncJob(app)
  // Every fifth person moves on: from Berlin to Hamburg, to Bonn, to Berlin.
  const moved = people.map((person, n) => (n % 5 === 0 ? { ...person, city: cities[(cities.indexOf(person.city) + 1) % 3]! } : person))
  const csv = ['email,city', ...moved.filter((_, n) => n % 5 === 0).map(({ name, city }) => `${name}@example.net,${city}`)].join('\n')
  await imported(app, csv, { mapping: { email: 'emailAddress', city: 'addressCity' }, action: 'update', updateBy: 'emailAddress' })
  app.clock.advance({ hours: 1 })
  await runSyncJob(app)

  const then = wanted(moved)
  const [came, went] = [then.filter((name) => !first.includes(name)).length, first.filter((name) => !then.includes(name)).length]
  expect([came > 0, went > 0]).toEqual([true, true])
  expect(await members(app, list)).toEqual(then)
  // The job may have run with the import's task already.
  const { items: runs } = (await app.api.get(`/target-lists/${list}/report-sync/runs`)).body
  expect(runs.find(({ removed }: { removed: number }) => removed > 0)).toMatchObject({ why: 'job', added: came, removed: went, members: then.length })
  expect(await members(app, once)).toEqual(first)
})
