/** Times in words. */
import { expect, test } from 'vitest'
import { duration, relativeTime } from './time.ts'

const now = new Date('2030-01-10T12:00:00Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('times are said in the largest unit that fits, before and after now', () => {
  expect([-3, -40, -180, -7_200, -86_400, 5_400].map((seconds) => relativeTime(at(seconds), now)))
    .toEqual(['just now', 'less than a minute ago', '3 minutes ago', '2 hours ago', 'yesterday', 'in 1 hour'])
})

test('what is left is rounded, and never nothing', () => {
  expect([0.2, 50, 240, 5_400, 200_000].map(duration)).toEqual(['1 second', '50 seconds', '4 minutes', '2 hours', '2 days'])
})
