import { expect, test } from 'vitest'
import { countsInWords, outcomeWords, tookWords } from './run-words.ts'

test('counts are told in words, without what is nought; an error is told instead', () => {
  expect(countsInWords({ frozen: 1, jobRuns: 1250, tasks: 0 })).toBe('1 frozen · 1,250 job runs')
  expect(outcomeWords({ outcome: 'done', counts: { opened: 0 }, error: null })).toBe('Done: nothing to do')
  expect(outcomeWords({ outcome: 'failed', counts: {}, error: 'The list is gone.' })).toBe('Failed: The list is gone.')
  expect(outcomeWords({ outcome: 'running', counts: {}, error: null })).toBe('Running')
})

test('how long it took is told to the second', () => {
  expect(tookWords('2030-01-01T12:00:00.000Z', '2030-01-01T12:00:00.400Z')).toBe('under a second')
  expect(tookWords('2030-01-01T12:00:00.000Z', '2030-01-01T12:05:00.000Z')).toBe('5 minutes')
})
