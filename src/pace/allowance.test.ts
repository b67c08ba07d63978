import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/db.ts'
import { countUses, dropHolds, forgetOldUses, grant as grantAll, holdersWithoutLease, settleAllowance } from './allowance.ts'
import { readPortion, readUses } from './portion.ts'
import { accountOwner, accountScopes, instance, instanceScopes, type Scope } from './scopes.ts'

const noon = new Date('2030-01-01T12:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const at = (seconds: number): Clock => () => after(seconds)
const hourOf = (maxPerHour: number | null) => instanceScopes({ maxPerHour, spread: 'atOnce' })

/** The instance only: how many of `wanted`. */
async function grant(db: Db, clock: Clock, senderId: number, wanted: number, limit: number | null) {
  const { granted, usedUp } = await grantAll(db, clock, senderId, [{ owners: [instance], count: wanted, share: 1 }], hourOf(limit))
  return { granted: granted[0]!, isUsedUp: usedUp.has(instance) }
}
const settle = (db: Db, clock: Clock, senderId: number, left: number, unused: number, owners = [instance]) =>
  settleAllowance(db, clock, senderId, [{ owners, left, unused }])

/** Time that passes, and a clock that somebody sets as he likes. */
function setClock() {
  let [passedMs, setMs] = [0, 0]
  const boot = { name: 'first' }
  const clock: Clock = Object.assign(() => new Date(noon.getTime() + passedMs + setMs), { steady: { get boot() { return boot.name }, ms: () => passedMs } })
  return { clock, boot, pass: (seconds: number) => { passedMs += seconds * 1000 }, jump: (seconds: number) => { setMs += seconds * 1000 }, seconds: () => passedMs / 1000 }
}

const busiestOf = (left: readonly number[], seconds: number) => Math.max(...left.map((from) => left.filter((time) => time >= from && time < from + seconds).length))

/** The same numbers in each run. */
function seeded(seed: number) {
  return (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
}

test.each([1, 2, 3])('no sliding hour ever sees more than the limit, whatever senders, crashes and clocks do (%i)', async (seed) => {
  await using database = await createDatabase()
  const { db } = database
  const [time, random] = [setClock(), seeded(seed)]
  const left: number[] = []
  const senders = new Map([1, 2, 3].map((id) => [id, 0]))
  for (let turn = 0, nextId = 4; turn < 220; turn++) {
    time.pass(random(150))
    if (random(6) === 0) time.jump(random(20_000) - 10_000)
    const [id, held] = [...senders][random(3)]!
    if (held === 0) {
      senders.set(id, (await grant(db, time.clock, id, 1 + random(60), 100)).granted)
      continue
    }
    const sent = random(held + 1)
    for (let i = 0; i < sent; i++) left.push(time.seconds())
    time.pass(random(5))
    if (random(8) > 0) {
      await settle(db, time.clock, id, sent, held - sent)
      senders.set(id, 0)
    } else {   // it dies with its mail on the wire; another finds what it had marked
      await countUses(db, time.clock, [{ owners: [instance], count: sent }])
      await dropHolds(db, [id])
      senders.delete(id)
      senders.set(nextId++, 0)
    }
  }
  expect(busiestOf(left, 3600)).toBeLessThanOrEqual(100)
  expect(busiestOf(left, 3600)).toBeGreaterThan(80)
})

test('what many ask for at the same moment is never granted twice', async () => {
  await using database = await createDatabase()
  const grants = await Promise.all(Array.from({ length: 12 }, (_, sender) => grant(database.db, at(0), sender, 30, 100)))
  expect(grants.reduce((sum, { granted }) => sum + granted, 0)).toBe(100)
  expect(grants.some(({ isUsedUp }) => isUsedUp)).toBe(false)
})

test('neither a jump of the clock forward nor one back gives allowance, and neither takes it', async () => {
  await using database = await createDatabase()
  const { db } = database
  const time = setClock()
  await grant(db, time.clock, 1, 100, 100)
  await settle(db, time.clock, 1, 100, 0)
  for (const jump of [7_200, -20_000, 86_400 * 365]) {
    time.jump(jump)
    expect((await grant(db, time.clock, 1, 10, 100)).granted).toBe(0)
  }
  time.pass(3_602)
  expect((await grant(db, time.clock, 1, 10, 100)).granted).toBe(10)
  // People read the time from the clock as it stands.
  await settle(db, time.clock, 1, 10, 0)
  expect((await readPortion(db, time.clock, { maxPerHour: 10, spread: 'atOnce' })).freeAt!.getTime() - time.clock().getTime()).toBeGreaterThan(3_590_000)
})

test('after a new start of the machine a clock that is slow gives no allowance', async () => {
  await using database = await createDatabase()
  const time = setClock()
  await grant(database.db, time.clock, 1, 100, 100)
  await settle(database.db, time.clock, 1, 100, 0)
  time.boot.name = 'second'
  time.jump(-7_200)
  expect((await grant(database.db, time.clock, 1, 10, 100)).granted).toBe(0)
  time.pass(3_602)
  expect((await grant(database.db, time.clock, 1, 10, 100)).granted).toBe(10)
})

test('what a dead sender held is free again, what it may have sent counts', async () => {
  await using database = await createDatabase()
  const { db } = database
  await grant(db, at(0), 7, 100, 100)
  await countUses(db, at(0), [{ owners: [instance], count: 3 }])
  await dropHolds(db, await holdersWithoutLease(db))
  expect(await readPortion(db, at(0), { maxPerHour: 100, spread: 'atOnce' })).toEqual({ limit: 100, used: 3, freeAt: null })
  // It wakes up again and settles: nothing is held, so nothing can be given back twice.
  await settle(db, at(0), 7, 0, 100)
  expect((await grant(db, at(0), 8, 200, 100)).granted).toBe(97)
})

test('the portion says when there is allowance again', async () => {
  await using database = await createDatabase()
  const { db } = database
  await countUses(db, at(0), [{ owners: [instance], count: 40 }])
  await countUses(db, at(600), [{ owners: [instance], count: 60 }])
  const freeAt = async (maxPerHour: number | null) => (await readPortion(db, at(900), { maxPerHour, spread: 'atOnce' })).freeAt
  expect(await freeAt(100)).toEqual(after(3601))
  expect(await freeAt(50)).toEqual(after(600 + 3601))
  expect(await freeAt(null)).toBe(null)
})

const account = (id: string, limits: object = {}) => ({ id, maxPerHour: null, maxPerSecond: null, warmUp: null, ...limits })

test('one grant serves accounts with limits of their own out of one portion, and none of them takes all', async () => {
  await using database = await createDatabase()
  const { db } = database
  const accounts = [account('small', { maxPerHour: 10 }), account('large'), account('other')]
  const scopes: Scope[] = [...hourOf(100), ...accounts.flatMap((each) => accountScopes(each, noon))]
  const wants = accounts.map(({ id }) => ({ owners: [instance, accountOwner(id)], count: 1_000, share: 1 }))
  const { granted } = await grantAll(db, at(0), 1, wants, scopes)
  expect(granted[0]).toBe(10)
  expect(granted[1]! + granted[2]!).toBe(90)
  expect(Math.abs(granted[1]! - granted[2]!)).toBeLessThan(10)
  await settleAllowance(db, at(0), 1, wants.map(({ owners }, index) => ({ owners, left: granted[index]!, unused: 0 })))
  const uses = await readUses(db, at(1), scopes)
  expect(uses.map(({ scope: { key }, used }) => [key, used])).toEqual([['instance', 100], ['account:small', 10], ['account:large', granted[1]], ['account:other', granted[2]]])
})

test('a second, a day of warm-up and connections are held like the hour', async () => {
  await using database = await createDatabase()
  const { db } = database
  const warming = account('a', { maxPerSecond: 20, warmUp: { startPerDay: 50, growthPercent: 100, startedAt: noon.toISOString() } })
  const want = [{ owners: [accountOwner('a')], count: 1_000, share: 1 }]
  const take = async (second: number) => {
    const { granted } = await grantAll(db, at(second), 1, want, accountScopes(warming, after(second)))
    await settleAllowance(db, at(second), 1, [{ owners: want[0]!.owners, left: granted[0]!, unused: 0 }])
    return granted[0]
  }
  expect([await take(0), await take(0.5), await take(1.2), await take(2.4), await take(3.6)]).toEqual([20, 0, 20, 10, 0])
  // The second day has twice as many; those of the first count for a day.
  expect([await take(86_400), await take(86_402), await take(86_404), await take(86_406)]).toEqual([20, 20, 10, 0])
})

test('an even spread gives each part of the hour its part of the portion', async () => {
  await using database = await createDatabase()
  const { db } = database
  const scopes = instanceScopes({ maxPerHour: 20, spread: 'evenly' })
  const left: number[] = []
  for (let second = 0; second < 7200; second += 30) {
    const { granted } = await grantAll(db, at(second), 1, [{ owners: [instance], count: 500, share: 1 }], scopes)
    for (let i = 0; i < granted[0]!; i++) left.push(second)
    await settle(db, at(second), 1, granted[0]!, 0)
  }
  expect(busiestOf(left, 180)).toBe(1)
  expect(left.length).toBeGreaterThan(32)
})

test('old uses are forgotten, those that still count are not', async () => {
  await using database = await createDatabase()
  const { db } = database
  await countUses(db, at(0), [{ owners: [instance], count: 5 }])
  await countUses(db, at(7_000), [{ owners: [instance], count: 6 }])
  await forgetOldUses(db, at(7_300))
  expect(await db.selectFrom('allowanceUse').select('count').execute()).toEqual([{ count: 6 }])
  expect((await readPortion(db, at(7_300), { maxPerHour: 100, spread: 'atOnce' })).used).toBe(6)
})
