import { expect, test } from 'vitest'
import { eventHeading, eventWords } from './event-words.ts'

const event = { detail: {}, machine: false, test: false, repeats: 1 }

test('a bounce says how hard it was, why, and what the server said', () => {
  const bounced = { ...event, action: 'bounced' as const, detail: { bounce: 'hard' as const, verified: true, reason: 'userUnknown', reply: '550 5.1.1 No such user here' } }
  expect(eventHeading(bounced)).toBe('Bounced (hard)')
  expect(eventWords(bounced)).toBe('User unknown.\nThe server said: 550 5.1.1 No such user here')
})

test('a bounce that proves nothing says why; one without a known cause leaves it to the server', () => {
  const bounced = { ...event, action: 'bounced' as const, detail: { bounce: 'soft' as const, verified: false, doubt: 'notSent' as const, reason: 'undefined', reply: '452 later' } }
  expect(eventWords(bounced)).toBe('The server said: 452 later\nWithout proof: that mail never left.')
})

test('a click names its link once, and how often; machines and tests are told apart', () => {
  const clicked = { ...event, action: 'clicked' as const, detail: { link: 'First pages', url: 'https://shop.example/' }, repeats: 3 }
  expect([eventHeading(clicked), eventWords(clicked)]).toEqual(['Clicked First pages, 3 times', ''])
  expect(eventHeading({ ...event, action: 'opened', machine: true })).toBe('Opened by a machine')
  expect(eventHeading({ ...event, action: 'sent', test: true })).toBe('Sent, a test')
})

test('a reply is shown with its text, a complaint with what follows from it', () => {
  expect(eventWords({ ...event, action: 'replied', detail: { text: 'Thank you,\nAnn' } })).toBe('Thank you,\nAnn')
  expect(eventWords({ ...event, action: 'complained', detail: { verified: true } })).toBe('Marked as spam. This address is not mailed any more.')
})
