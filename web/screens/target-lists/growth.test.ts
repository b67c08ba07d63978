import { expect, test } from 'vitest'
import { weeksOf } from './growth.ts'

test('weeks are whole and end today: each has who joined in it, and the members of its last day', () => {
  const days = Array.from({ length: 15 }, (_, index) => ({ day: `2030-01-${String(index + 1).padStart(2, '0')}`, added: index, members: 100 + index }))
  expect(weeksOf(days)).toEqual([{ first: '2030-01-02', last: '2030-01-08', added: 28, members: 107 }, { first: '2030-01-09', last: '2030-01-15', added: 77, members: 114 }])
  expect(weeksOf([])).toEqual([])
})
