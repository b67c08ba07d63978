/** Values of every type of field, in the shapes of the API. */
import { expect, test } from 'vitest'
import type { FieldType } from '../listing/listable.ts'
import type { Field } from './definition.ts'
import { readField } from './field-value.ts'

const field = (type: FieldType, more: Partial<Field> = {}): Field => ({ name: 'theField', label: 'X', type, ...more })
const read = (type: FieldType, value: unknown, more?: Partial<Field>) => readField(field(type, more), value)

test('every type takes its own shape', () => {
  expect(read('text', 'a')).toEqual({ the_field: 'a' })
  expect(read('integer', -5)).toEqual({ the_field: '-5' })
  expect(read('decimal', 12.5)).toEqual({ the_field: '12.5' })
  expect(read('decimal', '12.50')).toEqual({ the_field: '12.50' })
  expect(read('boolean', true)).toEqual({ the_field: 'true' })
  expect(read('date', '2028-02-29')).toEqual({ the_field: '2028-02-29' })
  expect(read('dateTime', '2030-01-01T10:00:00+02:00')).toEqual({ the_field: '2030-01-01T08:00:00.000Z' })
  expect(read('multiEnum', ['a', 'b"\\', 'a'], { options: ['a', 'b"\\'] })).toEqual({ the_field: '{"a","b\\"\\\\"}' })
  expect(read('currency', { amount: '12.50', currency: 'EUR' })).toEqual({ the_field: '12.50', the_field_currency: 'EUR' })
  expect(read('link', 'some-id')).toEqual({ the_field_id: 'some-id' })
  expect(read('url', 'https://x.example')).toEqual({ the_field: 'https://x.example' })
  expect(read('url', 'localhost:8080')).toEqual({ the_field: 'localhost:8080' })
})

test('null and an empty text empty a field of any type', () => {
  for (const type of ['text', 'longText', 'email', 'phone', 'url', 'enum'] as const) expect(read(type, null)).toEqual({ the_field: '' })
  for (const type of ['integer', 'decimal', 'date', 'dateTime'] as const) {
    expect(read(type, null)).toEqual({ the_field: null })
    expect(read(type, '')).toEqual({ the_field: null })
  }
  expect(read('boolean', null)).toEqual({ the_field: 'false' })
  expect(read('multiEnum', null)).toEqual({ the_field: '{}' })
  expect(read('currency', null)).toEqual({ the_field: null, the_field_currency: '' })
})

test.each<[FieldType, unknown]>([
  ['text', 5], ['text', 'a\0'], ['text', 'too long'], ['integer', 1.5], ['integer', '5'], ['integer', 2 ** 60], ['decimal', '1e5'], ['decimal', Number.NaN],
  ['boolean', 'true'], ['boolean', 1], ['date', '2030-02-29'], ['date', '2030-1-1'], ['date', 20300101], ['dateTime', '2030-01-01'], ['dateTime', '2030-01-01T10:00:00'],
  ['enum', 'Old'], ['multiEnum', 'New'], ['multiEnum', ['Old']], ['currency', 12.5], ['currency', { amount: '12.5', currency: 'euro' }],
  ['currency', { amount: '12.5', currency: 'EUR', more: 1 }], ['url', 'javascript:alert(1)'], ['url', 'data:text/html,x'], ['link', 5], ['linkMultiple', 'x'],
])('%s refuses %j', (type, value) => {
  expect(() => read(type, value, { maxLength: type === 'text' ? 5 : 100, options: ['New'] })).toThrow(/must/)
})
