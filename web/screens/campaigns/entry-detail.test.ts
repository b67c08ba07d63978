import { expect, test } from 'vitest'
import { entryDetail } from './entry-detail.ts'

test('a click names its link, and how often', () => {
  expect(entryDetail({ action: 'clicked', detail: { link: 'Shop', url: 'https://shop.example/' }, repeats: 3 })).toBe('Shop · 3 times')
  expect(entryDetail({ action: 'clicked', detail: { url: 'https://shop.example/' }, repeats: 1 })).toBe('https://shop.example/')
})

test('a bounce says how hard it was, whether it is proven, and what the server said', () => {
  expect(entryDetail({ action: 'bounced', detail: { bounce: 'hard', verified: false, reply: '550 no such user' }, repeats: 1 })).toBe('Hard, without proof: 550 no such user')
})

test('a skipped one says the verdict in words', () => {
  expect(entryDetail({ action: 'skipped', detail: { reason: 'optedOutOfList' }, repeats: 1 })).toBe('Opted out of the list')
})

test('an opt-out of everything says so', () => {
  expect(entryDetail({ action: 'optedOut', detail: { entirely: true, text: 'Too many mails' }, repeats: 1 })).toBe('From everything: Too many mails')
})
