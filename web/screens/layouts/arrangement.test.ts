/** Arranging a layout, step by step. */
import { expect, test } from 'vitest'
import { arrangementOf, hide, moved, placeOf, show, stepped, withGroup, withoutGroup } from './arrangement.ts'

const start = arrangementOf([{ title: 'Who', items: ['a', 'b'] }, { title: 'Where', items: ['c'] }], ['a', 'b', 'c', 'd'])
const shown = ({ groups, hidden }: typeof start) => [...groups.map(({ items }) => items.join('')), hidden.join('')]

test('what no group shows is hidden', () => expect(shown(start)).toEqual(['ab', 'c', 'd']))

test('one step moves within a group, then into the next one, and stops at the ends', () => {
  expect(shown(stepped(start, 'a', 1))).toEqual(['ba', 'c', 'd'])
  expect(shown(stepped(start, 'b', 1))).toEqual(['a', 'bc', 'd'])
  expect(shown(stepped(start, 'c', -1))).toEqual(['abc', '', 'd'])
  expect(stepped(start, 'a', -1)).toBe(start)
  expect(stepped(start, 'c', 1)).toBe(start)
})

test('nothing is lost or doubled by hiding, showing and dropping', () => {
  expect(shown(hide(start, 'a'))).toEqual(['b', 'c', 'ad'])
  expect(shown(show(start, 'd'))).toEqual(['ab', 'cd', ''])
  expect(shown(moved(start, 'c', { group: 0, index: 1 }))).toEqual(['acb', '', 'd'])
  expect(shown(moved(start, 'b', { group: 0, index: 0 }))).toEqual(['ba', 'c', 'd'])
  expect(placeOf(hide(start, 'c'), 'c')).toEqual({ group: 'hidden', index: 0 })
})

test('a removed group leaves what it showed to its neighbour', () => {
  expect(shown(withoutGroup(start, 1))).toEqual(['abc', 'd'])
  expect(shown(withoutGroup(start, 0))).toEqual(['abc', 'd'])
  expect(withoutGroup(start, 0).groups[0]!.title).toBe('Where')
  expect(shown(withGroup(start, 'New'))).toEqual(['ab', 'c', '', 'd'])
})
