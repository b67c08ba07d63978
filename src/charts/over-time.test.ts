import { expect, test } from 'vitest'
import { pointsOverTime } from './over-time.ts'

const at = (hour: string, counts: Record<string, number>) => ({ hour, counts })
const inBerlin = { timeZone: 'Europe/Berlin', locale: 'en-GB' }

test('hours in which nothing happened are shown as nothing, so time runs evenly', () => {
  const points = pointsOverTime([at('2030-01-07T12:00:00Z', { clicked: 2 }), at('2030-01-07T09:00:00Z', { sent: 10 })], 'auto', inBerlin)
  expect(points).toEqual([{ label: '10:00', values: { sent: 10 } }, { label: '11:00', values: {} }, { label: '12:00', values: {} }, { label: '13:00', values: { clicked: 2 } }])
})

test('more than two days are summed up by the day of the time zone, and nothing is lost', () => {
  const points = pointsOverTime([at('2030-01-07T22:00:00Z', { sent: 1 }), at('2030-01-07T23:00:00Z', { sent: 2 }), at('2030-01-08T12:00:00Z', { sent: 3 }), at('2030-01-10T12:00:00Z', { sent: 4 })], 'auto', inBerlin)
  expect(points).toEqual([{ label: '7 Jan', values: { sent: 1 } }, { label: '8 Jan', values: { sent: 5 } }, { label: '9 Jan', values: {} }, { label: '10 Jan', values: { sent: 4 } }])
})

test('the same day of two years is two days', () => {
  const points = pointsOverTime([at('2029-03-01T12:00:00Z', { sent: 1 }), at('2030-03-01T12:00:00Z', { sent: 2 })], 'day', inBerlin)
  expect(points.length).toBe(366)
  expect([points[0], points.at(-1)]).toEqual([{ label: '1 Mar 2029', values: { sent: 1 } }, { label: '1 Mar 2030', values: { sent: 2 } }])
})

test('a day on which the clocks are changed is one day, and there is no hole beside it', () => {
  const points = pointsOverTime([at('2030-03-29T23:00:00Z', { sent: 1 }), at('2030-04-01T21:00:00Z', { sent: 2 })], 'day', inBerlin)
  expect(points.map(({ label }) => label)).toEqual(['30 Mar', '31 Mar', '1 Apr'])
})

test('where somebody chooses hours, the first ten days are told by them', () => {
  const points = pointsOverTime([at('2030-01-01T00:00:00Z', { sent: 1 }), at('2030-02-01T00:00:00Z', { sent: 2 })], 'hour', inBerlin)
  expect([points.length, points[0]!.values, points.at(-1)!.values]).toEqual([240, { sent: 1 }, {}])
})

test('no events, no points', () => {
  expect(pointsOverTime([])).toEqual([])
})
