import { expect, test } from 'vitest'
import { choicesOf } from './notice-mail-choices.ts'

test('only choices that make a difference are offered, and what is shown is what happens', () => {
  const shown = (levels: Parameters<typeof choicesOf>[0], choice: 'always' | 'trouble' | 'never') => {
    const { value, data } = choicesOf(levels, choice)
    return [value, data.length]
  }
  expect([shown(['error'], 'always'), shown(['error'], 'trouble'), shown(['error'], 'never')]).toEqual([['trouble', 2], ['trouble', 2], ['never', 2]])
  expect([shown(['success'], 'trouble'), shown(['success'], 'always')]).toEqual([['never', 2], ['always', 2]])
  expect(shown(['success', 'warning'], 'trouble')).toEqual(['trouble', 3])
})
