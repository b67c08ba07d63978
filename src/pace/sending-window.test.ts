import { expect, test } from 'vitest'
import { isWindowOpen, nextOpening } from './sending-window.ts'

const working = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }

test('the window is open on its weekdays and hours, by the clock of its time zone', () => {
  expect(isWindowOpen(working, new Date('2030-01-07T07:00:00Z'))).toBe(true)    // Monday, 8:00 in Berlin
  expect(isWindowOpen(working, new Date('2030-01-07T06:59:59Z'))).toBe(false)
  expect(isWindowOpen(working, new Date('2030-01-07T17:00:00Z'))).toBe(false)
  expect(isWindowOpen(working, new Date('2030-07-08T06:00:00Z'))).toBe(true)    // summer time
  expect(isWindowOpen(working, new Date('2030-01-05T12:00:00Z'))).toBe(false)   // Saturday
  expect(isWindowOpen(null, new Date('2030-01-05T12:00:00Z'))).toBe(true)
})

test('a window over midnight belongs to the day on which it began', () => {
  const night = { timeZone: 'UTC', days: [5], from: '22:00', to: '04:00' }
  expect(isWindowOpen(night, new Date('2030-01-04T23:00:00Z'))).toBe(true)      // Friday night
  expect(isWindowOpen(night, new Date('2030-01-05T03:59:00Z'))).toBe(true)      // early Saturday
  expect(isWindowOpen(night, new Date('2030-01-04T03:00:00Z'))).toBe(false)     // early Friday
})

test('it says when it opens next', () => {
  expect(nextOpening(working, new Date('2030-01-04T18:30:10Z'))).toEqual(new Date('2030-01-07T07:00:00Z'))
  expect(nextOpening(working, new Date('2030-01-07T09:00:00Z'))).toEqual(new Date('2030-01-07T09:00:00Z'))
})

test('the clocks are changed, the window is not: it opens and closes by the clock on the wall', () => {
  const early = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7], from: '02:30', to: '03:30' }
  // 31 March 2030: 02:00 becomes 03:00, so 02:30 never comes; it is open from 03:00 on.
  expect(nextOpening(early, new Date('2030-03-30T12:00:00Z'))).toEqual(new Date('2030-03-31T01:00:00Z'))
  expect(isWindowOpen(early, new Date('2030-03-31T01:29:00Z'))).toBe(true)
  expect(isWindowOpen(early, new Date('2030-03-31T01:30:00Z'))).toBe(false)
  // 27 October 2030: 03:00 becomes 02:00, so the hour from 02:00 comes twice.
  expect(['00:29', '00:30', '01:00', '01:30', '02:30'].map((time) => isWindowOpen(early, new Date(`2030-10-27T${time}:00Z`)))).toEqual([false, true, false, true, false])
})

test('a whole day begins and ends at midnight', () => {
  const sunday = { timeZone: 'America/New_York', days: [7], from: '00:00', to: '00:00' }
  expect(isWindowOpen(sunday, new Date('2030-01-06T05:00:00Z'))).toBe(true)
  expect(isWindowOpen(sunday, new Date('2030-01-07T04:59:59Z'))).toBe(true)
  expect(isWindowOpen(sunday, new Date('2030-01-07T05:00:00Z'))).toBe(false)
})
