import { expect, test } from 'vitest'
import { reasonGroups, reasonWords } from './reasons.ts'

test('failures are gathered by reason, the most frequent first, with what the server said to one of them', () => {
  expect(reasonGroups([
    { reasonCode: 'policy', reason: '554 no' },
    { reasonCode: 'deadAddress', reason: '550 5.1.1 unknown' },
    { reasonCode: 'deadAddress', reason: '550 no such user' },
  ])).toEqual([
    { code: 'deadAddress', words: 'The address does not exist', count: 2, example: '550 5.1.1 unknown' },
    { code: 'policy', words: 'The server refused the mail: policy', count: 1, example: '554 no' },
  ])
})

test('a skipped one says the verdict in words', () => {
  expect(reasonWords('optedOutOfList')).toBe('Opted out of the list')
})

test('a reason nobody has put into words yet is shown as it is', () => {
  expect(reasonGroups([{ reasonCode: 'brandNew', reason: 'brandNew' }])).toEqual([{ code: 'brandNew', words: 'brandNew', count: 1, example: null }])
})
