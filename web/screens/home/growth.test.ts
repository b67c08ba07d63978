import { expect, test } from 'vitest'
import { byWeek } from './growth.ts'

test('weeks end today, and a week has the members of its last day', () => {
  const days = Array.from({ length: 15 }, (_, index) => ({ day: `2030-01-${String(index + 1).padStart(2, '0')}`, added: 1, members: index + 1 }))
  expect(byWeek(days).map(({ values }) => values.members)).toEqual([1, 8, 15])
  expect(byWeek([])).toEqual([])
})
