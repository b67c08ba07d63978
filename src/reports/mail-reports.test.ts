/** Reports about deliveries and the campaign log, and about people by what they did: whom they show, what they count, and that they end in time. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '../../test/app.ts'
import { givenTeam } from '../../test/given-rights.ts'
import { seeded } from '../listing/random-filter.ts'
import { newId } from '../platform/id.ts'
import { inTime, Places } from './in-time.ts'

const run = async (app: TestApp, values: object, api = app.api) => {
  const { status, body, text } = await api.post('/report-preview', { kind: 'grid', ...values })
  expect(status, text).toBe(200)
  return body
}
const table = (answer: any) => answer.rows.map(({ labels, values }: any) => [...labels, ...Object.values(values)])

let number = 0

async function givenMassEmail(app: TestApp, name: string, values: { frozenAt?: string; teamIds?: string[] } = {}) {
  const [campaignId, massEmailId] = [newId(), newId()]
  await sql`insert into campaign (id, name, team_ids) values (${campaignId}, ${name}, ${values.teamIds ?? []}::uuid[])`.execute(app.db)
  await sql`insert into mass_email (id, campaign_id, name, frozen_at) values (${massEmailId}, ${campaignId}, ${`Mail of ${name}`}, ${values.frozenAt ?? null})`.execute(app.db)
  return { campaignId, massEmailId }
}

type Mail = Awaited<ReturnType<typeof givenMassEmail>>
type Person = { entityType: string; id: string }

async function givenDelivery(app: TestApp, { massEmailId }: Mail, { entityType, id }: Person, status: string, { emailAddress = `${++number}@Mail.example`, test = false } = {}) {
  number += 1
  await sql`insert into delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, status, due_at, sent_at, attempts, test)
    values (${number % 64}, ${massEmailId}, ${entityType}, ${id}, ${emailAddress}, ${emailAddress.toLowerCase()}, ${status}::delivery_status, now(), ${status === 'sent' ? '2030-01-01T10:00:00Z' : null}::timestamptz, ${number % 3}, ${test})`.execute(app.db)
}

async function givenEntry(app: TestApp, { massEmailId, campaignId }: Mail, { entityType, id }: Person, action: string, { machine = false, test = false, subject = '' } = {}) {
  number += 1
  await sql`insert into log_entry (lane, campaign_id, mass_email_id, delivery_id, action, subject, at, last_at, entity_type, record_id, email_address, machine, test)
    values (${number % 64}, ${campaignId}, ${massEmailId}, ${number}, ${action}, ${subject}, '2030-01-01T10:00:00Z', '2030-01-01T10:00:00Z', ${entityType}, ${id}, ${`${number}@mail.example`}, ${machine}, ${test})`.execute(app.db)
}

const givenPerson = async (app: TestApp, entityType: 'Contact' | 'Lead', values: object): Promise<Person> =>
  ({ entityType, id: (await app.api.post(entityType === 'Contact' ? '/contacts' : '/leads', values)).body.id })

test('deliveries are counted by what they are, whose campaign they are in, and the fields of whom they went to; tests never count', async () => {
  await using app = await startApp()
  const [anna, ben] = [await givenPerson(app, 'Contact', { lastName: 'Anna', addressCity: 'Berlin' }), await givenPerson(app, 'Lead', { lastName: 'Ben', addressCity: 'Berlin', status: 'Dead' })]
  const [autumn, winter] = [await givenMassEmail(app, 'Autumn'), await givenMassEmail(app, 'Winter')]
  await givenDelivery(app, autumn, anna, 'sent', { emailAddress: 'anna@Example.com' })
  await givenDelivery(app, autumn, ben, 'failed', { emailAddress: 'ben@example.com' })
  await givenDelivery(app, winter, anna, 'sent')
  await givenDelivery(app, winter, { entityType: 'Contact', id: newId() }, 'sent')
  await givenDelivery(app, winter, anna, 'sent', { test: true })
  const about = { entityType: 'Delivery' }
  expect(table(await run(app, { ...about, groupBy: ['campaignId', 'status'] }))).toEqual([['Autumn', 'Sent', 1], ['Autumn', 'Failed', 1], ['Winter', 'Sent', 2]])
  expect(table(await run(app, { ...about, groupBy: ['massEmail.name'], filter: { field: 'domain', op: 'equals', value: 'EXAMPLE.com' } }))).toEqual([['Mail of Autumn', 2]])
  expect(table(await run(app, { ...about, groupBy: ['Contact.addressCity', 'Lead.status'] }))).toEqual([['Berlin', '(empty)', 2], ['(empty)', 'Dead', 1], ['(empty)', '(empty)', 1]])
  expect(table(await run(app, { ...about, groupBy: ['entityType', 'sentAt:month'], aggregates: ['count', 'max:attempts'] })).map(([type, month, count]: string[]) => [type, month, count])).toEqual([['Contact', 'Jan 2030', 3], ['Lead', '(empty)', 1]])
  const list = await run(app, { ...about, kind: 'list', sort: 'emailAddress', columns: ['recordName', 'emailAddress', 'status', 'massEmailId', 'Contact.addressCity'], filter: { field: 'campaign.name', op: 'equals', value: 'Autumn' } })
  expect(list.items).toMatchObject([
    { recordName: 'Anna', entityType: 'Contact', recordId: anna.id, emailAddress: 'anna@Example.com', massEmailId: autumn.massEmailId, massEmailName: 'Mail of Autumn', 'Contact.addressCity': 'Berlin' },
    { recordName: 'Ben', entityType: 'Lead', recordId: ben.id, 'Contact.addressCity': null },
  ])
  const pages: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await run(app, { ...about, kind: 'list', limit: 1, ...(cursor && { cursor }) })
    pages.push(...page.items.map(({ id }: { id: string }) => id))
    if (page.next === null) break
    cursor = page.next
  }
  expect(new Set(pages).size).toBe(4)
})

test('the log is counted by action, machine and link, and every cell opens its entries', async () => {
  await using app = await startApp()
  const anna = await givenPerson(app, 'Contact', { lastName: 'Anna' })
  const autumn = await givenMassEmail(app, 'Autumn')
  for (const [action, more] of [['sent', {}], ['opened', {}], ['opened', { machine: true }], ['bounced', { subject: 'unproved' }], ['bounced', { subject: 'soft' }], ['clicked', { test: true }]] as const) await givenEntry(app, autumn, anna, action, more)
  const about = { entityType: 'CampaignLog' }
  expect(table(await run(app, { ...about, groupBy: ['action', 'machine'] }))).toEqual([['Sent', 'No', 1], ['Opened', 'No', 1], ['Opened', 'Yes', 1], ['Bounced', 'No', 2]])
  expect(table(await run(app, { ...about, groupBy: ['bounce'], filter: { field: 'action', op: 'equals', value: 'bounced' } }))).toEqual([['Hard', 1], ['Soft', 1]])
  const { id } = (await app.api.post('/reports', { ...about, kind: 'grid', groupBy: ['action', 'campaignId'] })).body
  for (const { group, values } of (await app.api.post(`/reports/${id}/run`, {})).body.rows) {
    expect((await app.api.post(`/reports/${id}/rows`, { group })).body).toMatchObject({ total: values.count, filter: null, items: Array.from({ length: values.count }, () => ({ action: group[0], recordName: 'Anna' })) })
  }
})

test('whoever may read some campaigns counts only theirs, and of people whom he may not read only the address', async () => {
  await using app = await startApp()
  const { teamId, me, other, as } = await givenTeam(app, 'team')
  const [mine, theirs] = [await givenPerson(app, 'Contact', { lastName: 'Mine', addressCity: 'Berlin', assignedUserId: me.actor.userId }), await givenPerson(app, 'Contact', { lastName: 'Theirs', addressCity: 'Berlin', assignedUserId: other.actor.userId })]
  const [ours, secret] = [await givenMassEmail(app, 'Ours', { teamIds: [teamId] }), await givenMassEmail(app, 'Secret')]
  const gone = await givenMassEmail(app, 'Gone', { teamIds: [teamId] })
  await sql`update campaign set deleted_at = now() where id = ${gone.campaignId}`.execute(app.db)
  for (const mail of [ours, secret, gone]) for (const person of [mine, theirs]) await Promise.all([givenDelivery(app, mail, person, 'sent'), givenEntry(app, mail, person, 'clicked')])
  for (const entityType of ['Delivery', 'CampaignLog']) {
    expect(table(await run(app, { entityType, groupBy: ['campaignId', 'Contact.addressCity'] }, as))).toEqual([['Ours', 'Berlin', 1], ['Ours', '(empty)', 1]])
    expect(table(await run(app, { entityType, groupBy: ['campaign.name'] }))).toEqual([['Ours', 2], ['Secret', 2]])
    const { items } = await run(app, { entityType, kind: 'list' }, as)
    expect(items.map(({ recordName }: { recordName: string | null }) => recordName).sort()).toEqual(['Mine', null].sort())
    expect((await run(app, { entityType, kind: 'list', filter: { field: 'recordName', op: 'equals', value: 'Theirs' } }, as)).total).toBe(0)
    expect((await run(app, { entityType, kind: 'list', filter: { field: 'Contact.lastName', op: 'equals', value: 'Theirs' } }, as)).total).toBe(0)
  }
})

test('contacts in one of two cities, in accounts of one industry, who got one of the last three campaigns, clicked none of them and are not in a list, as a count by hand finds them', async () => {
  await using app = await startApp()
  const pick = seeded(7)
  const { teamId, as } = await givenTeam(app, 'team')
  const list = newId()
  await sql`insert into target_list (id, name, team_ids) values (${list}, 'X', ${[teamId]}::uuid[])`.execute(app.db)
  const accounts = [{ id: newId(), industry: 'Steel' }, { id: newId(), industry: 'steel' }, { id: newId(), industry: 'Software' }]
  for (const { id, industry } of accounts) await sql`insert into account (id, name, industry, team_ids) values (${id}, 'A', ${industry}, ${[teamId]}::uuid[])`.execute(app.db)
  const mails = []
  for (const [index, frozenAt] of ['2030-01-05', '2030-01-04', '2030-01-03', '2030-01-02', undefined].entries()) mails.push(await givenMassEmail(app, `C${index}`, { ...(frozenAt && { frozenAt }), ...(index !== 0 && { teamIds: [teamId] }) }))
  const people: { id: string; city: string; account: { id: string; industry: string } | null; got: Mail[]; clicked: Mail[]; inList: boolean }[] = []
  for (let index = 0; index < 250; index++) {
    const person = { id: newId(), city: pick(['Berlin', 'HAMBURG', 'Köln']), account: pick([null, ...accounts]), got: mails.filter(() => pick([true, false, false])), clicked: mails.filter(() => pick([true, false, false, false, false, false])), inList: pick([true, false, false]) }
    people.push(person)
    await sql`insert into contact (id, last_name, address_city, account_id, team_ids) values (${person.id}, 'P', ${person.city}, ${person.account?.id ?? null}, ${[teamId]}::uuid[])`.execute(app.db)
    for (const mail of person.got) await givenEntry(app, mail, { entityType: 'Contact', id: person.id }, 'sent')
    for (const mail of person.clicked) await givenEntry(app, mail, { entityType: 'Contact', id: person.id }, 'clicked')
    if (pick([true, false])) await givenEntry(app, pick(mails), { entityType: 'Contact', id: person.id }, 'clicked', { machine: true })
    if (person.inList) await sql`insert into target_list_member (target_list_id, entity_type, record_id) values (${list}, 'Contact', ${person.id})`.execute(app.db)
  }
  const byHand = (last: Mail[]) => people.filter(({ city, account, got, clicked, inList }) =>
    city !== 'Köln' && account?.industry.toLowerCase() === 'steel' && got.some((mail) => last.includes(mail)) && !clicked.some((mail) => last.includes(mail)) && !inList).map(({ id }) => id).sort()
  const filter = { and: [
    { field: 'addressCity', op: 'in', value: ['Berlin', 'Hamburg'] }, { field: 'account.industry', op: 'equals', value: 'Steel' },
    { activity: 'sent', lastCampaigns: 3 }, { not: { activity: 'clicked', lastCampaigns: 3 } }, { op: 'notMemberOf', value: [list] },
  ] }
  const found = async (api: TestApp['api']) => (await run(app, { entityType: 'Contact', kind: 'list', filter, limit: 200 }, api)).items.map(({ id }: { id: string }) => id).sort()
  expect(byHand(mails.slice(0, 3)).length).toBeGreaterThan(5)
  expect(await found(app.api)).toEqual(byHand(mails.slice(0, 3)))
  // The very last campaign is none of the team's: its last three are others.
  expect(await found(as)).toEqual(byHand(mails.slice(1, 4)))
  expect((await app.api.get(`/contacts/count?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.total).toBe(byHand(mails.slice(0, 3)).length)
})

test('a run that takes too long ends with what to do', async () => {
  await using app = await startApp()
  await expect(inTime(app.db, (db) => sql`select pg_sleep(5)`.execute(db), { milliseconds: 50 })).rejects.toMatchObject({ code: 'reportTooSlow', kind: 'unavailable', message: expect.stringContaining('Narrow it') })
})

test('so many reports run at once and the others wait their turn, but not for ever', async () => {
  const places = new Places(1, 60_000)
  const ends: (() => void)[] = []
  const work = () => places.within(() => new Promise<void>((resolve) => ends.push(resolve)))
  const [first, second] = [work(), work()]
  while (ends.length < 1) await Promise.resolve()
  expect(ends).toHaveLength(1)
  ends[0]!()
  await first
  while (ends.length < 2) await Promise.resolve()
  ends[1]!()
  await second
  await expect(places.within(async () => { throw new Error('fails') })).rejects.toThrow('fails')
  expect(await places.within(async () => 'free again')).toBe('free again')
  const full = new Places(0, 1)
  await expect(full.within(async () => 'never')).rejects.toMatchObject({ code: 'reportsBusy', kind: 'unavailable' })
})
