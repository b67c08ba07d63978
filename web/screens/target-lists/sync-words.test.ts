import { expect, test } from 'vitest'
import { changeWords, leavingWords, occasionWords } from './sync-words.ts'

const done = { outcome: 'done' as const, added: 0, removed: 0, leaving: 0, members: 4 }

test('what a run did is said as what came and what went, and a run that changed nothing says so', () => {
  expect([changeWords({ ...done, added: 12, removed: 3 }), changeWords({ ...done, removed: 3 }), changeWords(done)]).toEqual(['+12 −3', '−3', 'no change'])
  expect(changeWords({ ...done, outcome: 'held', leaving: 3 })).toBe('Nothing was changed: 3 of 4 members would have left')
  expect(changeWords({ ...done, outcome: 'stopped' })).toBe('Nothing was changed')
})

test('who leaves a list in step is said in words', () => {
  expect([leavingWords({ mode: 'addOnly', strict: true }), leavingWords({ mode: 'mirror', strict: true })]).toEqual(['nobody leaves', 'everybody else leaves, also who was added by hand'])
})

test('every run says on which occasion', () => {
  expect(occasionWords({ why: 'hand', byUserName: 'Anna', massEmailName: null })).toBe('By Anna')
  expect(occasionWords({ why: 'freeze', byUserName: null, massEmailName: 'Autumn' })).toBe('Before “Autumn” was to start')
})
