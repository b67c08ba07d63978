import { expect, test } from 'vitest'
import { isLive, reasonAgainst, reasonAgainstEditing } from './steps.ts'

test('a step that the server allows has no reason against it; any other says why', () => {
  expect(reasonAgainst('pause', { allowedSteps: ['pause', 'cancel'] })).toBeUndefined()
  expect(reasonAgainst('resume', { allowedSteps: ['pause', 'cancel'] })).toBe('It is not paused.')
})

test('only a draft can be edited; what waits can go back, what has started cannot', () => {
  expect(reasonAgainstEditing('draft')).toBeUndefined()
  expect(reasonAgainstEditing('pending')).toMatch(/back to draft/)
  expect(reasonAgainstEditing('inProcess')).toMatch(/as it was frozen/)
})

test('screens look again by themselves only while something may change', () => {
  expect((['draft', 'pending', 'inProcess', 'paused', 'complete'] as const).filter(isLive)).toEqual(['pending', 'inProcess'])
})
