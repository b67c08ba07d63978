/** What is said of an outbound account. */
import { expect, test } from 'vitest'
import { dayThatTakes, drawnDays, limitWords, warmUpWords } from './account-words.ts'

const plan = { startPerDay: 100, growthPercent: 50, startedAt: '2030-01-01T12:00:00Z' }

test('limits are said with their units, and where there are none it is said where they come from', () => {
  expect(limitWords({ maxPerHour: 1500, maxPerSecond: null, connections: 1 })).toBe(`${(1500).toLocaleString()} an hour · 1 connection`)
  expect(limitWords({ maxPerHour: null, maxPerSecond: null, connections: null })).toBe('As in Outbound Emails')
})

test('a warm-up is said by its day and what that day takes', () => {
  expect(warmUpWords(plan, new Date('2030-01-03T13:00:00Z'))).toBe('Day 3: at most 225')
  expect(warmUpWords(null, new Date())).toBe('None')
})

test('the day on which a mass email fits is found, or that none comes within a year', () => {
  expect([dayThatTakes(plan, 100), dayThatTakes(plan, 1000), dayThatTakes({ ...plan, growthPercent: 0 }, 101)]).toEqual([1, 7, null])
})

test('a month is drawn, or past today, and nothing behind the day that the limit of an hour ends the plan', () => {
  const drawn = (at: string, maxPerHour: number | null = null) => drawnDays(plan, maxPerHour, new Date(at)).length
  expect([drawn('2030-01-02T12:00:00Z'), drawn('2030-03-01T12:00:00Z'), drawn('2040-01-01T12:00:00Z'), drawn('2030-01-02T12:00:00Z', 200)]).toEqual([30, 74, 365, 11])
})
