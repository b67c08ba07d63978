import { expect, test } from 'vitest'
import { changeWords, occasionWords, syncSentence } from './sync-words.ts'

const done = { outcome: 'done' as const, added: 0, removed: 0, leaving: 0, members: 4 }

test('what a run did is said as what came and what went, and a run that changed nothing says so', () => {
  expect([changeWords({ ...done, added: 12, removed: 3 }), changeWords({ ...done, removed: 3 }), changeWords(done)]).toEqual(['+12 −3', '−3', 'no change'])
  expect(changeWords({ ...done, outcome: 'held', leaving: 3 })).toBe('Nothing was changed: 3 of 4 members would have left')
  expect(changeWords({ ...done, outcome: 'stopped' })).toBe('Nothing was changed')
})

test('how a list is kept in step is one sentence, and a report that one may not see is not named', () => {
  const reports = [{ name: 'Berlin' }, { name: null }]
  expect(syncSentence({ reports, mode: 'addOnly', strict: false })).toBe('Everybody in “Berlin” or a report that you may not see joins; nobody leaves.')
  expect(syncSentence({ reports: [{ name: 'Berlin' }], mode: 'mirror', strict: true })).toBe('Everybody in “Berlin” joins; everybody else leaves, also who was added by hand.')
})

test('every run says on which occasion', () => {
  expect(occasionWords({ why: 'hand', byUserName: 'Anna', massEmailName: null })).toBe('By Anna')
  expect(occasionWords({ why: 'freeze', byUserName: null, massEmailName: 'Autumn' })).toBe('Before “Autumn” was to start')
})
