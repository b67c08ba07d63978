/** What a query becomes in an address. */
import { expect, test } from 'vitest'
import { queryText } from './query-text.ts'

test('a filter travels as JSON, fields with commas, and what is empty stays away', () => {
  const text = queryText({ filter: { field: 'city', op: 'equals', value: 'Köln & Bonn' }, fields: ['id', 'name'], q: '', cursor: null, limit: 1 })
  const search = new URLSearchParams(text)
  expect(JSON.parse(search.get('filter')!)).toEqual({ field: 'city', op: 'equals', value: 'Köln & Bonn' })
  expect([search.get('fields'), search.has('q'), search.has('cursor'), search.get('limit')]).toEqual(['id,name', false, false, '1'])
  expect(queryText({ q: '' })).toBe('')
})
