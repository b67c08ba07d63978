import { expect, test } from 'vitest'
import { ratePerMinute, secondsLeft, withSample } from './pace.ts'

test('the rate is what was settled between the first and the last sample', () => {
  const samples = withSample(withSample([], { at: 0, settled: 100 }), { at: 30_000, settled: 400 })
  expect(ratePerMinute(samples)).toBe(600)
  expect(secondsLeft(1200, 600)).toBe(120)
})

test('one look says nothing about the rate, and a standstill nothing about the end', () => {
  expect(ratePerMinute([{ at: 0, settled: 5 }])).toBeNull()
  expect(secondsLeft(10, 0)).toBeNull()
  expect(secondsLeft(10, null)).toBeNull()
})

test('old samples are forgotten, and a count that went down starts over', () => {
  const samples = withSample([{ at: 0, settled: 1 }, { at: 80_000, settled: 2 }], { at: 100_000, settled: 3 })
  expect(samples.map(({ settled }) => settled)).toEqual([2, 3])
  expect(withSample(samples, { at: 101_000, settled: 0 })).toEqual([{ at: 101_000, settled: 0 }])
})
