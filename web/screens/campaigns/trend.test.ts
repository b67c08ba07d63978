import { expect, test } from 'vitest'
import type { Figures } from '../../../src/log/contract.ts'
import { trendOf } from './trend.ts'

const figures = (some: Partial<Figures>): Figures => ({
  people: 0, sent: 0, delivered: 0, opened: 0, clicked: 0, clicks: 0, optedOut: 0, optedIn: 0, bouncedHard: 0, bouncedSoft: 0, complained: 0, replied: 0,
  failed: 0, skipped: 0, uncertain: 0, leadsCreated: 0, machine: { opened: 0, clicked: 0 }, ...some,
})
const before = figures({ sent: 1000, delivered: 1000, opened: 200, optedOut: 5 })

test('a rate is compared in points, and more opens are good, more opt-outs are not', () => {
  const now = figures({ sent: 2000, delivered: 2000, opened: 500, optedOut: 20 })
  expect(trendOf(now, before, 'opened')).toEqual({ direction: 'up', words: '5 points', good: true })
  expect(trendOf(now, before, 'optedOut')).toEqual({ direction: 'up', words: '0.5 points', good: false })
  expect(trendOf(now, before, 'clicked')).toEqual({ direction: 'same', words: 'as before', good: null })
})

test('what was sent is compared by its number, which is neither good nor bad; nothing sent compares with nothing', () => {
  expect(trendOf(figures({ sent: 1500 }), before, 'sent')).toEqual({ direction: 'up', words: '50%', good: null })
  expect(trendOf(figures({}), before, 'opened')).toBeNull()
  expect(trendOf(before, figures({}), 'opened')).toBeNull()
})
