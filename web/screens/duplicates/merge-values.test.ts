/** What a merge sends: only what a person chose against the rule. */
import { expect, test } from 'vitest'
import type { Field } from '../../api/entity-types.ts'
import { differing, givenBy, oldest, valuesToSend } from './merge-values.ts'

const field = (name: string, readOnly = false) => ({ name, label: name, type: 'text', readOnly }) as Field
const anna = { id: 'a', firstName: 'Anna', title: '', city: 'Bonn', teamIds: [], doNotEmail: false, createdAt: '2026-02-01' }
const ann = { id: 'b', firstName: 'Ann', title: 'Dr', city: 'Bonn', teamIds: ['t'], doNotEmail: true, createdAt: '2026-01-01' }
const records = [anna, ann]
const fields = ['firstName', 'title', 'city', 'teamIds', 'doNotEmail'].map((name) => field(name)).concat(field('createdAt', true))

test('only fields that differ are asked for, and none that a rule settles', () => {
  expect(differing(fields, records).map(({ name }) => name)).toEqual(['firstName', 'title', 'teamIds'])
})

test('the survivor gives its value, or where it has none the other', () => {
  expect([givenBy(field('firstName'), anna, records), givenBy(field('title'), anna, records)]).toEqual(['a', 'b'])
})

test('what stands by itself is not sent; what was chosen instead is, also emptiness', () => {
  expect(valuesToSend(fields, anna, records, { firstName: 'a', title: 'b' })).toEqual({})
  expect(valuesToSend(fields, anna, records, { firstName: 'b', title: 'a' })).toEqual({ firstName: 'Ann', title: '' })
})

test('the oldest record is proposed to stay', () => {
  expect(oldest(records).id).toBe('b')
})
