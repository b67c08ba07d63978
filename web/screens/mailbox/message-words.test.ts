import { expect, test } from 'vitest'
import { findingInWords, foundInWords } from './message-words.ts'

test('what a check found is counted by kind; nothing is said as such', () => {
  expect(foundInWords({ bounce: 3, feedback: 1 })).toBe('3 × bounce, 1 × complaint')
  expect(foundInWords({})).toBe('nothing new')
})

test('a bounce without proof says why it proves nothing', () => {
  expect(findingInWords({ kind: 'hard', doubt: null })).toBe('Hard bounce')
  expect(findingInWords({ kind: 'hard', doubt: 'tooOld' })).toBe('Hard bounce, without proof: that mail is older than 30 days')
})
