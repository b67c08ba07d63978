import { expect, test } from 'vitest'
import { lastOneAt, opening, scheduleSentence } from './forecast.ts'

const mondayNine = new Date('2030-01-07T09:00:00Z')
const officeHours = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }

test('11,895 people at 1,000 an hour from nine: the last one a little before 21:00', () => {
  expect(lastOneAt(11_895, mondayNine, { maxPerHour: 1000 })?.toISOString()).toBe('2030-01-07T20:53:42.000Z')
})

test('what fits into one portion goes out at the start', () => {
  expect(lastOneAt(800, mondayNine, { maxPerHour: 1000 })).toEqual(mondayNine)
  expect(lastOneAt(1_000_000, mondayNine, { maxPerHour: null })).toEqual(mondayNine)
})

test('outside the sending window nothing goes out, so the end moves to the next open day', () => {
  const fridayFive = new Date('2030-01-11T17:00:00Z')
  expect(lastOneAt(1500, fridayFive, { maxPerHour: 1000, window: officeHours })?.toISOString()).toBe('2030-01-14T08:30:00.000Z')
})

test('a window that never opens has no end', () => {
  expect(lastOneAt(5, mondayNine, { maxPerHour: 1, window: { ...officeHours, days: [] } })).toBeNull()
})

test('the window is read in its own time zone', () => {
  const newYork = opening({ ...officeHours, timeZone: 'America/New_York' })
  expect(newYork(new Date('2030-01-07T12:59:00Z'))).toBe(false)
  expect(newYork(new Date('2030-01-07T13:00:00Z'))).toBe(true)
})

test('the sentence to agree to names who, from whom, when, how fast and until when', () => {
  const { who, rest } = scheduleSentence({
    included: 11_895, templateName: 'Autumn offer', fromAddress: 'news@acme.example',
    start: mondayNine, now: new Date('2030-01-07T08:00:00Z'), pace: { maxPerHour: 1000 },
  })
  expect(who).toBe(`${(11_895).toLocaleString()} people`)
  expect(rest).toMatch(/^from news@acme\.example, starting today .*, at most 1.000 an hour: the last one about t.*\.$/)
})

test('a Date Start in the past is said as what it means', () => {
  const { who, rest } = scheduleSentence({
    included: 1, templateName: 'Hello', fromAddress: '', start: mondayNine, now: new Date('2030-02-01T00:00:00Z'), pace: { maxPerHour: null },
  })
  expect([who, rest]).toEqual(['1 person', 'starting at once, as fast as the server takes them.'])
})
