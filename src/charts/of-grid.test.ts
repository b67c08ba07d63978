import { expect, test } from 'vitest'
import { chartOfGrid } from './of-grid.ts'

const byMonthAndCity = {
  groups: [{ key: 'createdAt', label: 'Created', unit: 'month' }, { key: 'addressCity', label: 'City', unit: null }],
  aggregates: [{ key: 'count', label: 'Count' }, { key: 'avg:amount', label: 'Average' }],
  rows: [
    { group: ['2026-02-01', 'Berlin'], labels: ['Feb 2026', 'Berlin'], values: { count: 7, 'avg:amount': '2.50' } },
    { group: ['2026-01-01', 'Berlin'], labels: ['Jan 2026', 'Berlin'], values: { count: 3, 'avg:amount': null } },
    { group: ['2026-01-01', null], labels: ['Jan 2026', '(empty)'], values: { count: 2, 'avg:amount': '1' } },
  ],
}

test('the first group runs along the axis in time, the second is the series; nothing counted is 0', () => {
  const { chart } = chartOfGrid(byMonthAndCity, { type: 'stackedBar' }, 'Leads')
  expect(chart).toMatchObject({ ordered: true, summable: true, categories: ['Jan 2026', 'Feb 2026'] })
  expect(chart.series.map(({ label, values }) => [label, values])).toEqual([['Berlin', [3, 7]], ['(empty)', [2, 0]]])
})

test('the average of nothing stays empty, and decimals that came as text are numbers', () => {
  const { chart } = chartOfGrid(byMonthAndCity, { type: 'line', aggregate: 'avg:amount' }, 'Leads')
  expect(chart.summable).toBe(false)
  expect(chart.series.map(({ values }) => values)).toEqual([[null, 2.5], [1, null]])
})

test('a picked mark leads to the group it stands for', () => {
  const { groupOf } = chartOfGrid(byMonthAndCity, { type: 'bar' }, 'Leads')
  expect(groupOf({ categoryIndex: 0, seriesIndex: 1 })).toEqual(['2026-01-01', null])
  expect(groupOf({ categoryIndex: 1, seriesIndex: null })).toEqual(['2026-02-01'])
})
