import { expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { countUse, dropHolds, grant, readPortion, settleAllowance } from './allowance.ts'

const noon = new Date('2030-01-01T12:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

test('no sliding hour ever sees more than the limit, however senders take turns', async () => {
  await using database = await createDatabase()
  const { db } = database
  const left: number[] = []
  let second = 0
  for (let turn = 0; turn < 120; turn++) {
    second += (turn * 37) % 211
    const sender = turn % 3
    const { granted } = await grant(db, sender, 5 + (turn % 40), 100, after(second))
    // Some of it is sent a little later, the rest is given back.
    const sent = Math.floor((granted * ((turn % 4) + 1)) / 4)
    second += turn % 13
    await settleAllowance(db, sender, { left: sent, unused: granted - sent }, after(second))
    for (let i = 0; i < sent; i++) left.push(second)
  }
  const busiest = Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + 3600).length))
  expect(busiest).toBeLessThanOrEqual(100)
  expect(busiest).toBeGreaterThan(90)
})

test('what many ask for at the same moment is never granted twice', async () => {
  await using database = await createDatabase()
  const grants = await Promise.all(Array.from({ length: 12 }, (_, sender) => grant(database.db, sender, 30, 100, noon)))
  expect(grants.reduce((sum, { granted }) => sum + granted, 0)).toBe(100)
  expect(grants.some(({ isUsedUp }) => isUsedUp)).toBe(false)
})

test('a clock that goes back gives no allowance', async () => {
  await using database = await createDatabase()
  const { db } = database
  await grant(db, 1, 100, 100, noon)
  await settleAllowance(db, 1, { left: 100, unused: 0 }, noon)
  expect((await grant(db, 1, 10, 100, after(-7200))).granted).toBe(0)
  expect((await grant(db, 1, 10, 100, after(3600))).granted).toBe(0)
  expect((await grant(db, 1, 10, 100, after(3602))).granted).toBe(10)
})

test('what a dead sender held is free again, what it may have sent counts', async () => {
  await using database = await createDatabase()
  const { db } = database
  await grant(db, 7, 100, 100, noon)
  await countUse(db, 3, noon)
  await dropHolds(db)
  expect(await readPortion(db, 100, noon)).toEqual({ limit: 100, used: 3, freeAt: null })
  // It wakes up again and settles: nothing is held, so nothing can be given back twice.
  await settleAllowance(db, 7, { left: 0, unused: 100 }, noon)
  expect((await grant(db, 8, 200, 100, noon)).granted).toBe(97)
})

test('the portion says when there is allowance again', async () => {
  await using database = await createDatabase()
  const { db } = database
  await countUse(db, 40, noon)
  await countUse(db, 60, after(600))
  expect((await readPortion(db, 100, after(900))).freeAt).toEqual(after(3601))
  expect((await readPortion(db, 50, after(900))).freeAt).toEqual(after(600 + 3601))
  expect((await readPortion(db, null, after(900))).freeAt).toBe(null)
})
