import { expect, test } from 'vitest'
import { isId, newId } from './id.ts'

test('ids grow in the order in which they are made, many in a millisecond and when the clock goes back', () => {
  const ids = [...Array.from({ length: 10_000 }, () => newId(1_900_000_000_000)), newId(1_800_000_000_000), newId(2_000_000_000_000)]
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('an id is a UUID of version 7', () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([isId(newId()), isId('nonsense'), isId('')]).toEqual([true, false, false])
})
