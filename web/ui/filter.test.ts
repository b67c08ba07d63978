/** Filters between the API's tree and the builder's chips. */
import { expect, test } from 'vitest'
import { type Filter, chipsOf, filterOf, isComplete } from './filter.ts'
import { conditionWords } from './filter-words.ts'

const berlin = { field: 'addressCity', op: 'contains', value: 'Berlin' }
const empty = { field: 'addressCity', op: 'isEmpty' }
const industry = { not: { field: 'industry', op: 'in', value: ['Steel'] } }
const fields = [{ name: 'addressCity', label: 'City', type: 'text' }, { name: 'createdAt', label: 'Created', type: 'dateTime' }]

test.each<[string, Filter]>([
  ['a leaf alone', berlin], ['several joined by and', { and: [berlin, industry] }], ['an or inside an and', { and: [{ or: [berlin, empty] }, industry] }],
  ['a negated or', { not: { or: [berlin, empty] } }],
])('%s comes back from its chips as it was', (_, filter) => {
  expect(filterOf(chipsOf(filter))).toEqual(filter)
})

test('no chips are no filter', () => {
  expect(filterOf(chipsOf(undefined))).toBeUndefined()
})

test('a condition is complete when everything it asks for is there', () => {
  expect(isComplete(empty, 'text')).toBe(true)
  expect(isComplete({ field: 'addressCity', op: 'contains' }, 'text')).toBe(false)
  expect(isComplete({ field: 'createdAt', op: 'between', value: ['2030-01-01', ''] }, 'dateTime')).toBe(false)
  expect(isComplete({ field: 'status', op: 'in', value: [] }, 'enum')).toBe(false)
})

test('a chip reads as a person would say it', () => {
  expect(conditionWords({ conditions: [berlin, empty], not: false }, fields)).toBe('City contains Berlin or City is empty')
  expect(conditionWords({ conditions: [{ field: 'createdAt', op: 'lastDays', value: 30 }], not: true }, fields)).toBe('Not: Created in the last 30 days')
  expect(conditionWords({ conditions: [{ op: 'memberOf', value: ['1'] }], not: false }, [{ name: 'targetList', label: 'Target list', type: 'targetList' }], { 1: 'Readers' }))
    .toBe('Target list is on Readers')
})
