import { expect, test } from 'vitest'
import { dateWords, withoutHoles } from './date-groups.ts'
import { chartOfGrid } from './of-grid.ts'

const byMonthAndCity: Parameters<typeof chartOfGrid>[0] = {
  groups: [{ key: 'createdAt', label: 'Created', unit: 'month' }, { key: 'addressCity', label: 'City', unit: null }],
  aggregates: [{ key: 'count', label: 'Count' }, { key: 'avg:amount', label: 'Average' }],
  rows: [
    { group: ['2026-02-01', 'Berlin'], labels: ['Feb 2026', 'Berlin'], values: { count: 7, 'avg:amount': 2.5 } },
    { group: ['2026-01-01', 'Berlin'], labels: ['Jan 2026', 'Berlin'], values: { count: 3, 'avg:amount': null } },
    { group: ['2026-01-01', null], labels: ['Jan 2026', '(empty)'], values: { count: 2, 'avg:amount': 1 } },
  ],
}

test('the first group runs along the axis in time, the second is the series; nothing counted is 0', () => {
  const { chart } = chartOfGrid(byMonthAndCity, { type: 'stackedBar' }, 'Leads')
  expect(chart).toMatchObject({ ordered: true, summable: true, categories: ['Jan 2026', 'Feb 2026'] })
  expect(chart.series.map(({ label, values }) => [label, values])).toEqual([['Berlin', [3, 7]], ['(empty)', [2, 0]]])
})

test('months in which nothing was counted stand in their place; what has no date comes last', () => {
  const rows = [['2026-05-01', 7], ['2026-02-01', 3], [null, 1]].map(([month, count]) => ({ group: [month as string | null], labels: [''], values: { count: count as number } }))
  const { chart, groupOf } = chartOfGrid({ groups: byMonthAndCity.groups.slice(0, 1), aggregates: byMonthAndCity.aggregates, rows }, { type: 'line' }, 'Leads')
  expect(chart.categories.slice(0, 4)).toEqual(['Feb 2026', 'Mar 2026', 'Apr 2026', 'May 2026'])
  expect(chart.series[0]!.values).toEqual([3, 0, 0, 7, 1])
  expect(groupOf({ categoryIndex: 4, seriesIndex: 0 })).toEqual([null])
})

test('dates are said by their unit', () => {
  expect([dateWords('2026-04-01', 'quarter', 'en-GB'), dateWords('2026-01-01', 'year', 'en-GB'), dateWords('2026-03-02', 'week', 'en-GB')]).toEqual(['Q2 2026', '2026', 'Week of 2 Mar 2026'])
  expect(chartOfGrid(byMonthAndCity, { type: 'bar' }, 'Leads', 'de').chart.categories).toEqual(['Jan. 2026', 'Feb. 2026'])
  expect(withoutHoles(['2026-01-30', '2026-02-02'], 'day')).toEqual(['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02'])
  // More than can be drawn is not filled.
  expect(withoutHoles(['1900-01-01', '2026-02-02'], 'day')).toHaveLength(2)
})

test('the average of nothing stays empty', () => {
  const { chart } = chartOfGrid(byMonthAndCity, { type: 'line', aggregate: 'avg:amount' }, 'Leads')
  expect(chart.summable).toBe(false)
  expect(chart.series.map(({ values }) => values)).toEqual([[null, 2.5], [1, null]])
})

test('a picked mark leads to the group it stands for', () => {
  const { groupOf } = chartOfGrid(byMonthAndCity, { type: 'bar' }, 'Leads')
  expect(groupOf({ categoryIndex: 0, seriesIndex: 1 })).toEqual(['2026-01-01', null])
  expect(groupOf({ categoryIndex: 1, seriesIndex: null })).toEqual(['2026-02-01'])
})
