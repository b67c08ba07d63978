/** Filters between the API's tree, the builder's chips, and the words a person reads. */
import { expect, test } from 'vitest'
import { type Filter, type FilterField, isComplete } from './filter.ts'
import { chipsOf, filterOf, pruned, rootOf } from './filter-tree.ts'
import { partWords } from './filter-words.ts'

const berlin = { field: 'addressCity', op: 'equals', value: 'Berlin' }
const hamburg = { field: 'addressCity', op: 'equals', value: 'Hamburg' }
const empty = { field: 'addressCity', op: 'isEmpty' }
const steel = { field: 'account.industry', op: 'in', value: ['Steel'] }
const clicked = { activity: 'clicked', campaignId: 'autumn', withinDays: 30 }
const lately = { activity: 'clicked', lastCampaigns: 3 }
const either = { activity: 'clicked', campaignIds: ['autumn', 'winter'] }
const asked = { field: 'addressCity', op: 'in', value: { asked: 'city', label: 'Which city?', default: ['Berlin'] } }
const readers = { op: 'memberOf', value: ['list'] }
const fields: FilterField[] = [
  { name: 'addressCity', label: 'City', type: 'text' }, { name: 'account.industry', label: 'Account · Industry', type: 'text' },
  { name: 'createdAt', label: 'Created', type: 'dateTime' }, { name: 'targetList', label: 'Target list', type: 'targetList' },
  { name: 'activity:clicked', label: 'Clicked a link', type: 'activity' },
]
const names = { autumn: 'Autumn offer', winter: 'Winter offer', list: 'Readers' }

test.each<[string, Filter]>([
  ['a leaf alone', berlin], ['several joined by and', { and: [berlin, steel] }], ['an or inside an and', { and: [{ or: [berlin, empty] }, steel] }],
  ['a negated or', { not: { or: [berlin, empty] } }], ['a negated and', { not: { and: [berlin, steel] } }], ['a negated leaf', { not: steel }],
  ['what somebody did', clicked], ['what nobody did in the last campaigns', { not: lately }], ['what was done in several campaigns', either], ['a question', { and: [asked, berlin] }], ['what nobody did', { not: clicked }], ['a target list', { and: [readers, berlin] }],
  ['groups in groups', { or: [{ and: [berlin, { not: { or: [steel, clicked] } }] }, { and: [{ or: [hamburg, empty] }, { not: clicked }] }] }],
])('%s comes back from the builder as it was', (_, filter) => {
  expect(filterOf(rootOf(filter))).toEqual(filter)
})

test('no conditions are no filter, whatever an address says', () => {
  for (const nothing of [undefined, { and: [] }, { or: [{ and: [] }] }, { and: 7 }, { not: null }, {}, [] as unknown as Filter]) expect(filterOf(rootOf(nothing)), JSON.stringify(nothing)).toBeUndefined()
})

test('a condition is complete when everything it asks for is there', () => {
  expect(isComplete({ name: 'addressCity', op: 'isEmpty' }, 'text')).toBe(true)
  expect(isComplete({ name: 'addressCity', op: 'contains' }, 'text')).toBe(false)
  expect(isComplete({ name: 'createdAt', op: 'between', value: ['2030-01-01', ''] }, 'dateTime')).toBe(false)
  expect(isComplete({ name: 'status', op: 'in', value: [] }, 'enum')).toBe(false)
  expect(isComplete({ name: 'activity:clicked', op: 'did', value: {} }, 'activity')).toBe(true)
  expect(isComplete({ name: 'addressCity', op: 'in', value: { asked: '', label: 'Which city?' } }, 'text')).toBe(true)
  expect(isComplete({ name: 'addressCity', op: 'in', value: { asked: '', label: ' ', default: ['Berlin'] } }, 'text')).toBe(false)
  expect(isComplete({ name: 'shoeSize', op: 'isEmpty' }, 'gone')).toBe(false)
})

test.each<[Filter, string]>([
  [{ or: [berlin, hamburg] }, 'City is Berlin or Hamburg'], [{ field: 'addressCity', op: 'in', value: ['Berlin', 'Bonn', 'Hamburg'] }, 'City is Berlin, Bonn or Hamburg'], [steel, 'Account · Industry is Steel'],
  [lately, 'Clicked in one of the last 3 campaigns'], [{ not: lately }, 'Did not click in any of the last 3 campaigns'], [{ not: { ...lately, lastCampaigns: 1 } }, 'Did not click in the last campaign'],
  [either, 'Clicked in Autumn offer or Winter offer'], [asked, 'City is Berlin (asked)'], [{ ...asked, value: { asked: 'city', label: 'Which city?' } }, 'City is … (asked)'],
  [{ not: clicked }, 'Did not click in Autumn offer in the last 30 days'], [{ op: 'notMemberOf', value: ['list'] }, 'Target list is not in Readers'],
  [{ field: 'createdAt', op: 'lastDays', value: 30 }, 'Created in the last 30 days'], [{ not: { or: [berlin, empty] } }, 'not (City is Berlin or City is empty)'],
  [{ or: [{ and: [berlin, readers] }, empty] }, '(City is Berlin and Target list is in Readers) or City is empty'],
  [{ field: 'shoeSize', op: 'isEmpty' }, 'shoeSize (no longer there)'],
])('%j reads as a person would say it: %s', (filter, words) => {
  expect(chipsOf(rootOf(filter)).map((part) => partWords(part, fields, names))).toEqual([words])
})

test('what is on a field that went can be taken out of a filter, and the rest stays', () => {
  const filter = { and: [berlin, { or: [{ field: 'shoeSize', op: 'isEmpty' }] }, { or: [{ field: 'shoeSize', op: 'isEmpty' }, empty] }] }
  const rest = pruned(rootOf(filter), ({ name }) => fields.some((field) => field.name === name))
  expect(rest && filterOf(rest)).toEqual({ and: [berlin, empty] })
})
