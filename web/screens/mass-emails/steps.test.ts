import { expect, test } from 'vitest'
import { isLive, reasonAgainst } from './steps.ts'

test('what is being sent can be paused or canceled, and not edited; the button says why', () => {
  expect(reasonAgainst('pause', 'inProcess')).toBeUndefined()
  expect(reasonAgainst('cancel', 'inProcess')).toBeUndefined()
  expect(reasonAgainst('edit', 'inProcess')).toMatch(/stays as it was frozen/)
})

test('a complete one can only go on by retrying or by sending to new members', () => {
  expect(reasonAgainst('retryFailed', 'complete')).toBeUndefined()
  expect(reasonAgainst('sendToNew', 'complete')).toBeUndefined()
  expect(reasonAgainst('cancel', 'complete')).toBe('There is nothing left to cancel.')
})

test('screens look again by themselves only while something may change', () => {
  expect(['draft', 'pending', 'inProcess', 'paused', 'complete'].filter((status) => isLive(status as never))).toEqual(['pending', 'inProcess'])
})
