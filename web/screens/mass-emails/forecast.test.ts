import { expect, test } from 'vitest'
import { dayAndTime, scheduleSentence } from './forecast.ts'

const mondayNine = new Date('2030-01-07T09:00:00Z')
const eight = new Date('2030-01-07T08:00:00Z')
const autumn = { included: 11_895, templateName: 'Autumn offer', fromAddress: 'news@acme.example', start: mondayNine, now: eight }

test('the sentence to agree to names who, from whom, when, how fast and until when', () => {
  const { who, rest } = scheduleSentence({ ...autumn, pace: { perHour: 1000, finishesAt: '2030-01-07T20:53:42Z' } })
  expect(who).toBe(`${(11_895).toLocaleString()} people`)
  expect(rest).toMatch(/^from news@acme\.example, starting today .*, at most 1.000 an hour: the last one about t.*\.$/)
  expect(rest).toContain(dayAndTime(new Date('2030-01-07T21:00:00Z'), eight))
})

test('what is out within minutes has no end worth a word, what cannot be said is said', () => {
  expect(scheduleSentence({ ...autumn, pace: { perHour: null, finishesAt: '2030-01-07T09:03:00Z' } }).rest).toMatch(/, as fast as the server takes them\.$/)
  expect(scheduleSentence({ ...autumn, pace: { perHour: 10, finishesAt: null } }).rest).toMatch(/cannot be said\.$/)
})

test('a Date Start in the past is said as what it means', () => {
  const { who, rest } = scheduleSentence({ included: 1, templateName: 'Hello', fromAddress: '', start: mondayNine, now: new Date('2030-02-01T00:00:00Z'), pace: { perHour: null, finishesAt: '2030-02-01T00:00:01Z' } })
  expect([who, rest]).toEqual(['1 person', 'starting at once, as fast as the server takes them.'])
  expect(scheduleSentence({ ...autumn, pace: undefined }).rest).toMatch(/^from news@acme\.example, starting today [^,]*\.$/)
})
