import { expect, test } from 'vitest'
import { lastDue } from './schedule.ts'

const at = (text: string) => new Date(text)
const berlin = (schedule: string, since: string, now: string) => lastDue(schedule, at(since), at(now), 'Europe/Berlin')?.toISOString() ?? null

test('a time falls due once: at the minute itself, and not before', () => {
  expect(berlin('0 8 * * *', '2030-01-07T06:00:00Z', '2030-01-07T06:59:59Z')).toBeNull()
  expect(berlin('0 8 * * *', '2030-01-07T06:00:00Z', '2030-01-07T07:00:00Z')).toBe('2030-01-07T07:00:00.000Z')
  expect(berlin('0 8 * * *', '2030-01-07T07:00:00Z', '2030-01-07T07:15:00Z')).toBeNull()
})

test('of many that fell due only the last one counts, however long ago the others were', () => {
  expect(berlin('*/15 * * * *', '2020-01-01T00:00:00Z', '2030-01-07T07:07:00Z')).toBe('2030-01-07T07:00:00.000Z')
  expect(berlin('0 0 1 1 *', '2029-12-31T00:00:00Z', '2030-06-01T00:00:00Z')).toBe('2029-12-31T23:00:00.000Z')
})

test('where the clocks change, eight stays eight, a time that is skipped comes, and one that comes twice comes once a day', () => {
  // Summer time begins on 31 March 2030 at 2:00 and ends on 27 October 2030 at 3:00.
  expect(berlin('0 8 * * *', '2030-03-30T08:00:00Z', '2030-03-31T07:00:00Z')).toBe('2030-03-31T06:00:00.000Z')
  const skipped = berlin('30 2 * * *', '2030-03-30T02:00:00Z', '2030-03-31T10:00:00Z')
  expect(skipped?.slice(0, 10)).toBe('2030-03-31')
  const runs = new Set<string>()
  let since = '2030-10-26T10:00:00Z'
  for (let minute = 0; minute < 24 * 60; minute += 15) {
    const due = berlin('30 2 * * *', since, new Date(Date.parse('2030-10-26T12:00:00Z') + minute * 60_000).toISOString())
    if (due) { runs.add(due); since = due }
  }
  expect(runs.size).toBe(1)
})
