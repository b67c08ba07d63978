import { expect, test } from 'vitest'
import { warmUpCurve, warmUpDay, warmUpLimit, warmUpLimitAt } from './warm-up.ts'

const plan = { startPerDay: 100, growthPercent: 50, startedAt: '2030-01-01T12:00:00.000Z' }
const at = (day: number, hour: number) => new Date(Date.UTC(2030, 0, day, hour))

test('a warm-up begins with its first figure and grows by its percentage from day to day', () => {
  expect(warmUpCurve(plan, 4)).toEqual([{ day: 1, perDay: 100 }, { day: 2, perDay: 150 }, { day: 3, perDay: 225 }, { day: 4, perDay: 337 }])
})

test('a day of the plan is 24 hours from its start, and a clock that is behind gives the first day', () => {
  expect([at(1, 11), at(1, 12), at(2, 11), at(2, 12)].map((now) => warmUpDay(plan, now))).toEqual([0, 0, 0, 1])
  expect(warmUpLimitAt(plan, at(3, 13))).toBe(225)
})

test('without a plan there is no limit of a day, and one of years ago is still a number', () => {
  expect(warmUpLimitAt(null, at(1, 12))).toBeNull()
  expect(warmUpLimit(plan, 10_000)).toBe(Number.MAX_SAFE_INTEGER)
  expect(warmUpLimit({ startPerDay: 7, growthPercent: 0 }, 10_000)).toBe(7)
})
