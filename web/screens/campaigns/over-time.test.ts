import { expect, test } from 'vitest'
import { pointsOverTime } from './over-time.ts'

const at = (hour: string, counts: Record<string, number>) => ({ hour, counts })

test('hours in which nothing happened are shown as nothing, so time runs evenly', () => {
  const points = pointsOverTime([at('2030-01-07T12:00:00Z', { clicked: 2 }), at('2030-01-07T09:00:00Z', { sent: 10 })])
  expect(points.map(({ values }) => values)).toEqual([{ sent: 10 }, {}, {}, { clicked: 2 }])
})

test('more than two days are summed up by the day, and nothing is lost', () => {
  const points = pointsOverTime([at('2030-01-07T12:00:00Z', { sent: 1 }), at('2030-01-07T13:00:00Z', { sent: 2 }), at('2030-01-10T12:00:00Z', { sent: 4 })])
  expect(points.length).toBe(4)
  expect(points.reduce((sum, { values }) => sum + (values['sent'] ?? 0), 0)).toBe(7)
  expect(points[0]!.values['sent']).toBe(3)
})

test('no events, no points', () => {
  expect(pointsOverTime([])).toEqual([])
})
