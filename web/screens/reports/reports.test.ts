/** The pure parts of reports on screen: questions, drafts, words, charts, sub-totals. */
import { expect, test } from 'vitest'
import type { GridRun, Report, ReportSource } from '../../../src/reports/contract.ts'
import { whyNot } from './chart-kinds.ts'
import { blankDraft, bodyOf, draftOf, missingIn, shapeOf, tidied, unfinishedIn } from './draft.ts'
import { leavesOf, takenApart, withQuestions } from './questions.ts'
import { deleteWords, suggestedName } from './report-words.ts'
import { blocksOf } from './sub-totals.ts'

const berlin = { field: 'addressCity', op: 'in', value: { question: 'city' } }
const steel = { not: { field: 'account.industry', op: 'equals', value: { question: 'industry' } } }
const questions = [{ name: 'city', label: 'Which city?', default: ['Berlin'] }, { name: 'industry', label: 'Which industry?' }]

test('questions come back from the builder as they were, by the names that links and schedules know', () => {
  const filter = { and: [berlin, { or: [steel, { activity: 'clicked' }] }] }
  expect(takenApart(withQuestions(filter, questions))).toEqual({ filter, questions })
  expect(leavesOf(filter)).toEqual([{ field: 'addressCity', op: 'in', question: 'city' }, { field: 'account.industry', op: 'equals', question: 'industry' }])
})

test('new questions are named after their field, each by another name; a default that says nothing is none', () => {
  const asked = (label: string, value?: unknown) => ({ field: 'account.industry', op: 'in', value: { asked: '', label, default: value } })
  const { filter, questions } = takenApart({ and: [asked('First', []), asked('Second', ['Steel']), { op: 'memberOf', value: { asked: '', label: 'List' } }] })
  expect(questions).toEqual([{ name: 'accountIndustry', label: 'First' }, { name: 'accountIndustry2', label: 'Second', default: ['Steel'] }, { name: 'targetList', label: 'List' }])
  expect(filter).toMatchObject({ and: [{ value: { question: 'accountIndustry' } }, { value: { question: 'accountIndustry2' } }, { op: 'memberOf', value: { question: 'targetList' } }] })
})

const report = {
  id: '1', name: 'Contacts by city', description: '', category: '', entityType: 'Contact', kind: 'grid', filter: berlin, questions: questions.slice(0, 1), columns: [], sort: '-count',
  groupBy: [{ field: 'addressCity' }, { field: 'createdAt', unit: 'month' }], aggregates: [{ function: 'count' }, { function: 'sum', field: 'amount' }], having: { field: 'count', op: 'greaterThan', value: 1 },
  chart: { type: 'stackedBar', aggregate: 'sum:amount' }, assignedUserId: null, assignedUserName: null, teamIds: [], pinned: false, problems: [], createdAt: '', modifiedAt: '', version: 1,
} satisfies Report

test('a report that is opened and saved without a change stays as it was', () => {
  const { entityType, kind, filter, questions, columns, sort, groupBy, aggregates, having, chart, name } = report
  expect(bodyOf(draftOf(report), name)).toMatchObject({ entityType, kind, filter, questions, columns, sort, groupBy, aggregates, having, chart, name })
  const list = { ...report, kind: 'list' as const, columns: ['name'], sort: 'name', groupBy: [], chart: null, having: null }
  expect(bodyOf(draftOf(list), name)).toMatchObject({ kind: 'list', columns: ['name'], sort: 'name', aggregates: list.aggregates })
})

test('what is ordered or drawn by a value that went is not kept; a list takes nothing of a summary along', () => {
  const draft = { ...draftOf(report), aggregates: [{ function: 'count' as const, field: undefined }], gridSort: '-sum:amount' }
  expect(tidied(draft)).toMatchObject({ gridSort: '', chart: { type: 'stackedBar' } })
  expect(tidied(draft).chart?.aggregate).toBeUndefined()
  expect(shapeOf({ ...draft, kind: 'list' })).toMatchObject({ groupBy: [], having: null, chart: null, aggregates: [], sort: '' })
  expect(missingIn({ ...blankDraft('Contact'), kind: 'grid' })).toBe('Choose what to group by.')
})

test('a sum of nothing yet is not asked for, and not saved', () => {
  const half = { function: 'sum' as const, field: undefined }
  const list = { ...blankDraft('Contact'), totals: [half] }
  expect(shapeOf(list).aggregates).toEqual([])
  expect(unfinishedIn(list)).toMatch(/added up/)
  const grid = { ...draftOf(report), aggregates: [half] }
  expect(missingIn(grid)).toMatch(/what to show/)
  expect(missingIn({ ...grid, aggregates: [half, { function: 'count', field: undefined }] })).toBeUndefined()
})

test('a report without a name is named after what it shows', () => {
  const source = { plural: 'Contacts', fields: [{ key: 'addressCity', label: 'City', through: null }, { key: 'createdAt', label: 'Created', through: null }] } as ReportSource
  expect(suggestedName(draftOf(report), source)).toBe('Contacts by City and Created by month')
  expect(suggestedName(blankDraft('Contact'), source)).toBe('Contacts')
})

test('each kind of chart says why it does not fit', () => {
  const city = { field: 'addressCity', unit: undefined }
  const month = { field: 'createdAt', unit: 'month' as const }
  const isTime = ({ unit }: { unit?: unknown }) => unit !== undefined
  const average = { function: 'avg' as const, field: 'amount' }
  expect(whyNot('bar', { groupBy: [], drawn: undefined, isTime })).toMatch(/group by first/)
  expect(whyNot('bar', { groupBy: [city], drawn: undefined, isTime })).toBeUndefined()
  expect(whyNot('line', { groupBy: [city], drawn: undefined, isTime })).toMatch(/time/)
  expect(whyNot('line', { groupBy: [month, city], drawn: average, isTime })).toBeUndefined()
  expect(whyNot('pie', { groupBy: [city], drawn: average, isTime })).toMatch(/parts of a whole/)
  expect(whyNot('heatMap', { groupBy: [city], drawn: undefined, isTime })).toMatch(/two/)
})

const column = (key: string) => ({ key, label: key, type: 'text' as const, unit: null })
const grid = (groups: GridRun['groups'], rows: [GridRun['rows'][number]['group'], Record<string, number | string | null>][]): GridRun => ({
  kind: 'grid', groups, aggregates: Object.keys(rows[0]![1]).map((key) => ({ key, label: key, type: 'integer' })), totals: {}, truncated: false,
  rows: rows.map(([group, values]) => ({ group, labels: group.map((value) => String(value ?? '')), values })),
})

test('sub-totals add up what can be added up', () => {
  const run = grid([column('city'), column('status')], [[['Bonn', 'New'], { count: 2, 'sum:a': 1.5, 'avg:a': 3, 'max:a': 4, 'max:at': '2026-01-02T00:00:00Z' }], [['Köln', 'New'], { count: 1, 'sum:a': null, 'avg:a': null, 'max:a': null, 'max:at': null }], [['Bonn', 'Dead'], { count: 5, 'sum:a': 2, 'avg:a': 1, 'max:a': 9, 'max:at': '2025-12-31T00:00:00Z' }]])
  expect(blocksOf(run).map(({ value, rows, totals }) => [value, rows.length, totals])).toEqual([
    ['Bonn', 2, { count: 7, 'sum:a': 3.5, 'avg:a': null, 'max:a': 9, 'max:at': '2026-01-02T00:00:00Z' }], ['Köln', 1, { count: 1, 'sum:a': null, 'avg:a': null, 'max:a': null, 'max:at': null }],
  ])
})

test('whoever deletes a report hears how many schedules mail it', () => {
  expect(deleteWords(0)).not.toContain('schedule')
  expect(deleteWords(1)).toContain('1 schedule mails it')
  expect(deleteWords(3)).toContain('3 schedules mail it')
})
