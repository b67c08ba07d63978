import { expect, test } from 'vitest'
import { notMailable } from './member-states.ts'

test('those who cannot be mailed are named by reason, the most frequent first, without those who opted out', () => {
  expect(notMailable({ invalid: 2, noAddress: 5, otherwise: { malformed: 1, optedOut: 9, softBounced: 0 } })).toEqual([
    { state: 'noAddress', count: 5 }, { state: 'invalid', count: 2 }, { state: 'malformed', count: 1 },
  ])
})
