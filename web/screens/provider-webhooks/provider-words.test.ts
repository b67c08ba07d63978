import { expect, test } from 'vitest'
import { stateOf } from './provider-words.ts'

const webhook = { active: true, keySet: true, lastEventAt: '2030-01-01T12:00:00Z', lastRefusalAt: null }

test('the state says what keeps events out: off, no key, or a last post that was not believed', () => {
  expect(stateOf(webhook).words).toBe('On')
  expect(stateOf({ ...webhook, active: false, keySet: false }).words).toBe('Off')
  expect(stateOf({ ...webhook, keySet: false }).words).toBe('No key')
  expect(stateOf({ ...webhook, lastRefusalAt: '2030-01-01T12:00:01Z' }).words).toBe('Refused')
  expect(stateOf({ ...webhook, lastEventAt: null, lastRefusalAt: '2030-01-01T12:00:01Z' }).words).toBe('Refused')
  expect(stateOf({ ...webhook, lastRefusalAt: '2030-01-01T11:59:59Z' }).words).toBe('On')
})
