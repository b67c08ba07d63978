/** What a record form sends. */
import { expect, test } from 'vitest'
import { changedValues } from './changed-values.ts'

test('only fields that differ are sent, and a text that was emptied is one of them', () => {
  const initial = { firstName: 'Anna', lastName: 'Berg', title: '' }
  expect(changedValues({ firstName: 'Anna', lastName: '', title: undefined }, initial)).toEqual({ lastName: '' })
})

test('a link that was cleared is sent as null', () => {
  expect(changedValues({ accountId: null }, { accountId: '0190' })).toEqual({ accountId: null })
})
