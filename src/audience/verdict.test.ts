/** Holds the one SQL statement to a slow, plain reading of the same rules, on random small worlds. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Db } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Verdict } from './codes.ts'
import { audienceTypes } from './mailable.ts'
import { stillAllowed } from './still-allowed.ts'
import { type VerdictRow, verdicts } from './verdict.ts'

const now = new Date('2030-01-01T12:00:00Z')
const types = audienceTypes()
/** In the order in which types are mailed. */
const typeNames = ['Contact', 'Lead', 'User', 'Account']

type Entry = { type: string; id: string; address: string; malformed: boolean; doNotEmail: boolean; active: boolean }
type World = {
  records: Entry[]
  /** list id → ids of its records */
  lists: Map<string, Set<string>>
  /** "list address" */
  optOuts: Set<string>
  suppressions: { address: string; reason: string; until: Date | null }[]
}

/** Numbers that look random and are the same in every run (Mulberry32). */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { below: (count: number) => Math.floor(next() * count), chance: (share: number) => next() < share }
}
type Dice = ReturnType<typeof dice>

function randomWorld(roll: Dice): World {
  const addresses = Array.from({ length: 14 }, (_, n) => `p${n}@example.com`)
  const records = Array.from({ length: 40 }, (): Entry => ({
    type: typeNames[roll.below(4)]!, id: newId(), address: roll.chance(0.1) ? '' : addresses[roll.below(14)]!,
    malformed: roll.chance(0.08), doNotEmail: roll.chance(0.04), active: !roll.chance(0.3),
  }))
  const lists = new Map(Array.from({ length: 5 }, () => [newId(), new Set(records.filter(() => roll.chance(0.35)).map(({ id }) => id))]))
  const optOuts = new Set([...lists.keys()].flatMap((list) => addresses.filter(() => roll.chance(0.15)).map((address) => `${list} ${address}`)))
  const suppressions = addresses.flatMap((address) => ['optedOut', 'invalid', 'complained', 'softBounced']
    .filter(() => roll.chance(0.06))
    .map((reason) => ({ address, reason, until: reason === 'softBounced' ? new Date(now.getTime() + (roll.chance(0.5) ? 1 : -1) * 86_400_000) : null })))
  return { records, lists, optOuts, suppressions }
}

async function write(db: Db, { records, lists, optOuts, suppressions }: World) {
  for (const { type, id, address, malformed, doNotEmail, active } of records) {
    const common = { id, emailAddress: mixedCase(address, id), emailMalformed: malformed, doNotEmail }
    if (type === 'User') await db.insertInto('user').values({ ...common, userName: id, isActive: active }).execute()
    else if (type === 'Account') await db.insertInto('account').values({ ...common, name: id }).execute()
    else await db.insertInto(type === 'Lead' ? 'lead' : 'contact').values(common).execute()
  }
  for (const [list, members] of lists) {
    await db.insertInto('targetList').values({ id: list, name: list }).execute()
    for (const id of members) {
      await db.insertInto('targetListMember').values({ targetListId: list, entityType: records.find((record) => record.id === id)!.type, recordId: id }).execute()
    }
  }
  for (const [targetListId, emailKey] of [...optOuts].map((each) => each.split(' '))) {
    await db.insertInto('optOut').values({ targetListId: targetListId!, emailKey: emailKey!, emailAddress: emailKey! }).execute()
  }
  for (const { address, reason, until } of suppressions) {
    await db.insertInto('suppression').values({ emailKey: address, emailAddress: address, reason, until }).execute()
  }
}

/** Twins of an address differ in case. */
const mixedCase = (address: string, id: string) => (/[0-7]$/.test(id) ? address.toUpperCase() : address)

type Question = { targetListIds: string[]; excludingTargetListIds: string[]; informational: boolean }

/** The meaning, one person at a time. */
function plainVerdicts(world: World, question: Question): Map<string, [Verdict, partly: boolean]> {
  const inLists = (ids: string[], record: Entry) => ids.filter((list) => world.lists.get(list)!.has(record.id))
  const firstList = (record: Entry) => question.targetListIds.indexOf(inLists(question.targetListIds, record)[0]!)
  const candidates = world.records.filter((record) => inLists(question.targetListIds, record).length > 0)
    .sort((a, b) => typeNames.indexOf(a.type) - typeNames.indexOf(b.type) || firstList(a) - firstList(b) || (a.id < b.id ? -1 : 1))
  const taken = new Set<string>()
  const answer = new Map<string, [Verdict, boolean]>()
  for (const record of candidates) {
    const said = inLists(question.targetListIds, record).map((list) => world.optOuts.has(`${list} ${record.address}`))
    const verdict = plainHindrance(world, question, record, said.every(Boolean)) ?? (taken.has(record.address) ? 'duplicateAddress' : 'included')
    if (verdict === 'included') taken.add(record.address)
    answer.set(record.id, [verdict, verdict === 'included' && !question.informational && said.some(Boolean)])
  }
  return answer
}

function plainHindrance(world: World, question: Question, record: Entry, leftAll: boolean): Verdict | null {
  const isExcluded = (each: Entry) => question.excludingTargetListIds.some((list) => world.lists.get(list)!.has(each.id))
  const twins = world.records.filter(({ address }) => address === record.address)
  const suppressed = (reason: string) =>
    world.suppressions.some((each) => each.address === record.address && each.reason === reason && (!each.until || each.until > now))
  if (isExcluded(record)) return 'excludedRecord'
  if (record.address === '') return 'noAddress'
  if (record.malformed) return 'malformedAddress'
  if (twins.some(isExcluded)) return 'excludedAddress'
  if (suppressed('complained')) return 'complained'
  if (!question.informational && leftAll) return 'optedOutOfList'
  if (!question.informational && suppressed('optedOut')) return 'optedOutEntirely'
  if (suppressed('invalid')) return 'invalidAddress'
  if (suppressed('softBounced')) return 'softBounced'
  if (twins.some(({ doNotEmail }) => doNotEmail)) return 'doNotEmail'
  if (record.type === 'User' && !record.active) return 'inactiveUser'
  return null
}

const askedOf = (world: World, roll: Dice): Question => {
  const lists = [...world.lists.keys()]
  return { targetListIds: [lists[2]!, lists[0]!, lists[1]!].slice(roll.below(3)), excludingTargetListIds: [lists[3]!, lists[4]!].slice(roll.below(3)), informational: roll.chance(0.3) }
}

async function answersOf(db: Db, question: Question) {
  const { rows } = await sql<VerdictRow>`select * from (${verdicts({ ...question, now }, types)}) judged`.execute(db)
  expect(new Set(rows.map(({ recordId }) => recordId)).size).toBe(rows.length)
  return new Map(rows.map(({ recordId, verdict, partlyOptedOut }) => [recordId, [verdict, partlyOptedOut]]))
}

const byId = (answers: Map<string, unknown>) => [...answers].sort(([a], [b]) => (a < b ? -1 : 1))

test.each([1, 2, 3, 4, 5, 6])('everybody in the lists gets exactly the verdict that the rules give one by one (world %i)', async (seed) => {
  await using database = await createDatabase()
  const roll = dice(seed)
  const world = randomWorld(roll)
  await write(database.db, world)
  for (let round = 0; round < 6; round++) {
    const question = askedOf(world, roll)
    expect(byId(await answersOf(database.db, question))).toEqual(byId(plainVerdicts(world, question)))
  }
})

test('whoever is included is still allowed, and whoever is hindered is not, for the same reason', async () => {
  await using database = await createDatabase()
  const roll = dice(7)
  const world = randomWorld(roll)
  await write(database.db, world)
  for (let round = 0; round < 6; round++) {
    const question = askedOf(world, roll)
    const allowed = stillAllowed('judged', { ...question, honourRemovals: true, now }, types)
    const { rows } = await sql<{ verdict: Verdict; late: string | null }>`
      select verdict, ${allowed} as late from (${verdicts({ ...question, now }, types)}) judged`.execute(database.db)
    for (const { verdict, late } of rows) expect(late).toBe(verdict === 'included' || verdict === 'duplicateAddress' ? null : verdict)
  }
})

test('with people already judged, only new ones are candidates, an address in the ledger is a duplicate, and tests count for nothing', async () => {
  await using database = await createDatabase()
  const { db } = database
  const [list, massEmailId] = [newId(), newId()]
  const [mailed, refused, fresh, twin] = [newId(), newId(), newId(), newId()]
  await db.insertInto('targetList').values({ id: list, name: 'Readers' }).execute()
  for (const [id, emailAddress] of [[mailed, 'anna@example.com'], [refused, ''], [fresh, 'ben@example.com'], [twin, 'ANNA@example.com']]) {
    await db.insertInto('contact').values({ id: id!, emailAddress: emailAddress! }).execute()
    await db.insertInto('targetListMember').values({ targetListId: list, entityType: 'Contact', recordId: id! }).execute()
  }
  await sql`
    insert into delivery (lane, mass_email_id, entity_type, record_id, email_address, email_key, due_at, test)
    values (lane_of('anna@example.com'), ${massEmailId}, 'Contact', ${mailed}, 'anna@example.com', 'anna@example.com', ${now}, false),
           (lane_of('ben@example.com'), ${massEmailId}, 'Contact', ${fresh}, 'ben@example.com', 'ben@example.com', ${now}, true)`.execute(db)
  await db.insertInto('notMailed').values({ massEmailId, entityType: 'Contact', recordId: refused, verdict: 'noAddress' }).execute()
  const question = { targetListIds: [list], excludingTargetListIds: [], informational: false, now, alreadyInMassEmailId: massEmailId }
  const { rows } = await sql<VerdictRow>`select * from (${verdicts(question, types)}) judged order by email_key desc`.execute(db)
  expect(rows.map(({ recordId, verdict }) => [recordId, verdict])).toEqual([[fresh, 'included'], [twin, 'duplicateAddress']])
})

test('what changed after freezing is seen: record deleted, taken out of all lists, address changed or emptied', async () => {
  await using database = await createDatabase()
  const { db } = database
  const list = newId()
  await db.insertInto('targetList').values({ id: list, name: 'Readers' }).execute()
  const ids = [newId(), newId(), newId(), newId(), newId()]
  for (const [n, id] of ids.entries()) {
    await db.insertInto('contact').values({ id, emailAddress: `p${n}@example.com` }).execute()
    await db.insertInto('targetListMember').values({ targetListId: list, entityType: 'Contact', recordId: id }).execute()
  }
  await db.deleteFrom('contact').where('id', '=', ids[1]!).execute()
  await db.deleteFrom('targetListMember').where('recordId', '=', ids[2]!).execute()
  await db.updateTable('contact').set({ emailAddress: 'new@example.com' }).where('id', '=', ids[3]!).execute()
  await db.updateTable('contact').set({ emailAddress: '' }).where('id', '=', ids[4]!).execute()

  const late = async (honourRemovals: boolean) => {
    const frozen = { targetListIds: [list], excludingTargetListIds: [], informational: false, honourRemovals, now }
    const { rows } = await sql<{ late: string | null }>`
      select ${stillAllowed('d', frozen, types)} as late
        from unnest(${ids}::uuid[]) with ordinality as given (record_id, n),
             lateral (select 'Contact' as entity_type, record_id, 'p' || n - 1 || '@example.com' as email_key) d order by n`.execute(db)
    return rows.map((row) => row.late)
  }
  expect(await late(true)).toEqual([null, 'recordDeleted', 'removedFromLists', 'addressChanged', 'noAddress'])
  expect((await late(false))[2]).toBe(null)
  await db.updateTable('targetList').set({ deletedAt: now }).execute()
  expect((await late(false))[0]).toBe('removedFromLists')
})

test('members of a type that is no longer related are not mailed, and lend their address to nobody', async () => {
  await using database = await createDatabase()
  const { db } = database
  const [list, lead, account] = [newId(), newId(), newId()]
  await db.insertInto('targetList').values({ id: list, name: 'Readers' }).execute()
  await db.insertInto('lead').values({ id: lead, emailAddress: 'office@example.com' }).execute()
  await db.insertInto('account').values({ id: account, name: 'Office', emailAddress: 'office@example.com' }).execute()
  await db.insertInto('targetListMember').values([
    { targetListId: list, entityType: 'Lead', recordId: lead }, { targetListId: list, entityType: 'Account', recordId: account },
  ]).execute()
  const fewer = types.map((type) => ({ ...type, mailable: type.name !== 'Lead' }))
  const question = { targetListIds: [list], excludingTargetListIds: [], informational: false, honourRemovals: true, now }
  const { rows } = await sql<{ entityType: string; verdict: string; late: string | null }>`
    select entity_type, verdict, ${stillAllowed('judged', question, fewer)} as late from (${verdicts(question, fewer)}) judged order by type_rank`.execute(db)
  expect(rows).toEqual([{ entityType: 'Lead', verdict: 'notMailable', late: 'notMailable' }, { entityType: 'Account', verdict: 'included', late: null }])
})
