/** What a settings form sends. */
import { expect, test } from 'vitest'
import { changesIn, numberOrNull } from './changes.ts'

test('only what was changed is sent, nested objects as a whole', () => {
  const saved = { maxPerHour: 100, spread: 'atOnce', window: { from: '08:00', to: '18:00' } }
  expect(changesIn({ ...saved, window: { from: '09:00', to: '18:00' } }, saved)).toEqual({ window: { from: '09:00', to: '18:00' } })
  expect(changesIn({ ...saved }, saved)).toEqual({})
})

test('an emptied limit becomes no limit, and zero stays zero', () => {
  expect([numberOrNull(''), numberOrNull(0), numberOrNull('25')]).toEqual([null, 0, 25])
})
