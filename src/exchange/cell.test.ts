/** Cells of every type of field: understood as people write them, refused with a reason, and the same again after an export. */
import { expect, test } from 'vitest'
import type { Field } from '../records/definition.ts'
import type { FieldType } from '../listing/listable.ts'
import { cellOf, valueOf, type Writing } from './cell.ts'

const field = (type: FieldType, more: Partial<Field> = {}): Field => ({ name: 'x', label: 'X', type, ...more })
const read = (type: FieldType, cell: string, more: Partial<Field> = {}, writing: Partial<Writing> = {}) =>
  valueOf(field(type, more), cell, { timeZone: 'Europe/Berlin', decimal: '.', ...writing })

test('dates and times are read as they are usually written, without a time zone as the instance\'s', () => {
  expect(['2030-12-31', '31.12.2030', '1.2.2030', '2030/12/31'].map((cell) => read('date', cell))).toEqual(['2030-12-31', '2030-12-31', '2030-02-01', '2030-12-31'])
  expect(['2030-07-01 09:30', '2030-01-01T09:30:15', '1.7.2030 9:30', '2030-07-01'].map((cell) => read('dateTime', cell)))
    .toEqual(['2030-07-01T07:30:00.000Z', '2030-01-01T08:30:15.000Z', '2030-07-01T07:30:00.000Z', '2030-06-30T22:00:00.000Z'])
  expect(read('dateTime', '2030-07-01T09:30:00Z')).toBe('2030-07-01T09:30:00Z')
})

test.each<[FieldType, string]>([
  ['date', '30.02.2030'], ['date', '03/04/2030'], ['date', 'soon'], ['dateTime', '2030-01-01 25h'], ['dateTime', '2030-01-01 99:99'], ['integer', '1.5'],
  ['boolean', 'perhaps'], ['currency', '12.50'], ['currency', '$5'], ['decimal', '1,23'], ['decimal', '1.2.3'], ['date', '31/31/2030'], ['dateTime', '2030-01-01 13:00 PM'], ['multiEnum', '["a"'],
])('a %s like "%s" is refused', (type, cell) => {
  expect(() => read(type, cell)).toThrow(/must be/)
})

test('days and times are understood as they are commonly written; what could mean two days needs somebody to say which', () => {
  const day = '2030-12-31'
  for (const cell of ['20301231', '31/12/2030', '12/31/2030', '31-Dec-30', '31 December 2030', 'Dec. 31, 2030', '2030-12-31 00:00:00']) expect(read('date', cell), cell).toBe(day)
  expect([read('date', '03/04/2030', {}, { dateOrder: 'dayFirst' }), read('date', '3-4-30', {}, { dateOrder: 'monthFirst' })]).toEqual(['2030-04-03', '2030-03-04'])
  expect(['12/31/2030 9:30 PM', '31.12.2030, 21:30', '2030-12-31T21:30:00.5'].map((cell) => read('dateTime', cell))).toEqual(Array.from({ length: 3 }, () => '2030-12-31T20:30:00.000Z'))
  expect(['2030-12-31T21:30:00+0100', '2030-12-31 21:30:00.123Z'].map((cell) => read('dateTime', cell))).toEqual(['2030-12-31T21:30:00+01:00', '2030-12-31T21:30:00.123Z'])
})

test('numbers and money are read with the decimal sign of the file, thousands grouped or not', () => {
  const comma = { decimal: ',' } as const
  expect(['1234.5', '1,234.5', "1'234.5", '1 234.5', '-7', '+7'].map((cell) => read('decimal', cell))).toEqual(['1234.5', '1234.5', '1234.5', '1234.5', '-7', '7'])
  expect(['1234,5', '1.234,5', '1.234'].map((cell) => read('decimal', cell, {}, comma))).toEqual(['1234.5', '1234.5', '1234'])
  expect([read('integer', '1,234'), read('integer', '1.234', {}, comma)]).toEqual([1234, 1234])
  expect([read('currency', '1.234,50 €', {}, comma), read('currency', 'EUR 12.50'), read('currency', '12 eur')]).toEqual([
    { amount: '1234.50', currency: 'EUR' }, { amount: '12.50', currency: 'EUR' }, { amount: '12', currency: 'EUR' }])
  expect(() => read('decimal', '12,5')).toThrow('must be a number like 1234.5, not "12,5"; or say that a comma stands before the decimals')
})

test('options are found in any case and answered in their own spelling', () => {
  const options = ['New', 'In Process', 'a;b']
  expect(read('enum', ' in process ', { options })).toBe('In Process')
  expect(read('multiEnum', 'NEW; in process', { options })).toEqual(['New', 'In Process'])
  expect(() => read('multiEnum', 'New;Old', { options })).toThrow('must be one of New, In Process, a;b, not "Old"')
})

test('every value comes back from its cell', () => {
  const options = ['New', 'a;b']
  const values: [FieldType, unknown][] = [
    ['text', ' a;b '], ['boolean', true], ['boolean', false], ['integer', -5], ['decimal', '12.50'], ['date', '2030-12-31'], ['dateTime', '2030-12-31T10:00:00.000Z'],
    ['enum', 'New'], ['multiEnum', ['New']], ['multiEnum', ['New', 'a;b']], ['currency', { amount: '12.50', currency: 'EUR' }],
  ]
  for (const [type, value] of values) expect(read(type, cellOf(value), { options }), type).toEqual(value)
  expect([cellOf(null), cellOf(undefined), cellOf([])]).toEqual(['', '', ''])
})
