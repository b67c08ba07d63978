import { expect, test } from 'vitest'
import { faultsByInput } from './form-values.ts'
import { effectInWords, mailInWords, openness } from './form-words.ts'

test('a form says whether visitors can subscribe, and what it needs if not', () => {
  expect([openness({ active: true, open: true }), openness({ active: true, open: false }), openness({ active: false, open: false })].map(({ words }) => words))
    .toEqual(['Open', 'Needs a target list', 'Switched off'])
})

test('a proof says which "no" was taken back, and what still stands against mail', () => {
  expect(effectInWords({})).toEqual([])
  expect(effectInWords({ liftedLists: ['News'], liftedEntirely: true, optedOutOfOthers: 2, stillSuppressed: ['invalid'] })).toEqual([
    'Took back the opt-out from News, “no” to everything.', 'Stays opted out of 2 other lists.', 'Gets no mail all the same: the address is invalid.'])
})

test('a confirmation mail says where it is', () => {
  expect(mailInWords({ mailStatus: 'sent', mailReply: '250 ok', mailRepeats: 1 })).toContain('Sent again')
  expect(mailInWords({ mailStatus: 'failed', mailReply: '550 no such user', mailRepeats: 0 })).toBe('Not sent: 550 no such user')
})

test('faults of a list stand at the input that holds it', () => {
  expect(faultsByInput({ 'targetListIds.1': 'a', name: 'b' })).toEqual({ targetListIds: 'a', name: 'b' })
})
