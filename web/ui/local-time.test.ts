import { expect, test } from 'vitest'
import { instantOf, wallClock } from './local-time.ts'

test('what a picker shows comes back as the same instant, also in summer time', () => {
  for (const instant of ['2030-01-31T12:00:00.000Z', '2030-07-31T12:00:00.000Z']) expect(instantOf(wallClock(instant))).toBe(instant)
})

test('no time is no time', () => {
  expect([wallClock(null), wallClock(undefined), instantOf(null)]).toEqual([null, null, null])
})
