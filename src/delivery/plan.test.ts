import { expect, test } from 'vitest'
import { planTurn, Tallies, type Way } from './plan.ts'
import type { Work } from './work.ts'

const work = (massEmailId: string, accountIds: string[], fresh = true): Work[] =>
  [1, 2].map((lane) => ({ massEmailId, campaignId: 'c', accountIds, sandbox: false, lane, openedThrough: 9, fresh, afterId: 0 }))
const ways = (...all: Way[]) => new Map(all.map((way) => [way.id, way]))
const way = (id: string, room: number, weight = 1, usable = true): Way => ({ id, weight, room, usable })
const countsOf = (plans: ReturnType<typeof planTurn>) => Object.fromEntries(plans.map(({ massEmailId, accountId, count }) => [`${massEmailId} ${accountId}`, count]))

test('mass emails divide the room of their account among them', () => {
  const plans = planTurn([...work('m', ['a']), ...work('n', ['a']), ...work('o', ['b'])], ways(way('a', 100), way('b', 30)), new Tallies(), 0, 500)
  expect(countsOf(plans)).toEqual({ 'm a': 50, 'n a': 50, 'o b': 30 })
})

test('what cannot be divided goes round', () => {
  const first = [0, 1, 2].map((turn) => planTurn([...work('m', ['a']), ...work('n', ['a']), ...work('o', ['a'])], ways(way('a', 1)), new Tallies(), turn, 500)[0]!.massEmailId)
  expect(new Set(first)).toEqual(new Set(['m', 'n', 'o']))
})

test('retries get little of what is scarce, and all of what nobody else wants', () => {
  const both = [...work('m', ['a'], false), ...work('n', ['a'])]
  expect(countsOf(planTurn(both, ways(way('a', 110)), new Tallies(), 0, 500))).toEqual({ 'm a': 10, 'n a': 100 })
  expect(countsOf(planTurn(both.slice(0, 2), ways(way('a', 110)), new Tallies(), 0, 500))).toEqual({ 'm a': 110 })
})

test('accounts that share are kept at their weights over many turns, however fast each of them is', () => {
  const tallies = new Tallies()
  const taken = { a: 0, b: 0 }
  for (let turn = 0; turn < 50; turn++) {
    for (const { accountId, massEmailId, count } of planTurn(work('m', ['a', 'b']), ways(way('a', 40 + (turn % 7), 3), way('b', 90, 1)), tallies, turn, 500)) {
      tallies.took(massEmailId, accountId, count)
      taken[accountId as 'a' | 'b'] += count
    }
  }
  expect(taken.a / taken.b).toBeGreaterThan(2.9)
  expect(taken.a / taken.b).toBeLessThan(3.1)
})

test('an account that is broken is left out and has nothing to catch up on afterwards', () => {
  const tallies = new Tallies()
  const turn = (b: Way) => countsOf(planTurn(work('m', ['a', 'b']), ways(way('a', 100), b), tallies, 0, 500))
  expect(turn(way('b', 0, 1, false))).toEqual({ 'm a': 100 })
  expect(turn(way('b', 100))).toEqual({ 'm a': 100, 'm b': 100 })
})
