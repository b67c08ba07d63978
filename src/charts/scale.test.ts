import { expect, test } from 'vitest'
import { everyNth, ticksBetween } from './scale.ts'

test('an axis has round steps and holds the highest value', () => {
  expect(ticksBetween(0, 937)).toEqual([0, 250, 500, 750, 1000])
  expect(ticksBetween(0, 1000)).toEqual([0, 250, 500, 750, 1000])
  expect(ticksBetween(0, 41)).toEqual([0, 20, 40, 60])
})

test('an axis of people never shows half a person', () => {
  expect(ticksBetween(0, 2)).toEqual([0, 1, 2])
  expect(ticksBetween(0, 0)).toEqual([0, 1])
})

test('labels are thinned out until they fit', () => {
  expect(everyNth(24, 8)).toBe(3)
  expect(everyNth(5, 8)).toBe(1)
})
