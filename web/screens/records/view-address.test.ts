/** A saved view and what a list shows. */
import { expect, test } from 'vitest'
import { addressOf, isChanged, newestFirst } from './view-address.ts'

const filter = { and: [{ op: 'equals', field: 'addressCity', value: 'Berlin' }] }
const view = { id: 'v', filter, q: 'anna', sort: '', columns: [] }

test('a view is changed only when the list shows something else, whatever order the keys of its filter have', () => {
  const shown = { filter: { and: [{ field: 'addressCity', op: 'equals', value: 'Berlin' }] }, q: 'anna', sort: newestFirst, columns: ['name'], ownColumns: false }
  expect(isChanged(view, shown)).toBe(false)
  for (const change of [{ q: '' }, { sort: 'name' }, { filter: undefined }, { filter: { and: [] } }, { ownColumns: true }]) expect(isChanged(view, { ...shown, ...change }), JSON.stringify(change)).toBe(true)
})

test('a view is opened by an address that says everything it shows', () => {
  expect(addressOf({ ...view, sort: 'name' })).toEqual({ view: 'v', filter: JSON.stringify(filter), q: 'anna', sort: 'name' })
  expect(addressOf({ ...view, filter: null, q: '' })).toEqual({ view: 'v' })
})
