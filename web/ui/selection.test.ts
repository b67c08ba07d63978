/** Choosing rows. */
import { expect, test } from 'vitest'
import { chosenCount, isChosen, nothing, toggled } from './selection.ts'

test('a row is chosen by the first toggle and dropped by the second', () => {
  const once = toggled(nothing, 'anna', ['anna', 'ben'])
  expect(isChosen(once, 'anna')).toBe(true)
  expect(chosenCount(toggled(once, 'anna', ['anna', 'ben']), 2)).toBe(0)
})

test('dropping one row of all results leaves the other rows that can be seen', () => {
  const all = { all: true, ids: new Set<string>() }
  expect(chosenCount(all, 12_431)).toBe(12_431)
  const without = toggled(all, 'anna', ['anna', 'ben', 'carla'])
  expect([...without.ids]).toEqual(['ben', 'carla'])
  expect(without.all).toBe(false)
})
