/** Filters over records as the tables really are: own fields, those of linked records, target lists and campaign activity. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { compileFilter } from '../listing/filter.ts'
import { activities } from '../listing/listable.ts'
import { type Pick, randomLeaf, randomTree, seeded, some } from '../listing/random-filter.ts'
import { type Deed, means, type Row } from '../listing/slow-meaning.ts'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { definitionOf } from './entity-types.ts'
import { listableOf } from './record-list.ts'

const lists = [newId(), newId(), newId()]
/** The last one to begin comes first. */
const campaigns = [newId(), newId(), newId(), newId()]
const context = { now: new Date('2030-03-10T03:30:00Z'), timeZone: 'America/New_York', campaigns: campaigns.slice(0, 3) }

test('a filter over contacts finds exactly what it means, also by their account, target lists and what they did in campaigns', async () => {
  await using database = await createDatabase()
  const pick = seeded(7)
  const rows = await givenPeople(database.db, pick, 80)
  const leaves = leavesFor(pick)
  const { from, ...listable } = listableOf(definitionOf('Contact'))
  let found = 0
  for (let round = 0; round < 300; round++) {
    const tree = randomTree(pick, 3, leaves)
    const answer = await sql<{ id: string }>`select r.id from ${from} where ${compileFilter(tree, { from, ...listable }, context)}`.execute(database.db)
    const expected = rows.filter((row) => means(tree, row, context)).map((row) => row.id as string)
    expect(answer.rows.map(({ id }) => id).sort(), JSON.stringify(tree)).toEqual(expected.sort())
    if (expected.length > 0 && expected.length < rows.length) found += 1
  }
  expect(found).toBeGreaterThan(100)
})

test('a filter over accounts asks whether one of their contacts is so; a negative one, whether none is', async () => {
  await using database = await createDatabase()
  const pick = seeded(11)
  const contacts = await givenPeople(database.db, pick, 40)
  const { rows: accounts } = await sql<{ id: string }>`select id from account`.execute(database.db)
  const rows = accounts.map(({ id }): Row => ({ id, contacts: contacts.filter(({ accountId }) => accountId === id) }))
  const leaves = [
    randomLeaf(pick, 'contacts.addressCity', 'text', { text: cities }), randomLeaf(pick, 'contacts.doNotEmail', 'boolean', { boolean: [true, false] }),
    randomLeaf(pick, 'contacts.modifiedAt', 'dateTime', { dateTime: times.map((time) => time.toISOString()) }),
  ]
  const listable = listableOf(definitionOf('Account'))
  for (let round = 0; round < 150; round++) {
    const tree = randomTree(pick, 2, leaves)
    const answer = await sql<{ id: string }>`select r.id from ${listable.from} where ${compileFilter(tree, listable, context)}`.execute(database.db)
    expect(answer.rows.map(({ id }) => id).sort(), JSON.stringify(tree)).toEqual(rows.filter((row) => means(tree, row, context)).map((row) => row.id as string).sort())
  }
})

const massEmails = [newId(), newId(), newId()]
const links = [newId(), newId()]
const cities = ['', 'Berlin', 'berlin', 'HAMBURG', 'Köln']
const industries = ['', 'Steel', 'STEEL', 'Software']
const times = ['2030-02-10T03:30:00Z', '2030-03-08T12:00:00Z', '2030-03-10T03:00:00Z', '2029-01-01T00:00:00Z'].map((time) => new Date(time))

function leavesFor(pick: Pick): (() => Record<string, unknown>)[] {
  const texts = (values: readonly string[]) => ({ text: values })
  const id = (ids: readonly string[]) => (pick([true, false]) ? [pick([...ids, 'no-such-id'])] : [])
  const activity = () => {
    const [campaignId] = id(campaigns), [massEmailId] = id(massEmails), [trackingUrlId] = id(links)
    return {
      activity: pick(activities), ...(campaignId && { campaignId }), ...(massEmailId && { massEmailId }), ...(trackingUrlId && pick([true, false]) && { trackingUrlId }),
      ...(pick([true, false, false]) && { campaignIds: some(pick, [...campaigns, 'no-such-id']) }), ...(pick([true, false, false]) && { lastCampaigns: pick([1, 2, 3, 50]) }),
      ...(pick([true, false]) && { withinDays: pick([0, 2, 28, 400]) }),
    }
  }
  return [
    randomLeaf(pick, 'addressCity', 'text', texts(cities)), randomLeaf(pick, 'doNotEmail', 'boolean', { boolean: [true, false] }),
    randomLeaf(pick, 'account.industry', 'text', texts(industries)), randomLeaf(pick, 'accountName', 'text', texts(['Acme', 'acme', 'Borg'])),
    randomLeaf(pick, 'account.doNotEmail', 'boolean', { boolean: [true, false] }),
    randomLeaf(pick, 'account.createdAt', 'dateTime', { dateTime: times.map((time) => time.toISOString()), date: ['2030-03-09', '2030-02-09'] }),
    () => ({ op: pick(['memberOf', 'notMemberOf']), value: some(pick, [...lists, 'no-such-id']) }), activity, activity, activity,
  ]
}

async function givenPeople(db: Db, pick: Pick, count: number): Promise<Row[]> {
  await givenCampaigns(db)
  for (const id of lists) await sql`insert into target_list (id, name) values (${id}, 'List')`.execute(db)
  const accounts = []
  for (let index = 0; index < 8; index++) {
    const account = { id: newId(), name: pick(['Acme', 'acme', 'Borg']), industry: pick(industries), doNotEmail: pick([true, false]), createdAt: pick(times) }
    await sql`insert into account (id, name, industry, do_not_email, created_at) values (${sql.join(Object.values(account))})`.execute(db)
    accounts.push(account)
  }
  const rows: Row[] = []
  for (let index = 0; index < count; index++) rows.push(await givenPerson(db, pick, accounts))
  return rows
}

/** The first three have sent, the second one twice; the last one has only planned to. */
async function givenCampaigns(db: Db) {
  for (const id of campaigns) await sql`insert into campaign (id, name) values (${id}, 'Campaign')`.execute(db)
  const sendings: [number, string | null][] = [[0, '2030-03-05'], [1, '2030-03-04'], [1, '2029-01-01'], [2, '2030-03-01'], [3, null], [2, null]]
  for (const [index, at] of sendings) {
    await sql`insert into mass_email (id, campaign_id, name, frozen_at) values (${newId()}, ${campaigns[index]}, 'M', ${at}::timestamptz)`.execute(db)
  }
  // Of one that was deleted nothing counts.
  await sql`insert into mass_email (id, campaign_id, name, frozen_at, deleted_at) values (${newId()}, ${campaigns[3]}, 'M', '2030-03-09', now())`.execute(db)
  const gone = newId()
  await sql`insert into campaign (id, name, deleted_at) values (${gone}, 'Gone', now())`.execute(db)
  await sql`insert into mass_email (id, campaign_id, name, frozen_at) values (${newId()}, ${gone}, 'M', '2030-03-09')`.execute(db)
}

type Account = { id: string; name: string; industry: string; doNotEmail: boolean; createdAt: Date }

async function givenPerson(db: Db, pick: Pick, accounts: Account[]): Promise<Row> {
  const account = pick([null, ...accounts])
  const row = { id: newId(), addressCity: pick(cities), doNotEmail: pick([true, false]), modifiedAt: pick(times), accountId: account?.id ?? null }
  await sql`insert into contact (id, address_city, do_not_email, modified_at, account_id) values (${sql.join(Object.values(row))})`.execute(db)
  const own = some(pick, lists)
  for (const list of own) await sql`insert into target_list_member (target_list_id, entity_type, record_id) values (${list}, 'Contact', ${row.id})`.execute(db)
  // Somebody else with the same id in the other table is another person.
  await sql`insert into target_list_member (target_list_id, entity_type, record_id) values (${pick(lists)}, 'Lead', ${row.id})`.execute(db)
  const did = Array.from({ length: pick([0, 1, 2, 4]) }, () => randomDeed(pick))
  for (const deed of did) await givenDeed(db, row.id, deed)
  return {
    ...row, did, lists: own, accountName: account?.name ?? null, 'account.industry': account?.industry ?? null,
    'account.doNotEmail': account?.doNotEmail ?? null, 'account.createdAt': account?.createdAt ?? null,
  }
}

const randomDeed = (pick: Pick): Deed => ({
  activity: pick(activities), campaignId: pick(campaigns), massEmailId: pick(massEmails), trackingUrlId: pick([null, ...links]), at: pick(times), counts: pick([true, true, true, false]),
})

let delivery = 0

/** What does not count was done by a machine or in a test. */
async function givenDeed(db: Db, id: string, { counts, ...deed }: Deed) {
  delivery += 1
  await sql`insert into log_entry (lane, campaign_id, mass_email_id, delivery_id, action, at, last_at, entity_type, record_id, email_address, tracking_url_id, machine, test)
    values (0, ${deed.campaignId}, ${deed.massEmailId}, ${delivery}, ${deed.activity}, ${deed.at}, ${deed.at}, 'Contact', ${id}, '', ${deed.trackingUrlId},
      ${!counts && delivery % 2 === 0}, ${!counts && delivery % 2 === 1})`.execute(db)
}
